//! What the folder's other modules say about one that is unsure, and about packages' `__init__`.

use config::Layer;

use super::folders::{Folder, Folders};
use super::score::Score;
use super::source::Source;
use crate::{ByModule, ModuleId, PathRole, Reason};

/// Share of the sure siblings, in percent, that must agree.
const MAJORITY: u32 = 60;

/// Modules less sure than this listen to their siblings.
const UNSURE: u8 = 62;

/// Points of a vote that nothing else stands beside.
const LAST_RESORT: i32 = 10;

/// Lets the modules of a folder speak for the unsure among them.
pub(super) fn vote(source: &Source<'_>, folders: &Folders, scores: &mut ByModule<Score>) {
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

/// Gives modules that nothing speaks for the layer of most modules in the nearest package that agrees with itself, or
/// takes them for shared code: too unsure for rules, but better than nothing to a reader.
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

/// How many sure modules of each layer lie in each folder, at any depth.
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

/// The layer with most modules; the outer one of equals.
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
