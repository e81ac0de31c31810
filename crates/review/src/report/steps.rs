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
    concerns.sort_by_key(|it| (it.level, !it.after.is_empty(), it.files));
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
