//! Paths through the import graph: shortest first, each step with its import.

use std::collections::VecDeque;

use model::{Edge, Graph, ModuleId};
use python::ImportId;
use rustc_hash::FxHashMap;
use view::finding::Draft;
use view::{Context, Place, wording};

/// A path search.
pub(super) struct Search<'a> {
    /// The graph.
    pub(super) graph: &'a Graph,
    /// Which edges count.
    pub(super) edge: &'a dyn Fn(ModuleId, Edge) -> bool,
    /// Which modules the path may pass through.
    pub(super) through: &'a dyn Fn(ModuleId) -> bool,
    /// Where it ends.
    pub(super) goal: &'a dyn Fn(ModuleId) -> bool,
    /// The maximum number of imports.
    pub(super) limit: usize,
}

impl Search<'_> {
    /// A shortest path from `start` (which must satisfy `through`), both ends included.
    pub(super) fn run(&self, start: ModuleId) -> Option<Vec<ModuleId>> {
        let mut from: FxHashMap<ModuleId, Option<ModuleId>> = FxHashMap::default();
        let mut queue = VecDeque::from([(start, 0)]);
        from.insert(start, None);
        while let Some((at, steps)) = queue.pop_front() {
            if steps == self.limit {
                continue;
            }
            for edge in self.graph.imports(at) {
                if from.contains_key(&edge.to) || !(self.edge)(at, *edge) {
                    continue;
                }
                let is_goal = (self.goal)(edge.to);
                if !is_goal && !(self.through)(edge.to) {
                    continue;
                }
                from.insert(edge.to, Some(at));
                if is_goal {
                    return Some(walk_back(&from, edge.to));
                }
                queue.push_back((edge.to, steps + 1));
            }
        }
        None
    }
}

fn walk_back(from: &FxHashMap<ModuleId, Option<ModuleId>>, end: ModuleId) -> Vec<ModuleId> {
    let mut way = vec![end];
    let mut at = end;
    while let Some(Some(previous)) = from.get(&at) {
        way.push(*previous);
        at = *previous;
    }
    way.reverse();
    way
}

/// The first import of `importer` that reaches `imported`.
pub(super) fn import_of(cx: &Context<'_>, importer: ModuleId, imported: ModuleId) -> Option<ImportId> {
    let resolved = model::query::resolved(cx.db, cx.project, cx.file_of(importer));
    let index = resolved.iter().position(|resolved| resolved.module() == Some(imported))?;
    Some(ImportId(index as u32))
}

/// Adds the steps of a path to a finding, beginning with the import in its first module.
pub(super) fn show(cx: &Context<'_>, draft: &mut Draft, way: &[ModuleId]) {
    for step in way.windows(2) {
        let (importer, imported) = (step[0], step[1]);
        let place = import_of(cx, importer, imported).map_or(Place::File, Place::Import);
        let message = format!("`{}` imports `{}`", cx.module_name(importer), cx.module_name(imported));
        draft.related(cx.file_of(importer), place, message);
    }
}

/// `` `a → b → c` ``: the modules of a path, for a message.
pub(super) fn shown(cx: &Context<'_>, way: &[ModuleId]) -> String {
    wording::way(&way.iter().map(|id| cx.module_name(*id)).collect::<Vec<&str>>())
}
