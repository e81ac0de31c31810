//! The code that assigns attributes of domain classes.
//!
//! First by the name of the attribute, for the whole project; then by the receiver, as far as it is known. Only names
//! of domain fields are collected, so that other assignments have no effect. Tests and scripts are not parsed for this:
//! their text is searched.

use std::sync::Arc;

use config::Layer;
use flow::{Receiver, Write};
use model::{ClassRef, ModuleId, PathRole, Project};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};
use source::File;

use crate::Db;
use crate::class_kind::{ClassKind, Subject, fields};
use crate::query;

/// The names of the fields of all entities and value objects of the domain, and of all messages.
pub fn watched(db: &dyn Db, project: Project) -> FxHashSet<Name> {
    let (modules, layers) = (model::query::modules(db, project), model::query::layers(db, project));
    let mut watched = FxHashSet::default();
    watched.insert(Name::new_static(flow::ANY));
    for (id, module) in modules.iter() {
        if module.role != PathRole::Code || layers.sure_layer(id) != Some(Layer::Domain) {
            continue;
        }
        for (name, _) in &model::query::declared_bases(db, module.file).classes {
            let class = ClassRef::new(id, name.clone());
            let kind = query::class_kind(db, project, class.clone());
            if matches!(kind, ClassKind::Entity | ClassKind::ValueObject)
                && let Some(subject) = Subject::of(db, project, &class)
            {
                watched.extend(fields(&subject).into_iter().map(|field| field.name));
            }
        }
    }
    for class in model::query::messages(db, project).by_class.keys() {
        if let Some(subject) = Subject::of(db, project, class) {
            watched.extend(fields(&subject).into_iter().map(|field| field.name));
        }
    }
    watched
}

/// The assignments in a file that may concern the domain.
pub fn of_file(db: &dyn Db, project: Project, file: File) -> Vec<Write> {
    let watched = query::watched_fields(db, project);
    let writes = flow::query::writes(db, file);
    writes.list.iter().filter(|write| watched.contains(&write.attribute)).cloned().collect()
}

/// All such assignments, by attribute.
pub fn by_attribute(db: &dyn Db, project: Project) -> FxHashMap<Name, Vec<(ModuleId, Write)>> {
    let modules = model::query::modules(db, project);
    let mut found: FxHashMap<Name, Vec<(ModuleId, Write)>> = FxHashMap::default();
    for (id, module) in modules.iter().filter(|(_, module)| module.role == PathRole::Code) {
        for write in query::watched_writes(db, project, module.file).iter() {
            found.entry(write.attribute.clone()).or_default().push((id, write.clone()));
        }
    }
    found
}

/// The assignments in the project's tests and scripts, by attribute: the words before the dot.
pub fn in_texts(db: &dyn Db, project: Project) -> FxHashMap<Name, FxHashSet<Name>> {
    let modules = model::query::modules(db, project);
    let mut found: FxHashMap<Name, FxHashSet<Name>> = FxHashMap::default();
    let is_read = |role: PathRole| matches!(role, PathRole::Tests | PathRole::Aside);
    for (_, module) in modules.iter().filter(|(_, module)| is_read(module.role)) {
        for (word, attribute) in query::text_writes(db, project, module.file).iter() {
            found.entry(attribute.clone()).or_default().insert(word.clone());
        }
    }
    found
}

/// The assignments to watched fields in the text of a file: the word before the dot, and the attribute.
pub fn of_text(db: &dyn Db, project: Project, file: File) -> Vec<(Name, Name)> {
    let watched = query::watched_fields(db, project);
    let text = source::query::text(db, file);
    let mut found: Vec<(Name, Name)> = text
        .as_str()
        .lines()
        .filter_map(assigned)
        .filter(|(_, attribute)| watched.contains(*attribute))
        .map(|(word, attribute)| (word.into(), attribute.into()))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// `order` and `state` for a line that assigns `order.state`.
fn assigned(line: &str) -> Option<(&str, &str)> {
    let (target, rest) = line.trim_start().split_once('=')?;
    if rest.starts_with('=') {
        return None;
    }
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let target = target.trim_end_matches(|letter: char| "+-*/|&^%@<> ".contains(letter));
    let target = target.split(':').next()?.trim_end();
    if !target.chars().all(|letter| is_part(letter) || letter == '.') {
        return None;
    }
    let mut parts = target.rsplit('.');
    let (attribute, word) = (parts.next()?, parts.next()?);
    (!attribute.is_empty()).then_some((word, attribute))
}

/// The names of all project classes in the form of variable names: `order_line`.
pub fn class_words(db: &dyn Db, project: Project) -> FxHashSet<Name> {
    let modules = model::query::modules(db, project);
    let code = modules.iter().filter(|(_, module)| module.role == PathRole::Code);
    code.flat_map(|(_, module)| {
        let declared_bases = model::query::declared_bases(db, module.file);
        declared_bases
            .classes
            .iter()
            .map(|(name, _)| Name::from(python::naming::snake(name)))
            .collect::<Vec<Name>>()
    })
    .collect()
}

/// How certain it is that an assignment concerns a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It concerns something else.
    Other,
    /// It may concern the class.
    Maybe,
    /// By a name in the function, or by a method of a related class.
    Named,
    /// By a method of the class itself.
    Own,
}

/// A class whose attributes other code may assign.
pub struct Target<'a> {
    db: &'a dyn Db,
    project: Project,
    class: &'a ClassRef,
    /// Its ancestors and subclasses.
    relatives: FxHashSet<ClassRef>,
    words: Arc<FxHashSet<Name>>,
}

impl<'a> Target<'a> {
    /// The target for `class`.
    pub fn of(db: &'a dyn Db, project: Project, class: &'a ClassRef) -> Self {
        let mut relatives: FxHashSet<ClassRef> =
            flow::types::classes::bases(db, project, class).iter().cloned().collect();
        relatives.extend(descendants(db, project, class));
        Self { db, project, class, relatives, words: query::class_words(db, project) }
    }

    /// The assignments to `attribute` in code that may concern the class.
    pub fn writes(&self, attribute: &Name) -> Vec<(ModuleId, Write, Match)> {
        let writes = query::writers(self.db, self.project, attribute.clone());
        let judged =
            writes.iter().map(|(module, write)| (*module, write.clone(), self.matching(*module, &write.on)));
        judged.filter(|(.., how)| *how > Match::Other).collect()
    }

    /// Whether attributes with computed names are set on something that is named like an instance or known to be one.
    pub fn is_written_by_name(&self) -> bool {
        let own = python::naming::snake(&self.class.name);
        self.writes(&Name::new_static(flow::ANY)).iter().any(|(_, write, how)| match &write.on {
            Receiver::Called(word) => last_word(word) == last_word(&own),
            _ => *how > Match::Maybe,
        })
    }

    /// Whether tests or scripts may assign `attribute` on an instance.
    pub fn is_written_in_texts(&self, attribute: &Name) -> bool {
        let texts = query::texts(self.db, self.project);
        texts
            .get(attribute)
            .is_some_and(|words| words.iter().any(|word| word != "self" && !self.is_other(word)))
    }

    fn matching(&self, module: ModuleId, on: &Receiver) -> Match {
        match on {
            Receiver::Own(name) => {
                let owner = ClassRef::new(module, name.clone());
                if owner == *self.class {
                    Match::Own
                } else if self.relatives.contains(&owner) {
                    Match::Named
                } else {
                    Match::Other
                }
            }
            Receiver::Class(name) | Receiver::Made(name) => {
                let is_one = *name == self.class.name || self.relatives.iter().any(|it| it.name == *name);
                if is_one { Match::Named } else { Match::Other }
            }
            Receiver::Called(word) if self.is_other(word) => Match::Other,
            Receiver::Called(_) | Receiver::Unknown => Match::Maybe,
        }
    }

    /// Whether something called `word` is certainly not an instance: it has the name of another class, or of something
    /// that every program has.
    fn is_other(&self, word: &str) -> bool {
        const OTHERS: [&str; 24] = [
            "request",
            "response",
            "session",
            "app",
            "application",
            "logger",
            "log",
            "parser",
            "args",
            "form",
            "widget",
            "config",
            "settings",
            "ctx",
            "cls",
            "mock",
            "mocker",
            "client",
            "thread",
            "server",
            "df",
            "ax",
            "module",
            "func",
        ];
        let word = word.trim_start_matches('_');
        let own = python::naming::snake(&self.class.name);
        if word.is_empty() || last_word(word) == last_word(&own) {
            return false;
        }
        OTHERS.contains(&word)
            || self.words.contains(word)
            || self.words.iter().any(|other| other.strip_suffix(word).is_some_and(|rest| rest.ends_with('_')))
    }
}

/// `line` for `order_line`.
fn last_word(name: &str) -> &str {
    name.trim_start_matches('_').rsplit('_').next().unwrap_or_default()
}

/// The project subclasses of `class`.
pub fn descendants(db: &dyn Db, project: Project, class: &ClassRef) -> Vec<ClassRef> {
    let hierarchy = model::query::hierarchy(db, project);
    let key = (class.module, class.name.clone());
    let below = hierarchy.by_class.iter().filter(|(_, ancestors)| ancestors.own.contains(&key));
    let mut below: Vec<ClassRef> =
        below.map(|((module, name), _)| ClassRef::new(*module, name.clone())).collect();
    below.sort();
    below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_what_they_assign() {
        for (line, expected) in [
            ("    order.state = 1", Some(("order", "state"))),
            ("    self.order.state += 1", Some(("order", "state"))),
            ("order.state: str = 'a'", Some(("order", "state"))),
            ("assert order.state == 1", None),
            ("total(order.state, by=1)", None),
            ("order = 1", None),
            // A comment line with a character of more than one byte.
            ("# shown as €price.amount = 1", None),
            ("€order.state = 1", None),
            ("bestellung.größe = 1", Some(("bestellung", "größe"))),
        ] {
            assert_eq!(assigned(line), expected, "{line}");
        }
    }
}
