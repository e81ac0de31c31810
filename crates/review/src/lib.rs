//! What would a lead architect conclude about this system, and what proves it?
//!
//! [`Evidence`] is collected once: from modules, routes, findings of rules, and the files beside the code. Each
//! [`Detection`] is a pure function of it and returns claims, absences and questions ([`Said`]). Invariants:
//! - a claim has a place, and uses the project's own names;
//! - an absence is not a claim: it is listed with where it was searched for;
//! - what can't be seen is a question, never a guess;
//! - no value of a variable or setting is shown: it may be secret.

pub mod claim;
pub mod detection;
pub mod detections;
mod document;
pub mod evidence;
mod html;
mod markdown;
mod report;

pub use claim::{Absence, Area, Claim, Example, Kind, Level, Place, Question};
pub use detection::{Answers, Detection, Said, State};
pub use evidence::{Evidence, is_wanted};
pub use html::html;
pub use markdown::markdown;
pub use report::{
    Check, Coverage, Earlier, InUse, Limit, OfArea, Pattern, Rank, Review, Row, SCHEMA, Stack, Step, review,
};

/// The results of all detections on a project, the most severe concerns first.
pub fn said(evidence: &Evidence) -> Said {
    let mut said = Said::default();
    for detection in detections::ALL {
        (detection.run)(evidence, &mut Answers::new(detection, &mut said));
    }
    detections::findings::add(evidence, &mut said);
    said.claims = together(said.claims);
    said.claims.sort_by(|one, other| {
        let key = |it: &Claim| (it.kind == Kind::Strength, it.level, it.area);
        key(one).cmp(&key(other))
    });
    said
}

/// Strengths that say the same of several places, as of one program in several compose files, are one.
fn together(claims: Vec<Claim>) -> Vec<Claim> {
    let mut kept: Vec<Claim> = Vec::new();
    for claim in claims {
        let is_same = |it: &&mut Claim| {
            it.kind == Kind::Strength
                && claim.kind == Kind::Strength
                && it.detection == claim.detection
                && it.text == claim.text
        };
        match kept.iter_mut().find(is_same) {
            Some(first) => {
                for place in claim.places {
                    first.at(place);
                }
            }
            None => kept.push(claim),
        }
    }
    kept
}
