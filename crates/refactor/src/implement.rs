//! Writes the members of a port that a class lacks, with the port's signatures, each raising `NotImplementedError`.

use flow::types::classes::Member;
use model::{ClassRef, PortMember};
use python::Name;
use view::Context;

use super::members::Members;
use super::protocol::Gate;
use super::rewrite::{Meaning, Rewrite};
use super::signature::{self, Body};
use super::{Abilities, Changes, Refusal};

/// The changes: `names` are the missing members to write; empty for all.
///
/// # Errors
/// If a signature can't be written in the class's module, or nothing is missing.
pub(super) fn changes(
    cx: &Context<'_>,
    class: &ClassRef,
    port: &ClassRef,
    names: &[Name],
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let gone = |class: &ClassRef| Refusal::new(format!("{} can't be read", class.name));
    let module_of = |class: &ClassRef| {
        let file = cx.architecture.modules.get(class.module)?.file;
        view::query::context(cx.db, cx.project, file)
    };
    let there = module_of(class).ok_or_else(|| gone(class))?;
    let found = if names.is_empty() { lacking(cx, class, port) } else { names.to_vec() };
    let inherits = flow::types::classes::bases(cx.db, cx.project, class).contains(port);
    // The class's base list determines the port's type arguments.
    let members = if inherits {
        Members::of(&there, class, None, true).ok_or_else(|| gone(class))?
    } else {
        let of_port = module_of(port).ok_or_else(|| gone(port))?;
        Members::of(&of_port, port, None, false).ok_or_else(|| gone(port))?
    };
    let gate = Gate::of(cx, Some(class.module), cx.layer(class.module), []).with_libraries();
    let mut rewrite = Rewrite::of(cx, abilities);
    let file = rewrite.module(class.module).ok_or_else(|| gone(class))?;
    let mut text = String::new();
    for name in &found {
        for signature in members.signatures(name, members.has_setter(name))? {
            if !text.is_empty() {
                text.push('\n');
            }
            let place = |meaning: &Meaning| gate.at(meaning);
            let written = signature::write(&signature, Body::NotImplemented, file, &place);
            text.push_str(&written.ok_or_else(|| {
                Refusal::new(format!(
                    "the module of {} binds a name of its types to something else",
                    class.name
                ))
            })?);
        }
    }
    if text.is_empty() {
        return Err(Refusal::new(format!("{} has all members of {}", class.name, port.name)));
    }
    let id = file.class(&class.name).ok_or_else(|| gone(class))?;
    file.add_members(id, &text)
        .ok_or_else(|| Refusal::new(format!("the body of {} is on one line", class.name)))?;
    rewrite.finish().ok_or_else(|| Refusal::new("nothing would change"))
}

/// The members that the class must provide and doesn't: nothing between the class and the port provides them either.
pub(super) fn lacking(cx: &Context<'_>, class: &ClassRef, port: &ClassRef) -> Vec<Name> {
    let Some(facts) = model::query::port(cx.db, cx.project, port.clone()) else { return Vec::new() };
    let is_lacking = |member: &&PortMember| {
        let found = flow::types::classes::member(cx.db, cx.project, class, &member.name);
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
