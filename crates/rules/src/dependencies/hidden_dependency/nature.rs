//! Classifies classes by behaviour where path and name suggest otherwise: an adapter because it owns its connection, a
//! task because it is given to a queue, a singleton because its metaclass makes it one.

use model::ModuleId;
use python::{Arg, Body, BodyId, BodyOwner, Class, ClassId, Definitions, Expr, ExprId, Name, Scope, Stmt};
use view::collaborators::{self, Collaborator, Role};
use view::scope::{Names, chain, of_self};
use view::{Context, checked_classes};

use super::wrapper;
use crate::dependencies::shape::awaited;

/// Leaves out the classes that behave like adapters or tasks.
pub(super) fn leave_out(names: &Names<'_>, judged: &mut [bool]) {
    for class in owners(names, judged) {
        judged[class.0 as usize] = false;
    }
    for (id, class) in names.cx.module.definitions.classes() {
        let at = id.0 as usize;
        judged[at] = judged[at] && !is_task(names, id, class) && !wrapper::wraps_client(names, id);
    }
}

/// Classes that open a connection, keep it and use it: they are adapters, whatever layer they are in.
fn owners(names: &Names<'_>, judged: &[bool]) -> Vec<ClassId> {
    let class_of = |body: &Body| {
        let BodyOwner::Function(function) = body.owner else { return None };
        checked_classes::class_around(names.cx, function)
            .map(|(class, _)| class)
            .filter(|it| judged[it.0 as usize])
    };
    let mut kept: Vec<(ClassId, Name, BodyId, ExprId)> = Vec::new();
    for (id, body) in names.bodies() {
        let Some(class) = class_of(body) else { continue };
        for stmt in &body.stmts {
            let Stmt::Assign { targets, value: Some(value), .. } = stmt else { continue };
            for target in targets {
                if let Some(name) = of_self(body, *target)
                    && opens(names, id, awaited(body, *value))
                {
                    kept.push((class, name.clone(), id, *target));
                }
            }
        }
    }
    if kept.is_empty() {
        return Vec::new();
    }
    let mut owners = Vec::new();
    for (id, body) in names.bodies() {
        let Some(class) = class_of(body) else { continue };
        let uses = |expr: ExprId| {
            of_self(body, expr).is_some_and(|name| {
                kept.iter().any(|(owner, it, at, target)| {
                    *owner == class && it == name && (*at, *target) != (id, expr)
                })
            })
        };
        if (0..body.exprs.list.len()).any(|index| uses(ExprId(index as u32))) {
            owners.push(class);
        }
    }
    owners
}

/// The attributes that the constructor of a class sets to what it may be given: `self.client = client`, where
/// `client=None`.
pub(super) fn given_attributes(names: &Names<'_>, class: ClassId) -> Vec<Name> {
    let mut functions = names.cx.module.definitions.functions();
    let constructor = functions.find(|(_, it)| it.scope == Scope::Class(class) && it.name == "__init__");
    let Some((_, constructor)) = constructor else { return Vec::new() };
    let body = names.body(constructor.body);
    let mut given = Vec::new();
    for stmt in &body.stmts {
        let Stmt::Assign { targets, value: Some(value), .. } = stmt else { continue };
        let Expr::Name(name) = &body[*value] else { continue };
        if constructor.parameters.iter().any(|it| it.name == *name && it.default.is_some()) {
            given.extend(targets.iter().filter_map(|target| of_self(body, *target)).cloned());
        }
    }
    given
}

/// Whether a call opens a connection, an engine or a pool of a library, or creates a session factory.
fn opens(names: &Names<'_>, body: BodyId, call: ExprId) -> bool {
    let Expr::Call { callee, .. } = &names.body(body)[call] else { return false };
    let Some(full) = names.outside(body, *callee) else { return false };
    let full = model::canonical(&full);
    let is_session = full.ends_with("Session") || full.ends_with("scoped_session");
    !is_session && collaborators::of_library(&full) == Some(Role::Session)
}

/// `sessionmaker`, `async_sessionmaker`: a session factory is not a session.
pub(super) fn is_session_factory(collaborator: &Collaborator) -> bool {
    matches!(&collaborator.class, collaborators::Class::Library(full) if full.ends_with("sessionmaker"))
}

/// Functions and methods that register tasks with a queue.
const REGISTER: &[&str] = &["actor", "register_task", "shared_task", "task"];

/// Whether a queue creates or runs the instances: one is passed to it, or a base class shows it.
fn is_task(names: &Names<'_>, id: ClassId, class: &Class) -> bool {
    let cx = names.cx;
    let definitions = &*cx.module.definitions;
    let runs = definitions.functions().any(|(_, function)| {
        function.scope == Scope::Class(id) && matches!(function.name.as_str(), "__call__" | "run")
    });
    let by_base = || {
        let ancestors = cx.architecture.hierarchy.of(cx.id, &class.name);
        names_task(&class.name) || ancestors.is_some_and(|it| it.own.iter().any(|(_, name)| names_task(name)))
    };
    runs && (by_base() || is_registered(names.body(BodyId(0)), &class.name))
}

/// `TaskBase`, `BaseTask`
fn names_task(name: &str) -> bool {
    matches!(name, "AbstractTask" | "BaseTask" | "TaskBase")
}

/// `dramatiq.actor(SendMail())`, `app.register_task(SendMail())`
fn is_registered(head: &Body, class: &str) -> bool {
    let is_one = |arg: &Arg| {
        let Expr::Call { callee, .. } = &head[arg.value()] else { return false };
        matches!(&head[*callee], Expr::Name(name) if name == class)
    };
    head.exprs.list.iter().any(|expr| {
        let Expr::Call { callee, args } = expr else { return false };
        let registers = chain(head, *callee)
            .is_some_and(|(root, attributes)| REGISTER.contains(attributes.first().unwrap_or(&root)));
        registers && args.iter().any(is_one)
    })
}

/// Whether the whole process shares one object of the class: its metaclass decides what a call returns.
pub(super) fn is_singleton(cx: &Context<'_>, collaborator: &Collaborator) -> bool {
    let collaborators::Class::Own(class) = &collaborator.class else { return false };
    let ancestors = cx.architecture.hierarchy.of(class.module, &class.name);
    ancestors.is_some_and(|it| it.own.iter().any(|(module, name)| is_gatekeeper(cx, *module, name)))
}

/// Whether a class is a metaclass that defines its own `__call__`.
fn is_gatekeeper(cx: &Context<'_>, module: ModuleId, name: &str) -> bool {
    let ancestors = cx.architecture.hierarchy.of(module, name);
    if !ancestors
        .is_some_and(|it| it.foreign.iter().any(|base| base == "builtins.type" || base == "abc.ABCMeta"))
    {
        return false;
    }
    let definitions: &Definitions = &python::query::definitions(cx.db, cx.file_of(module));
    let found = definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == name);
    found.is_some_and(|(id, _)| {
        definitions.functions().any(|(_, it)| it.scope == Scope::Class(id) && it.name == "__call__")
    })
}
