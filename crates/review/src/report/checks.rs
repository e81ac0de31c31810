//! What was checked, and what became of it.

use serde::Serialize;

use crate::claim::Area;
use crate::detection::{Said, State};
use crate::detections;

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The detection.
    pub detection: &'static str,
    /// What is checked.
    pub title: &'static str,
    /// What became of it.
    pub state: State,
    /// The chapter of OWASP ASVS 5.0.0 that it belongs to.
    pub asvs: Option<&'static str>,
    /// The factor of twelve that it belongs to.
    pub factor: Option<u8>,
}

/// The checks of an area.
pub(super) fn of_area(area: Area, said: &Said) -> Vec<Check> {
    let all = detections::ALL.iter().filter(|it| it.area == area);
    all.map(|it| Check {
        detection: it.id,
        title: it.title,
        state: said.state(it.id),
        asvs: it.asvs,
        factor: it.factor,
    })
    .collect()
}
