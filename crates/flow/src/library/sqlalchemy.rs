//! SQLAlchemy, SQLModel and Flask-SQLAlchemy: statements, loader options, sessions, results.
//!
//! The representation as values: a statement and a legacy `Query` are [`Kind::Query`] (the latter runs itself); the
//! result of `execute` is [`Kind::Many`] of rows, and a row of a statement is a tuple even if a single entity is
//! selected; an option is [`Kind::Option`]; a session is [`Kind::Session`]. A library object whose methods matter and
//! that has no kind of its own is a [`Kind::ForeignInstance`] with a canonical name ([`origin`]), regardless of how its
//! class was imported. Calling such an object itself (`SessionLocal()`) is represented as the method `__call__`.

mod core;
mod entities;
mod in_hand;
mod legacy;
mod options;
pub(crate) mod origin;
mod refine;
mod result;
mod running;
mod selected;
mod session;
mod shared;
mod statement;
#[cfg(test)]
mod tests;

pub(crate) use options::{Entities, method as extended_option};
pub(crate) use origin::is_statement;
pub(crate) use running::{page, rows_of_page};
pub(crate) use session::refreshed;

use std::sync::Arc;

use model::{ClassRef, Orm};
use python::ExprId;

use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, QueryState, Value};

/// Calls a function or class of the library.
pub(crate) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let (package, name) = origin::split(full_name)?;
    if let Some(paginated) = origin::paginates(full_name).then(|| running::paginate(walker, expr, arguments))
    {
        return paginated;
    }
    if !origin::is_orm(package) {
        return None;
    }
    let orm = if package == "sqlmodel" { Orm::SqlModel } else { Orm::SqlAlchemy };
    if matches!(name, "set_committed_value" | "set_attribute")
        && let [(_, row), (attribute, _), ..] = arguments.positional.as_slice()
    {
        let attribute = match &attribute.kind {
            Kind::Text(name) => Some(name.clone()),
            _ => None,
        };
        walker.gives(*row, attribute.as_deref());
        return Some(Value::of(Kind::None));
    }
    options::call(&|class| walker.entity(class), full_name, name, arguments)
        .or_else(|| statement::call(walker, expr, name, orm, arguments))
        .or_else(|| session::made_by(name, arguments))
        .or_else(|| core::expression(full_name, arguments))
}

/// The loader option that a call of a function of the library makes, without a walk.
pub(crate) fn option(
    entities: Entities<'_>,
    full_name: &str,
    arguments: impl FnOnce() -> Arguments,
) -> Option<Value> {
    let (package, name) = origin::split(full_name)?;
    let is_one = origin::is_orm(package) && options::makes_one(full_name, name);
    if is_one { options::call(entities, full_name, name, &arguments()) } else { None }
}

/// Calls a method of a session, a query, a result, an option or a mapped attribute.
pub(crate) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    match &receiver.kind {
        Kind::Session { is_async } => session::method(walker, expr, receiver, *is_async, name, arguments),
        Kind::Query(query) if query.orm == Orm::Django => None,
        Kind::Query(query) => legacy::method(walker, expr, query, name, arguments)
            .or_else(|| refine::method(walker, receiver, query, name, arguments)),
        Kind::Option(option) => Some(options::method(&|class| walker.entity(class), option, name, arguments)),
        Kind::Many(row) => result::method(receiver, row, name, arguments),
        Kind::Field(..) => Some(entities::field_method(receiver, name, arguments)),
        // A parameter's annotation: callers know what it selects.
        Kind::ForeignInstance(class) if class == "sqlalchemy.orm.Query" && receiver.path.is_some() => {
            let query = Arc::new(QueryState { runs_itself: true, ..refine::unknown(walker, expr, receiver) });
            legacy::method(walker, expr, &query, name, arguments)
                .or_else(|| refine::method(walker, receiver, &query, name, arguments))
        }
        Kind::ForeignInstance(class) => match origin::session(class) {
            Some(is_async) => {
                let session = Value { kind: Kind::Session { is_async }, ..receiver.clone() };
                session::method(walker, expr, &session, is_async, name, arguments)
            }
            None => core::method(walker, expr, class, name, arguments),
        },
        Kind::Unknown if name == "options" && refine::gives_options(receiver, arguments) => {
            let query = refine::unknown(walker, expr, receiver);
            refine::method(walker, receiver, &query, name, arguments)
        }
        Kind::Unknown => session::of_unknown(walker, expr, name, arguments),
        Kind::Instance(class, _) => of_instance(walker, expr, receiver, class, name, arguments),
        _ => None,
    }
}

/// Calls a method that a project class inherits from the library: `class Database(SQLAlchemy)`,
/// `class Session(orm.Session)`.
fn of_instance(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    class: &ClassRef,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let hierarchy = model::query::hierarchy(walker.db(), walker.project());
    let bases = hierarchy.of(class.module, &class.name).map(|ancestors| &ancestors.foreign);
    for base in bases.into_iter().flatten() {
        if let Some(is_async) = origin::session(base) {
            let session = Value { kind: Kind::Session { is_async }, ..receiver.clone() };
            return session::method(walker, expr, &session, is_async, name, arguments);
        }
        if let Some(known) = origin::canonical(base) {
            return core::method(walker, expr, known, name, arguments);
        }
    }
    session::of_unknown(walker, expr, name, arguments)
}

/// Reads an attribute that has a modelled meaning.
pub(crate) fn attribute(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
) -> Option<Value> {
    match &receiver.kind {
        Kind::Class(_) => entities::of_class(walker, expr, receiver, name),
        Kind::Entity(entity) => entities::of_entity(walker, expr, receiver, entity, name),
        Kind::Tuple(elements) => result::column(elements, name),
        Kind::Field(class, field) => entities::of_field(walker, class, field, name),
        Kind::ForeignInstance(class) => core::attribute(class, name),
        Kind::Instance(class, _) => core::of_instance(walker, class, name),
        Kind::Query(query) if query.orm != Orm::Django => legacy::attribute(query, name),
        Kind::ForeignMethod(page, method) if method == running::PAGE => running::of_page(page, name),
        Kind::ForeignMethod(row, method) if method == entities::AWAITED => {
            Some(entities::awaited(walker, expr, row, name))
        }
        _ => None,
    }
}
