//! Modules named in strings: settings, registrations and task routes load them without an import.

use std::collections::BTreeSet;

use model::{PathRole, Project};
use python::{Expr, Literal};
use workspace::Snapshot;

/// Those of `modules` that a string of the project names: alone, or followed by a member after a dot or a colon.
pub(super) fn named(snapshot: &Snapshot, project: Project, modules: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if modules.is_empty() {
        return found;
    }
    let wanted: BTreeSet<&str> = modules.iter().map(String::as_str).collect();
    let db = snapshot.db();
    let all = model::query::modules(db, project);
    for (_, info) in all.iter().filter(|(_, info)| info.role != PathRole::Tests) {
        let (bodies, definitions) =
            (python::query::bodies(db, info.file), python::query::definitions(db, info.file));
        let arenas = bodies.list.iter().map(|body| &body.exprs).chain([&definitions.exprs]);
        for expr in arenas.flat_map(|exprs| &exprs.list) {
            let Expr::Literal(Literal::Str(text)) = expr else { continue };
            let mut name = text.split(':').next();
            while let Some(prefix) = name {
                if let Some(module) = wanted.get(prefix) {
                    found.insert((*module).to_owned());
                    break;
                }
                name = prefix.rsplit_once('.').map(|(before, _)| before);
            }
        }
    }
    found
}
