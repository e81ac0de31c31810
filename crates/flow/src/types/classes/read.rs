//! Attribute reads, calls and construction without walking a body, based on annotations and classes.

use std::sync::Arc;

use model::{ClassRef, Project};
use python::{Expr, Name};

use super::mro::bindings;
use super::{Ancestor, Member, MethodKind, lookup};
use crate::query::types as queries;
use crate::types::annotation;
use crate::types::names;
use crate::value::{Entity, ModelRef};
use crate::{Db, FunctionRef, Kind, Value};

/// The attribute `name` of a value, according to annotations and class bodies.
pub fn read(db: &dyn Db, project: Project, value: &Value, name: &str) -> Value {
    let (class, arguments): (&ClassRef, &[Value]) = match &value.kind {
        Kind::Instance(class, arguments) => (class, arguments),
        Kind::Class(class) | Kind::Entity(Entity { model: ModelRef::Known(class), .. }) => (class, &[]),
        Kind::ForeignInstance(full) => return foreign_attribute(full, name),
        _ => return names::attribute(db, project, value, name),
    };
    match lookup::member(db, project, class, arguments, name) {
        Some(Member::Attribute(value)) => value,
        Some(Member::Method { function, kind: MethodKind::Property }) => {
            promised(db, project, function, class, arguments)
        }
        Some(Member::Method { function, kind: MethodKind::Static }) => Value::of(Kind::Function(function)),
        Some(Member::Method { function, .. }) => Value::of(Kind::Method(value.clone().into(), function)),
        None => {
            let foreign = queries::foreign_ancestors(db, project, class.module, class.name.clone());
            foreign
                .iter()
                .map(|full| foreign_attribute(full, name))
                .find(|value| !value.is_unknown())
                .unwrap_or_default()
        }
    }
}

/// The attribute of a library instance that other values depend on.
fn foreign_attribute(full: &str, name: &str) -> Value {
    match (full, name) {
        ("flask_sqlalchemy.SQLAlchemy" | "flask_sqlalchemy_lite.SQLAlchemy", "session") => {
            Value::of(Kind::Session { is_async: false })
        }
        _ => match libraries::method(full, name) {
            Some(libraries::Method::Gives(class)) => annotation::foreign_instance(class),
            _ => Value::UNKNOWN,
        },
    }
}

/// The result of calling a value, as far as annotations determine it; for an `async` function the awaited value.
pub fn called(db: &dyn Db, project: Project, callee: &Value) -> Value {
    match &callee.kind {
        Kind::Function(function) => queries::returned(db, project, function.module, function.function),
        Kind::Method(receiver, function) => match &receiver.kind {
            Kind::Instance(class, arguments) => promised(db, project, *function, class, arguments),
            Kind::Class(class) | Kind::Entity(Entity { model: ModelRef::Known(class), .. }) => {
                promised(db, project, *function, class, &[])
            }
            _ => queries::returned(db, project, function.module, function.function),
        },
        Kind::Class(class) => made(db, project, class, &[], &[]),
        Kind::Partial(callee, _) => called(db, project, callee),
        Kind::Foreign(full) => names::foreign_call(db, project, full, &[], &[]),
        Kind::ForeignInstance(full) => Value::of(match full.as_str() {
            "sqlalchemy.orm.sessionmaker" | "sqlalchemy.orm.scoped_session" => {
                Kind::Session { is_async: false }
            }
            "sqlalchemy.ext.asyncio.async_sessionmaker" | "sqlalchemy.ext.asyncio.async_scoped_session" => {
                Kind::Session { is_async: true }
            }
            _ => Kind::Unknown,
        }),
        Kind::Instance(class, arguments) => match lookup::member(db, project, class, arguments, "__call__") {
            Some(Member::Method { function, .. }) => promised(db, project, function, class, arguments),
            _ => Value::UNKNOWN,
        },
        _ => Value::UNKNOWN,
    }
}

/// The declared result of calling a method on an instance of `class`.
fn promised(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
    class: &ClassRef,
    arguments: &[Value],
) -> Value {
    let plain = queries::returned(db, project, function.module, function.function);
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let own = annotation::own_class(&definitions, function);
    let Some(own) = own.filter(|own| own != class || !arguments.is_empty()) else { return plain };
    let ancestors = ancestors(db, project, class, arguments);
    let Some(ancestor) = ancestors.iter().find(|ancestor| ancestor.class == own) else { return plain };
    let bindings = bindings(db, project, ancestor);
    annotation::returned_in(db, project, function, Some(class), &bindings)
}

fn ancestors(db: &dyn Db, project: Project, class: &ClassRef, arguments: &[Value]) -> Arc<[Ancestor]> {
    if arguments.is_empty() {
        queries::ancestors(db, project, class.module, class.name.clone())
    } else {
        super::linearize(db, project, class, arguments).into()
    }
}

/// A new instance of `class` created with these arguments. Its type arguments are inferred from the arguments for the
/// parameters of `__init__` (`BaseRepository(Order, session)` with `model: type[T]`).
pub fn made(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    positional: &[Value],
    keywords: &[(Name, Value)],
) -> Value {
    let instance = annotation::instance_of(db, project, class, &[]);
    if !matches!(instance.kind, Kind::Instance(..)) || positional.is_empty() && keywords.is_empty() {
        return instance;
    }
    let bases = queries::bases(db, project, class.module, class.name.clone());
    if bases.parameters.is_empty() {
        return instance;
    }
    let Some(Member::Method { function, .. }) = lookup::member(db, project, class, &[], "__init__") else {
        return instance;
    };
    let arguments = bases
        .parameters
        .iter()
        .map(|parameter| taken(db, project, function, parameter, positional, keywords).unwrap_or_default());
    Value::of(Kind::Instance(class.clone(), arguments.collect()))
}

/// The value that the arguments of a call infer for the type parameter `name`.
fn taken(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
    name: &str,
    positional: &[Value],
    keywords: &[(Name, Value)],
) -> Option<Value> {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let is_name = |expr| matches!(&definitions.exprs[expr], Expr::Name(other) if other == name);
    definitions[function.function].parameters.iter().enumerate().skip(1).find_map(|(index, parameter)| {
        let argument = keywords
            .iter()
            .find(|(keyword, _)| *keyword == parameter.name)
            .map(|(_, value)| value)
            .or_else(|| positional.get(index - 1))?;
        match (&definitions.exprs[parameter.annotation?], &argument.kind) {
            (Expr::Name(other), _) if other == name => Some(argument.clone()),
            (Expr::Subscript { index, .. }, Kind::Class(class)) if is_name(*index) => {
                Some(annotation::instance_of(db, project, class, &[]))
            }
            _ => None,
        }
    })
}
