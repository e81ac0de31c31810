//! The safe fixes of one rule in all files of a project, as edits that are applied together.
//!
//! Each file is fixed against the current project. Its new module-level imports are added to the graph, and to what
//! importing its module executes, for the files after it. A file whose new imports would close a cycle with those, or
//! whose modules would no longer load in the order that the fix was checked for, is left as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use flow::import_time::{Hoist, Step, Table};
use model::{Edge, EdgeKind, Graph, ModuleId, Modules, Project, closes_cycle};
use refactor::{Changes, FileEdit};
use view::Context;
use workspace::Snapshot;

use super::{apply_fixes, difference, safe_fix};

/// The edits; empty if no file has a safe fix of the rule.
pub(crate) fn fix_rule(snapshot: &Snapshot, project: Project, rule: &str) -> Changes {
    let db = snapshot.db();
    let architecture = snapshot.architecture(project);
    let mut added: Vec<(ModuleId, ModuleId)> = Vec::new();
    let original = flow::query::import_table(db, project);
    let mut table = Arc::clone(&original);
    let mut changes = Changes::default();
    for (_, file) in project.files(db).list() {
        let findings = snapshot.check(project, *file);
        let is_fixable = findings.iter().any(|finding| finding.rule == rule && safe_fix(finding).is_some());
        let Some(cx) = is_fixable.then(|| view::query::context(db, project, *file)).flatten() else {
            continue;
        };
        let Some(mended) = apply_fixes(&cx, Some(rule)) else { continue };
        let before = imported(&cx);
        let new: Vec<ModuleId> =
            imported(&cx.with_text(&mended.contents)).difference(&before).copied().collect();
        if !added.is_empty() && !new.is_empty() {
            let graph = with(&architecture.graph, &added);
            let closes = |to: &ModuleId| closes_cycle(&graph, &architecture.modules, cx.id, *to).is_some();
            let is_same = || loads_alike(&original, &table, &architecture.modules, cx.id, &new);
            if new.iter().any(closes) || !is_same() {
                continue;
            }
        }
        if !new.is_empty() {
            table = Arc::new(table.with_loads(cx.id, new.iter().copied()));
        }
        added.extend(new.into_iter().map(|to| (cx.id, to)));
        let edits = vec![difference(cx.text.as_str(), &mended.contents)];
        changes.edits.push(FileEdit { file: *file, edits });
    }
    changes
}

/// Whether imports at the top of `importer` have the same effects with the earlier fixes as without.
fn loads_alike(
    original: &Table,
    fixed: &Table,
    modules: &Modules,
    importer: ModuleId,
    new: &[ModuleId],
) -> bool {
    let loads: Vec<Step> = new.iter().map(|module| Step::Load { module: *module, is_sure: true }).collect();
    let hoist = Hoist { importer, loads: &loads, after: 0, ready: &[] };
    fixed.difference(modules, hoist) == original.difference(modules, hoist)
}

/// The modules that a module imports at import time.
fn imported(cx: &Context<'_>) -> BTreeSet<ModuleId> {
    let runs = cx.imports().filter(|view| view.import.context.at_import_time());
    runs.filter_map(|view| view.module()).collect()
}

/// A graph with additional edges.
fn with(graph: &Graph, added: &[(ModuleId, ModuleId)]) -> Graph {
    let mut changed: BTreeMap<ModuleId, BTreeMap<ModuleId, EdgeKind>> = BTreeMap::new();
    for (from, to) in added {
        let edges = changed
            .entry(*from)
            .or_insert_with(|| graph.imports(*from).iter().map(|edge| (edge.to, edge.kind)).collect());
        edges.insert(*to, EdgeKind::Import);
    }
    let edges = |edges: BTreeMap<_, _>| edges.into_iter().map(|(to, kind)| Edge { to, kind }).collect();
    graph.with_edges(changed.into_iter().map(|(from, of)| (from, edges(of))))
}
