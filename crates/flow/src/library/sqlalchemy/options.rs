//! Loader options: `selectinload(Order.items).joinedload(Item.product)`, `joinedload("items.product")`.

use std::sync::Arc;

use model::{ClassRef, Entity, Loading, Member};
use python::Name;

use crate::interpreter::Arguments;
use crate::value::loaded_by;
use crate::{Fetch, Kind, LoaderOption, Loads, Traits, Value};

/// Options after which the relationship is in memory, or is never read from the database. This includes
/// `immediateload`, whose cost is attributed to the query rather than to the code that reads the relationship.
const LOADING: &[&str] = &[
    "selectinload",
    "joinedload",
    "subqueryload",
    "contains_eager",
    "immediateload",
    "eagerload",
    "noload",
    "selectin_polymorphic",
    "write_only",
    // The `_all` variants load the whole path, as chained options do.
    "joinedload_all",
    "subqueryload_all",
    "eagerload_all",
];

/// Options that load nothing: they keep the model's loading strategy, or override it.
const KEEPING: &[&str] = &["defaultload", "lazyload", "raiseload"];

/// Options for columns or rows.
const NEUTRAL: &[&str] = &[
    "load_only",
    "defer",
    "undefer",
    "undefer_group",
    "with_loader_criteria",
    "with_expression",
    "lazyload_all",
    "defer_group",
    "bundle",
    "set_relationship_caching",
    "process_query",
    "cache_key",
    "get_option",
    "contains_alias",
];

/// The facts of an entity.
pub(crate) type Entities<'e> = &'e dyn Fn(&ClassRef) -> Option<Arc<Entity>>;

/// Whether a function, by its full name and the last segment of it, creates an option.
pub(super) fn makes_one(full_name: &str, name: &str) -> bool {
    let is_known = name == "Load" || [LOADING, KEEPING, NEUTRAL].iter().any(|names| names.contains(&name));
    // `Load` has methods with the same names; `sqlalchemy.sql` has none of them.
    is_known && !full_name.contains(".func.")
}

/// Calls a function that creates an option.
pub(super) fn call(
    entities: Entities<'_>,
    full_name: &str,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    if !makes_one(full_name, name) {
        return None;
    }
    if name == "Load" {
        return Some(value(LoaderOption::default()));
    }
    extended(entities, &LoaderOption::default(), name, arguments)
}

/// Calls a method of an option, which extends its path.
pub(crate) fn method(
    entities: Entities<'_>,
    option: &LoaderOption,
    name: &str,
    arguments: &Arguments,
) -> Value {
    if name == "options" {
        let mut chained = option.clone();
        at(&mut chained.loads, &option.tail).merge(&given(arguments));
        return value(chained);
    }
    let open = || value(LoaderOption { loads: Loads::open(), ..option.clone() });
    extended(entities, option, name, arguments).unwrap_or_else(open)
}

fn value(option: LoaderOption) -> Value {
    Value::of(Kind::Option(Arc::new(option)))
}

fn extended(
    entities: Entities<'_>,
    option: &LoaderOption,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    if let Some(columns) = for_columns(entities, option, name, arguments) {
        return Some(value(columns));
    }
    if NEUTRAL.contains(&name) {
        let is_partial = matches!(name, "load_only" | "defer" | "defer_group");
        let traits = if is_partial { Traits::PARTIAL } else { Traits::NONE };
        return Some(value(LoaderOption { traits: option.traits | traits, ..option.clone() }));
    }
    let loads_it = LOADING.contains(&name);
    let fetch = match name {
        "selectinload" | "subqueryload" | "subqueryload_all" | "immediateload" => Fetch::Apart,
        _ if loads_it => Fetch::Joined,
        "lazyload" => Fetch::Lazy,
        "raiseload" => Fetch::Refused,
        _ => Fetch::Kept,
    };
    if !loads_it && !KEEPING.contains(&name) {
        return None;
    }
    let mut option = option.clone();
    if name == "lazyload" {
        option.traits = option.traits | Traits::KEPT_LAZY;
    }
    for argument in arguments.positional.iter().chain(&arguments.stars).map(|(value, _)| value) {
        match &argument.kind {
            Kind::Field(class, field) => {
                let is_lazy = || {
                    let entity = entities(class)?;
                    Some(matches!(entity.relationship(field)?.loading, Loading::Lazy | Loading::Raise))
                };
                // What the model loads is loaded with `defaultload` too.
                let keeps = fetch >= Fetch::Kept && is_lazy() == Some(false);
                let fetch = if keeps { fetch.max(Fetch::Unsaid) } else { fetch };
                step(&mut option, field.clone(), fetch);
            }
            Kind::Text(path) if path == "*" => {
                // Nothing that isn't named is read from the database then.
                if loads_it || fetch == Fetch::Refused {
                    at(&mut option.loads, &option.tail.clone()).merge(&Loads::open());
                }
            }
            Kind::Text(path) => path.split('.').for_each(|name| step(&mut option, name.into(), fetch)),
            // `joinedload(Base)` of a polymorphic model, or an argument that can't be read.
            _ => at(&mut option.loads, &option.tail.clone()).merge(&Loads::open()),
        }
    }
    Some(value(option))
}

/// Options for columns: what they leave out is queried when it is read. `None` if they are for something else, or raise.
fn for_columns(
    entities: Entities<'_>,
    option: &LoaderOption,
    name: &str,
    arguments: &Arguments,
) -> Option<LoaderOption> {
    if !matches!(name, "load_only" | "defer" | "undefer" | "undefer_group") || !arguments.keywords.is_empty()
    {
        return None;
    }
    let mut option = option.clone();
    let loads = at(&mut option.loads, &option.tail);
    let mut put = |name: &Name, fetch| {
        loads.relationships.insert(name.clone(), Loads { fetch, ..Loads::default() });
    };
    let mut fields = Vec::new();
    for value in arguments.values() {
        let Kind::Field(class, field) = &value.kind else {
            // Unknown columns are in memory.
            loads.is_open = true;
            return Some(option);
        };
        fields.push((class, field));
    }
    let fetch = if name == "defer" { Fetch::Lazy } else { Fetch::Joined };
    if name == "load_only"
        && let Some((class, _)) = fields.first()
        && let Some(entity) = entities(class)
    {
        for (name, member) in &entity.members {
            if matches!(member, Member::Column(column) if !column.is_primary_key) {
                put(name, Fetch::Lazy);
            }
        }
    }
    for (_, field) in fields {
        put(field, fetch);
    }
    let is_partial = name == "load_only" || name == "defer";
    option.traits = if is_partial { option.traits | Traits::PARTIAL } else { option.traits };
    Some(option)
}

/// Hand-written paths are not longer than this.
const MAX_STEPS: usize = 12;

/// Extends the option by one relationship.
fn step(option: &mut LoaderOption, name: Name, fetch: Fetch) {
    if option.tail.len() == MAX_STEPS {
        return;
    }
    option.tail.push(name);
    let (last, before) = option.tail.split_last().expect("a name was added");
    let owner = at(&mut option.loads, before);
    let new = Loads { fetch, ..Loads::default() };
    let loads = owner.relationships.entry(last.clone()).or_insert(new);
    loads.fetch = loads.fetch.max(fetch);
}

/// The loads at the end of a path.
fn at<'l>(loads: &'l mut Loads, path: &[Name]) -> &'l mut Loads {
    path.iter().fold(loads, |loads, name| loads.relationships.entry(name.clone()).or_default())
}

/// The combined loads of the options passed to `.options(...)`: individually, in lists, or as `*options`.
pub(super) fn given(arguments: &Arguments) -> Loads {
    let mut loads = Loads { is_open: arguments.has_double_star, ..Loads::default() };
    arguments.values().for_each(|value| loads.merge(&loaded_by(value)));
    loads
}
