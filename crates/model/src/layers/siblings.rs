//! Evidence from the other modules of a folder, for uncertain modules and for `__init__` files.

use config::Layer;

use super::folders::{Folder, Folders};
use super::score::Score;
use super::source::Source;
use crate::{ByModule, ModuleId, PathRole, Reason};

/// The share of certain siblings, in percent, that must agree.
const MAJORITY: u32 = 60;

/// Modules less certain than this are influenced by their siblings.
const UNSURE: u8 = 62;

/// The points added when there is no other evidence.
const LAST_RESORT: i32 = 10;

/// Adds evidence from the modules of a folder to the uncertain ones among them.
pub(super) fn add_scores(source: &Source<'_>, folders: &Folders, scores: &mut ByModule<Score>) {
    let leaders = scores.map(Score::leader);
    for folder in &folders.list {
        if folder.is_above_code {
            continue;
        }
        let Some((layer, count, all)) = majority(source, folders, folder, &leaders) else { continue };
        let reason = || Reason::Siblings { count, all };
        let listens = |id: ModuleId| {
            source.modules[id].role == PathRole::Code
                && leaders[id].is_none_or(|(_, confidence)| confidence.0 < UNSURE)
        };
        for id in folder.modules.iter().copied().filter(|id| count >= 2 && listens(*id)) {
            scores[id].add(layer, 18, reason());
        }
        if let Some(id) = folder.init.filter(|id| listens(*id)) {
            scores[id].add(layer, 25, reason());
        }
    }
}

/// Assigns modules without any evidence to the prevailing layer of the nearest package that has one, or else to shared
/// code. This is too uncertain for rules, but still useful to readers.
pub(super) fn fall_back(source: &Source<'_>, folders: &Folders, scores: &mut ByModule<Score>) {
    let is_silent = |id: ModuleId, scores: &ByModule<Score>| {
        source.modules[id].role == PathRole::Code && scores[id].leader().is_none()
    };
    let silent: Vec<ModuleId> =
        source.modules.iter().map(|(id, _)| id).filter(|id| is_silent(*id, scores)).collect();
    if silent.is_empty() {
        return;
    }
    let counts = counts(source, folders, scores);
    for id in silent {
        let mut at = Some(folders.of_module[id]);
        let mut found = None;
        while let Some(folder) = at.filter(|folder| !folders[*folder].is_above_code) {
            let counts = &counts[folder.0 as usize];
            let all: u32 = counts.iter().sum();
            found = most(counts).filter(|(_, count)| count * 100 >= all * MAJORITY).map(|(layer, _)| layer);
            if found.is_some() {
                break;
            }
            at = folders[folder].parent;
        }
        let score = &mut scores[id];
        match found {
            Some(layer) => {
                score.add(layer, LAST_RESORT, Reason::Package);
            }
            None if !source.signals(id).is_hollow() => {
                score.add(Layer::Shared, LAST_RESORT, "nothing ties it to a layer");
            }
            None => {}
        }
    }
}

/// The number of certain modules of each layer in each folder, at any depth.
fn counts(source: &Source<'_>, folders: &Folders, scores: &ByModule<Score>) -> Vec<[u32; Layer::ALL.len()]> {
    let mut counts = vec![[0; Layer::ALL.len()]; folders.list.len()];
    for (id, module) in source.modules.iter() {
        let leader = scores[id].leader().filter(|(_, confidence)| confidence.0 >= UNSURE);
        if let Some((layer, _)) = leader.filter(|_| module.role == PathRole::Code) {
            counts[folders.of_module[id].0 as usize][layer as usize] += 1;
        }
    }
    for index in (1..folders.list.len()).rev() {
        if let Some(parent) = folders.list[index].parent {
            let inside = counts[index];
            for (sum, count) in counts[parent.0 as usize].iter_mut().zip(inside) {
                *sum += count;
            }
        }
    }
    counts
}

/// The layer with the most modules; of equals the outer one.
fn most(counts: &[u32; Layer::ALL.len()]) -> Option<(Layer, u32)> {
    let layer =
        Layer::ALL.into_iter().max_by_key(|layer| (counts[*layer as usize], std::cmp::Reverse(*layer)))?;
    Some((layer, counts[layer as usize])).filter(|(_, count)| *count > 0)
}

fn majority(
    source: &Source<'_>,
    folders: &Folders,
    folder: &Folder,
    leaders: &ByModule<Option<(Layer, crate::Confidence)>>,
) -> Option<(Layer, u32, u32)> {
    let mut counts = [0_u32; Layer::ALL.len()];
    let mut all = 0;
    let inner = folder.children.iter().filter_map(|child| folders[*child].init);
    for id in folder.modules.iter().copied().chain(inner) {
        if source.modules[id].role != PathRole::Code {
            continue;
        }
        let Some((layer, confidence)) = leaders[id] else { continue };
        if confidence.0 >= UNSURE {
            counts[layer as usize] += 1;
            all += 1;
        }
    }
    let (layer, count) = most(&counts)?;
    (count * 100 >= all * MAJORITY).then_some((layer, count, all))
}
