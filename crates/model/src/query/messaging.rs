//! Messages as queries.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use rustc_hash::FxHashMap;
use source::File;

use super::ports::with_names;
use super::{Db, hierarchy, injection_sites, modules};
use crate::messages::{Source, SourceFile, find, makers};
use crate::{ClassRef, Maker, Makes, Message, MessageFacts, Messages, PathRole, Project};

/// What a file says of messages. Reads bodies, and is compared.
#[salsa::tracked(returns(clone))]
pub fn message_facts(db: &dyn Db, file: File) -> Arc<MessageFacts> {
    Arc::new(MessageFacts::of(&python::query::module(db, file)))
}

/// The messages of a project. Whoever needs one of them asks for that one below.
#[salsa::tracked(returns(clone))]
pub fn messages(db: &dyn Db, project: Project) -> Arc<Messages> {
    let modules = modules(db, project);
    let files: Vec<SourceFile> = modules
        .iter()
        .filter(|(_, info)| info.role == PathRole::Code)
        .map(|(module, info)| SourceFile {
            module,
            facts: message_facts(db, info.file),
            asks: injection_sites(db, project, info.file),
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

/// The classes that a file makes instances of. Reads bodies, and is compared.
#[salsa::tracked(returns(clone))]
pub fn makes(db: &dyn Db, file: File) -> Arc<Makes> {
    Arc::new(Makes::of(&python::query::module(db, file)))
}

/// Who makes the messages of a project. In one that has none nothing is read for it.
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

/// The functions that make a message, sorted; none of tests.
#[salsa::tracked(returns(clone))]
pub fn message_makers(db: &dyn Db, project: Project, class: ClassRef) -> Arc<[Maker]> {
    all_makers(db, project).get(&class).cloned().unwrap_or_default()
}

/// What is known of a class as a message; nothing where it is none.
#[salsa::tracked(returns(clone))]
pub fn message(db: &dyn Db, project: Project, class: ClassRef) -> Option<Arc<Message>> {
    messages(db, project).by_class.get(&class).cloned().map(Arc::new)
}
