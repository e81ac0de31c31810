//! Adds a member to a port, with the signature of the class that implements it.

use model::{ClassRef, EdgeKind, PortKind};
use view::Context;

use super::members::Members;
use super::protocol::Gate;
use super::rewrite::{Carried, Meaning, Rewrite};
use super::signature::{self, Body};
use super::{Abilities, Changes, Refusal};

/// The changes.
///
/// # Errors
/// If another class that implements the port lacks the member: it would no longer implement it.
pub(super) fn changes(
    cx: &Context<'_>,
    port: &ClassRef,
    adapter: &ClassRef,
    name: &str,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let mut rewrite = Rewrite::of(cx, abilities);
    add(cx, &mut rewrite, port, adapter, name)?;
    rewrite.finish().ok_or_else(|| Refusal::new("nothing would change"))
}

/// The same as part of other changes.
pub(super) fn add<'a>(
    cx: &Context<'a>,
    rewrite: &mut Rewrite<'a>,
    port: &ClassRef,
    adapter: &ClassRef,
    name: &str,
) -> Result<(), Refusal> {
    let gone = || Refusal::new(format!("{} can't be read", port.name));
    let facts = model::query::port(cx.db, cx.project, port.clone()).ok_or_else(gone)?;
    let adapters = model::query::adapters(cx.db, cx.project, port.clone());
    let has_it = |class: &ClassRef| flow::types::classes::member(cx.db, cx.project, class, name).is_some();
    let is_port = |class: &ClassRef| model::query::port(cx.db, cx.project, class.clone()).is_some();
    if let Some(other) = adapters.iter().find(|it| !is_port(&it.class) && !has_it(&it.class)) {
        return Err(Refusal::new(format!(
            "{} implements {} too, and has no `{name}`",
            other.class.name, port.name
        )));
    }
    let file = cx.architecture.modules.get(adapter.module).ok_or_else(gone)?.file;
    let there = view::query::context(cx.db, cx.project, file).ok_or_else(gone)?;
    let own = Carried::name(Meaning::Own(port.name.clone()));
    let members = Members::of(&there, adapter, Some(own), false).ok_or_else(gone)?;
    let signatures = members.signatures(name, false)?;
    let importers = cx.architecture.graph.importers(port.module);
    let importers = importers.iter().filter(|edge| edge.kind == EdgeKind::Import).map(|edge| edge.to);
    let gate = Gate::of(cx, Some(port.module), cx.layer(port.module), importers).apart_from(adapter.module);
    let body = match facts.kind {
        PortKind::Protocol => Body::Ellipsis,
        PortKind::Abstract => Body::Abstract,
        PortKind::Stubs => Body::NotImplemented,
    };
    let file = rewrite.module(port.module).ok_or_else(gone)?;
    for signature in &signatures {
        let text = signature::write(signature, body, file, &|meaning| gate.at(meaning)).ok_or_else(|| {
            Refusal::new(format!("the module of {} binds a name of its types to something else", port.name))
        })?;
        let class = file.class(&port.name).ok_or_else(gone)?;
        file.add_members(class, &text).ok_or_else(gone)?;
    }
    Ok(())
}
