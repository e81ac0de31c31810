//! Names of communities of modules.

use std::collections::{BTreeMap, BTreeSet};

use ide::architecture::Module;

/// A name for each community: the segment that most of its modules share and others don't. Names are unique.
pub(super) fn names(modules: &[Module], communities: &[BTreeSet<u32>]) -> Vec<String> {
    let mut everywhere: BTreeMap<&str, usize> = BTreeMap::new();
    for module in communities.iter().flatten() {
        for segment in segments(&modules[*module as usize].name) {
            *everywhere.entry(segment).or_default() += 1;
        }
    }
    let mut given: BTreeSet<String> = BTreeSet::new();
    communities
        .iter()
        .map(|community| {
            let mut here: BTreeMap<&str, usize> = BTreeMap::new();
            for module in community {
                for segment in segments(&modules[*module as usize].name) {
                    *here.entry(segment).or_default() += 1;
                }
            }
            // Its share in the community, times the community's share of all its occurrences.
            let mut ranked: Vec<(usize, &str)> = here
                .iter()
                .map(|(segment, count)| (count * count * 1000 / everywhere[segment].max(1), *segment))
                .collect();
            ranked.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(right.1)));
            let free = ranked.iter().map(|(_, segment)| (*segment).to_owned());
            let name = free.into_iter().find(|name| !given.contains(name));
            let name = name.unwrap_or_else(|| format!("group {}", given.len() + 1));
            given.insert(name.clone());
            name
        })
        .collect()
}

/// The segments that name a module's subject: neither versions nor `api`.
fn segments(name: &str) -> BTreeSet<&str> {
    let is_version = |segment: &str| {
        segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|it: char| it.is_ascii_digit()))
    };
    name.split('.').filter(|segment| *segment != "api" && !is_version(segment)).collect()
}
