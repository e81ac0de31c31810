//! What would a lead architect say of this system, and what proves it?
//!
//! [`Evidence`] is taken once: what modules, routes, findings of rules, and the files beside the code say. Each
//! [`Detection`] is a pure function of it and answers with claims, absences and questions ([`Said`]). Invariants:
//! - a claim has a place, and names the project's own things;
//! - an absence is no claim: it is listed with where it was looked for;
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

/// What all detections say of a project, the gravest concerns first.
pub fn said(evidence: &Evidence) -> Said {
    let mut said = Said::default();
    for detection in detections::ALL {
        (detection.run)(evidence, &mut Answers::new(detection, &mut said));
    }
    detections::findings::add(evidence, &mut said);
    said.claims.sort_by(|one, other| {
        let key = |it: &Claim| (it.kind == Kind::Strength, it.level, it.area);
        key(one).cmp(&key(other))
    });
    said
}
