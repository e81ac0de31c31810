//! Writes a Protocol for a class, and lets whoever asks for the class ask for it.
//!
//! The Protocol holds no more than is asked of the class, lies where those who ask may see it, and needs nothing at run time
//! that they don't have. The class itself stays as it is: it fits by structure (PEP 544).

mod consumers;
mod home;
mod naming;

use std::fmt::Write as _;

use model::{ClassRef, ModuleId};
use python::{Name, Scope};

use super::members::{Members, type_parameters};
use super::rewrite::{At, Carried, Home, Import, Meaning, Rewrite};
use super::signature::{self, Body};
use super::{Abilities, Changes, ExtractProtocol};
use crate::Context;
pub(super) use consumers::{Consumer, ask_for, of, one};
pub(super) use home::{Gate, closes_cycle, snake};

/// Whether the class has something that a Protocol could ask for. Reads the definitions of its file alone.
pub(super) fn is_offered(cx: &Context<'_>, extract: &ExtractProtocol) -> bool {
    let definitions = &cx.module.definitions;
    let is_it = |class: &python::Class| class.name == extract.class.name && class.scope == Scope::Module;
    let Some((id, _)) = definitions.classes().filter(|(_, class)| is_it(class)).last() else { return false };
    let has_methods = definitions
        .functions
        .iter()
        .any(|function| function.scope == Scope::Class(id) && !function.name.starts_with('_'));
    let is_something_else = cx.architecture.heritage.of(cx.id, &extract.class.name).is_some_and(|ancestry| {
        ["typing.Protocol", "enum.Enum", "builtins.BaseException", "builtins.Exception", "typing.TypedDict"]
            .iter()
            .any(|base| ancestry.descends_from(base))
    });
    let askers = || model::query::askers(cx.db, cx.project, extract.class.clone());
    let is_asked_for = || askers().iter().any(|(module, _)| consumers::may_ask(cx, *module));
    has_methods
        && !is_something_else
        && (is_asked_for() || !extract.only_used && may_want_a_port(cx, &extract.class))
}

/// Whether a class that nobody is given could be one that others come to be given: no data, and nothing that a framework
/// calls by itself.
fn may_want_a_port(cx: &Context<'_>, class: &ClassRef) -> bool {
    use crate::ClassKind::{
        Composition, Entity, Enum, Exception, Message, Port, Row, Schema, Settings, Test, ValueObject, View,
    };
    !matches!(
        crate::query::class_kind(cx.db, cx.project, class.clone()),
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

/// The changes, or nothing where they can't be made.
pub(super) fn changes(cx: &Context<'_>, extract: &ExtractProtocol, abilities: Abilities) -> Option<Changes> {
    let class = &extract.class;
    let file = cx.architecture.modules.list.get(class.module.0 as usize)?.file;
    let there = crate::query::context(cx.db, cx.project, file)?;
    if model::query::port(cx.db, cx.project, class.clone()).is_some() || home::is_wired_by_type(&there, class)
    {
        return None;
    }
    let mut asking = consumers::of(&there, class);
    if let Some(wanted) = &extract.for_place {
        asking.iter().find(|consumer| consumer.module == cx.id && consumer.place == *wanted)?;
    }
    // Who uses what no port should promise is left as it is.
    asking
        .retain(|consumer| consumer.uses.iter().all(|it| !it.name.starts_with('_') || is_special(&it.name)));
    if extract.only_used && asking.is_empty() {
        return None;
    }
    let home = home::choose(&there, class, &asking, abilities);
    let name = naming::name(&there, class, &home, &asking)?;
    let is_it = |it: &python::Class| it.name == class.name && it.scope == Scope::Module;
    let id = there.module.definitions.classes().filter(|(_, it)| is_it(it)).last()?.0;
    if !type_parameters(&there, id).is_empty() {
        // The arguments that others give it would have to fit the port's parameters in number and variance.
        return None;
    }
    let own = Carried::name(Meaning::Own(name.clone()));
    let members = Members::of(&there, class, Some(own), true)?;
    let wanted = wanted(&there, extract, &members, &asking)?;
    let mut rewrite = Rewrite::of(cx, abilities);
    for consumer in &asking {
        let module = home.name(&there);
        ask_for(
            &mut rewrite,
            &there,
            consumer,
            class,
            &Import { module: &module, name: &name, home: Home::Project },
        )?;
    }
    let text = Text { name: &name, wanted: &wanted, runtime_checkable: extract.runtime_checkable };
    write(&mut rewrite, &there, class, &home, &asking, &text)?;
    for consumer in &asking {
        let file = rewrite.module(consumer.module)?;
        for local in &consumer.locals {
            file.drop_unused(local)?;
        }
    }
    rewrite.finish()
}

fn is_special(name: &str) -> bool {
    name.starts_with("__") && name.ends_with("__")
}

/// What is asked for, in the order in which it is written, and whether somebody uses it.
type Wanted = Vec<(signature::Signature, bool)>;

fn wanted(
    cx: &Context<'_>,
    extract: &ExtractProtocol,
    members: &Members<'_>,
    asking: &[Consumer],
) -> Option<Wanted> {
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
    if !extract.only_used {
        let is_port = |class: &ClassRef| model::query::port(cx.db, cx.project, class.clone()).is_some();
        for name in members.public(&is_port) {
            if all.iter().all(|(known, ..)| *known != name) {
                all.push((name, false, false));
            }
        }
        all.sort_by_key(|(name, ..)| members.rank(name));
    }
    let mut wanted = Vec::new();
    for (name, is_written, is_used) in &all {
        match members.signatures(name, *is_written) {
            Some(found) => wanted.extend(found.into_iter().map(|signature| (signature, *is_used))),
            None if *is_used => return None,
            // What can't be told is left out, since nobody uses it.
            None => {}
        }
    }
    (!wanted.is_empty()).then_some(wanted)
}

/// What is written.
struct Text<'t> {
    name: &'t str,
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
) -> Option<()> {
    let gate = Gate::of(cx, home.module(), home.layer(cx), importers(asking)).apart_from(class.module);
    let file = match home {
        home::Place::Existing(module) | home::Place::Same(module) => rewrite.module(*module)?,
        home::Place::New { path, name, beside } => rewrite.new_module(path.clone(), name.clone(), *beside)?,
    };
    let place = |meaning: &Meaning| gate.at(meaning);
    let standard = |name: &'static str| Carried::name(Meaning::standard("typing", name));
    let base = file.render(&standard("Protocol"), &|_| At::RunTime)?;
    let mut definition = String::new();
    if text.runtime_checkable {
        let decorator = file.render(&standard("runtime_checkable"), &|_| At::RunTime)?;
        let _ = writeln!(definition, "@{decorator}");
    }
    let _ = writeln!(definition, "class {}({base}):", text.name);
    let mut is_first = true;
    for (signature, is_used) in text.wanted {
        let before = file.cx.clone();
        let Some(written) = signature::write(signature, Body::Ellipsis, file, &place) else {
            if *is_used {
                return None;
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
        return None;
    }
    match home {
        home::Place::Same(_) => {
            let id = file.class(&class.name)?;
            file.put_above(id, &definition)?;
        }
        home::Place::Existing(_) | home::Place::New { .. } => file.append(&definition)?,
    }
    // A list that is computed names what it names.
    let _ = file.export(text.name);
    Some(())
}

/// The modules that import something from the port's module when they run.
pub(super) fn importers(asking: &[Consumer]) -> Vec<ModuleId> {
    asking.iter().filter(|it| it.at == At::RunTime).map(|it| it.module).collect()
}
