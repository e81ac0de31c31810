//! Writes a Protocol for a class, and makes its dependents depend on that.
//!
//! The Protocol contains no more than is used of the class, is in a place that the dependents may import, and needs
//! nothing at run time that they don't have. The class itself stays as it is: it conforms structurally (PEP 544).

mod consumers;
mod generic;
mod home;
mod naming;
mod takers;

use std::fmt::Write as _;

use model::{ClassRef, ModuleId};
use python::{Name, Scope};
use view::{Context, ExtractProtocol};

use super::members::Members;
use super::rewrite::{At, Carried, Home, Import, Meaning, Rewrite};
use super::signature::{self, Body};
use super::{Abilities, Changes, Refusal};
pub(super) use consumers::{Consumer, ask_for, of, one};
pub(super) use home::{Gate, closes_cycle};
pub(super) use takers::{keep_together, with_takers};

/// Whether the class has members that a Protocol could declare. Reads only the definitions of its file.
pub(super) fn is_offered(cx: &Context<'_>, extract: &ExtractProtocol) -> bool {
    let definitions = &cx.module.definitions;
    let is_it = |class: &python::Class| class.name == extract.class.name && class.scope == Scope::Module;
    let Some((id, _)) = definitions.classes().filter(|(_, class)| is_it(class)).last() else { return false };
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
    let is_gone = || Refusal::new(format!("there is no class {} at the top level", class.name));
    let known = cx.architecture.modules.get(class.module).ok_or_else(is_gone)?;
    let there = view::query::context(cx.db, cx.project, known.file).ok_or_else(is_gone)?;
    let is_it = |it: &python::Class| it.name == class.name && it.scope == Scope::Module;
    let id = there.module.definitions.classes().filter(|(_, it)| is_it(it)).last().ok_or_else(is_gone)?.0;
    let is_port = |class: &ClassRef| model::query::port(cx.db, cx.project, class.clone()).is_some();
    if is_port(class) {
        return Err(Refusal::new(format!("{} is a port itself", class.name)));
    }
    if let Some(library) = home::wired_by_type(&there, class) {
        return Err(Refusal::new(format!(
            "{library} injects {} by its type, and needs to know what implements the Protocol",
            class.name
        )));
    }
    let (mut asking, mut reasons) = consumers::of(&there, class);
    keep_together(&there, class, None, &mut asking, &mut reasons);
    if let Some(wanted) = &extract.for_place {
        let is_wanted = |consumer: &Consumer| consumer.module == cx.id && consumer.place == *wanted;
        if !asking.iter().any(is_wanted) {
            return Err(consumers::one(&there, class, cx.id, *wanted).err().unwrap_or_else(|| {
                Refusal::new(format!("nothing depends on {} here any more", class.name))
            }));
        }
    }
    // Consumers of private members are left as they are.
    asking.retain(|consumer| {
        let private = consumer.uses.iter().find(|it| it.name.starts_with('_') && !is_special(&it.name));
        reasons.extend(
            private.map(|it| Refusal::new(format!("{} uses `{}`, which is private", consumer.name, it.name))),
        );
        private.is_none()
    });
    if extract.only_used && asking.is_empty() {
        return Err(reasons.into_iter().next().unwrap_or_else(|| {
            Refusal::new(format!("no parameter and no field of the project is annotated with {}", class.name))
        }));
    }
    let home = home::choose(&there, class, &asking, abilities);
    let name = naming::name(&there, class, &home, &asking)
        .ok_or_else(|| Refusal::new("all names that it could have are taken"))?;
    let own = Carried::name(Meaning::Own(name.clone()));
    let is_gone = || Refusal::new(format!("the bases of {} can't be read", class.name));
    let members = Members::of(&there, class, Some(own), true).ok_or_else(is_gone)?;
    let mut wanted = wanted(&there, extract, &members, &asking)?;
    let parameters = generic::parameters(&there, id, &mut wanted)?;
    let mut rewrite = Rewrite::of(cx, abilities);
    for consumer in &asking {
        let module = home.name(&there);
        let import = Import { module: &module, name: &name, home: Home::Project };
        ask_for(&mut rewrite, &there, consumer, class, &import).ok_or_else(|| {
            Refusal::new(format!("the annotation of {} can't name the Protocol", consumer.name))
        })?;
    }
    let text = Text {
        name: &name,
        parameters: &parameters,
        wanted: &wanted,
        runtime_checkable: extract.runtime_checkable,
    };
    write(&mut rewrite, &there, class, &home, &asking, &text)?;
    for consumer in &asking {
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
    extract: &ExtractProtocol,
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
    if !extract.only_used || all.iter().any(gives_more) {
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
        let nothing = if extract.only_used {
            format!("who depends on {} uses none of its members", extract.class.name)
        } else {
            format!("{} has no public members", extract.class.name)
        };
        return Err(reason.unwrap_or_else(|| Refusal::new(nothing)));
    }
    Ok(wanted)
}

/// The text to write.
struct Text<'t> {
    name: &'t str,
    parameters: &'t generic::Parameters,
    wanted: &'t [(signature::Signature, bool)],
    runtime_checkable: bool,
}

fn write<'a>(
    rewrite: &mut Rewrite<'a>,
    cx: &Context<'a>,
    class: &ClassRef,
    home: &home::Place,
    asking: &[Consumer],
    text: &Text<'_>,
) -> Result<(), Refusal> {
    let module = home.name(cx);
    let is_taken =
        || Refusal::new(format!("{module} binds a name that the Protocol needs to something else"));
    let unread = || Refusal::new(format!("{module} can't be written"));
    let gate = Gate::of(cx, home.module(), home.layer(cx), importers(asking)).apart_from(class.module);
    let file = match home {
        home::Place::Existing(module) | home::Place::Same(module) => {
            rewrite.module(*module).ok_or_else(unread)?
        }
        home::Place::New { path, name, beside } => {
            rewrite.new_module(path.clone(), name.clone(), *beside).ok_or_else(unread)?
        }
    };
    let place = |meaning: &Meaning| gate.at(meaning);
    let standard = |name: &'static str| Carried::name(Meaning::standard("typing", name));
    let base = file.render(&text.parameters.base(), &|_| At::RunTime).ok_or_else(is_taken)?;
    let parameters = text.parameters.written(file).ok_or_else(is_taken)?;
    let mut definition = String::new();
    if text.runtime_checkable {
        let decorator = file.render(&standard("runtime_checkable"), &|_| At::RunTime).ok_or_else(is_taken)?;
        let _ = writeln!(definition, "@{decorator}");
    }
    let _ = writeln!(definition, "class {}{parameters}({base}):", text.name);
    let mut is_first = true;
    for (signature, is_used) in text.wanted {
        let before = file.cx.clone();
        let Some(written) = signature::write(signature, Body::Ellipsis, file, &place) else {
            if *is_used {
                return Err(is_taken());
            }
            file.cx = before;
            continue;
        };
        if !std::mem::take(&mut is_first) {
            definition.push('\n');
        }
        definition.push_str(&signature::indented(&written));
    }
    if is_first {
        return Err(is_taken());
    }
    let put = match home {
        home::Place::Same(_) => file.class(&class.name).and_then(|id| file.put_above(id, &definition)),
        home::Place::Existing(_) | home::Place::New { .. } => file.append(&definition),
    };
    put.ok_or_else(unread)?;
    // A computed `__all__` is left as it is.
    let _ = file.export(text.name);
    Ok(())
}

/// The modules that import from the port's module at run time.
pub(super) fn importers(asking: &[Consumer]) -> Vec<ModuleId> {
    asking.iter().filter(|it| it.at == At::RunTime).map(|it| it.module).collect()
}
