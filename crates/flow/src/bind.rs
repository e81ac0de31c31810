//! What a value means elsewhere: without the loops it was made in, without the parameters it came from, or with the
//! arguments of a call in their place.

use std::sync::Arc;

use model::ClassRef;
use python::Name;

use crate::{Deps, Kind, Loads, ModelRef, Origin, Path, Related, Root, Shape, Step, Value};

/// Values are rewritten this deep.
const MAX_DEPTH: usize = 12;

/// The value, for whoever stands outside of the loops.
pub(crate) fn without_loops(value: &Value) -> Value {
    map(value, 0, &mut |mut value| {
        value.deps.loops = 0;
        of_query(&mut value, &mut |deps| Deps { loops: 0, ..deps });
        value
    })
}

/// The value, for whoever knows nothing of the parameters.
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

/// The value at a call: what a parameter reaches is what the argument reaches.
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
            // The callee may know more of it than the caller: an annotation, an isinstance.
            let says_more = !reached.is_unknown() || value.is_unknown();
            if says_more && may_stand_for(&value.kind, &reached.kind) {
                value.kind = reached.kind;
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
            // Not given: what stands for it then is `None` or empty.
            None => Loads::default(),
        });
        value.deps = value.deps | deps;
        value
    })
}

/// What a query depends on by itself: that decides whether running it is another query for each element.
fn of_query(value: &mut Value, deps: &mut dyn FnMut(Deps) -> Deps) {
    if let Kind::Query(query) = &mut value.kind {
        let own = deps(query.deps);
        if own != query.deps {
            Arc::make_mut(query).deps = own;
        }
    }
}

/// Puts the query that a parameter holds below what was added to it.
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
        // A row of such a query: whoever built it is who may load more.
        Kind::Entity(entity) => {
            let Some(path) = &entity.loads.held else { return };
            if let Kind::Query(base) = reach(path).kind {
                entity.origin = Origin::Query(base.source);
            }
        }
        _ => {}
    }
}

/// Whether what the caller knows of an argument says more than what the callee knows of its parameter.
fn may_stand_for(own: &Kind, reached: &Kind) -> bool {
    matches!(
        (own, reached),
        (Kind::Unknown | Kind::Entity(_) | Kind::Instance(..), _)
            | (Kind::Many(_), Kind::Many(_) | Kind::Query(_) | Kind::Tuple(_))
            | (Kind::Query(_), Kind::Query(_))
            | (Kind::Session { .. }, Kind::Session { .. })
            | (Kind::Class(_), Kind::Class(_))
    )
}

/// What the arguments of the parameters depend on.
pub(crate) fn arguments_of(deps: Deps, bound: &[Option<Value>]) -> Deps {
    let given = bound.iter().enumerate().filter(|(index, _)| deps.on_param(*index));
    given.filter_map(|(_, value)| value.as_ref()).fold(Deps::NONE, |all, value| all | value.deps)
}

/// The argument that a path starts from, and its steps.
pub(crate) fn start<'b>(path: &Path, bound: &'b [Option<Value>]) -> Option<&'b Value> {
    let Root::Param(index) = path.root;
    bound.get(usize::from(index))?.as_ref()
}

/// The last step of a path where it is an attribute, and the path before.
pub(crate) fn split(path: &Path) -> Option<(Path, Name)> {
    let (last, before) = path.steps.split_last()?;
    match last {
        Step::Attr(name) => Some((Path { root: path.root, steps: before.to_vec() }, name.clone())),
        Step::Each | Step::Call(_) => None,
    }
}

/// The entity that a value stands for: a class, a query or a manager of one, or what callers will know.
/// A class that entities share stands for those below it: callers know which one it is.
pub(crate) fn model_in(value: &Value, is_shared: &dyn Fn(&ClassRef) -> bool) -> ModelRef {
    match (&value.kind, &value.path) {
        (Kind::Class(class), Some(path)) if is_shared(class) => ModelRef::Held(path.clone()),
        (Kind::Class(class) | Kind::Manager(class, _), _) => ModelRef::Known(class.clone()),
        (Kind::Query(query), _) if query.shape == Shape::Entities => query.model.clone(),
        (Kind::Unknown | Kind::Instance(..), Some(path)) => ModelRef::Held(path.clone()),
        _ => ModelRef::Unknown,
    }
}

/// Resolves models that parameters hold.
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

/// Resolves loader options that parameters hold.
fn held_options(value: &mut Value, loads_at: &mut dyn FnMut(&Path) -> Loads) {
    match &mut value.kind {
        Kind::Entity(entity) => entity.loads.resolve(loads_at),
        Kind::Query(query) if query.loads.is_open => Arc::make_mut(query).loads.resolve(loads_at),
        Kind::Option(option) if option.loads.is_open => Arc::make_mut(option).loads.resolve(loads_at),
        _ => {}
    }
}

/// The value with everything inside it rewritten, innermost first.
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
        Kind::Record(entries) => {
            Kind::Record(entries.iter().map(|(name, value)| (name.clone(), inner(value))).collect())
        }
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
