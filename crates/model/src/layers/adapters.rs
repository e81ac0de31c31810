//! Implementations of the project's ports that access something outside the process: adapters, however few there are.

use config::Layer;

use super::classes::Classes;
use super::contents::reaches_out;
use super::folders::Folders;
use super::score::Score;
use super::source::Source;
use crate::{ByModule, ModuleId, PathRole, Reason};

/// Adds evidence for modules with a class that implements a port of another module, if the module accesses something
/// outside the process or uses an unknown distribution.
pub(super) fn add_scores(
    source: &Source<'_>,
    classes: &Classes,
    folders: &Folders,
    scores: &mut ByModule<Score>,
) {
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
        if let Some((_, name)) = port {
            scores[id].add(Layer::Infrastructure, 30, Reason::Implements(name.clone()));
        }
    }
}

fn is_port(source: &Source<'_>, classes: &Classes, module: ModuleId, name: &str) -> bool {
    let signals = source.signals(module).classes.iter();
    signals.zip(classes.of_module(module)).any(|(class, facts)| class.name == name && facts.is_port)
}
