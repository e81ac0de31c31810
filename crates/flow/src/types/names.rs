//! The value of a module-level name: a class, a function, a module, a singleton created there, or something from a
//! library.
//!
//! `model::query::head` resolves names through imports; only the values of variables are separate queries.

mod evaluate;
mod made;
#[cfg(test)]
mod tests;

use model::{ClassRef, Head, ModuleId, PathRole, Project, canonical};
use python::{Expr, ImportId, Name, Scope};

use crate::query::types;
use crate::{Db, FunctionRef, Kind, Value};
pub(crate) use evaluate::{Evaluator, Locals};
pub(crate) use made::foreign_call;

/// The value of the module-level name `name`, as code in `module` sees it: through imports and re-exports.
pub fn at_top_level(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Value {
    of(db, project, &model::query::head(db, project, module, name.into()))
}

/// The value of the name bound by the import `id` of `module`, wherever the import is.
pub fn imported(db: &dyn Db, project: Project, module: ModuleId, id: ImportId) -> Value {
    of(db, project, &model::query::imported(db, project, module, id))
}

/// The attribute `name` of a project module or of something from a library; unknown for other values.
pub fn attribute(db: &dyn Db, project: Project, base: &Value, name: &str) -> Value {
    let head = match &base.kind {
        Kind::Module(module) => Head::Module(*module),
        Kind::Foreign(full) => match model::query::namespaces(db, project).get(full) {
            Some(roots) => Head::Namespace(roots[0], full.clone()),
            None => Head::Foreign(full.clone()),
        },
        _ => return Value::UNKNOWN,
    };
    of(db, project, &head_attribute(db, project, &head, name))
}

/// The attribute that a path of names leads to: `orm.Mapped` of a module.
pub(crate) fn attributes<'n>(
    db: &dyn Db,
    project: Project,
    base: Value,
    path: impl Iterator<Item = &'n str>,
) -> Value {
    path.fold(base, |value, name| attribute(db, project, &value, name))
}

/// The attribute `name` of `head`; unknown for members of classes and functions.
pub(crate) fn head_attribute(db: &dyn Db, project: Project, head: &Head, name: &str) -> Head {
    match head {
        Head::Module(module) => model::query::head_member(db, project, *module, name),
        Head::Namespace(root, package) => model::query::namespace_member(db, project, *root, package, name),
        Head::Foreign(full) => Head::Foreign(canonical(&format!("{full}.{name}"))),
        Head::Class(_) | Head::Function(..) | Head::Variable(..) | Head::Unknown => Head::Unknown,
    }
}

/// The value of a resolved name.
pub(crate) fn of(db: &dyn Db, project: Project, head: &Head) -> Value {
    Value::of(match head {
        Head::Class(class) => Kind::Class(class.clone()),
        Head::Function(module, function) => {
            Kind::Function(FunctionRef { module: *module, function: *function })
        }
        Head::Variable(module, name) => return types::variable(db, project, *module, name.clone()),
        Head::Module(module) => Kind::Module(*module),
        Head::Foreign(name) if name == libraries::DJANGO_USER => match model::query::own_user(db, project) {
            Some(class) => Kind::Class(class),
            None => Kind::Foreign(name.clone()),
        },
        Head::Namespace(_, name) | Head::Foreign(name) => Kind::Foreign(name.clone()),
        Head::Unknown => Kind::Unknown,
    })
}

/// The value of a variable, from its annotation or its assignments.
pub(crate) fn variable(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Value {
    let file = model::query::file_of(db, project, module);
    let definitions = python::query::definitions(db, file);
    let is_it = |variable: &&python::Variable| variable.scope == Scope::Module && variable.name == name;
    let bindings: Vec<_> = definitions.variables.iter().rev().filter(is_it).collect();
    let evaluator = Evaluator::new(db, project, module, &definitions.exprs);
    let annotated = bindings.iter().filter(|variable| !variable.is_type_alias).filter_map(|variable| {
        Some(crate::types::annotation::value(db, project, module, &definitions.exprs, variable.annotation?))
    });
    let assigned = bindings.iter().filter_map(|variable| Some(evaluator.value(variable.value?)));
    // A variable that is initially `None` is assigned elsewhere later.
    let says_something = |value: &Value| !value.is_unknown() && value.kind != Kind::None;
    annotated.chain(assigned).find(says_something).unwrap_or_default()
}

/// The integer that a constant of a module holds, where an expression of a body names one: `YEARS`, `limits.YEARS`.
pub(crate) fn number(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    body: &python::Body,
    expr: python::ExprId,
) -> Option<i64> {
    let head = match &body[expr] {
        Expr::Name(name) => model::query::head(db, project, module, name.clone()),
        Expr::Attribute { value, name } => {
            let Expr::Name(holder) = &body[*value] else { return None };
            head_attribute(db, project, &model::query::head(db, project, module, holder.clone()), name)
        }
        _ => return None,
    };
    let Head::Variable(module, name) = head else { return None };
    let is_constant = name.chars().all(|letter| !letter.is_ascii_lowercase());
    let file = model::query::file_of(db, project, module);
    let definitions = python::query::definitions(db, file);
    match definitions[definitions.bound_once(&name).filter(|_| is_constant)?] {
        Expr::Literal(python::Literal::Int(number)) => Some(number),
        _ => None,
    }
}

/// The project function whose call creates the variable `name` at module level, if no annotation declares its type.
/// Walking that function reveals the value.
pub fn maker(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Option<FunctionRef> {
    match model::query::head(db, project, module, name.into()) {
        Head::Variable(module, name) => types::maker(db, project, module, name),
        _ => None,
    }
}

pub(crate) fn called(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Option<FunctionRef> {
    let file = model::query::file_of(db, project, module);
    let definitions = python::query::definitions(db, file);
    let is_it = |variable: &&python::Variable| variable.scope == Scope::Module && variable.name == name;
    let last = definitions.variables.iter().rev().find(is_it)?;
    let Expr::Call { callee, .. } = &definitions.exprs[last.value?] else { return None };
    match Evaluator::new(db, project, module, &definitions.exprs).value(*callee).kind {
        Kind::Function(function) | Kind::Method(_, function) => Some(function),
        _ => None,
    }
}

/// The only class that can be Django's user model: the project's, or Django's own.
pub(crate) fn user_model(db: &dyn Db, project: Project) -> Option<ClassRef> {
    let hierarchy = model::query::hierarchy(db, project);
    let modules = model::query::modules(db, project);
    let is_user = |name: &Name| libraries::makes_users(name);
    let mut users = hierarchy
        .by_class
        .iter()
        .filter(|((module, _), ancestors)| {
            modules[*module].role == PathRole::Code && ancestors.foreign.iter().any(is_user)
        })
        .map(|((module, name), _)| ClassRef::new(*module, name.clone()))
        .filter(|class| {
            let entity = model::query::entity(db, project, class.module, class.name.clone());
            entity.is_some_and(|entity| !entity.is_abstract)
        });
    let Some(user) = users.next() else { return model::query::own_user(db, project) };
    users.next().is_none().then_some(user)
}
