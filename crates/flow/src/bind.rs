//! Translates values to another context: without the loops or parameters that they depend on, or with those parameters
//! replaced by the arguments of a call.

use std::sync::Arc;

use model::ClassRef;
use python::Name;

use crate::{Deps, Kind, Loads, ModelRef, Origin, Path, Related, Root, Shape, Step, Value};

/// Values are rewritten down to this depth.
const MAX_DEPTH: usize = 12;

/// The value without its dependencies on loops, for code outside of them.
pub(crate) fn without_loops(value: &Value) -> Value {
    map(value, 0, &mut |mut value| {
        value.deps.loops = 0;
        of_query(&mut value, &mut |deps| Deps { loops: 0, ..deps });
        value
    })
}

/// The value without its dependencies on parameters, for code that doesn't know them.
pub(crate) fn without_paths(value: &Value) -> Value {
    map(value, 0, &mut |mut value| {
        value.path = None;
        value.deps = Deps::NONE;
        of_query(&mut value, &mut |_| Deps::NONE);
        held_models(&mut value, &mut |_| ModelRef::Unknown);
        held_options(&mut value, &mut |_| Loads::open());
        value
    })
}

/// The value at a call site: paths from a parameter are replaced by paths from its argument.
pub(crate) fn with_arguments(
    value: &Value,
    bound: &[Option<Value>],
    is_shared: &dyn Fn(&ClassRef) -> bool,
    reach: &mut dyn FnMut(&Path) -> Value,
) -> Value {
    map(value, 0, &mut |mut value| {
        let deps = arguments_of(value.deps, bound);
        of_query(&mut value, &mut |deps| arguments_of(deps, bound));
        if let Some(path) = value.path.take() {
            let reached = reach(&path);
            // The callee may know more about the value than the caller, through an annotation or an `isinstance` check.
            let says_more = !reached.is_unknown() || value.is_unknown();
            if says_more && may_stand_for(&value.kind, &reached.kind) {
                value.kind = as_fetched(&value.kind, reached.kind);
            }
            value.path = reached.path;
            value.deps = reached.deps;
        } else {
            value.deps = Deps::NONE;
        }
        based_on(&mut value, reach);
        held_models(&mut value, &mut |path| model_in(&reach(path), is_shared));
        held_options(&mut value, &mut |path| match start(path, bound) {
            Some(_) => crate::value::loaded_by(&reach(path)),
            // If no argument is given, the value is `None` or empty.
            None => Loads::default(),
        });
        value.deps = value.deps | deps;
        value
    })
}

/// Rewrites a query's own dependencies. They decide whether each element runs a different query.
fn of_query(value: &mut Value, deps: &mut dyn FnMut(Deps) -> Deps) {
    if let Kind::Query(query) = &mut value.kind {
        let own = deps(query.deps);
        if own != query.deps {
            Arc::make_mut(query).deps = own;
        }
    }
}

/// Replaces the base of a query that extends a parameter's query.
fn based_on(value: &mut Value, reach: &mut dyn FnMut(&Path) -> Value) {
    match &mut value.kind {
        Kind::Query(query) => {
            let Some(path) = &query.base else { return };
            let reached = reach(path);
            match reached.kind {
                Kind::Query(base) => *query = Arc::new(query.upon(&base)),
                _ => Arc::make_mut(query).base = reached.path,
            }
        }
        // A row of such a query: only its creator knows what else it loads.
        Kind::Entity(entity) => {
            for path in entity.loads.held() {
                if let Kind::Query(base) = reach(path).kind {
                    entity.origin = Origin::Query(base.source);
                }
            }
        }
        _ => {}
    }
}

/// Whether the caller's knowledge of an argument is more precise than the callee's knowledge of its parameter.
fn may_stand_for(own: &Kind, reached: &Kind) -> bool {
    matches!(
        (own, reached),
        (Kind::Unknown | Kind::Entity(_) | Kind::Instance(..), _)
            | (Kind::Many(_), Kind::Many(_) | Kind::Query(_) | Kind::Tuple(_))
            | (Kind::Query(_) | Kind::ForeignInstance(_), Kind::Query(_))
            | (Kind::Session { .. }, Kind::Session { .. })
            | (Kind::Class(_), Kind::Class(_))
    )
}

/// What the caller knows of a row, with what the callee knows of the way in which it fetched it.
fn as_fetched(own: &Kind, reached: Kind) -> Kind {
    match (own, reached) {
        (Kind::Entity(own), Kind::Entity(row)) => Kind::Entity(crate::Entity {
            is_async: own.is_async || row.is_async,
            traits: own.traits | row.traits,
            ..row
        }),
        (_, reached) => reached,
    }
}

/// Replaces dependencies on parameters by the dependencies of their arguments.
pub(crate) fn arguments_of(deps: Deps, bound: &[Option<Value>]) -> Deps {
    let given = bound.iter().enumerate().filter(|(index, _)| deps.on_param(*index));
    given.filter_map(|(_, value)| value.as_ref()).fold(Deps::NONE, |all, value| all | value.deps)
}

/// The argument that a path starts from, and its steps.
pub(crate) fn start<'b>(path: &Path, bound: &'b [Option<Value>]) -> Option<&'b Value> {
    let Root::Param(index) = path.root;
    bound.get(usize::from(index))?.as_ref()
}

/// Splits a path whose last step is an attribute into the preceding path and that attribute.
pub(crate) fn split(path: &Path) -> Option<(Path, Name)> {
    let (last, before) = path.steps.split_last()?;
    match last {
        Step::Attr(name) => Some((Path { root: path.root, steps: before.to_vec() }, name.clone())),
        Step::Each | Step::Call(_) | Step::Get(_) => None,
    }
}

/// The entity that a value refers to: a class, a query over it, its manager, or one that only callers know. A base
/// shared by several entities represents its subclasses, so callers determine which one it is.
pub(crate) fn model_in(value: &Value, is_shared: &dyn Fn(&ClassRef) -> bool) -> ModelRef {
    match (&value.kind, &value.path) {
        (Kind::Class(class), Some(path)) if is_shared(class) => ModelRef::Held(path.clone()),
        (Kind::Class(class) | Kind::Manager(class, _), _) => ModelRef::Known(class.clone()),
        (Kind::Query(query), _) if query.shape == Shape::Entities => query.model.clone(),
        (Kind::Unknown | Kind::Instance(..), Some(path)) => ModelRef::Held(path.clone()),
        _ => ModelRef::Unknown,
    }
}

/// Resolves models held by parameters.
fn held_models(value: &mut Value, model_at: &mut dyn FnMut(&Path) -> ModelRef) {
    let mut resolve = |model: &mut ModelRef| {
        if let ModelRef::Held(path) = model {
            *model = model_at(path);
        }
    };
    match &mut value.kind {
        Kind::Entity(entity) => resolve(&mut entity.model),
        Kind::Query(query) if matches!(query.model, ModelRef::Held(_)) => {
            resolve(&mut Arc::make_mut(query).model);
        }
        _ => {}
    }
}

/// Resolves loader options held by parameters.
fn held_options(value: &mut Value, loads_at: &mut dyn FnMut(&Path) -> Loads) {
    match &mut value.kind {
        Kind::Entity(entity) => entity.loads.resolve(loads_at),
        Kind::Query(query) if query.loads.is_open => Arc::make_mut(query).loads.resolve(loads_at),
        Kind::Option(option) if option.loads.is_open => Arc::make_mut(option).loads.resolve(loads_at),
        _ => {}
    }
}

/// Rewrites the value and everything inside it, innermost first.
fn map(value: &Value, depth: usize, change: &mut dyn FnMut(Value) -> Value) -> Value {
    if depth > MAX_DEPTH {
        return Value::UNKNOWN;
    }
    let mut inner = |value: &Value| map(value, depth + 1, change);
    let kind = match &value.kind {
        Kind::Many(element) => Kind::Many(inner(element).into()),
        Kind::Mapping(element) => Kind::Mapping(inner(element).into()),
        Kind::Awaitable(element) => Kind::Awaitable(inner(element).into()),
        Kind::Tuple(elements) => Kind::Tuple(elements.iter().map(inner).collect()),
        Kind::Either(ways) => Kind::Either(ways.iter().map(inner).collect()),
        Kind::Record(entries) => {
            Kind::Record(entries.iter().map(|(name, value)| (name.clone(), inner(value))).collect())
        }
        Kind::Holder(class, fields) => Kind::Holder(
            class.clone(),
            fields.iter().map(|(name, value)| (name.clone(), inner(value))).collect(),
        ),
        Kind::Instance(class, parts) => Kind::Instance(class.clone(), parts.iter().map(inner).collect()),
        Kind::Method(receiver, function) => Kind::Method(inner(receiver).into(), *function),
        Kind::ForeignMethod(receiver, name) => Kind::ForeignMethod(inner(receiver).into(), name.clone()),
        Kind::Query(query) if query.related.is_some() => {
            let mut query = (**query).clone();
            if let Some(Related { owner, .. }) = &mut query.related {
                *owner = inner(owner).into();
            }
            Kind::Query(Arc::new(query))
        }
        // Which row it was reached from is for those who walked there.
        Kind::Entity(row) if row.back.is_some() => Kind::Entity(crate::Entity { back: None, ..row.clone() }),
        // A lambda means something only where it is written.
        Kind::Lambda(_) => Kind::Unknown,
        kind => kind.clone(),
    };
    change(Value { kind, path: value.path.clone(), deps: value.deps })
}
