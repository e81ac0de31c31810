//! Steps of a template method: members that only the methods of the class itself call.

use config::Level;
use flow::FunctionRef;
use flow::types::classes::Member;
use model::{ClassRef, PortMember};
use python::{Body, Expr, Scope};

use super::Pair;

/// The highest level of a difference in a member; `None` if no caller of the port reaches the implementation.
///
/// Callers of a step, whose name begins with an underscore, are the methods of the port. An implementation that
/// overrides them has callers of its own; one that has its own beside those it inherits may never be asked by them.
pub(super) fn highest(pair: &Pair<'_>, member: &PortMember) -> Option<Level> {
    if !member.name.starts_with('_') || member.name.starts_with("__") {
        return Some(Level::Error);
    }
    let callers = callers(pair, &member.declared_in, &member.name);
    if callers.is_empty() {
        return Some(Level::Error);
    }
    if callers.iter().all(|caller| is_overridden(pair, caller)) {
        return None;
    }
    let has_own = !self::callers(pair, pair.own, &member.name).is_empty();
    Some(if has_own { Level::Info } else { Level::Error })
}

/// The methods of a class that use a member of their own object.
fn callers(pair: &Pair<'_>, class: &ClassRef, member: &str) -> Vec<String> {
    let cx = pair.cx;
    let file = cx.file_of(class.module);
    let definitions = python::query::definitions(cx.db, file);
    let bodies = python::query::bodies(cx.db, file);
    let Some(id) = definitions.class_named(&class.name) else { return Vec::new() };
    let methods = definitions.functions().filter(|(_, it)| it.scope == Scope::Class(id));
    let uses = methods.filter(|(_, it)| {
        let own = it.parameters.first().map_or("", |own| own.name.as_str());
        bodies.list.get(it.body.0 as usize).is_some_and(|body| takes(body, own, member))
    });
    uses.map(|(_, it)| it.name.to_string()).collect()
}

/// Whether a body takes an attribute of a name.
fn takes(body: &Body, root: &str, attribute: &str) -> bool {
    body.exprs.list.iter().any(|expr| {
        matches!(expr, Expr::Attribute { value, name } if name == attribute
            && matches!(&body[*value], Expr::Name(it) if it == root))
    })
}

/// Whether the class has another method of this name than the port, which doesn't call the port's.
fn is_overridden(pair: &Pair<'_>, method: &str) -> bool {
    let Some(Member::Method { function, .. }) = pair.member(method) else { return false };
    let FunctionRef { module, function } = function;
    let file = pair.cx.file_of(module);
    let definitions = python::query::definitions(pair.cx.db, file);
    let Some(found) = definitions.functions.get(function.0 as usize) else { return false };
    let Scope::Class(class) = found.scope else { return false };
    let is_of_port = module == pair.port.module
        && definitions.classes.get(class.0 as usize).is_some_and(|it| it.name == pair.port.name);
    let calls_super = || {
        let bodies = python::query::bodies(pair.cx.db, file);
        bodies.list.get(found.body.0 as usize).is_none_or(|body| {
            body.exprs.list.iter().any(|expr| matches!(expr, Expr::Name(name) if name == "super"))
        })
    };
    !is_of_port && !calls_super()
}
