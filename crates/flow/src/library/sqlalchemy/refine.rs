//! Methods that extend a statement or a legacy query without running it.

use std::sync::Arc;

use model::{ClassRef, Orm};
use python::{Expr, ExprId, Literal};

use super::{in_hand, options, selected, shared};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Fetch, Kind, Loads, ModelRef, QueryState, Shape, Traits, Value};

/// Methods that change neither which rows are selected nor what is loaded with them.
const NEUTRAL: &[&str] = &[
    "add_cte",
    "autoflush",
    "correlate",
    "correlate_except",
    "distinct",
    "enable_assertions",
    "enable_eagerloads",
    "execution_options",
    "from_self",
    "group_by",
    "having",
    "join",
    "join_from",
    "offset",
    "on_conflict_do_nothing",
    "on_conflict_do_update",
    "on_duplicate_key_update",
    "order_by",
    "outerjoin",
    "outerjoin_from",
    "params",
    "populate_existing",
    "prefix_with",
    "reduce_columns",
    "reset_joinpoint",
    "select_from",
    "self_group",
    "set_label_style",
    "set_options",
    "suffix_with",
    "tuples",
    "values",
    "with_for_update",
    "with_hint",
    "with_labels",
    "with_statement_hint",
    "with_transformation",
    "yield_per",
    "union",
    "union_all",
    "intersect",
    "intersect_all",
    "except_",
    "except_all",
    "only_return_tuples",
    "with_session",
    "ordered_values",
    "inline",
    "from_select",
    "bindparams",
    "return_defaults",
];

/// Methods that turn the query into an expression or a table.
const NESTED: &[&str] = &[
    "subquery",
    "cte",
    "alias",
    "scalar_subquery",
    "as_scalar",
    "exists",
    "label",
    "lateral",
    "in_",
    "not_in",
    "notin_",
    "contains",
    "compile",
    "is_",
    "is_not",
    "isnot",
    "cast",
    "op",
    "desc",
    "asc",
    "any",
    "all_",
    "between",
    "like",
    "ilike",
    "get_children",
    "get_final_froms",
    "tablesample",
];

/// The query built by `query.name(...)`.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    receiver: &Value,
    query: &QueryState,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    if name.starts_with("__") {
        return None;
    }
    let deps = receiver.deps | arguments.deps();
    if NESTED.contains(&name) {
        return Some(Value::of(Kind::Plain).with_deps(query.deps | deps));
    }
    let mut query = query.clone();
    query.deps = query.deps | deps;
    if let Some(path) = &receiver.path {
        query.base = Some(path.clone());
        if query.loads.is_open {
            query.loads = Loads::held_by(path.clone());
        }
    }
    if let Some(related) = &mut query.related {
        related.is_plain &= matches!(name, "execution_options" | "yield_per" | "populate_existing");
    }
    query.traits = query.traits | traits_of(name, arguments);
    match name {
        "where" | "filter" | "filter_by" => {
            query.is_filtered = true;
            query.is_bounded |= names_key(walker, &query.model, arguments);
            query.shared.extend(shared::by_condition(walker, &query.model, arguments));
            for name in in_hand::by_condition(walker, &query.model, arguments) {
                query.loads.put(name, Loads::open());
            }
        }
        "limit" | "fetch" | "slice" => query.is_bounded |= !is_none(walker, arguments),
        "options" => {
            let loads = options::given(arguments);
            selected::load(&mut query, &loads);
            if let ModelRef::Known(class) = &query.model {
                let again = again_of(walker, class, &query.loads);
                query.loads.merge(&again);
            }
        }
        "with_entities" | "with_only_columns" | "returning" => {
            selected::replace(walker, &mut query, arguments);
        }
        "add_columns" | "add_column" | "add_entity" | "column" => {
            selected::extend(walker, &mut query, arguments);
        }
        "with_parent" => {
            query.shared.extend(shared::by_parent(walker, &query.model, arguments));
        }
        "columns" => query.shape = Shape::Plain,
        // Hand-written SQL can't be joined; separate statements remain.
        "from_statement" => {
            query.loads.relationships.retain(|_, loads| loads.fetch != Fetch::Joined);
        }
        _ if NEUTRAL.contains(&name) => {}
        // A method of a first-party query class, which may add options.
        _ => selected::load(&mut query, &Loads::open()),
    }
    // `select(func.count()).select_from(Order)`, `select(1).join(Order)`
    if query.model == ModelRef::Unknown && matches!(name, "select_from" | "join" | "outerjoin") {
        query.model = arguments.get(0, "target").map_or(ModelRef::Unknown, |value| model(walker, value));
    }
    Some(Value { kind: Kind::Query(Arc::new(query)), path: None, deps })
}

/// What options load on the rows of the query themselves, by a way that leads back to them: the rows of `Message` are
/// among the messages of their chat in `selectinload(Message.chat).selectinload(Chat.messages).selectinload(...)`, and a
/// session holds each row once.
fn again_of(walker: &dyn Interpreter, class: &ClassRef, loads: &Loads) -> Loads {
    let mut again = Loads::default();
    let Some(entity) = walker.entity(class) else { return again };
    for name in loads.relationships.keys() {
        let inverse = entity.relationship(name).and_then(|relationship| relationship.inverse.as_ref());
        let back = inverse.and_then(|inverse| loads.get(name)?.get(inverse));
        for (name, behind) in back.iter().flat_map(|back| &back.relationships) {
            again.relationships.insert(name.clone(), without_statements(behind));
        }
    }
    again
}

/// What is loaded by statements that are counted elsewhere.
fn without_statements(loads: &Loads) -> Loads {
    let below = loads.relationships.iter().map(|(name, loads)| (name.clone(), without_statements(loads)));
    let fetch = if loads.fetch > Fetch::Kept { Fetch::Joined } else { loads.fetch };
    Loads { relationships: below.collect(), fetch, ..loads.clone() }
}

/// The traits that a method adds to a query, which determine the applicable loader options.
fn traits_of(name: &str, arguments: &Arguments) -> Traits {
    match name {
        "union" | "union_all" | "intersect" | "intersect_all" | "except_" | "except_all" | "from_self" => {
            Traits::COMBINED
        }
        "from_statement" => Traits::RAW,
        "with_for_update" => Traits::LOCKED,
        "distinct" | "group_by" | "having" => Traits::GROUPED,
        "returning" => Traits::WRITTEN,
        "options" => {
            let option = |value: &Value| match &value.kind {
                Kind::Option(option) => option.traits,
                _ => Traits::NONE,
            };
            arguments.values().fold(Traits::OPTIONED, |all, value| all | option(value))
        }
        _ => Traits::NONE,
    }
}

/// The query that an unknown value must be, because loader options are added to it or a session runs it.
pub(super) fn unknown(walker: &mut dyn Interpreter, expr: ExprId, receiver: &Value) -> QueryState {
    let held = receiver.path.clone();
    let model = held.clone().map_or(ModelRef::Unknown, ModelRef::Held);
    let mut query = walker.begin(expr, model, Orm::SqlAlchemy);
    query.deps = query.deps | receiver.deps;
    query.loads = held.clone().map_or_else(Loads::open, Loads::held_by);
    query.base = held;
    query
}

/// Whether loader options are among the arguments: known ones, or those that callers hand on to a statement of theirs.
pub(super) fn gives_options(receiver: &Value, arguments: &Arguments) -> bool {
    let is_handed = |value: &Value| value.path.is_some();
    arguments.values().any(|value| matches!(value.kind, Kind::Option(_)))
        || (receiver.path.is_some() && arguments.stars.iter().any(|(value, _)| is_handed(value)))
}

/// The entity that a class, a mapped attribute or a parameter refers to.
pub(super) fn model(walker: &dyn Interpreter, value: &Value) -> ModelRef {
    match (&value.kind, &value.path) {
        (Kind::Class(class), path) => match (walker.entity(class), path) {
            // `cls` of an abstract base: only callers know the class.
            (Some(entity), Some(path)) if entity.is_abstract => ModelRef::Held(path.clone()),
            (Some(_), _) => ModelRef::Known(class.clone()),
            (None, Some(path)) => ModelRef::Held(path.clone()),
            (None, None) => ModelRef::Unknown,
        },
        (Kind::Field(class, _), _) => ModelRef::Known(class.clone()),
        (Kind::Unknown, Some(path)) => ModelRef::Held(path.clone()),
        _ => ModelRef::Unknown,
    }
}

/// Whether a condition compares a unique column of the entity with one value, so that there is at most one row.
fn names_key(walker: &dyn Interpreter, model: &ModelRef, arguments: &Arguments) -> bool {
    let Some(entity) = model.class().and_then(|class| walker.entity(class)) else { return false };
    let is_key = |name: &str| match entity.members.get(name) {
        Some(model::Member::Column(column)) => column.is_primary_key || column.is_unique,
        _ => false,
    };
    let compares_key = |expr| match &walker.body()[expr] {
        Expr::Compare { first, rest } => match (&walker.body()[*first], &**rest) {
            (Expr::Attribute { name, .. }, [(op, _)]) => op == "==" && is_key(name),
            _ => false,
        },
        _ => false,
    };
    arguments.keywords.iter().any(|(name, ..)| is_key(name))
        || arguments.positional.iter().any(|(_, expr)| compares_key(*expr))
}

/// Whether the only argument is `None`: `limit(None)` removes a limit.
fn is_none(walker: &dyn Interpreter, arguments: &Arguments) -> bool {
    match arguments.positional.as_slice() {
        [(_, expr)] => matches!(walker.body()[*expr], Expr::Literal(Literal::None)),
        _ => false,
    }
}
