//! Evaluates annotations to values: `list[Order]`, `Annotated[Session, Depends(get_db)]`, `Order | None`.

mod library;
mod parameter;
#[cfg(test)]
mod tests;
mod text;
mod types;

use model::{ClassRef, Head, ModuleId, Project};
use python::{Expr, ExprArena, ExprId, Name, Scope};

use crate::query::types as queries;
use crate::value::{Entity, Loads, ModelRef, Origin};
use crate::{Db, FunctionRef, Kind, Value};
pub(crate) use library::{foreign_instance, is_builtin_type};
pub use parameter::{Parameter, parameter};
pub(crate) use parameter::{own_class, parameter_within, provider};
pub(crate) use types::{Type, Types};

/// Context that an annotation needs beyond its module: the class behind `Self` and the bindings of type parameters.
#[derive(Debug, Default, Clone, Copy)]
pub struct Context<'a> {
    /// The class that `Self` refers to.
    pub class: Option<&'a ClassRef>,
    /// The values bound to type parameters, keyed by their names in the module.
    pub bindings: &'a [(Name, Value)],
    /// The function whose signature contains the annotation. Queries that the annotation promises are attributed to it.
    pub function: Option<FunctionRef>,
}

/// A value of the annotated type, as far as the annotation determines it.
pub fn value(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    annotation: ExprId,
) -> Value {
    value_with(db, project, module, exprs, annotation, Context::default())
}

/// Like `value`, but inside a class body, where `Self` is defined.
pub fn value_in(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    annotation: ExprId,
    class: Option<&ClassRef>,
) -> Value {
    let context = Context { class, ..Context::default() };
    value_with(db, project, module, exprs, annotation, context)
}

/// Like `value`, with more context than the module.
pub fn value_with(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    annotation: ExprId,
    context: Context<'_>,
) -> Value {
    Types { db, project, module, exprs, context }.value(annotation, 0)
}

/// The value that a function's return annotation promises: for an `async` function the awaited value, for a generator
/// the generator itself. `class` is what `Self` refers to, if it isn't the defining class.
pub fn returned(db: &dyn Db, project: Project, function: FunctionRef, class: Option<&ClassRef>) -> Value {
    returned_in(db, project, function, class, &[])
}

/// Like `returned`, with the type parameters of the class bound.
pub fn returned_in(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
    class: Option<&ClassRef>,
    bindings: &[(Name, Value)],
) -> Value {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let Some(facts) = definitions.functions.get(function.function.0 as usize) else { return Value::UNKNOWN };
    let Some(annotation) = facts.returns else { return Value::UNKNOWN };
    let own = own_class(&definitions, function);
    let context = Context { class: class.or(own.as_ref()), bindings, function: Some(function) };
    value_with(db, project, function.module, &definitions.exprs, annotation, context)
}

/// An instance of a project class; a row if the class is an entity.
pub fn instance_of(db: &dyn Db, project: Project, class: &ClassRef, arguments: &[Value]) -> Value {
    if model::query::entity(db, project, class.module, class.name.clone()).is_some() {
        return Value::of(Kind::Entity(Entity {
            model: ModelRef::Known(class.clone()),
            loads: Loads::default(),
            origin: Origin::Declared,
            is_async: false,
            traits: crate::Traits::NONE,
            back: None,
            state: crate::RowState::Attached,
        }));
    }
    let foreign = queries::foreign_ancestors(db, project, class.module, class.name.clone());
    if let Some(session) = foreign.iter().find_map(|name| library::session(name)) {
        return session;
    }
    Value::of(Kind::Instance(class.clone(), arguments.into()))
}

/// The class of an instance: the value of `type[X]`.
pub(crate) fn class_of(instance: &Value) -> Value {
    Value::of(match &instance.kind {
        Kind::Entity(Entity { model: ModelRef::Known(class), .. }) | Kind::Instance(class, _) => {
            Kind::Class(class.clone())
        }
        Kind::ForeignInstance(full) => Kind::Foreign(full.clone()),
        _ => Kind::Unknown,
    })
}

/// A value of the type that a variable aliases.
pub(crate) fn alias(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Value {
    let file = model::query::file_of(db, project, module);
    let definitions = python::query::definitions(db, file);
    let found = definitions.variables.iter().rev().find(|variable| {
        variable.scope == Scope::Module && variable.name == name && variable.value.is_some()
    });
    let Some(value) = found.and_then(|variable| variable.value) else { return Value::UNKNOWN };
    let types = Types { db, project, module, exprs: &definitions.exprs, context: Context::default() };
    match &definitions.exprs[value] {
        Expr::Call { callee, args } => match types.head(*callee, 0) {
            Head::Foreign(full) if full == "typing.TypeVar" => types.bound(args),
            Head::Foreign(full) if full == "typing.NewType" => {
                args.get(1).map_or(Value::UNKNOWN, |base| types.value(base.value(), 1))
            }
            Head::Foreign(full) if library::makes_page(&full) => {
                crate::library::sqlalchemy::page(Value::UNKNOWN)
            }
            _ => instance(db, project, &queries::variable(db, project, module, name.into())),
        },
        _ => types.value(value, 0),
    }
}

/// An instance of the class that a value represents.
fn instance(db: &dyn Db, project: Project, class: &Value) -> Value {
    match &class.kind {
        Kind::Class(class) => instance_of(db, project, class, &[]),
        Kind::Foreign(full) => foreign_instance(full),
        // `db: SessionLocal` names the factory but means the session that it creates.
        Kind::ForeignInstance(_) => crate::types::classes::called(db, project, class),
        _ => Value::UNKNOWN,
    }
}

/// Whether a module-level name is a type variable.
pub(crate) fn is_type_variable(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> bool {
    let Head::Variable(module, name) = model::query::head(db, project, module, name.into()) else {
        return false;
    };
    let value = queries::variable(db, project, module, name);
    matches!(value.kind, Kind::ForeignInstance(full) if full == "typing.TypeVar")
}

/// The value of a union. A `None` member adds no information.
fn union(members: impl IntoIterator<Item = Value>) -> Value {
    members.into_iter().reduce(|left, right| left.join(&right)).unwrap_or_default()
}

/// A collection of values of one type.
fn many(element: Value) -> Value {
    Value::of(Kind::Many(element.into()))
}
