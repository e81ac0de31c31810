//! `may_import`: may this file import that? Decided by trying: the import is overlaid on the file, and the difference
//! is the answer. So it always agrees with a later check.

mod ways;

use camino::Utf8PathBuf;
use config::Level;
use model::ModuleId;
use serde::Deserialize;
use serde_json::{Value, json};
use workspace::Snapshot;

use crate::answer::{Answer, BUDGET};
use crate::delta::{self, Delta, Rules};
use crate::row::Row;
use crate::session::{Laid, Session, project};
use crate::subject::{self, Subject};
use crate::{Refused, contracts, layer};

/// The arguments.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// The importing file, which need not exist.
    from: String,
    /// What to import: a file, a module, a symbol, or a library.
    to: String,
    /// Names of that module.
    #[serde(default)]
    names: Vec<String>,
    budget: Option<usize>,
}

/// An import that doesn't exist yet.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    /// The importing file; absolute.
    pub(crate) importer: Utf8PathBuf,
    /// `from shop.db import SqlOrders`
    pub(crate) statement: String,
}

/// The imported subject.
#[derive(Debug, Clone)]
struct Imported {
    statement: String,
    /// `None` for a library.
    subject: Option<Subject>,
}

/// Runs the tool.
///
/// # Errors
/// If a file or a name is unknown.
pub(crate) fn run(session: &mut Session, arguments: &Arguments) -> Result<Value, Refused> {
    let importer = importer(session, &arguments.from)?;
    let imported = imported(session, arguments)?;
    let import = Import { importer: importer.clone(), statement: imported.statement.clone() };
    let delta = try_out(session, &import)?;
    let blames = |row: &Row| row.severity >= Level::Warning;
    let is_allowed = is_lawful(&delta);
    let laid = [lay(session, &import)?];
    let shown = importer.strip_prefix(session.root()).unwrap_or(&importer).to_owned();
    let mut answer = session.look_with(&laid, |snapshot| {
        described(snapshot, &importer, shown.as_str(), imported.subject.as_ref())
    })??;
    answer.field("allowed", is_allowed);
    answer.field("import", &imported.statement);
    let (blamed, notes): (Vec<Row>, Vec<Row>) = delta.new.into_iter().partition(|row| blames(row));
    let ways = if is_allowed {
        Vec::new()
    } else {
        ways::lawful(session, &laid, imported.subject.as_ref(), &blamed)?
    };
    answer.list("breaks", 0, 1, blamed);
    answer.list("broken_imports", 0, 1, delta.broken);
    answer.list("breaks", 0, 1, delta.worse.into_iter().map(|(row, _)| row));
    answer.list("ways", 0, 1, ways);
    answer.list("notes", 2, 1, notes);
    Ok(answer.fit(arguments.budget.unwrap_or(BUDGET)))
}

/// Whether a change adds nothing that a check would report.
fn is_lawful(delta: &Delta) -> bool {
    let is_blamed = |row: &Row| row.severity >= Level::Warning;
    !delta.new.iter().any(is_blamed)
        && !delta.worse.iter().any(|(row, _)| is_blamed(row))
        && delta.broken.is_empty()
}

/// What the import would add.
///
/// # Errors
/// If the analysis fails.
pub(crate) fn try_out(session: &mut Session, import: &Import) -> Result<Delta, Refused> {
    let laid = lay(session, import)?;
    // A new file belongs to no module yet: its place is checked with the import alone.
    let before = (laid.0.clone(), session.text(&laid.0).or(Some(String::new())));
    delta::compare(session, &[before], &[laid], &[], &Rules::OfImport(import.importer.clone()))
}

/// The importer with the import at its top.
pub(crate) fn lay(session: &Session, import: &Import) -> Result<Laid, Refused> {
    let text = session.text(&import.importer).unwrap_or_default();
    let module = python::lower(&text, &python::parse(&text));
    let at = module.spans.import_insertion as usize;
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else {
        return Err(Refused::new(format!("{} can't be read", import.importer)));
    };
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    Ok((import.importer.clone(), Some(format!("{before}{gap}{}\n{after}", import.statement))))
}

/// The importing file.
pub(crate) fn importer(session: &Session, from: &str) -> Result<Utf8PathBuf, Refused> {
    let path = from.rsplit_once(':').map_or(from, |(path, _)| path);
    if crate::row::is_python(camino::Utf8Path::new(path)) {
        return session.absolute(path);
    }
    let root = session.root();
    session.look(|snapshot| {
        let subject = subject::find(snapshot, root, from)?;
        let modules = model::query::modules(snapshot.db(), subject.project);
        Ok::<_, Refused>(root.join(&modules[subject.module].path))
    })?
}

fn imported(session: &Session, arguments: &Arguments) -> Result<Imported, Refused> {
    let root = session.root();
    let text = arguments.to.trim();
    let bad = arguments.names.iter().find(|name| !is_name(name));
    if let Some(name) = bad {
        return Err(Refused::new(format!("`{name}` is no name that can be imported")));
    }
    session.look(|snapshot| match subject::find(snapshot, root, text) {
        Ok(subject) => {
            let modules = model::query::modules(snapshot.db(), subject.project);
            let module = &modules[subject.module].name;
            let statement = statement(module, subject.imported_name(), &arguments.names);
            // If only the module was given, the first name specifies the subject.
            let named = arguments.names.first().filter(|_| subject.symbol.is_none());
            let narrower = named.and_then(|name| {
                subject::find(snapshot, root, &format!("{}:{name}", modules[subject.module].path)).ok()
            });
            Ok(Imported { statement, subject: Some(narrower.unwrap_or(subject)) })
        }
        Err(refused) => {
            let modules = model::query::modules(snapshot.db(), project(snapshot)?);
            let first = text.split('.').next().unwrap_or_default();
            let is_dotted = text.split('.').all(is_name);
            // An unknown name of the project is a mistake; anything else is a library.
            if !is_dotted || modules.knows(first) || first.chars().next().is_some_and(char::is_uppercase) {
                return Err(refused);
            }
            Ok(Imported { statement: statement(text, None, &arguments.names), subject: None })
        }
    })?
}

fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// `from shop.db import SqlOrders`, `from shop import db`, `import shop`
pub(crate) fn statement(module: &str, symbol: Option<&str>, names: &[String]) -> String {
    match (symbol, names, module.rsplit_once('.')) {
        (Some(symbol), ..) => format!("from {module} import {symbol}"),
        (None, [_, ..], _) => format!("from {module} import {}", names.join(", ")),
        (None, [], Some((package, last))) => format!("from {package} import {last}"),
        (None, [], None) => format!("import {module}"),
    }
}

/// A description of both sides.
fn described(
    snapshot: &Snapshot,
    importer: &camino::Utf8Path,
    shown: &str,
    imported: Option<&Subject>,
) -> Result<Answer, Refused> {
    let project = project(snapshot)?;
    let architecture = snapshot.architecture(project);
    let mut answer = Answer::default();
    let end = |id: ModuleId| json!({ "path": architecture.modules[id].path, "layer": layer::of(&architecture, id) });
    let found = snapshot.project_of(importer).and_then(|(_, file)| architecture.modules.of_file(file));
    let Some(from) = found else {
        return Err(Refused::new(format!(
            "{shown} would be no module of the project: the configuration leaves it out"
        )));
    };
    answer.field("from", end(from));
    if let Some(style) = architecture.layers.style(from) {
        answer.field("style", style.as_str());
    }
    answer.list("contracts", 2, 1, contracts::of_module(snapshot, project, from));
    if let Some(to) = imported {
        answer.field("to", end(to.module));
        let closed = model::closes_cycle(&architecture.graph, &architecture.modules, from, to.module);
        let names = |ids: Vec<ModuleId>| -> Vec<String> {
            let closing = ids.first().copied();
            ids.into_iter().chain(closing).map(|id| architecture.modules[id].name.to_string()).collect()
        };
        answer.maybe("closes_cycle", closed.filter(|ids| ids.len() > 1).map(names));
    }
    Ok(answer)
}
