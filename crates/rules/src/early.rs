//! Findings of one file before the project is known: those that no file not yet read could refute.
//!
//! A project-wide model of half the files would show wrong layers, cycles and reasons. So an early check uses no layers
//! and no cycles, and of the graph only what the file itself imports at import time, directly or indirectly. With that
//! it runs the rules whose findings further files can only add to. Where even that part of the graph is large, the
//! rules that need it wait as well.

use std::collections::VecDeque;
use std::sync::Arc;

use model::{Architecture, ByModule, Edge, EdgeKind, Graph, ModuleId, Modules, Project};
use rustc_hash::FxHashSet;
use source::File;
use view::facts::{Facts, Lazy};
use view::{Context, Db, Finding, Rule};

use crate::{by_id, check};

/// Rules that need nothing but the file itself.
pub(crate) const LOCAL: &[&str] = &["invalid-ignore"];

/// Rules that compare imports with declared contracts.
pub(crate) const DECLARED: &[&str] = &["forbidden-import", "layer-violation"];

/// Rules about imports inside functions, which depend on the imports of the imported modules.
pub(crate) const CLOSED: &[&str] = &["hidden-import"];

/// Limit on the modules read for an early check.
const READ: usize = 32;

/// The findings of `file` that no file not yet read could refute. Not memoized: the full findings follow soon.
pub fn early(db: &dyn Db, project: Project, file: File) -> Vec<Finding> {
    let modules = model::query::modules(db, project);
    let Some(id) = modules.of_file(file) else { return Vec::new() };
    let config = model::query::config_of(db, project, file);
    let mut ids = LOCAL.to_vec();
    if !config.contracts.is_empty() {
        ids.extend(DECLARED);
    }
    let part = part_of_graph(db, project, &modules, id);
    if part.is_closed {
        ids.extend(CLOSED);
    }
    let rules: Vec<&'static Rule> = ids.into_iter().filter_map(by_id).collect();
    let cx = Context {
        db,
        project,
        file,
        id,
        text: Lazy::of(db, project, file, |db, _, file| source::query::text(db, file)),
        module: Facts::of_file(db, project, file),
        resolved: Lazy::of(db, project, file, |db, project, file| model::query::resolved(db, project, file)),
        config,
        architecture: Arc::new(Architecture {
            graph: Arc::new(part.graph),
            modules,
            layers: Arc::default(),
            cycles: Arc::default(),
            hierarchy: Arc::default(),
        }),
        rewritten: None,
        is_early: true,
    };
    let mut findings = check::with_rules(&cx, &rules);
    // An import that keeps a cycle open may be part of a cycle that is reported elsewhere.
    findings.retain(|finding| finding.rule != "hidden-import" || finding.related.is_empty());
    findings
}

/// The part of the graph that was read.
struct Part {
    graph: Graph,
    /// Whether the file has imports inside functions, and everything they load at import time was read.
    is_closed: bool,
}

fn part_of_graph(db: &dyn Db, project: Project, modules: &Modules, id: ModuleId) -> Part {
    let edges_of = |module: ModuleId| model::query::edges(db, project, modules[module].file);
    let mut outgoing: ByModule<Box<[Edge]>> = modules.map(|_, _| Box::default());
    outgoing[id] = edges_of(id).iter().copied().collect();
    let mut queue = VecDeque::from(hidden_targets(db, project, modules[id].file));
    let asks = !queue.is_empty();
    let mut seen: FxHashSet<ModuleId> = FxHashSet::from_iter([id]);
    let mut left = READ;
    while let Some(target) = queue.pop_front() {
        // Importing a module runs its parent packages first.
        for module in modules.packages_around(target).into_iter().chain([target]) {
            if !seen.insert(module) {
                continue;
            }
            if left == 0 {
                return Part { graph: Graph::new(outgoing), is_closed: false };
            }
            left -= 1;
            let edges = edges_of(module);
            queue.extend(edges.iter().filter(|edge| edge.kind == EdgeKind::Import).map(|edge| edge.to));
            outgoing[module] = edges.iter().copied().collect();
        }
    }
    Part { graph: Graph::new(outgoing), is_closed: asks }
}

/// The modules that the file imports inside functions.
fn hidden_targets(db: &dyn Db, project: Project, file: File) -> Vec<ModuleId> {
    let imports = python::query::imports(db, file);
    if imports.list.iter().all(|import| import.context.function.is_none()) {
        return Vec::new();
    }
    let resolved = model::query::resolved(db, project, file);
    let hidden =
        imports.list.iter().zip(resolved.iter()).filter(|(import, _)| import.context.function.is_some());
    hidden.filter_map(|(_, resolved)| resolved.module()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_named_exist() {
        for id in LOCAL.iter().chain(DECLARED).chain(CLOSED) {
            assert!(by_id(id).is_some(), "{id}");
        }
    }
}
