//! Plugin folders: many modules that each implement a base class of the project.

use config::Layer;
use python::Name;
use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::contents::{is_entry_point, reaches_out};
use super::folders::Folders;
use super::score::Score;
use super::source::Source;
use crate::{ByModule, ModuleId, PathRole, Reason, Surface};

/// Fewer implementations are ordinary classes.
const MIN_PLUGINS: usize = 4;

/// If the base class is in the same folder, two implementations suffice.
const MIN_BESIDE_BASE: usize = 2;

/// Adds evidence for folders in which most modules implement one base class of the project and access something outside
/// the process: each is an adapter to an external service.
pub(super) fn add_scores(
    source: &Source<'_>,
    classes: &Classes,
    folders: &Folders,
    scores: &mut ByModule<Score>,
) {
    for folder in &folders.list {
        let modules: Vec<ModuleId> =
            folder.modules.iter().copied().filter(|id| source.modules[*id].role == PathRole::Code).collect();
        if modules.len() < MIN_BESIDE_BASE || folder.is_above_code {
            continue;
        }
        let Some((home, base, count)) = common_base(source, &modules) else { continue };
        if folders.runs_commands(home) {
            continue;
        }
        let lies_here = folder.init == Some(home) || modules.contains(&home);
        let others = modules.len() - usize::from(modules.contains(&home));
        let least = if lies_here { MIN_BESIDE_BASE } else { MIN_PLUGINS };
        let outside = modules.iter().filter(|id| {
            let signals = source.signals(**id);
            reaches_out(signals) || source.uses_unknown(signals)
        });
        let speaks_of_requests = folder.contents.web * 3 > folder.contents.all;
        if count < least || count * 2 < others || outside.count() * 3 < others || speaks_of_requests {
            continue;
        }
        let is_elsewhere =
            folder.says.iter().any(|saying| saying.names_layer() && saying.layer != Layer::Infrastructure);
        let weight = if is_elsewhere { 20 } else { 55 };
        for id in modules.iter().copied().chain(folder.init) {
            if is_entry_point(source.signals(id), classes.of_module(id)) {
                continue;
            }
            scores[id].add(
                Layer::Infrastructure,
                weight,
                Reason::Plugins { count: count as u32, base: base.clone() },
            );
        }
    }
}

/// The project class that most of the modules subclass, counted once per module.
fn common_base(source: &Source<'_>, modules: &[ModuleId]) -> Option<(ModuleId, Name, usize)> {
    let mut counts: FxHashMap<(ModuleId, Name), usize> = FxHashMap::default();
    for id in modules {
        let mut bases: Vec<(ModuleId, Name)> = Vec::new();
        for class in source.signals(*id).classes.iter().filter(|class| class.surface != Surface::Fields) {
            if let Some(ancestors) = source.hierarchy.by_class.get(&(*id, class.name.clone())) {
                bases.extend(ancestors.own.iter().filter(|(module, _)| module != id).cloned());
            }
        }
        bases.sort_unstable();
        bases.dedup();
        for base in bases {
            *counts.entry(base).or_default() += 1;
        }
    }
    // Of bases with equally many implementations, one in the same folder is preferred.
    let rank = |(home, _): &(ModuleId, Name)| modules.contains(home);
    let best = counts
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| rank(&a.0).cmp(&rank(&b.0))).then_with(|| b.0.cmp(&a.0)))?;
    let ((home, name), count) = best;
    Some((home, name, count))
}
