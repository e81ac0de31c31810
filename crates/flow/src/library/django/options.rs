//! The arguments of `select_related` and `prefetch_related`: names, lists of names, `Prefetch` objects.

use std::sync::Arc;

use model::{Column, Entity, Member, Relationship};
use python::Name;

use crate::interpreter::{Arguments, Interpreter};
use crate::{Fetch, Kind, LoaderOption, Loads, QueryState, Value};

/// Separates the steps of a lookup path: `items__product`.
pub(crate) const SEPARATOR: &str = "__";

/// What the arguments of `prefetch_related` and `select_related` load. An argument that can't be read leaves the loads
/// open.
pub(crate) fn loads(arguments: &Arguments) -> Loads {
    let mut loads = Loads { is_open: arguments.has_double_star, ..Loads::default() };
    for (value, _) in &arguments.positional {
        add(&mut loads, value);
    }
    for (value, _) in &arguments.stars {
        match &value.kind {
            Kind::Tuple(values) => values.iter().for_each(|value| add(&mut loads, value)),
            Kind::Many(value) => add(&mut loads, value),
            Kind::Record(fields) => {
                for (name, _) in fields.iter() {
                    loads.add(name.split(SEPARATOR));
                }
            }
            _ => loads.merge(&crate::value::loaded_by(value)),
        }
    }
    loads
}

fn add(loads: &mut Loads, value: &Value) {
    match &value.kind {
        Kind::Text(name) => loads.add(name.split(SEPARATOR)),
        Kind::Option(option) => loads.merge(&option.loads),
        // `select_related(None)` clears earlier options; the remaining ones are not tracked.
        Kind::None => {}
        _ => loads.merge(&crate::value::loaded_by(value)),
    }
}

/// `select_related()` without names follows all non-null to-one relationships, recursively. Nullability isn't known, so
/// any of them may be loaded.
pub(crate) fn all_to_one(entity: &Entity) -> Loads {
    let mut loads = Loads::default();
    for name in entity.members.keys() {
        let is_nullable = matches!(
            entity.members.get(&*format!("{name}_id")),
            Some(Member::Column(column)) if column.is_nullable
        );
        let is_one = |relationship: &Relationship| !relationship.is_many && !relationship.is_reverse;
        if entity.relationship(name).is_some_and(is_one) && !is_nullable {
            loads.relationships.insert(name.clone(), Loads::open());
        }
    }
    loads
}

/// Marks the columns that `only()` and `defer()` leave out: reading one of them runs a query for its row. Columns of
/// related rows are not tracked.
pub(crate) fn defer_columns(
    walker: &dyn Interpreter,
    query: &mut QueryState,
    method: &str,
    arguments: &Arguments,
) {
    let Some(entity) = query.model.class().and_then(|class| walker.entity(class)) else { return };
    let column = |name: &str| match entity.members.get(name) {
        Some(Member::Column(column)) => Some(column.is_primary_key),
        _ => None,
    };
    if method == "only" || is_cleared(arguments) {
        query.loads.relationships.retain(|name, loads| loads.fetch != Fetch::Lazy || column(name).is_none());
    }
    let mut named = Vec::new();
    for value in arguments.values() {
        match &value.kind {
            Kind::Text(name) => named.push(name.split(SEPARATOR).next().unwrap_or_default()),
            _ => return,
        }
    }
    if arguments.has_double_star || !arguments.stars.is_empty() {
        return;
    }
    let is_named = |name: &str| {
        named.iter().any(|it| *it == name || name.strip_suffix("_id").is_some_and(|name| *it == name))
    };
    for (name, member) in &entity.members {
        let Member::Column(Column { is_primary_key: false, .. }) = member else { continue };
        if is_named(name) == (method == "defer") {
            let loads = Loads { fetch: Fetch::Lazy, ..Loads::default() };
            query.loads.relationships.entry(name.clone()).or_insert(loads);
        }
    }
}

/// `defer(None)`
fn is_cleared(arguments: &Arguments) -> bool {
    arguments.values().any(|value| value.kind == Kind::None)
}

/// `Prefetch(lookup, queryset=None, to_attr=None)`
pub(crate) fn prefetch(arguments: &Arguments) -> Value {
    let open = || LoaderOption { loads: Loads::open(), ..LoaderOption::default() };
    let option = match arguments.get(0, "lookup").map(|lookup| &lookup.kind) {
        Some(Kind::Text(lookup)) => {
            let queryset = arguments.get(1, "queryset");
            let nested = queryset.map_or_else(Loads::default, loaded_by);
            let mut tail: Vec<Name> = lookup.split(SEPARATOR).map(Name::from).collect();
            let mut of = None;
            match arguments.get(2, "to_attr").map(|attribute| &attribute.kind) {
                None | Some(Kind::None) => {}
                // The rows are stored in a list of another name; the relationship itself remains lazy.
                Some(Kind::Text(attribute)) => {
                    of = tail.pop();
                    tail.push(attribute.clone());
                }
                Some(_) => return Value::of(Kind::Option(Arc::new(open()))),
            }
            let mut loads = Loads::default();
            loads.add(tail.iter().map(Name::as_str));
            if let Some(last) = at_mut(&mut loads, &tail) {
                last.merge(&nested);
                last.of = of.map(Box::new);
            }
            LoaderOption { loads, tail, ..LoaderOption::default() }
        }
        _ => open(),
    };
    Value::of(Kind::Option(Arc::new(option))).with_deps(arguments.deps())
}

/// What the rows of a queryset passed to `Prefetch` load.
fn loaded_by(queryset: &Value) -> Loads {
    match &queryset.kind {
        Kind::Query(query) => query.loads.clone(),
        Kind::None | Kind::Manager(..) => Loads::default(),
        _ => Loads::open(),
    }
}

fn at_mut<'l>(loads: &'l mut Loads, path: &[Name]) -> Option<&'l mut Loads> {
    path.iter().try_fold(loads, |at, name| at.relationships.get_mut(name))
}

/// The query extended by the relationships that a first-party method's query loads.
pub(crate) fn with_loads(mut query: QueryState, loads: &Loads) -> QueryState {
    query.loads.merge(loads);
    query
}

/// The rows of a value with additional loads on each.
pub(crate) fn with_more(value: &Value, loads: &Loads) -> Value {
    let mut value = value.clone();
    match &mut value.kind {
        Kind::Entity(row) => row.loads.merge(loads),
        Kind::Many(row) | Kind::Mapping(row) => {
            let more = with_more_on_row(row, loads);
            *row = more.into();
        }
        Kind::Tuple(rows) => *rows = rows.iter().map(|row| with_more_on_row(row, loads)).collect(),
        Kind::Query(query) => Arc::make_mut(query).loads.merge(loads),
        _ => {}
    }
    value
}

fn with_more_on_row(value: &Value, loads: &Loads) -> Value {
    let mut value = value.clone();
    if let Kind::Entity(row) = &mut value.kind {
        row.loads.merge(loads);
    }
    value
}
