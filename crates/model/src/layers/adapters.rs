//! Implementations of the project's ports that access something outside the process: adapters, however few there are.

use config::Layer;

use super::classes::Classes;
use super::contents::reaches_out;
use super::folders::Folders;
use super::score::Score;
use super::source::Source;
use crate::evidence::SPEAKS;
use crate::{ByModule, EdgeKind, ModuleId, PathRole, Reason};

/// What is said of ports, and of who asks for them.
const PORTS: &str = "adapters inherit from its ports";
const ASKS: &str = "asks for ports that adapters implement";

/// Adds evidence for modules with a class that implements a port of another module, if the module accesses something
/// outside the process or uses an unknown distribution.
pub(super) fn add_scores(
    source: &Source<'_>,
    classes: &Classes,
    folders: &Folders,
    scores: &mut ByModule<Score>,
) {
    let mut implemented: Vec<ModuleId> = Vec::new();
    for (id, module) in source.modules.iter() {
        let signals = source.signals(id);
        if module.role != PathRole::Code || !(reaches_out(signals) || source.uses_unknown(signals)) {
            continue;
        }
        let port = signals.classes.iter().zip(classes.of_module(id)).find_map(|(class, facts)| {
            let ancestors = source.hierarchy.by_class.get(&(id, class.name.clone()))?;
            let ports = ancestors.own.iter().filter(|(module, _)| *module != id && !facts.is_port);
            ports.into_iter().find(|(module, name)| {
                is_port(source, classes, *module, name) && !folders.runs_commands(*module)
            })
        });
        if let Some((port, name)) = port {
            scores[id].add(Layer::Infrastructure, 30, Reason::Implements(name.clone()));
            let leader = scores[id].leader();
            if leader.is_some_and(|(layer, sure)| layer == Layer::Infrastructure && sure >= SPEAKS) {
                implemented.push(*port);
            }
        }
    }
    implemented.sort_unstable();
    implemented.dedup();
    add_inside(source, &implemented, scores);
}

/// Adds evidence for the inside, whatever its folder is called: the ports that adapters inherit from, and the modules that
/// ask for them, where they look like the inside anyway.
fn add_inside(source: &Source<'_>, ports: &[ModuleId], scores: &mut ByModule<Score>) {
    let inner = |score: &Score| {
        let (layer, _) = score.leader()?;
        matches!(layer, Layer::Domain | Layer::Application).then_some(layer)
    };
    let mut asking: Vec<ModuleId> = Vec::new();
    for port in ports {
        let Some(layer) = inner(&scores[*port]) else { continue };
        scores[*port].add(layer, 20, Reason::Ports(PORTS));
        let importers = source.graph.importers(*port).iter().filter(|edge| edge.kind == EdgeKind::Import);
        asking.extend(importers.map(|edge| edge.to).filter(|id| !ports.contains(id)));
    }
    asking.sort_unstable();
    asking.dedup();
    for id in asking {
        if source.modules[id].role == PathRole::Code
            && let Some(layer) = inner(&scores[id])
        {
            scores[id].add(layer, 25, Reason::Ports(ASKS));
        }
    }
}

fn is_port(source: &Source<'_>, classes: &Classes, module: ModuleId, name: &str) -> bool {
    let signals = source.signals(module).classes.iter();
    signals.zip(classes.of_module(module)).any(|(class, facts)| class.name == name && facts.is_port)
}
