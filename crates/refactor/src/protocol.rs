//! Writes a Protocol for a class, and makes its dependents depend on that.
//!
//! The Protocol contains no more than is used of the class, is in a place that the dependents may import, and needs
//! nothing at run time that they don't have. The class itself stays as it is: it conforms structurally (PEP 544).

mod consumers;
mod generic;
mod home;
mod naming;
mod takers;
mod text;

use model::{ClassRef, InjectionPlace, ModuleId, Project};
use python::{ClassId, Name, Scope};
use view::{Context, ExtractProtocol};

use super::members::Members;
use super::rewrite::{At, Carried, Home, Import, Meaning, Rewrite};
use super::signature;
use super::{Abilities, Changes, Refusal};
pub(super) use consumers::{Consumer, ask_for, of, one};
pub(super) use home::{Gate, closes_cycle};
pub(super) use takers::{keep_together, with_takers};
use text::Text;

/// Whether the class has members that a Protocol could declare. Reads only the definitions of its file.
pub(super) fn is_offered(cx: &Context<'_>, extract: &ExtractProtocol) -> bool {
    let definitions = &cx.module.definitions;
    let Some(id) = definitions.class_named(&extract.class.name) else { return false };
    let has_methods = definitions
        .functions
        .iter()
        .any(|function| function.scope == Scope::Class(id) && !function.name.starts_with('_'));
    let is_something_else =
        cx.architecture.hierarchy.of(cx.id, &extract.class.name).is_some_and(|ancestors| {
            [
                "typing.Protocol",
                "enum.Enum",
                "builtins.BaseException",
                "builtins.Exception",
                "typing.TypedDict",
            ]
            .iter()
            .any(|base| ancestors.descends_from(base))
        });
    let dependents = || model::query::dependents(cx.db, cx.project, extract.class.clone());
    let is_asked_for = || dependents().iter().any(|(module, _)| consumers::may_ask(cx, *module));
    has_methods
        && !is_something_else
        && (is_asked_for() || !extract.only_used && may_want_a_port(cx, &extract.class))
}

/// Whether users may look for a port of the class, even if none can be written.
pub(super) fn may_suggest_itself(cx: &Context<'_>, extract: &ExtractProtocol) -> bool {
    is_offered(cx, extract) || may_want_a_port(cx, &extract.class)
}

/// Whether a class that is not injected anywhere could come to be: not data, and not called by a framework itself.
fn may_want_a_port(cx: &Context<'_>, class: &ClassRef) -> bool {
    use view::ClassKind::{
        Composition, Entity, Enum, Exception, Message, Port, Row, Schema, Settings, Test, ValueObject, View,
    };
    !matches!(
        view::query::class_kind(cx.db, cx.project, class.clone()),
        Composition
            | Entity
            | Enum
            | Exception
            | Message
            | Port
            | Row
            | Schema
            | Settings
            | Test
            | ValueObject
            | View
    )
}

/// A Protocol for a class, whichever of its injection sites asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Extraction {
    only_used: bool,
    runtime_checkable: bool,
    abilities: Abilities,
}

/// What comes of it. Many injection sites share it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Extracted {
    /// The injection sites that could depend on the Protocol; `None` if the class can't have one.
    asking: Option<Box<[(ModuleId, InjectionPlace)]>>,
    /// The changes, or why they can't be made.
    changes: Result<Changes, Refusal>,
}

/// The changes.
///
/// # Errors
/// Why they can't be made.
pub(super) fn changes(
    cx: &Context<'_>,
    extract: &ExtractProtocol,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let class = &extract.class;
    let &ExtractProtocol { only_used, runtime_checkable, .. } = extract;
    let extraction = Extraction { only_used, runtime_checkable, abilities };
    let extracted = crate::query::extracted(cx.db, cx.project, class.clone(), extraction);
    if let (Some(asking), Some(wanted)) = (&extracted.asking, &extract.for_place)
        && !asking.contains(&(cx.id, *wanted))
    {
        return Err(consumers::one(cx, class, cx.id, *wanted)
            .err()
            .unwrap_or_else(|| Refusal::new(format!("nothing depends on {} here any more", class.name))));
    }
    extracted.changes.clone()
}

/// The file that defines a class, and the class in it.
fn home_of<'a>(
    db: &'a dyn view::query::Db,
    project: Project,
    class: &ClassRef,
) -> Result<(Context<'a>, ClassId), Refusal> {
    let is_gone = || Refusal::new(format!("there is no class {} at the top level", class.name));
    let modules = model::query::modules(db, project);
    let known = modules.get(class.module).ok_or_else(is_gone)?;
    let there = view::query::context(db, project, known.file).ok_or_else(is_gone)?;
    let id = there.module.definitions.class_named(&class.name).ok_or_else(is_gone)?;
    Ok((there, id))
}

/// Writes the Protocol, for all injection sites that can depend on it.
pub(crate) fn extracted(
    db: &dyn view::query::Db,
    project: Project,
    class: &ClassRef,
    extraction: Extraction,
) -> Extracted {
    let refused = |reason| Extracted { asking: None, changes: Err(reason) };
    let (there, id) = match home_of(db, project, class) {
        Ok(home) => home,
        Err(reason) => return refused(reason),
    };
    if model::query::port(db, project, class.clone()).is_some() {
        return refused(Refusal::new(format!("{} is a port itself", class.name)));
    }
    if let Some(library) = home::wired_by_type(&there, class) {
        return refused(Refusal::new(format!(
            "{library} injects {} by its type, and needs to know what implements the Protocol",
            class.name
        )));
    }
    let (mut asking, mut reasons) = consumers::of(&there, class);
    keep_together(&there, class, None, &mut asking, &mut reasons);
    let places = asking.iter().map(|consumer| (consumer.module, consumer.place)).collect();
    // Consumers of private members are left as they are.
    asking.retain(|consumer| {
        let private = consumer.uses.iter().find(|it| it.name.starts_with('_') && !is_special(&it.name));
        reasons.extend(
            private.map(|it| Refusal::new(format!("{} uses `{}`, which is private", consumer.name, it.name))),
        );
        private.is_none()
    });
    let changes = if extraction.only_used && asking.is_empty() {
        Err(reasons.into_iter().next().unwrap_or_else(|| {
            Refusal::new(format!("no parameter and no field of the project is annotated with {}", class.name))
        }))
    } else {
        written(&there, class, id, extraction, &asking)
    };
    Extracted { asking: Some(places), changes }
}

fn written(
    there: &Context<'_>,
    class: &ClassRef,
    id: ClassId,
    extraction: Extraction,
    asking: &[Consumer],
) -> Result<Changes, Refusal> {
    let Extraction { only_used, runtime_checkable, abilities } = extraction;
    let home = home::choose(there, class, asking, abilities);
    let name = naming::name(there, class, &home, asking)
        .ok_or_else(|| Refusal::new("all names that it could have are taken"))?;
    let own = Carried::name(Meaning::Own(name.clone()));
    let unreadable = || Refusal::new(format!("the bases of {} can't be read", class.name));
    let members = Members::of(there, class, Some(own), true).ok_or_else(unreadable)?;
    let mut wanted = wanted(there, class, only_used, &members, asking)?;
    let parameters = generic::parameters(there, id, &mut wanted)?;
    let mut rewrite = Rewrite::of(there, abilities);
    for consumer in asking {
        let module = home.name(there);
        let import = Import { module: &module, name: &name, home: Home::Project };
        ask_for(&mut rewrite, there, consumer, class, &import).ok_or_else(|| {
            Refusal::new(format!("the annotation of {} can't name the Protocol", consumer.name))
        })?;
    }
    let text = Text { name: &name, parameters: &parameters, wanted: &wanted, runtime_checkable };
    text.write(&mut rewrite, there, class, &home, asking)?;
    for consumer in asking {
        let unread = || Refusal::new(format!("the imports of {} can't be read", consumer.name));
        let file = rewrite.module(consumer.module).ok_or_else(unread)?;
        for local in &consumer.locals {
            file.drop_unused(local).ok_or_else(unread)?;
        }
    }
    rewrite.finish().ok_or_else(|| Refusal::new("nothing would change"))
}

fn is_special(name: &str) -> bool {
    name.starts_with("__") && name.ends_with("__")
}

/// Whether a member returns what `with` enters: its usage counts as usage of the instance itself.
fn is_entered(name: &str) -> bool {
    matches!(name, "__enter__" | "__aenter__")
}

/// The members to declare, in the order in which they are written, and whether any consumer uses them.
type Wanted = Vec<(signature::Signature, bool)>;

fn wanted(
    cx: &Context<'_>,
    class: &ClassRef,
    only_used: bool,
    members: &Members<'_>,
    asking: &[Consumer],
) -> Result<Wanted, Refusal> {
    let mut used: Vec<(Name, bool)> = Vec::new();
    for member in asking.iter().flat_map(|consumer| &consumer.uses) {
        match used.iter_mut().find(|(name, _)| *name == member.name) {
            Some((_, is_written)) => *is_written |= member.is_written,
            None => used.push((member.name.clone(), member.is_written)),
        }
    }
    used.sort_by_key(|(name, _)| members.rank(name));
    let mut all: Vec<(Name, bool, bool)> =
        used.into_iter().map(|(name, is_written)| (name, is_written, true)).collect();
    let gives_more = |(name, is_written, _): &(Name, bool, bool)| {
        let found = members.signatures(name, *is_written).unwrap_or_default();
        !is_entered(name) && found.iter().any(signature::Signature::gives_another)
    };
    // The usage of another instance that a member returns isn't followed.
    if !only_used || all.iter().any(gives_more) {
        let is_port = |class: &ClassRef| model::query::port(cx.db, cx.project, class.clone()).is_some();
        for name in members.public(&is_port) {
            if all.iter().all(|(known, ..)| *known != name) {
                let has_setter = members.has_setter(&name);
                all.push((name, has_setter, false));
            }
        }
        all.sort_by_key(|(name, ..)| members.rank(name));
    }
    let mut wanted = Vec::new();
    let mut reason = None;
    for (name, is_written, is_used) in &all {
        match members.signatures(name, *is_written) {
            Ok(found) => wanted.extend(found.into_iter().map(|signature| (signature, *is_used))),
            Err(refusal) if *is_used => return Err(refusal),
            // An unknown member is left out, since nothing uses it.
            Err(refusal) => reason = reason.or(Some(refusal)),
        }
    }
    if wanted.is_empty() {
        let nothing = if only_used {
            format!("who depends on {} uses none of its members", class.name)
        } else {
            format!("{} has no public members", class.name)
        };
        return Err(reason.unwrap_or_else(|| Refusal::new(nothing)));
    }
    Ok(wanted)
}

/// The modules that import from the port's module at run time.
pub(super) fn importers(asking: &[Consumer]) -> Vec<ModuleId> {
    asking.iter().filter(|it| it.at == At::RunTime).map(|it| it.module).collect()
}
