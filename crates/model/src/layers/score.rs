//! The points of each layer for one module, and the verdict that they come to.

use std::cmp::Reverse;

use config::Layer;

use crate::evidence::{CERTAIN, MOST_INFERRED, SHOWN, SPEAKS};
use crate::{Confidence, Evidence, Reason, Technology, Verdict};

/// The most reasons that a verdict keeps.
const MAX_EVIDENCE: usize = 5;

/// Below this sum nothing is said at all.
const MIN_SCORE: i32 = 8;

/// Below this sum a verdict is shown, but never sure enough for rules.
const FIRM_SCORE: i32 = 35;

/// Points for the layers of one module, with their reasons.
#[derive(Debug, Default, Clone)]
pub(super) struct Score {
    points: [i32; Layer::ALL.len()],
    evidence: Vec<Evidence>,
    /// Which of the votes rest on what the module uses from outside.
    uses: Vec<(Technology, Layer, i32, &'static str)>,
    /// Whether the verdict must stay below what rules rest on.
    is_unsure: bool,
}

impl Score {
    /// Adds a vote. `weight` is in points: about 50 settle a question that nothing else speaks to.
    pub(super) fn add(&mut self, layer: Layer, weight: i32, reason: impl Into<Reason>) {
        if weight <= 0 {
            return;
        }
        self.points[layer as usize] += weight;
        let weight = u8::try_from(weight.min(100)).unwrap_or(100);
        self.evidence.push(Evidence { layer, weight, reason: reason.into() });
    }

    /// Adds a vote that rests on what the module uses from outside, and that can be left out again.
    pub(super) fn add_use(&mut self, of: Technology, layer: Layer, weight: i32, reason: &'static str) {
        self.add(layer, weight, reason);
        self.uses.push((of, layer, weight, reason));
    }

    /// The score without the votes for using `technologies`; nothing where there are none.
    pub(super) fn without(&self, technologies: &[Technology]) -> Option<Self> {
        let mut rest = self.clone();
        rest.uses.retain(|(technology, layer, weight, reason)| {
            let goes = technologies.contains(technology);
            if goes {
                rest.points[*layer as usize] -= weight;
                rest.evidence.retain(|evidence| {
                    evidence.layer != *layer || evidence.reason != Reason::Content(reason)
                });
            }
            !goes
        });
        (rest.uses.len() < self.uses.len()).then_some(rest)
    }

    /// The layers with most and second most points.
    pub(super) fn leaders(&self) -> Option<(Layer, i32, i32)> {
        let (mut best, mut second) = (None, 0);
        let mut top = 0;
        for layer in Layer::ALL {
            let points = self.points[layer as usize];
            if points > top {
                second = top;
                (best, top) = (Some(layer), points);
            } else if points > second {
                second = points;
            }
        }
        best.map(|layer| (layer, top, second))
    }

    /// The layer with most points, if it has enough of them, with a confidence that grows with the lead.
    pub(super) fn leader(&self) -> Option<(Layer, Confidence)> {
        let (layer, top, second) = self.leaders()?;
        if top < MIN_SCORE {
            return None;
        }
        let lead = top - second;
        let from_lead = lead * 2 / 3;
        let from_top = top / 8;
        let percent = i32::from(SHOWN.0) + from_lead + from_top;
        // A few faint signs that agree are still faint: no finding may rest on them.
        let ceiling =
            i32::from(if top < FIRM_SCORE || self.is_unsure { SPEAKS.0 - 1 } else { MOST_INFERRED.0 });
        let percent = u8::try_from(percent.clamp(0, ceiling)).unwrap_or(MOST_INFERRED.0);
        Some((layer, Confidence(percent)))
    }

    /// Keeps the verdict below what rules rest on: for modules whose contents were not read.
    pub(super) fn keep_unsure(&mut self) {
        self.is_unsure = true;
    }

    /// The verdict, strongest reasons first; reasons for other layers stay out.
    pub(super) fn verdict(mut self) -> Option<Verdict> {
        let (layer, confidence) = self.leader()?;
        self.evidence.retain(|evidence| evidence.layer == layer);
        self.evidence.sort_by_cached_key(|evidence| (Reverse(evidence.weight), evidence.to_string()));
        self.evidence.dedup();
        self.evidence.truncate(MAX_EVIDENCE);
        Some(Verdict { layer, confidence, evidence: self.evidence.into() })
    }

    /// A verdict that rests on one certain reason.
    pub(super) fn certain(layer: Layer, reason: Reason) -> Verdict {
        let evidence = Evidence { layer, weight: CERTAIN.0, reason };
        Verdict { layer, confidence: CERTAIN, evidence: Box::new([evidence]) }
    }
}
