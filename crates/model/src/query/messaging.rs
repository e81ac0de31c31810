//! Messages as queries.

// salsa queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use rustc_hash::FxHashMap;
use source::File;

use super::ports::with_names;
use super::{Db, hierarchy, injection_sites, modules};
use crate::messages::{Source, SourceFile, find, makers};
use crate::{ClassRef, Maker, Makes, Message, MessageFacts, Messages, PathRole, Project};

/// The message facts of a file. Reads bodies; the result is compared.
#[salsa::tracked(returns(clone))]
pub fn message_facts(db: &dyn Db, file: File) -> Arc<MessageFacts> {
    Arc::new(MessageFacts::of(&python::query::module(db, file)))
}

/// The messages of a project. Code that needs a single message should use [`message`] instead.
#[salsa::tracked(returns(clone))]
pub fn messages(db: &dyn Db, project: Project) -> Arc<Messages> {
    let modules = modules(db, project);
    let files: Vec<SourceFile> = modules
        .iter()
        .filter(|(_, info)| info.role == PathRole::Code)
        .map(|(module, info)| SourceFile {
            module,
            facts: message_facts(db, info.file),
            sites: injection_sites(db, project, info.file),
        })
        .collect();
    let hierarchy = hierarchy(db, project);
    Arc::new(with_names(db, project, &modules, |names| {
        find(&Source {
            names,
            hierarchy: &hierarchy,
            files: &files,
            name: &|module| modules[module].name.clone(),
        })
    }))
}

/// The classes that a file instantiates. Reads bodies; the result is compared.
#[salsa::tracked(returns(clone))]
pub fn makes(db: &dyn Db, file: File) -> Arc<Makes> {
    Arc::new(Makes::of(&python::query::module(db, file)))
}

/// The functions that create the messages of a project. If it has no messages, no file is read.
#[salsa::tracked(returns(clone))]
fn all_makers(db: &dyn Db, project: Project) -> Arc<FxHashMap<ClassRef, Arc<[Maker]>>> {
    let messages = messages(db, project);
    if messages.by_class.is_empty() {
        return Arc::default();
    }
    let modules = modules(db, project);
    let code = modules.iter().filter(|(_, info)| info.role == PathRole::Code);
    let made = code.map(|(module, info)| (module, makes(db, info.file)));
    Arc::new(with_names(db, project, &modules, |names| makers(names, &messages, made)))
}

/// The functions that create a message, sorted, without those of tests.
#[salsa::tracked(returns(clone))]
pub fn message_makers(db: &dyn Db, project: Project, class: ClassRef) -> Arc<[Maker]> {
    all_makers(db, project).get(&class).cloned().unwrap_or_default()
}

/// A class as a message; `None` if it isn't one.
#[salsa::tracked(returns(clone))]
pub fn message(db: &dyn Db, project: Project, class: ClassRef) -> Option<Arc<Message>> {
    messages(db, project).by_class.get(&class).cloned().map(Arc::new)
}

/// The full name of a function that makes or handles messages: `shop.orders.place`; the module's, if it runs as the
/// module is imported.
pub fn maker_name(db: &dyn Db, project: Project, (module, function): Maker) -> String {
    let name = &modules(db, project)[module].name;
    let Some(function) = function else { return name.to_string() };
    let definitions = python::query::definitions(db, super::file_of(db, project, module));
    format!("{name}.{}", definitions.short_name(function))
}
