//! Writes the members that a class lacks of a port, with the port's signatures, each raising `NotImplementedError`.

use flow::classes::Member;
use model::{ClassRef, PortMember};
use python::Name;

use super::members::Members;
use super::protocol::Gate;
use super::rewrite::Rewrite;
use super::signature::{self, Body};
use super::{Abilities, Changes};
use crate::Context;

/// The changes: `names` are those that are lacking, or nothing for all that are.
pub(super) fn changes(
    cx: &Context<'_>,
    class: &ClassRef,
    port: &ClassRef,
    names: &[Name],
    abilities: Abilities,
) -> Option<Changes> {
    let there = crate::query::context(
        cx.db,
        cx.project,
        cx.architecture.modules.list.get(class.module.0 as usize)?.file,
    )?;
    let found = if names.is_empty() { lacking(cx, class, port) } else { names.to_vec() };
    let inherits = flow::classes::bases(cx.db, cx.project, class).contains(port);
    // What stands for the port's type parameters is said where the class names it as its base.
    let members = if inherits {
        Members::of(&there, class, None, true)?
    } else {
        let of_port = crate::query::context(
            cx.db,
            cx.project,
            cx.architecture.modules.list.get(port.module.0 as usize)?.file,
        )?;
        Members::of(&of_port, port, None, false)?
    };
    let gate = Gate::of(cx, Some(class.module), cx.layer(class.module), []).with_libraries();
    let mut rewrite = Rewrite::of(cx, abilities);
    let file = rewrite.module(class.module)?;
    let mut text = String::new();
    for name in &found {
        for signature in members.signatures(name, false)? {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&signature::write(&signature, Body::NotImplemented, file, &|meaning| {
                gate.at(meaning)
            })?);
        }
    }
    if text.is_empty() {
        return None;
    }
    let id = file.class(&class.name)?;
    file.add_members(id, &text)?;
    rewrite.finish()
}

/// What the class must give and doesn't: nobody else gives it between the class and the port.
pub(super) fn lacking(cx: &Context<'_>, class: &ClassRef, port: &ClassRef) -> Vec<Name> {
    let Some(facts) = model::query::port(cx.db, cx.project, port.clone()) else { return Vec::new() };
    let is_lacking = |member: &&PortMember| {
        let found = flow::classes::member(cx.db, cx.project, class, &member.name);
        let is_ports_own = |found: &Member| match found {
            Member::Method { function, .. } => {
                function.module == member.declared_in.module && Some(function.function) == member.method
            }
            Member::Attribute(_) => false,
        };
        member.is_required && found.as_ref().is_none_or(is_ports_own) && member.method.is_some()
    };
    facts.members.iter().filter(is_lacking).map(|member| member.name.clone()).collect()
}
