//! What a name at the head of a module is: a class, a function, a module, a singleton made there, or a library's.
//!
//! Names are followed through imports by `model::query::head`; only the values of variables are queries of their own.

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

/// The value of `name` as code of `module` sees it at the head of the module, through imports and re-exports.
pub fn at_head(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Value {
    of(db, project, &model::query::head(db, project, module, name.into()))
}

/// The value of the name that the import `id` of `module` binds, wherever it stands.
pub fn imported(db: &dyn Db, project: Project, module: ModuleId, id: ImportId) -> Value {
    of(db, project, &model::query::imported(db, project, module, id))
}

/// The attribute `name` of a module of the project or of something of a library; unknown for other values.
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

/// What the attribute `name` of `head` is; unknown for what stands in classes and functions.
pub(crate) fn head_attribute(db: &dyn Db, project: Project, head: &Head, name: &str) -> Head {
    match head {
        Head::Module(module) => model::query::head_member(db, project, *module, name),
        Head::Namespace(root, package) => model::query::namespace_member(db, project, *root, package, name),
        Head::Foreign(full) => Head::Foreign(canonical(&format!("{full}.{name}"))),
        Head::Class(_) | Head::Function(..) | Head::Variable(..) | Head::Unknown => Head::Unknown,
    }
}

/// The value of what a name finally is.
pub(crate) fn of(db: &dyn Db, project: Project, head: &Head) -> Value {
    Value::of(match head {
        Head::Class(class) => Kind::Class(class.clone()),
        Head::Function(module, function) => {
            Kind::Function(FunctionRef { module: *module, function: *function })
        }
        Head::Variable(module, name) => return types::variable(db, project, *module, name.clone()),
        Head::Module(module) => Kind::Module(*module),
        Head::Namespace(_, name) | Head::Foreign(name) => Kind::Foreign(name.clone()),
        Head::Unknown => Kind::Unknown,
    })
}

/// The value of a variable: what its annotation says, or what it is assigned.
pub(crate) fn variable(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Value {
    let file = model::query::file_of(db, project, module);
    let definitions = python::query::definitions(db, file);
    let is_it = |variable: &&python::Variable| variable.scope == Scope::Module && variable.name == name;
    let bindings: Vec<_> = definitions.variables.iter().rev().filter(is_it).collect();
    let evaluator = Evaluator::new(db, project, module, &definitions.exprs);
    let annotated = bindings.iter().filter(|variable| !variable.is_type_alias).filter_map(|variable| {
        Some(crate::annotation::value(db, project, module, &definitions.exprs, variable.annotation?))
    });
    let assigned = bindings.iter().filter_map(|variable| Some(evaluator.value(variable.value?)));
    // What is `None` at first is set by somebody later.
    let says_something = |value: &Value| !value.is_unknown() && value.kind != Kind::None;
    annotated.chain(assigned).find(says_something).unwrap_or_default()
}

/// The function of the project whose call makes the variable `name` at the head of `module`, where no annotation says what
/// that is: who walks bodies can ask what it returns.
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

/// The one class of the project that can be Django's user.
pub(crate) fn user_model(db: &dyn Db, project: Project) -> Option<ClassRef> {
    const BASES: [&str; 2] =
        ["django.contrib.auth.models.AbstractUser", "django.contrib.auth.base_user.AbstractBaseUser"];
    const OTHER: &str = "django.contrib.auth.models.AbstractBaseUser";
    let heritage = model::query::heritage(db, project);
    let modules = model::query::modules(db, project);
    let is_user = |name: &Name| BASES.contains(&name.as_str()) || name == OTHER;
    let mut users = heritage
        .by_class
        .iter()
        .filter(|((module, _), ancestry)| {
            modules[*module].role == PathRole::Code && ancestry.foreign.iter().any(is_user)
        })
        .map(|((module, name), _)| ClassRef::new(*module, name.clone()))
        .filter(|class| {
            let entity = model::query::entity(db, project, class.module, class.name.clone());
            entity.is_some_and(|entity| !entity.is_abstract)
        });
    let user = users.next()?;
    users.next().is_none().then_some(user)
}
