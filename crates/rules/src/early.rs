//! Findings of one file before the project is known: those that no file not yet read could refute.
//!
//! A project-wide model of half the files would show layers, cycles and reasons that aren't there. So an early look
//! knows no layers and no cycles, and of the graph only what the file itself leads to at import time. With that it runs
//! the rules whose findings can only become more. Where even that part of the graph is large, the rules that rest on it
//! wait too.

use std::collections::VecDeque;
use std::sync::Arc;

use model::{Architecture, Edge, EdgeKind, Graph, ModuleId, Modules, Project};
use rustc_hash::FxHashSet;
use source::File;

use crate::facts::{Facts, Lazy};
use crate::{Context, Db, Finding, Rule, by_id, check};

/// Rules that say what was declared, or what the file alone shows.
const LOCAL: &[&str] = &["forbidden-import", "invalid-ignore", "layer-violation"];

/// Rules that also rest on what the file's imports import in turn.
const CLOSED: &[&str] = &["hidden-import"];

/// So many modules are read for an early look.
const READ: usize = 48;

/// The findings of `file` that no file not yet read could refute. Not remembered: the full findings follow soon.
pub fn early(db: &dyn Db, project: Project, file: File) -> Vec<Finding> {
    let modules = model::query::modules(db, project);
    let Some(id) = modules.of_file(file) else { return Vec::new() };
    let part = part_of_graph(db, project, &modules, id);
    let ids = LOCAL.iter().chain(if part.is_closed { CLOSED } else { &[] });
    let rules: Vec<&'static Rule> = ids.filter_map(|id| by_id(id)).collect();
    let cx = Context {
        db,
        project,
        file,
        id,
        text: Lazy::of(db, project, file, |db, _, file| source::query::text(db, file)),
        module: Facts::of_file(db, project, file),
        resolved: Lazy::of(db, project, file, |db, project, file| model::query::resolved(db, project, file)),
        config: model::query::config_of(db, project, file),
        architecture: Arc::new(Architecture {
            graph: Arc::new(part.graph),
            modules,
            layers: Arc::default(),
            cycles: Arc::default(),
            heritage: Arc::default(),
        }),
    };
    check::with_rules(&cx, &rules)
}

/// What was read of the graph.
struct Part {
    graph: Graph,
    /// Whether nothing that the file leads to at import time is missing.
    is_closed: bool,
}

fn part_of_graph(db: &dyn Db, project: Project, modules: &Modules, id: ModuleId) -> Part {
    let mut outgoing: Vec<Box<[Edge]>> = vec![Box::default(); modules.list.len()];
    let mut seen: FxHashSet<ModuleId> = FxHashSet::from_iter([id]);
    let mut queue = VecDeque::from([id]);
    let mut left = READ;
    while let Some(module) = queue.pop_front() {
        if left == 0 {
            return Part { graph: Graph::new(outgoing), is_closed: false };
        }
        left -= 1;
        let edges = model::query::edges(db, project, modules[module].file);
        // What the file imports inside functions counts: that it be hoisted is the question.
        let followed = edges.iter().filter(|edge| module == id || edge.kind == EdgeKind::Import);
        for edge in followed {
            for next in modules.packages_around(edge.to).into_iter().chain([edge.to]) {
                if seen.insert(next) {
                    queue.push_back(next);
                }
            }
        }
        outgoing[module.0 as usize] = edges.iter().copied().collect();
    }
    Part { graph: Graph::new(outgoing), is_closed: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_named_exist() {
        for id in LOCAL.iter().chain(CLOSED) {
            assert!(by_id(id).is_some(), "{id}");
        }
    }
}
