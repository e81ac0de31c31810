//! The next steps, in order.

use serde::Serialize;

use super::OfArea;
use crate::claim::{Claim, Level};

/// The importance of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// It fails, or will fail.
    Must,
    /// It costs something.
    Should,
    /// It would be an improvement.
    Nice,
}

impl Rank {
    /// As text.
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
    /// Its importance.
    pub rank: Rank,
    /// What to do.
    pub text: String,
    /// The number of files that change.
    pub files: usize,
    /// The place to start with.
    pub place: Option<crate::claim::Place>,
    /// Steps that come first, by their one-based numbers.
    pub after: Vec<usize>,
    /// The claim that it resolves.
    pub fingerprint: String,
}

/// The steps for all concerns with a recommendation.
pub(super) fn steps(areas: &[OfArea]) -> Vec<Step> {
    let mut concerns: Vec<&Claim> = areas.iter().flat_map(|it| &it.concerns).collect();
    concerns.retain(|it| it.recommendation.is_some());
    concerns.sort_by_key(|it| (it.level, it.files));
    let concerns = in_order(concerns);
    let step = |claim: &&Claim| {
        let before = |(_, other): &(usize, &&Claim)| waits_for(claim, other);
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

/// Whether the concern of `other` must be resolved before that of `claim`.
fn waits_for(claim: &Claim, other: &Claim) -> bool {
    let names_it = claim.after.contains(&other.detection) && other.detection != claim.detection;
    names_it || claim.after_claims.contains(&other.fingerprint)
}

/// Prerequisites come first, whatever their level; otherwise the order stays.
fn in_order(mut open: Vec<&Claim>) -> Vec<&Claim> {
    let mut ordered: Vec<&Claim> = Vec::new();
    while !open.is_empty() {
        let waits = |claim: &&Claim| open.iter().any(|other| waits_for(claim, other));
        // In a cycle nothing comes first: take the most important claim.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Area, Kind};

    fn claim(detection: &'static str, level: Level, after: &[&'static str]) -> Claim {
        let mut claim = Claim::new(detection, Area::Database, Kind::Contradiction, detection.to_owned());
        claim = claim.keyed(&[detection]);
        claim.level = Some(level);
        claim.recommend(format!("Cure {detection}."));
        for earlier in after {
            claim.after(earlier);
        }
        claim
    }

    fn steps_of(concerns: Vec<Claim>) -> Vec<Step> {
        let area = Area::Database;
        steps(&[OfArea { area, title: area.title(), strengths: Vec::new(), concerns, checks: Vec::new() }])
    }

    #[test]
    fn what_must_be_cured_first_stands_first() {
        let found = steps_of(vec![
            claim("models-not-migrated", Level::High, &["migration-heads"]),
            claim("migration-heads", Level::Medium, &[]),
            claim("wrong-driver", Level::High, &[]),
        ]);
        let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["Cure wrong-driver.", "Cure migration-heads.", "Cure models-not-migrated."]);
        assert_eq!(found[2].after, [2]);
        assert!(found[0].after.is_empty() && found[1].after.is_empty());
    }

    #[test]
    fn a_circle_ends() {
        let found = steps_of(vec![claim("a", Level::Low, &["b"]), claim("b", Level::High, &["a"])]);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn steps_that_are_left_are_numbered_anew() {
        let all = steps_of(vec![
            claim("a", Level::High, &[]),
            claim("b", Level::High, &[]),
            claim("c", Level::High, &["b"]),
        ]);
        let left: Vec<String> = all[1..].iter().map(|it| it.fingerprint.clone()).collect();
        let kept = kept(&all, &left);
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[1].after, [1]);
    }
}
