//! How grave it is that the event loop is blocked: that depends on what else it would do meanwhile.

use flow::ways::Reached;

use crate::claim::Level;
use crate::evidence::{Evidence, Found};

/// The level of a claim about these findings.
pub(super) fn level(evidence: &Evidence, all: &[&Found]) -> Level {
    let rank = |found: &&Found| match evidence.way_to(found) {
        Some(Reached::Command) => Level::Low,
        Some(Reached::Schedule) | None if evidence.is_once(found) => Level::Low,
        // All requests wait for it, but not the more of them there are.
        Some(Reached::Schedule) => Level::Medium,
        _ => Level::High,
    };
    all.iter().map(rank).min().unwrap_or(Level::High)
}
