//! From a set of cuts to a plan: a few steps, each about one node, the heaviest first.

use std::collections::BTreeMap;

use ide::architecture::Architecture;
use serde::Serialize;

use super::links::Links;
use crate::graph::Import;

/// Limit on the steps about one node each; the rest is one more step.
const MOST_STEPS: usize = 7;

/// How to break cycles.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Plan {
    /// Imports to change in all: pairs of modules.
    pub imports: usize,
    /// In this order.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Its node; `None` for the last step, which contains the rest.
    pub about: Option<String>,
    /// Whether it is about the node's imports; otherwise about its importers.
    pub outgoing: bool,
    /// The arrows to remove.
    pub cuts: Vec<Cut>,
    /// Imports to change: pairs of modules.
    pub imports: usize,
    /// The number of parts in the largest remaining group; `None` when no cycle is left.
    pub largest_left: Option<usize>,
}

/// One arrow to remove.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cut {
    /// The importer.
    pub importer: String,
    /// The imported part.
    pub imported: String,
    /// The imports behind it.
    pub imports: Vec<Import>,
}

impl Step {
    /// The instruction, as one sentence.
    pub fn title(&self) -> String {
        let others = |name: fn(&Cut) -> &String| {
            let mut names: Vec<&str> = self.cuts.iter().map(|cut| name(cut).as_str()).collect();
            names.sort_unstable();
            names.dedup();
            names.join(", ")
        };
        match &self.about {
            Some(name) if self.outgoing => format!("{name} stops importing {}", others(|cut| &cut.imported)),
            Some(name) => format!("no import of {name} in {}", others(|cut| &cut.importer)),
            None if self.cuts.len() == 1 => {
                format!("{} stops importing {}", self.cuts[0].importer, self.cuts[0].imported)
            }
            None => format!("take out these {} arrows", self.cuts.len()),
        }
    }
}

/// The cuts (between nodes of `links`) in steps.
pub(super) fn staged(architecture: &Architecture, links: &Links, cuts: &[(u32, u32)]) -> Plan {
    let weights: BTreeMap<(u32, u32), usize> = links
        .weighted(architecture)
        .into_iter()
        .map(|(from, to, weight)| ((from, to), weight as usize))
        .collect();
    let weight = |cut: &(u32, u32)| weights.get(cut).copied().unwrap_or_default();
    let mut open: Vec<(u32, u32)> = cuts.to_vec();
    let mut kept = links.pairs();
    let mut steps = Vec::new();
    while !open.is_empty() {
        let star = heaviest(&open, &weight).filter(|_| steps.len() < MOST_STEPS);
        let of_star = |cut: &(u32, u32)| match star {
            Some((node, true)) => cut.0 == node,
            Some((node, false)) => cut.1 == node,
            None => true,
        };
        let mut taken: Vec<(u32, u32)> = open.iter().copied().filter(of_star).collect();
        taken.sort_by_key(|cut| (std::cmp::Reverse(weight(cut)), *cut));
        open.retain(|cut| !taken.contains(cut));
        kept.retain(|edge| !taken.contains(edge));
        let groups = model::strong_groups(links.names.len(), &kept);
        steps.push(Step {
            about: star.map(|(node, _)| links.names[node as usize].clone()),
            outgoing: star.is_some_and(|(_, outgoing)| outgoing),
            imports: taken.iter().map(weight).sum(),
            cuts: taken.iter().map(|(from, to)| cut(architecture, links, *from, *to)).collect(),
            largest_left: groups.iter().map(Vec::len).max(),
        });
    }
    Plan { imports: cuts.iter().map(weight).sum(), steps }
}

/// The node whose cuts in one direction weigh most, and whether they leave it; `None` if no two cuts share a node.
fn heaviest(cuts: &[(u32, u32)], weight: &dyn Fn(&(u32, u32)) -> usize) -> Option<(u32, bool)> {
    let mut stars: BTreeMap<(u32, bool), (usize, usize)> = BTreeMap::new();
    for cut in cuts {
        for star in [(cut.0, true), (cut.1, false)] {
            let (sum, count) = stars.entry(star).or_default();
            *sum += weight(cut);
            *count += 1;
        }
    }
    let several = stars.into_iter().filter(|(_, (_, count))| *count > 1);
    several
        .max_by_key(|((node, outgoing), (sum, _))| (*sum, *outgoing, std::cmp::Reverse(*node)))
        .map(|(star, _)| star)
}

/// One arrow with the imports behind it.
pub(super) fn cut(architecture: &Architecture, links: &Links, from: u32, to: u32) -> Cut {
    let behind = links.edges.get(&(from, to));
    Cut {
        importer: links.names[from as usize].clone(),
        imported: links.names[to as usize].clone(),
        imports: behind.into_iter().flatten().map(|index| super::import(architecture, *index)).collect(),
    }
}
