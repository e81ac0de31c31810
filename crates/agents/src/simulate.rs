//! `simulate`: what if files or definitions were moved, imports added or removed, files rewritten? Nothing is written.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use refactor::{Abilities, Changes, SymbolMove};
use serde::Deserialize;
use serde_json::{Value, json};
use source::apply_edits;
use workspace::Snapshot;

use crate::answer::{Answer, BUDGET};
use crate::delta::{self, Rules};
use crate::may_import::{self, Import};
use crate::session::{Laid, Session};
use crate::subject;
use crate::{Refused, row};

/// The arguments. Moves come first, then imports, then contents.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    #[serde(default)]
    moves: Vec<Move>,
    #[serde(default)]
    edges: Vec<EdgeChange>,
    /// The new contents of files; `None` for one that would be deleted.
    #[serde(default)]
    contents: BTreeMap<String, Option<String>>,
    budget: Option<usize>,
}

/// A move.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    /// `shop/orders.py:Order`, or a file or folder.
    what: String,
    /// A module for a definition, a path for a file or folder.
    to: String,
}

/// An import to add or remove.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EdgeChange {
    from: String,
    to: String,
    #[serde(default)]
    remove: bool,
}

/// The changes to the project so far.
#[derive(Debug, Default)]
struct Made {
    files: BTreeMap<Utf8PathBuf, Option<String>>,
    moved: Vec<(Utf8PathBuf, Utf8PathBuf)>,
    /// Additional notes, in sentences.
    notes: Vec<String>,
}

impl Made {
    fn laid(&self) -> Vec<Laid> {
        self.files.iter().map(|(path, text)| (path.clone(), text.clone())).collect()
    }
}

/// Runs the tool.
///
/// # Errors
/// If a move is impossible, a file or name is unknown, or there is nothing to simulate.
pub(crate) fn run(session: &mut Session, arguments: Arguments) -> Result<Value, Refused> {
    if arguments.moves.is_empty() && arguments.edges.is_empty() && arguments.contents.is_empty() {
        return Err(Refused::new("give `moves`, `edges` or `contents` to simulate"));
    }
    let mut made = Made::default();
    let outcome = arguments.moves.iter().try_for_each(|it| one_move(session, it, &mut made));
    let outcome =
        outcome.and_then(|()| arguments.edges.iter().try_for_each(|it| one_edge(session, it, &mut made)));
    session.lift();
    outcome?;
    for (path, text) in arguments.contents {
        made.files.insert(session.absolute(&path)?, text);
    }
    let delta = delta::compare(session, &[], &made.laid(), &made.moved, &Rules::All)?;
    let mut answer = Answer::default();
    let is_quiet = delta.new.is_empty() && delta.worse.is_empty() && delta.broken.is_empty();
    let status = if is_quiet { "nothing new" } else { "findings" };
    answer.field("status", status);
    answer.field("before", &delta.before);
    answer.field("after", &delta.after);
    answer.field(
        "counts",
        json!({ "new": delta.new.len(), "worse": delta.worse.len(), "fixed": delta.fixed.len(),
            "unchanged": delta.unchanged, "files_looked_at": delta.looked_at, "files_changed": made.files.len() }),
    );
    answer.list("problems", 0, 1, delta.problems);
    answer.list("broken_imports", 0, 2, delta.broken);
    answer.list("new", 0, 1, delta.new);
    answer.list(
        "worse",
        0,
        1,
        delta.worse.into_iter().map(|(now, was)| json!({ "now": now, "was": was.message })),
    );
    answer.list(
        "fixed",
        1,
        1,
        delta.fixed.iter().map(|row| format!("{} {} {}", row.place, row.rule, row.message)),
    );
    answer.list("notes", 1, 1, made.notes);
    let changed = made.files.iter().map(|(path, text)| {
        let path = path.strip_prefix(session.root()).unwrap_or(path);
        if text.is_some() { path.to_string() } else { format!("{path} (gone)") }
    });
    answer.list("changes", 2, 4, changed);
    answer.list(
        "commands",
        1,
        1,
        arguments.moves.iter().map(|it| format!("architrave refactor move {} {}", it.what, it.to)),
    );
    Ok(answer.fit(arguments.budget.unwrap_or(BUDGET)))
}

fn one_move(session: &mut Session, wanted: &Move, made: &mut Made) -> Result<(), Refused> {
    let cannot =
        |why: String| Refused::new(format!("{} can't be moved to {}: {why}", wanted.what, wanted.to));
    let symbol = wanted.what.rsplit_once(':').filter(|(path, _)| row::is_python(camino::Utf8Path::new(path)));
    let mut renamed = Vec::new();
    let changes = if let Some((path, name)) = symbol {
        let path = session.absolute(path)?;
        let symbol = SymbolMove { name, target: &wanted.to, with_helpers: false };
        let moved = session.look(|snapshot| {
            ide::move_symbol(snapshot, &path, symbol, Abilities::ALL).map(|changes| texts(snapshot, &changes))
        })?;
        moved.map_err(|refusal| cannot(refusal.to_string()))?
    } else {
        let (from, to) = (session.absolute(&wanted.what)?, session.absolute(&wanted.to)?);
        if session.exists(&to) {
            return Err(cannot("something is there already".to_owned()));
        }
        if !session.exists(&from) {
            return Err(cannot("nothing is there".to_owned()));
        }
        let moves = [(from.clone(), to.clone())];
        let seen = session.look(|snapshot| {
            if let Some(refusal) = ide::cannot_move_files(snapshot, &moves) {
                return Err(refusal);
            }
            let files = snapshot.all_files().into_iter().map(|(_, file)| file.path(snapshot.db()).clone());
            let below: Vec<Utf8PathBuf> = files.filter(|path| path.starts_with(&from)).collect();
            Ok((texts(snapshot, &ide::move_files(snapshot, &moves, Abilities::ALL)), below))
        })?;
        let (changes, below) = seen.map_err(|refusal| cannot(refusal.to_string()))?;
        renamed = below;
        made.moved.push((from, to));
        changes
    };
    let (mut files, notes) = changes?;
    made.notes.extend(notes);
    if let Some((from, to)) = made.moved.last().filter(|_| !renamed.is_empty()) {
        for path in renamed {
            let text = files.remove(&path).unwrap_or_else(|| session.text(&path).unwrap_or_default());
            let rest = path.strip_prefix(from).unwrap_or(&path);
            let target = if rest.as_str().is_empty() { to.clone() } else { to.join(rest) };
            files.insert(target, text);
            made.files.insert(path, None);
        }
    }
    made.files.extend(files.into_iter().map(|(path, text)| (path, Some(text))));
    session.lay(&made.laid());
    Ok(())
}

type Texts = (BTreeMap<Utf8PathBuf, String>, Vec<String>);

/// The texts of the files that change.
fn texts(snapshot: &Snapshot, changes: &Changes) -> Result<Texts, Refused> {
    let mut files = BTreeMap::new();
    for file in &changes.created {
        files.insert(file.path.clone(), file.contents.clone());
    }
    for edit in &changes.edits {
        let path = edit.file.path(snapshot.db());
        let after = apply_edits(snapshot.text(edit.file).as_str(), &edit.edits);
        files.insert(path.clone(), after.ok_or_else(|| Refused::new(format!("edits of {path} overlap")))?);
    }
    for other in &changes.others {
        let after = apply_edits(&other.before, &other.edits);
        let path = &other.path;
        files.insert(path.clone(), after.ok_or_else(|| Refused::new(format!("edits of {path} overlap")))?);
    }
    Ok((files, changes.notes.clone()))
}

fn one_edge(session: &mut Session, wanted: &EdgeChange, made: &mut Made) -> Result<(), Refused> {
    let importer = may_import::importer(session, &wanted.from)?;
    let root = session.root().to_owned();
    if wanted.remove {
        let text = session.look(|snapshot| without(snapshot, &root, &importer, &wanted.to))??;
        made.files.insert(importer, Some(text));
    } else {
        let statement = session.look(|snapshot| {
            let subject = subject::find(snapshot, &root, &wanted.to)?;
            let modules = model::query::modules(snapshot.db(), subject.project);
            let module = &modules[subject.module].name;
            Ok::<_, Refused>(may_import::statement(module, subject.imported_name(), &[]))
        })??;
        let (path, text) = may_import::lay(session, &Import { importer, statement })?;
        made.files.insert(path, text);
    }
    session.lay(&made.laid());
    Ok(())
}

/// The importer without its imports of `to`.
fn without(
    snapshot: &Snapshot,
    root: &camino::Utf8Path,
    importer: &camino::Utf8Path,
    to: &str,
) -> Result<String, Refused> {
    let shown = importer.strip_prefix(root).unwrap_or(importer);
    let subject = subject::find(snapshot, root, to)?;
    let found = snapshot.project_of(importer);
    let (project, file) =
        found.ok_or_else(|| Refused::new(format!("{shown} is no module of the project")))?;
    let resolved = model::query::resolved(snapshot.db(), project, file);
    let spans = python::query::import_spans(snapshot.db(), file);
    let imports = resolved.iter().zip(spans.iter());
    let meant = imports.filter(|(resolved, _)| resolved.module() == Some(subject.module));
    let mut statements: Vec<source::Span> = meant.map(|(_, spans)| spans.statement).collect();
    statements.sort();
    statements.dedup();
    if statements.is_empty() {
        return Err(Refused::new(format!("{shown} doesn't import {to}")));
    }
    let edits: Vec<source::TextEdit> =
        statements.iter().map(|span| source::TextEdit { span: *span, insert: "pass".into() }).collect();
    let after = apply_edits(snapshot.text(file).as_str(), &edits);
    after.ok_or_else(|| Refused::new(format!("the imports of {shown} overlap")))
}
