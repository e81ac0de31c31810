//! Alembic revisions: their order, and what they create.

use std::collections::{BTreeMap, BTreeSet};

use super::{Made, last};
use report::deployment::File;

use crate::claim::Place;
use crate::evidence::facts::{Call, Source};
use crate::evidence::value::Value;

/// One revision.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Its id.
    pub id: String,
    /// Its predecessors.
    pub down: Vec<String>,
    /// The module, by index.
    pub source: usize,
    /// Where it names its predecessors.
    pub place: Place,
}

/// The revisions of one folder.
#[derive(Debug, Clone)]
pub struct Revisions {
    /// Relative to the project.
    pub folder: String,
    /// Sorted by path.
    pub list: Vec<Revision>,
    /// Whether some are unknown, or several branches are intended.
    pub is_open: bool,
}

impl Revisions {
    /// Revisions without successors.
    pub fn heads(&self) -> Vec<&Revision> {
        let followed: BTreeSet<&String> = self.list.iter().flat_map(|it| &it.down).collect();
        self.list.iter().filter(|it| !followed.contains(&it.id)).collect()
    }

    /// Revisions with a missing predecessor, and its id.
    pub fn broken(&self) -> Vec<(&Revision, &String)> {
        let ids: BTreeSet<&String> = self.list.iter().map(|it| &it.id).collect();
        let is_there = |down: &&String| ids.iter().any(|id| *id == *down || id.starts_with(down.as_str()));
        self.list
            .iter()
            .flat_map(|it| it.down.iter().filter(|down| !is_there(down)).map(move |down| (it, down)))
            .collect()
    }

    /// What they create together; `None` if unknown.
    pub fn made(&self, sources: &[Source]) -> Option<Made> {
        if self.is_open || !self.broken().is_empty() {
            return None;
        }
        let mut made = Made::default();
        for at in self.ordered()? {
            apply(&mut made, &sources[self.list[at].source])?;
        }
        Some(made)
    }

    /// Each after its predecessors; `None` if they form a cycle.
    fn ordered(&self) -> Option<Vec<usize>> {
        let mut done: BTreeSet<&String> = BTreeSet::new();
        let mut order = Vec::new();
        while order.len() < self.list.len() {
            let before = order.len();
            for (at, revision) in self.list.iter().enumerate() {
                let is_next =
                    !done.contains(&revision.id) && revision.down.iter().all(|it| done.contains(it));
                if is_next {
                    order.push(at);
                    done.insert(&revision.id);
                }
            }
            if order.len() == before {
                return None;
            }
        }
        Some(order)
    }
}

/// All revisions.
pub(super) fn revisions(sources: &[Source], files: &[File]) -> Vec<Revisions> {
    let mut found: BTreeMap<String, Revisions> = BTreeMap::new();
    for (at, source) in sources.iter().enumerate() {
        let variable =
            |name: &str| source.assignments.iter().find(|it| it.class.is_none() && it.name == name);
        let (Some(id), Some(down)) = (variable("revision"), variable("down_revision")) else { continue };
        let folder = versions(source.folder());
        let revisions = found.entry(folder.clone()).or_insert_with(|| Revisions {
            folder,
            list: Vec::new(),
            is_open: false,
        });
        let is_labelled =
            variable("branch_labels").and_then(|it| it.value.as_ref()).is_some_and(|it| *it != Value::None);
        revisions.is_open |= is_labelled;
        let downs = match &down.value {
            Some(Value::None) => Some(Vec::new()),
            Some(Value::Text(text)) => Some(vec![text.to_string()]),
            Some(Value::List(items)) => items.iter().map(|it| it.text().map(str::to_owned)).collect(),
            _ => None,
        };
        match (id.value.as_ref().and_then(Value::text), downs) {
            (Some(id), Some(down_ids)) => revisions.list.push(Revision {
                id: id.to_owned(),
                down: down_ids,
                source: at,
                place: Place::new(source.path.clone(), down.line),
            }),
            _ => revisions.is_open = true,
        }
    }
    let folders: BTreeSet<String> = found.keys().cloned().collect();
    if !files.iter().any(names_locations) {
        found.retain(|folder, _| !is_beside_versions(folder, &folders));
    }
    found.into_values().collect()
}

/// Whether a folder is a neighbour of `versions`, which alone Alembic reads.
fn is_beside_versions(folder: &str, folders: &BTreeSet<String>) -> bool {
    let beside =
        folder.rsplit_once('/').map_or("versions".to_owned(), |(above, _)| format!("{above}/versions"));
    beside != folder && folders.contains(&beside)
}

/// Whether a configuration names the folders that Alembic reads.
fn names_locations(file: &File) -> bool {
    file.text.lines().any(|line| line.trim_start().starts_with("version_locations"))
}

/// The folder of all versions: subfolders belong to it.
fn versions(folder: &str) -> String {
    let parts: Vec<&str> = folder.split('/').collect();
    match parts.iter().position(|it| *it == "versions") {
        Some(at) => parts[..=at].join("/"),
        None => folder.to_owned(),
    }
}

/// Applies one revision; `None` if its effect is unknown.
fn apply(made: &mut Made, source: &Source) -> Option<()> {
    let upgrade = |call: &&Call| call.function.as_deref() == Some("upgrade");
    let mut batch: Option<String> = None;
    for call in source.calls.iter().filter(upgrade) {
        let called = &call.called;
        let is_op = called.callee.as_deref().is_some_and(|it| it.starts_with("alembic.op."));
        let is_batch = called.written.as_deref().is_some_and(|it| it.starts_with("batch_op."));
        if !is_op && !is_batch {
            // A called function may do anything, unless it is a library's.
            let is_own = called.callee.as_deref().is_some_and(|it| it.starts_with(source.name.as_str()));
            if is_own || called.method == "create_all" {
                return None;
            }
            continue;
        }
        let method = called.method.as_str();
        let text = |index: usize| called.positional(index).and_then(Value::text).map(last);
        if call.is_repeated && method != "execute" && method != "get_bind" && method != "f" {
            return None;
        }
        // In a batch the table is named once.
        let table = if is_batch {
            batch.clone()
        } else {
            text(0).or_else(|| called.keyword("table_name").and_then(Value::text)).map(str::to_owned)
        };
        let shift = usize::from(!is_batch);
        let column = |index: usize| {
            called
                .positional(index)
                .or_else(|| called.keyword("column"))
                .and_then(Value::call)
                .and_then(named)
        };
        match method {
            "batch_alter_table" => batch = Some(table?),
            "create_table" => {
                let columns: Option<BTreeSet<String>> = called
                    .arguments
                    .iter()
                    .skip(1)
                    .filter(|(key, _)| key.is_none())
                    .filter_map(|(_, value)| value.call())
                    .filter(|it| it.method == "Column")
                    .map(named)
                    .collect();
                let columns = if called.has_hidden_arguments() { None } else { columns };
                made.tables.insert(table?, columns);
            }
            "drop_table" => drop(made.tables.remove(&table?)),
            "rename_table" => {
                let columns = made.tables.remove(&table?).flatten();
                made.tables.insert(text(1)?.to_owned(), columns);
            }
            "add_column" => {
                let name = column(shift)?;
                if let Some(Some(columns)) = made.tables.get_mut(&table?) {
                    columns.insert(name);
                }
            }
            "drop_column" => {
                let name = text(shift)?;
                if let Some(Some(columns)) = made.tables.get_mut(&table?) {
                    columns.remove(name);
                }
            }
            "alter_column" => {
                let new = called.keyword("new_column_name").or_else(|| called.keyword("name"));
                if let (Some(new), Some(Some(columns))) = (new, made.tables.get_mut(&table?)) {
                    columns.remove(text(shift)?);
                    columns.insert(new.text()?.to_owned());
                }
            }
            "execute" => execute(made, called.positional(0)?)?,
            "run_async" | "invoke" => return None,
            _ => {}
        }
    }
    Some(())
}

/// The name of a column written as a call.
fn named(call: &crate::evidence::value::Called) -> Option<String> {
    call.positional(0).or_else(|| call.keyword("name")).and_then(Value::text).map(str::to_owned)
}

/// The effect of hand-written SQL: if it may change tables, those that it names are unknown afterwards.
fn execute(made: &mut Made, value: &Value) -> Option<()> {
    let text = match value {
        Value::Text(text) => text.to_string(),
        Value::Joined(parts, _) => parts.iter().map(python::Name::as_str).collect::<Vec<_>>().join(" "),
        Value::Call(call) => match call.positional(0) {
            Some(Value::Text(text)) => text.to_string(),
            Some(Value::Joined(parts, _)) => {
                parts.iter().map(python::Name::as_str).collect::<Vec<_>>().join(" ")
            }
            // `update(table).values(...)` changes rows.
            _ if matches!(call.method.as_str(), "values" | "where" | "update" | "insert" | "delete") => {
                return Some(());
            }
            _ => return None,
        },
        _ => return None,
    };
    let low = text.to_ascii_lowercase();
    let changes = ["create table", "alter table", "drop table", "rename"].iter().any(|it| low.contains(it));
    if changes {
        let words = low.split(|it: char| !(it.is_alphanumeric() || it == '_'));
        for word in words {
            if let Some(columns) = made.tables.get_mut(word) {
                *columns = None;
            }
        }
        if low.contains("create table") {
            let name = low.split("create table").nth(1)?.replace("if not exists", "");
            let name = name.split_whitespace().next()?.trim_matches(['"', '(', '`']).to_owned();
            made.tables.insert(last(&name).to_owned(), None);
        }
    }
    Some(())
}
