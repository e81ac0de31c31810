//! What to do next, in order.

use serde::Serialize;

use super::OfArea;
use crate::claim::{Claim, Level};

/// How much a step matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// It fails, or will.
    Must,
    /// It costs something.
    Should,
    /// It would be better.
    Nice,
}

impl Rank {
    /// As a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Nice => "nice",
        }
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// How much it matters.
    pub rank: Rank,
    /// What to do.
    pub text: String,
    /// Files that change.
    pub files: usize,
    /// Places to begin with.
    pub place: Option<crate::claim::Place>,
    /// Steps that come first, by their numbers from 1.
    pub after: Vec<usize>,
    /// The claim that it cures.
    pub fingerprint: String,
}

/// The steps for all concerns that have a recommendation.
pub(super) fn steps(areas: &[OfArea]) -> Vec<Step> {
    let mut concerns: Vec<&Claim> = areas.iter().flat_map(|it| &it.concerns).collect();
    concerns.retain(|it| it.recommendation.is_some());
    concerns.sort_by_key(|it| (it.level, it.files));
    let concerns = in_order(concerns);
    let step = |claim: &&Claim| {
        let before = |(_, other): &(usize, &&Claim)| claim.after.contains(&other.detection);
        Step {
            rank: match claim.level {
                Some(Level::High) => Rank::Must,
                Some(Level::Medium) => Rank::Should,
                Some(Level::Low) | None => Rank::Nice,
            },
            text: claim.recommendation.clone().unwrap_or_default(),
            files: claim.files,
            place: claim.places.first().cloned(),
            after: concerns.iter().enumerate().filter(before).map(|(at, _)| at + 1).collect(),
            fingerprint: claim.fingerprint.clone(),
        }
    };
    concerns.iter().map(step).collect()
}

/// What must be cured first stands first, whatever its level; else the order stays.
fn in_order(mut open: Vec<&Claim>) -> Vec<&Claim> {
    let mut ordered: Vec<&Claim> = Vec::new();
    while !open.is_empty() {
        let waits = |claim: &&Claim| {
            open.iter()
                .any(|other| claim.after.contains(&other.detection) && other.detection != claim.detection)
        };
        // In a circle nothing is first: then the one that matters most.
        let at = open.iter().position(|it| !waits(it)).unwrap_or(0);
        ordered.push(open.remove(at));
    }
    ordered
}

/// The steps for the claims that are left; a step comes after those that are left as well.
pub(super) fn kept(steps: &[Step], fingerprints: &[String]) -> Vec<Step> {
    let kept: Vec<usize> =
        (0..steps.len()).filter(|at| fingerprints.contains(&steps[*at].fingerprint)).collect();
    let renumbered = |number: &usize| kept.iter().position(|at| at + 1 == *number).map(|at| at + 1);
    kept.iter()
        .map(|at| Step {
            after: steps[*at].after.iter().filter_map(renumbered).collect(),
            ..steps[*at].clone()
        })
        .collect()
}
