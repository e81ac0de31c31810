//! Modules that open connections or are started by a queue, and give adapters to use cases: they compose.

use config::Layer::{Application, Composition, Domain, Infrastructure};

use super::classes::Classes;
use super::contents::is_entry_point;
use super::folders::{Folders, Hint};
use super::score::Score;
use super::source::Source;
use crate::{Amount, ByModule, EdgeKind, Mark, ModuleId, PathRole};

/// What a module that composes has to outweigh: it opens connections with drivers and clients, or declares tasks.
const WEIGHT: i32 = 90;

/// Adds evidence for modules without classes, routes and queries that make objects of classes of both sides, and are in
/// no folder of a layer. Services make rows and schemas of each other, too: they neither connect nor declare tasks.
pub(super) fn add_scores(
    source: &Source<'_>,
    classes: &Classes,
    folders: &Folders,
    scores: &mut ByModule<Score>,
) {
    let leaders = scores.map(Score::leader);
    let is_in = |id: ModuleId, layer| matches!(leaders[id], Some((held, _)) if held == layer);
    for (id, module) in source.modules.iter() {
        let signals = source.signals(id);
        let says = &folders[folders.of_module[id]].says;
        let starts = signals.marks.has(Mark::Engine) || signals.marks.has(Mark::Task);
        if module.role != PathRole::Code
            || !signals.assembles
            || !starts
            || signals.data_access > Amount::None
            || !signals.classes.is_empty()
            || is_entry_point(signals, classes.of_module(id))
            || signals.marks.has(Mark::Depends)
            || says.iter().any(Hint::names_layer)
        {
            continue;
        }
        let edges = || source.graph.imports(id).iter().filter(|edge| edge.kind >= EdgeKind::Deferred);
        let takes = |layer| edges().any(|edge| is_in(edge.to, layer));
        if takes(Infrastructure) && (takes(Application) || takes(Domain)) {
            scores[id].add(Composition, WEIGHT, "gives adapters to use cases");
        }
    }
}
