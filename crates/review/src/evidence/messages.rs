//! Commands, queries and events, as the model knows them.

use std::collections::{BTreeMap, BTreeSet};

use model::{MessageKind, MessageMark, ModuleId, Project};
use python::Scope;
use workspace::Snapshot;

use super::facts::Source;
use crate::claim::Place;

/// A class of messages.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its name.
    pub name: String,
    /// Command, query or event.
    pub kind: MessageKind,
    /// Where it is defined.
    pub place: Place,
    /// The evidence that its handlers handle it.
    pub marks: BTreeSet<MessageMark>,
    /// Its handlers: `PlaceHandler.handle`.
    pub handlers: Vec<String>,
    /// The number of functions that create it.
    pub makers: usize,
    /// Whether a handler is registered for it, even one that can't be resolved.
    pub is_handled: bool,
}

/// All messages defined in the modules that were read.
pub(super) fn messages(snapshot: &Snapshot, project: Project, sources: &[Source]) -> Vec<Message> {
    let db = snapshot.db();
    let index: BTreeMap<ModuleId, usize> = sources.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    let mut found = Vec::new();
    for (class, message) in &model::query::messages(db, project).by_class {
        let Some(source) = index.get(&class.module).map(|at| &sources[*at]) else { continue };
        let line = source.classes.iter().find(|it| it.name == class.name).map_or(1, |it| it.line);
        let named = |module: ModuleId, function: python::FunctionId| {
            let file = model::query::file_of(db, project, module);
            let definitions = python::query::definitions(db, file);
            let facts = &definitions[function];
            match facts.scope {
                Scope::Class(class) => format!("{}.{}", definitions[class].name, facts.name),
                Scope::Module | Scope::Function(_) => facts.name.to_string(),
            }
        };
        found.push(Message {
            name: class.name.to_string(),
            kind: message.kind,
            place: Place::new(source.path.clone(), line),
            marks: message.handlers.iter().flat_map(|it| it.marks.iter().copied()).collect(),
            handlers: message.handlers.iter().map(|it| named(it.module, it.function)).collect(),
            makers: model::query::message_makers(db, project, class.clone()).len(),
            is_handled: !message.handlers.is_empty() || message.is_registered_otherwise,
        });
    }
    found
}
