//! Looks up members by name in a class and its ancestors: methods first, by name alone, then values.

use model::{ClassRef, Project};
use python::Scope;

use super::mro::{bindings, linearize};
use super::own::OwnMember;
use super::stored::Source;
use super::{Ancestor, Member, MethodKind};
use crate::query::types as queries;
use crate::types::annotation::{self, Context, Parameter};
use crate::types::names::{Evaluator, Locals};
use crate::{Db, FunctionRef, Kind, Value};

/// The member `name` of a class or of its instances.
pub(crate) fn member(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    arguments: &[Value],
    name: &str,
) -> Option<Member> {
    let ancestors = queries::ancestors(db, project, class.module, class.name.clone());
    match method(db, project, &ancestors, name) {
        Found::Method(function, kind) => return Some(Member::Method { function, kind }),
        Found::Variable | Found::Nothing => {}
    }
    let value = if arguments.is_empty() {
        queries::attribute(db, project, class.module, class.name.clone(), name.into())
    } else {
        attribute(db, project, &linearize(db, project, class, arguments), name)
    };
    value.map(Member::Attribute)
}

/// The member that follows `defined_in` in the MRO of `class`.
pub(super) fn past(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    defined_in: &ClassRef,
    name: &str,
) -> Option<Member> {
    let ancestors = queries::ancestors(db, project, class.module, class.name.clone());
    let index = ancestors.iter().position(|ancestor| ancestor.class == *defined_in)?;
    let rest = &ancestors[index + 1..];
    match method(db, project, rest, name) {
        Found::Method(function, kind) => Some(Member::Method { function, kind }),
        Found::Variable => attribute(db, project, rest, name).map(Member::Attribute),
        Found::Nothing => None,
    }
}

enum Found {
    Method(FunctionRef, MethodKind),
    Variable,
    Nothing,
}

fn method(db: &dyn Db, project: Project, ancestors: &[Ancestor], name: &str) -> Found {
    for Ancestor { class, .. } in ancestors {
        let classes = queries::classes(db, model::query::file_of(db, project, class.module));
        match classes.get(&class.name).and_then(|own| own.get(name)) {
            Some(OwnMember::Method { function, kind, .. }) => {
                let function = FunctionRef { module: class.module, function };
                return Found::Method(function, kind);
            }
            Some(OwnMember::Variable) => return Found::Variable,
            None => {}
        }
    }
    Found::Nothing
}

/// The value of the attribute `name`: the first known value, starting at the nearest class. If there is none, the join
/// of the values that all other methods assign to it.
pub(crate) fn attribute(db: &dyn Db, project: Project, ancestors: &[Ancestor], name: &str) -> Option<Value> {
    if let Some(value) = declared(db, project, ancestors, name)
        && !value.is_unknown()
    {
        return Some(value);
    }
    let storing = storing(db, project, ancestors, name);
    let found = storing.iter().filter_map(|function| {
        let stored = queries::stored_by(db, project, function.module, function.function);
        Some(match stored.get(name)? {
            Source::Known(value) => value.clone(),
            Source::Parameter(function, index) => {
                match annotation::parameter(db, project, *function, usize::from(*index)) {
                    Parameter::Known(value) => value,
                    Parameter::Provider(_) | Parameter::Unknown => Value::UNKNOWN,
                }
            }
        })
    });
    // If the value is only ever `None`, the real one is assigned elsewhere.
    let joined = found.reduce(|left, right| left.join(&right)).filter(|value| value.kind != Kind::None);
    match joined.filter(|value| !value.is_unknown()).or_else(|| model_argument(db, project, ancestors, name))
    {
        None if storing.is_empty() && !is_bound(db, project, ancestors, name) => None,
        joined => Some(joined.unwrap_or_default()),
    }
}

/// The model of a repository that reads it from its type argument at run time
/// (`cls.model = get_args(cls.__orig_bases__[0])[0]`): the only entity among the arguments.
fn model_argument(db: &dyn Db, project: Project, ancestors: &[Ancestor], name: &str) -> Option<Value> {
    const NAMES: [&str; 8] = [
        "model",
        "_model",
        "model_cls",
        "model_class",
        "model_type",
        "_model_class",
        "entity_class",
        "entity_cls",
    ];
    if !NAMES.contains(&name) {
        return None;
    }
    let mut entities =
        ancestors.iter().flat_map(|ancestor| ancestor.arguments.iter()).filter_map(|argument| {
            match annotation::class_of(argument).kind {
                Kind::Class(class) if matches!(argument.kind, Kind::Entity(_)) => Some(class),
                _ => None,
            }
        });
    let first = entities.next()?;
    let is_bound =
        !storing(db, project, ancestors, name).is_empty() || is_bound(db, project, ancestors, name);
    (is_bound && entities.all(|other| other == first)).then(|| Value::of(Kind::Class(first)))
}

/// The value from class bodies and initializing methods, nearest first; unknown if it is only `None`.
fn declared(db: &dyn Db, project: Project, ancestors: &[Ancestor], name: &str) -> Option<Value> {
    let says_something = |value: &Value| !value.is_unknown() && value.kind != Kind::None;
    (0..ancestors.len()).find_map(|index| {
        annotated(db, project, &ancestors[index], name)
            .filter(says_something)
            .or_else(|| stored(db, project, ancestors, index, name).filter(says_something))
            .or_else(|| assigned(db, project, &ancestors[index], name).filter(says_something))
    })
}

/// Whether a class body binds the name to a value.
fn is_bound(db: &dyn Db, project: Project, ancestors: &[Ancestor], name: &str) -> bool {
    matches!(method(db, project, ancestors, name), Found::Variable)
}

/// The body of the nearest class that binds `name` to a value.
pub(super) fn assigning(
    db: &dyn Db,
    project: Project,
    ancestors: &[Ancestor],
    name: &str,
) -> Option<FunctionRef> {
    ancestors.iter().find_map(|Ancestor { class, .. }| {
        let id = variable(db, model::query::file_of(db, project, class.module), class, name)?;
        Some(FunctionRef::of_class_body(class.module, id))
    })
}

/// The methods that assign `name`, those of the nearest class first.
pub(super) fn storing(db: &dyn Db, project: Project, ancestors: &[Ancestor], name: &str) -> Vec<FunctionRef> {
    let mut found = Vec::new();
    for Ancestor { class, .. } in ancestors {
        let stores = crate::query::stores(db, model::query::file_of(db, project, class.module));
        let module = class.module;
        found.extend(stores.of_attribute(&class.name, name).map(|function| FunctionRef { module, function }));
    }
    found
}

/// The value of `self.name` in an initializing method before any such method has assigned it: from the class body or
/// inherited. Doesn't query what the class itself assigns.
pub(super) fn before(db: &dyn Db, project: Project, class: &ClassRef, name: &str) -> Option<Value> {
    let ancestors = queries::ancestors(db, project, class.module, class.name.clone());
    let (own, rest) = ancestors.split_first()?;
    annotated(db, project, own, name)
        .filter(|value| !value.is_unknown())
        .or_else(|| declared(db, project, rest, name))
        .filter(|value| !value.is_unknown())
        .or_else(|| assigned(db, project, own, name))
}

/// The method `name` of a class, its own or inherited.
pub(super) fn method_of(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    name: &str,
) -> Option<(FunctionRef, MethodKind)> {
    let ancestors = queries::ancestors(db, project, class.module, class.name.clone());
    match method(db, project, &ancestors, name) {
        Found::Method(function, kind) => Some((function, kind)),
        _ => None,
    }
}

/// The value from an annotation in the class body.
fn annotated(db: &dyn Db, project: Project, ancestor: &Ancestor, name: &str) -> Option<Value> {
    let class = &ancestor.class;
    let file = model::query::file_of(db, project, class.module);
    let id = variable(db, file, class, name)?;
    let definitions = python::query::definitions(db, file);
    let found = definitions
        .variables
        .iter()
        .rev()
        .find(|variable| variable.scope == Scope::Class(id) && variable.name == name)?;
    let bindings = bindings(db, project, ancestor);
    let context = Context { class: Some(class), bindings: &bindings, function: None };
    Some(annotation::value_with(db, project, class.module, &definitions.exprs, found.annotation?, context))
}

/// The value from an assignment in the class body.
fn assigned(db: &dyn Db, project: Project, ancestor: &Ancestor, name: &str) -> Option<Value> {
    let class = &ancestor.class;
    let file = model::query::file_of(db, project, class.module);
    let id = variable(db, file, class, name)?;
    let definitions = python::query::definitions(db, file);
    let is_it = |variable: &&python::Variable| {
        variable.scope == Scope::Class(id) && variable.name == name && variable.value.is_some()
    };
    let value = definitions.variables.iter().rev().find(is_it)?.value?;
    let locals = Body { db, project, file, class, name };
    let evaluator = Evaluator::new(db, project, class.module, &definitions.exprs).with_locals(&locals);
    Some(evaluator.value(value))
}

/// The names of a class body, for evaluating its assignments.
struct Body<'a> {
    db: &'a dyn Db,
    project: Project,
    file: source::File,
    class: &'a ClassRef,
    /// The name being assigned.
    name: &'a str,
}

impl Locals for Body<'_> {
    fn name(&self, name: &str) -> Option<Value> {
        let Self { db, project, class, .. } = *self;
        let is_own = name != self.name && variable(db, self.file, class, name).is_some();
        is_own.then(|| {
            queries::attribute(db, project, class.module, class.name.clone(), name.into()).unwrap_or_default()
        })
    }

    fn attribute(&self, _: &str, _: &str) -> Option<Value> {
        None
    }
}

/// The class, if its body binds `name` to a value.
fn variable(db: &dyn Db, file: source::File, class: &ClassRef, name: &str) -> Option<python::ClassId> {
    let classes = queries::classes(db, file);
    let own = classes.get(&class.name)?;
    matches!(own.get(name), Some(OwnMember::Variable)).then_some(own.id)
}

/// The value that the methods of the class at `index` assign.
fn stored(db: &dyn Db, project: Project, ancestors: &[Ancestor], index: usize, name: &str) -> Option<Value> {
    let class = &ancestors[index].class;
    let stored = queries::stored(db, project, class.module, class.name.clone());
    match stored.get(name)? {
        Source::Known(value) => Some(value.clone()),
        Source::Parameter(function, parameter) => {
            Some(given(db, project, ancestors, index, *function, *parameter))
        }
    }
}

/// The value of an `__init__` parameter of the class at `index`: its own annotation or default, or what the nearest
/// subclass passes with `super().__init__(...)`.
fn given(
    db: &dyn Db,
    project: Project,
    ancestors: &[Ancestor],
    index: usize,
    function: FunctionRef,
    parameter: u16,
) -> Value {
    let (mut index, mut function, mut parameter) = (index, function, parameter);
    loop {
        let bound = bindings(db, project, &ancestors[index]);
        let declared = annotation::parameter_within(db, project, function, usize::from(parameter), &bound);
        match declared {
            Parameter::Known(value) if value.kind != Kind::Plain => return value,
            _ => {}
        }
        let file = model::query::file_of(db, project, function.module);
        let definitions = python::query::definitions(db, file);
        let Some(facts) = definitions[function.function].parameters.get(usize::from(parameter)) else {
            return Value::UNKNOWN;
        };
        let below = (0..index).rev().find_map(|below| {
            let class = &ancestors[below].class;
            let stored = queries::stored(db, project, class.module, class.name.clone());
            stored
                .passed
                .as_ref()
                .map(|passed| (below, passed.get(usize::from(parameter), &facts.name).cloned()))
        });
        match below {
            Some((_, Some(Source::Known(value)))) => return value,
            Some((below, Some(Source::Parameter(next, at)))) => {
                (index, function, parameter) = (below, next, at);
            }
            _ => {
                return match declared {
                    Parameter::Known(value) => value,
                    Parameter::Provider(_) | Parameter::Unknown => Value::UNKNOWN,
                };
            }
        }
    }
}
