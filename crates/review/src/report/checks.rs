//! The checks, with their results.

use serde::Serialize;

use crate::claim::Area;
use crate::detection::{Said, State};
use crate::detections;

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The detection.
    pub detection: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The result.
    pub state: State,
    /// Its chapter of OWASP ASVS 5.0.0.
    pub asvs: Option<&'static str>,
    /// Its factor of the twelve-factor app.
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
