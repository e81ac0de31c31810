//! What the folder's other modules say about one that is unsure, and about packages' `__init__`.

use config::Layer;

use super::ballot::Ballot;
use super::folders::{Folder, Folders};
use super::source::Source;
use crate::{ModuleId, PathRole};

/// Share of the sure siblings, in percent, that must agree.
const MAJORITY: u32 = 60;

/// Modules less sure than this listen to their siblings.
const UNSURE: u8 = 62;

/// Lets the modules of a folder speak for the unsure among them.
pub(super) fn vote(source: &Source<'_>, folders: &Folders, ballots: &mut [Ballot]) {
    let leaders: Vec<_> = ballots.iter().map(Ballot::leader).collect();
    for folder in &folders.list {
        if folder.is_above_code {
            continue;
        }
        let Some((layer, count, all)) = majority(source, folders, folder, &leaders) else { continue };
        let reason = || format!("{count} of {all} modules around it are {layer}");
        let listens = |id: ModuleId| {
            source.modules[id].role == PathRole::Code
                && leaders[id.0 as usize].is_none_or(|(_, confidence)| confidence.0 < UNSURE)
        };
        for id in folder.modules.iter().copied().filter(|id| count >= 2 && listens(*id)) {
            ballots[id.0 as usize].add(layer, 18, reason());
        }
        if let Some(id) = folder.init.filter(|id| listens(*id)) {
            ballots[id.0 as usize].add(layer, 25, reason());
        }
    }
}

fn majority(
    source: &Source<'_>,
    folders: &Folders,
    folder: &Folder,
    leaders: &[Option<(Layer, crate::Confidence)>],
) -> Option<(Layer, u32, u32)> {
    let mut counts = [0_u32; Layer::ALL.len()];
    let mut all = 0;
    let inner = folder.children.iter().filter_map(|child| folders[*child].init);
    for id in folder.modules.iter().copied().chain(inner) {
        if source.modules[id].role != PathRole::Code {
            continue;
        }
        let Some((layer, confidence)) = leaders[id.0 as usize] else { continue };
        if confidence.0 >= UNSURE {
            counts[layer as usize] += 1;
            all += 1;
        }
    }
    let layer =
        Layer::ALL.into_iter().max_by_key(|layer| (counts[*layer as usize], std::cmp::Reverse(*layer)))?;
    let count = counts[layer as usize];
    (count > 0 && count * 100 >= all * MAJORITY).then_some((layer, count, all))
}
