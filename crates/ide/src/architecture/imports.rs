//! Imports between modules, with their lines.

use std::collections::BTreeMap;

use model::{Architecture, ByModule, EdgeKind, ModuleId, Project};
use python::{ImportKind, ImportSpans};
use serde::Serialize;
use source::{File, Span};
use workspace::Snapshot;

/// The names that one statement imports from one module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    /// The importer, by index.
    pub from: u32,
    /// The imported module, by index.
    pub to: u32,
    /// One-based line of the first of them.
    pub line: u32,
    /// When it takes effect.
    pub when: ImportTime,
    /// The names, in the order of the statement; empty if the module itself is imported.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// When an import takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportTime {
    /// While the importer is imported.
    Load,
    /// When a function runs.
    Call,
    /// Never: for type checkers.
    TypeChecking,
    /// When `import_module` is called.
    Dynamic,
}

impl ImportTime {
    fn of(import: &python::Import) -> Self {
        match EdgeKind::of(import) {
            EdgeKind::Import if import.kind == ImportKind::Dynamic => Self::Dynamic,
            EdgeKind::Import => Self::Load,
            EdgeKind::Deferred => Self::Call,
            EdgeKind::TypeChecking => Self::TypeChecking,
            EdgeKind::Dynamic => Self::Dynamic,
        }
    }
}

/// All imports between drawn modules, and the start of each statement.
pub(super) fn imports(
    snapshot: &Snapshot,
    project: Project,
    model: &Architecture,
    drawn: &ByModule<Option<u32>>,
) -> (Vec<Import>, Vec<u32>) {
    let db = snapshot.db();
    let (mut all, mut statements) = (Vec::new(), Vec::new());
    for (id, info) in model.modules.iter() {
        let Some(from) = index(drawn, id) else { continue };
        let imports = python::query::imports(db, info.file);
        if imports.list.is_empty() {
            continue;
        }
        let resolved = model::query::resolved(db, project, info.file);
        let lines = python::query::import_lines(db, info.file);
        let spans = python::query::import_spans(db, info.file);
        let mut of_statement: BTreeMap<(u32, u32, ImportTime), (u32, Vec<String>)> = BTreeMap::new();
        let places = spans.iter().zip(lines.iter());
        for (((_, import), resolved), (spans, line)) in imports.iter().zip(resolved.iter()).zip(places) {
            let to = resolved.module().filter(|to| *to != id).and_then(|to| index(drawn, to));
            let Some(to) = to else { continue };
            let key = (to, spans.statement.start, ImportTime::of(import));
            let (_, names) = of_statement.entry(key).or_insert_with(|| (line + 1, Vec::new()));
            if import.kind == ImportKind::From {
                names.extend(import.name.as_ref().map(ToString::to_string));
            }
        }
        for ((to, statement, when), (line, names)) in of_statement {
            all.push(Import { from, to, line, when, names });
            statements.push(statement);
        }
    }
    (all, statements)
}

/// The index of a drawn module.
pub(super) fn index(drawn: &ByModule<Option<u32>>, id: ModuleId) -> Option<u32> {
    *drawn.get(id)?
}

/// An import that a finding marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked {
    /// The imported module, drawn or not.
    pub(super) to: ModuleId,
    /// Zero-based line of the name.
    pub(super) line: u32,
    /// The start of its statement.
    pub(super) statement: u32,
}

/// The imports of project modules at `span` of a file.
pub(super) fn at(snapshot: &Snapshot, project: Project, file: File, span: Span) -> Vec<Marked> {
    let db = snapshot.db();
    let spans = python::query::import_spans(db, file);
    let resolved = model::query::resolved(db, project, file);
    let lines = python::query::import_lines(db, file);
    let touching = |place: fn(&ImportSpans) -> Span| -> Vec<Marked> {
        let of_imports = spans.iter().zip(resolved.iter()).zip(lines.iter());
        of_imports
            .filter(|((spans, _), _)| {
                let place = place(spans);
                span.start < place.end && place.start < span.end
            })
            .filter_map(|((spans, resolved), line)| {
                Some(Marked { to: resolved.module()?, line: *line, statement: spans.statement.start })
            })
            .collect()
    };
    // A finding marks a name; one about a whole statement may mark the part before the names.
    let names = touching(|spans| spans.item);
    if names.is_empty() { touching(|spans| spans.statement) } else { names }
}
