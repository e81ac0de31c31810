//! Queryset methods, which managers share: those that build a query and those that run it.

use std::sync::Arc;

use model::Orm;
use python::{ExprId, Name};

use super::{options, words};
use crate::interpreter::{Arguments, Interpreter};
use crate::serializers::Written;
use crate::{Deps, Entity, Fetch, Kind, Loads, ModelRef, Origin, QueryState, ReadKind, Shape, Traits, Value};

/// Methods that filter, sort or extend: the result is another query.
const BUILDERS: &[&str] = &[
    "alias",
    "annotate",
    "complex_filter",
    "dates",
    "datetimes",
    "db_manager",
    "defer",
    "difference",
    "distinct",
    "exclude",
    "extra",
    "filter",
    "get_page",
    "get_queryset",
    "intersection",
    "iterator",
    "aiterator",
    "none",
    "only",
    "order_by",
    "page",
    "prefetch_related",
    "raw",
    "reverse",
    "select_for_update",
    "select_related",
    "union",
    "using",
    "values",
    "values_list",
];

/// Methods that run the query, and their results. Their asynchronous variants have the prefix `a`.
const TERMINALS: &[(&str, Gives)] = &[
    ("aggregate", Gives::Plain),
    ("bulk_create", Gives::Made),
    ("bulk_update", Gives::Nothing),
    ("contains", Gives::Plain),
    ("count", Gives::Plain),
    ("create", Gives::New),
    ("create_superuser", Gives::New),
    ("create_user", Gives::New),
    ("delete", Gives::Nothing),
    ("earliest", Gives::Row),
    ("exists", Gives::Plain),
    ("explain", Gives::Plain),
    ("first", Gives::Row),
    ("get", Gives::Row),
    ("get_by_natural_key", Gives::Row),
    ("get_or_create", Gives::RowAndFlag),
    ("in_bulk", Gives::Mapping),
    ("last", Gives::Row),
    ("latest", Gives::Row),
    ("update", Gives::Nothing),
    ("update_or_create", Gives::RowAndFlag),
];

/// Methods of related managers that write.
const RELATED_WRITES: &[&str] = &["add", "clear", "remove", "set"];

/// Methods that a prefetch serves as long as the relationship isn't filtered, because they read the rows in memory.
/// `first` is among them if the rows have an order: without one it sorts them by their key, in the database.
const SERVED: &[&str] = &["contains", "count", "exists", "first"];

/// Names of the primary key in filters.
pub(crate) const KEYS: &[&str] = &["pk", "id", "uuid"];

/// The result of a method that runs a query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    /// A row.
    Row,
    /// A row and whether it was created.
    RowAndFlag,
    /// A row that was just written.
    New,
    /// The rows that were just written.
    Made,
    /// Rows by key.
    Mapping,
    /// A number or a mapping of plain values.
    Plain,
    /// No result: the method writes.
    Nothing,
}

impl Gives {
    fn writes(self) -> bool {
        matches!(self, Gives::Nothing | Gives::New | Gives::Made | Gives::RowAndFlag)
    }
}

/// Whether Django's querysets and managers have a method with this name, asynchronous variants included.
pub fn names_method(name: &str) -> bool {
    let plain = name.strip_prefix('a').is_some_and(|plain| terminal(plain).is_some());
    knows(name) || plain
}

/// Whether querysets or managers have a method with this name.
pub(crate) fn knows(name: &str) -> bool {
    name == "all" || BUILDERS.contains(&name) || terminal(name).is_some()
}

/// Whether a method called on an unknown value is so specific to querysets that the value must be one. Only in projects
/// that use Django.
pub(super) fn betrays_itself(walker: &dyn Interpreter, name: &str, arguments: &Arguments) -> bool {
    let are_names = || {
        let mut texts = arguments.positional.iter();
        !arguments.positional.is_empty() && texts.all(|(value, _)| matches!(value.kind, Kind::Text(_)))
    };
    let is_one = match name {
        "select_related" | "prefetch_related" | "values_list" | "select_for_update" => true,
        "get_or_create" | "update_or_create" => !arguments.keywords.is_empty(),
        "annotate" | "filter" | "exclude" => {
            arguments.positional.is_empty() && !arguments.keywords.is_empty()
        }
        "order_by" | "values" | "only" | "defer" => are_names(),
        "none" => arguments.is_empty(),
        _ => false,
    };
    is_one && crate::query::has_django(walker.db(), walker.project())
}

/// The query that an unknown value must be.
pub(super) fn of_unknown(walker: &mut dyn Interpreter, expr: ExprId, receiver: &Value) -> QueryState {
    let held = receiver.path.clone();
    let model = held.clone().map_or(ModelRef::Unknown, ModelRef::Held);
    let mut query = walker.begin(expr, model, Orm::Django);
    query.deps = receiver.deps;
    query.loads = held.clone().map_or_else(Loads::open, Loads::held_by);
    query.base = held;
    query
}

/// The method that runs the query, and whether the name is its asynchronous variant.
fn terminal(name: &str) -> Option<(&'static str, Gives, bool)> {
    let find = |name: &str| TERMINALS.iter().find(|(terminal, _)| *terminal == name).copied();
    if let Some((name, gives)) = find(name) {
        return Some((name, gives, false));
    }
    let (name, gives) = find(name.strip_prefix('a')?)?;
    Some((name, gives, true))
}

/// Calls a method of a queryset, or of a manager with this query.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    query: &QueryState,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let deps = receiver.deps | query.deps | arguments.deps();
    if name == "all" {
        return Some(Value::of(Kind::Query(Arc::new(query.clone()))).with_deps(deps));
    }
    if BUILDERS.contains(&name) {
        // A paginator counts the rows before it gives a page of them.
        if matches!(name, "page" | "get_page") && query.related.is_none() && walker.counts_first(query.source)
        {
            walker.runs(expr, &words::of_query(query, "count"), query.model.clone(), Deps::NONE);
        }
        let mut query = query.clone();
        if let (Kind::Query(_), Some(path), None) = (&receiver.kind, &receiver.path, &query.related) {
            if query.loads.is_open {
                query.loads.merge(&Loads::held_by(path.clone()));
            }
            query.base = Some(path.clone());
        }
        let mut built = built(walker, &query, name, arguments);
        built.deps = deps;
        return Some(Value::of(Kind::Query(Arc::new(built))).with_deps(deps));
    }
    if let Some((name, gives, is_awaited)) = terminal(name) {
        if !is_awaited && !is_lazy_load(query, name, arguments) {
            walker.runs_in_place(expr, &words::of_query(query, name));
        }
        let around = walker.awaits_what_runs(is_awaited);
        let value = run(walker, expr, query, receiver, name, gives, arguments).with_deps(deps);
        walker.awaits_what_runs(around);
        return Some(if is_awaited { awaitable(value) } else { value });
    }
    let is_awaited = !RELATED_WRITES.contains(&name);
    let plain = if is_awaited { name.strip_prefix('a')? } else { name };
    if query.related.is_some() && RELATED_WRITES.contains(&plain) {
        if !is_awaited {
            walker.runs_in_place(expr, &words::of_query(query, plain));
        }
        walker.runs(expr, &words::of_query(query, plain), query.model.clone(), deps);
        let value = Value::of(Kind::None).with_deps(deps);
        return Some(if is_awaited { awaitable(value) } else { value });
    }
    None
}

/// Whether running the query counts as the lazy load of a fetched row's relationship: `order.items.count()`.
fn is_lazy_load(query: &QueryState, method: &str, arguments: &Arguments) -> bool {
    let Some(related) = query.related.as_ref().filter(|related| related.is_plain) else { return false };
    let Kind::Entity(owner) = &related.owner.kind else { return false };
    let is_fetched =
        matches!(owner.origin, Origin::Query(_) | Origin::Relationship(Some(_), _) | Origin::Sent);
    is_fetched && SERVED.contains(&method) && arguments.keywords.is_empty()
}

fn built(walker: &dyn Interpreter, query: &QueryState, name: &str, arguments: &Arguments) -> QueryState {
    let mut query = query.clone();
    if let Some(related) = &mut query.related {
        // A page of prefetched rows is a slice of the rows in memory.
        related.is_plain &= matches!(name, "page" | "get_page" | "get_queryset" | "db_manager" | "using");
    }
    query.traits = query.traits | traits_of(name, arguments);
    match name {
        // Raw SQL can't be joined; prefetches remain.
        "raw" => query.loads.relationships.retain(|_, loads| loads.fetch != Fetch::Joined),
        "filter" | "exclude" | "complex_filter" => {
            query.is_filtered = true;
            query.is_bounded |= name == "filter" && KEYS.iter().any(|key| arguments.keyword(key).is_some());
            if name == "filter" && arguments.keywords.iter().any(|given| is_of_one(walker, &query, given)) {
                query.traits = query.traits | Traits::OF_ONE;
            }
            if name == "filter" {
                query.shared.extend(arguments.keywords.iter().filter_map(leads_nowhere));
            } else if let ([only], true) = (&*arguments.keywords, arguments.positional.is_empty()) {
                query.shared.extend(leads_nowhere_else(only));
            }
        }
        // Annotations are stored on the rows, shadowing other members of the same name.
        "annotate" | "extra" => {
            for (name, ..) in &arguments.keywords {
                query.loads.relationships.entry(name.clone()).or_default();
            }
        }
        "none" | "page" | "get_page" => query.is_bounded = true,
        "values" | "values_list" | "dates" | "datetimes" => query.shape = Shape::Plain,
        "only" | "defer" => options::defer_columns(walker, &mut query, name, arguments),
        "select_related" if arguments.values().next().is_none() => {
            let entity = query.model.class().and_then(|class| walker.entity(class));
            let loads = entity.map_or_else(Loads::open, |entity| options::all_to_one(&entity));
            query.loads.merge(&loads.fetched(Fetch::Joined));
        }
        // It resets the earlier calls.
        "select_related" | "prefetch_related" if is_none(arguments) => {
            let taken = if name == "select_related" { Fetch::Joined } else { Fetch::Apart };
            let before = query.loads.relationships.len();
            query.loads.relationships.retain(|_, loads| loads.fetch != taken);
            if query.loads.relationships.len() < before {
                query.traits = query.traits | Traits::KEPT_LAZY;
            }
        }
        "select_related" => query.loads.merge(&options::loads(arguments).fetched(Fetch::Joined)),
        "prefetch_related" => query.loads.merge(&options::loads(arguments).fetched(Fetch::Apart)),
        _ => {}
    }
    query
}

/// Whether `None` is all that is given.
fn is_none(arguments: &Arguments) -> bool {
    let mut values = arguments.values();
    values.next().is_some_and(|value| value.kind == Kind::None) && values.next().is_none()
}

/// Whether a condition selects what belongs to a single row, which is the same in each round: `filter(order=order)`,
/// `filter(order_id=number)`.
fn is_of_one(walker: &dyn Interpreter, query: &QueryState, (name, value, _): &(Name, Value, ExprId)) -> bool {
    let entity = query.model.class().and_then(|class| walker.entity(class));
    let relationship = without_key(name);
    let is_to_one = entity.is_some_and(|entity| {
        entity.relationship(&relationship).is_some_and(|found| !found.is_many && !found.is_reverse)
    });
    is_to_one && value.deps.loops == 0 && value.kind != Kind::None
}

/// The relationship that a condition requires to be NULL: `customer=None`, `customer__isnull=True`. Reading it runs no
/// query.
fn leads_nowhere((name, value, _): &(Name, Value, ExprId)) -> Option<Name> {
    match &value.kind {
        Kind::None => Some(without_key(name)),
        Kind::Flag(true) => name.strip_suffix("__isnull").map(without_key),
        _ => None,
    }
}

/// The same for what is excluded: `customer__isnull=False`.
fn leads_nowhere_else((name, value, _): &(Name, Value, ExprId)) -> Option<Name> {
    name.strip_suffix("__isnull").filter(|_| value.kind == Kind::Flag(false)).map(without_key)
}

/// `customer` for `customer_id`.
fn without_key(name: &str) -> Name {
    name.strip_suffix("_id").unwrap_or(name).into()
}

/// The traits that a builder method adds to a query, which determine the applicable loader options.
fn traits_of(name: &str, arguments: &Arguments) -> Traits {
    match name {
        "union" | "intersection" | "difference" => Traits::COMBINED,
        "raw" => Traits::RAW,
        "iterator" | "aiterator" if arguments.is_empty() => Traits::STREAMED,
        "only" | "defer" => Traits::PARTIAL,
        "select_for_update" => Traits::LOCKED,
        "none" => Traits::EMPTY,
        "distinct" | "annotate" | "extra" => Traits::GROUPED,
        "prefetch_related" => {
            let is_object = |value: &Value| !matches!(value.kind, Kind::Text(_));
            if arguments.values().any(is_object) { Traits::PREFETCH } else { Traits::NONE }
        }
        _ => Traits::NONE,
    }
}

fn run(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    query: &QueryState,
    receiver: &Value,
    name: &str,
    gives: Gives,
    arguments: &Arguments,
) -> Value {
    let deps = receiver.deps | query.deps | arguments.deps();
    // Django answers from the rows that it has.
    if matches!(name, "count" | "exists" | "contains") && walker.has_rows_of(expr, receiver) {
        return Value::of(Kind::Plain);
    }
    let row = if query.related.is_some() && !gives.writes() {
        let mut query = query.clone();
        query.deps = deps;
        let is_unordered = name == "first" && !may_be_ordered(walker, &query);
        if let Some(related) = &mut query.related {
            // Callers know how the rows of a parameter were prefetched.
            let is_known = matches!(&related.owner.kind, Kind::Entity(owner) if owner.query().is_some());
            let is_narrowed =
                !arguments.keywords.is_empty() || !SERVED.contains(&name) || (is_unordered && is_known);
            related.is_plain &= !is_narrowed;
            related.asked = match name {
                "first" if is_unordered && !is_known => ReadKind::FirstByKey,
                "count" => ReadKind::Count,
                "exists" => ReadKind::Presence,
                _ => ReadKind::One,
            };
        }
        walker.run(expr, &query)
    } else {
        walker.runs(expr, &words::of_query(query, name), query.model.clone(), deps);
        if matches!(gives, Gives::Row | Gives::Mapping) {
            walker.runs_separate_loads_of(expr, query, deps);
        }
        let traits = match gives {
            Gives::Row => Traits::ONE,
            Gives::RowAndFlag => Traits::ONE | Traits::WRITTEN,
            _ => Traits::NONE,
        };
        (QueryState { traits: query.traits | traits, ..query.clone() }).row()
    };
    match gives {
        Gives::Row => row,
        Gives::RowAndFlag => Value::of(Kind::Tuple([row, Value::of(Kind::Plain)].into())),
        Gives::New => new(&query.model),
        Gives::Made => new(&query.model).many(),
        Gives::Mapping => Value::of(Kind::Mapping(row.into())),
        Gives::Plain | Gives::Nothing => Value::of(Kind::Plain),
    }
}

/// Whether the rows of a relationship may have an order of their own: that of the model, or of the query that prefetched
/// them.
fn may_be_ordered(walker: &dyn Interpreter, query: &QueryState) -> bool {
    let (Some(class), Some(related)) = (query.model.class(), &query.related) else { return true };
    let is_prefetched =
        matches!(&related.owner.kind, Kind::Entity(owner) if owner.traits.has(Traits::PREFETCH));
    let (db, project) = (walker.db(), walker.project());
    let bases = crate::query::types::foreign_ancestors(db, project, class.module, class.name.clone());
    is_prefetched
        || bases.iter().any(|base| !base.starts_with("django.db.models."))
        || Written::with_ancestors(db, project, class).iter().any(|class| {
            class
                .inner("Meta")
                .is_some_and(|meta| class.variables_of(meta).any(|variable| variable.name == "ordering"))
        })
}

/// A newly created row.
fn new(model: &ModelRef) -> Value {
    Value::of(Kind::Entity(Entity {
        model: model.clone(),
        loads: Loads::default(),
        origin: Origin::Made,
        is_async: false,
        traits: Traits::NONE,
        back: None,
        state: crate::RowState::Attached,
    }))
}

pub(super) fn awaitable(value: Value) -> Value {
    let deps = value.deps;
    Value::of(Kind::Awaitable(value.into())).with_deps(deps)
}
