//! The points of each layer for one module, and the resulting verdict.

use std::cmp::Reverse;

use config::Layer;

use crate::evidence::{CERTAIN, MOST_INFERRED, SHOWN, SPEAKS};
use crate::{Confidence, Evidence, Reason, Technology, Verdict};

/// The maximum number of reasons in a verdict.
const MAX_EVIDENCE: usize = 5;

/// Below this total there is no verdict.
const MIN_SCORE: i32 = 8;

/// Below this total a verdict is shown, but is never certain enough for rules.
const FIRM_SCORE: i32 = 35;

/// Points for the layers of one module, with the reasons.
#[derive(Debug, Default, Clone)]
pub(super) struct Score {
    points: [i32; Layer::ALL.len()],
    evidence: Vec<Evidence>,
    /// The points that are based on external technologies that the module uses.
    uses: Vec<(Technology, Layer, i32, &'static str)>,
    /// Whether the confidence must stay below what rules require.
    is_unsure: bool,
}

impl Score {
    /// Adds points for a layer. About 50 points decide a question without other evidence.
    pub(super) fn add(&mut self, layer: Layer, weight: i32, reason: impl Into<Reason>) {
        if weight <= 0 {
            return;
        }
        self.points[layer as usize] += weight;
        let weight = u8::try_from(weight.min(100)).unwrap_or(100);
        self.evidence.push(Evidence { layer, weight, reason: reason.into() });
    }

    /// Adds points for the use of an external technology, which can be left out again.
    pub(super) fn add_use(&mut self, of: Technology, layer: Layer, weight: i32, reason: &'static str) {
        self.add(layer, weight, reason);
        self.uses.push((of, layer, weight, reason));
    }

    /// The score without the points for using `technologies`; `None` if there are no such points.
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

    /// The layer with the most points, with its points and those of the runner-up.
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

    /// The layer with the most points, if there are enough, with a confidence that grows with the lead.
    pub(super) fn leader(&self) -> Option<(Layer, Confidence)> {
        let (layer, top, second) = self.leaders()?;
        if top < MIN_SCORE {
            return None;
        }
        let lead = top - second;
        let from_lead = lead * 2 / 3;
        let from_top = top / 8;
        let percent = i32::from(SHOWN.0) + from_lead + from_top;
        // Several weak signs that agree are still weak, so no finding may be based on them.
        let ceiling =
            i32::from(if top < FIRM_SCORE || self.is_unsure { SPEAKS.0 - 1 } else { MOST_INFERRED.0 });
        let percent = u8::try_from(percent.clamp(0, ceiling)).unwrap_or(MOST_INFERRED.0);
        Some((layer, Confidence(percent)))
    }

    /// Caps the confidence below what rules require, for modules whose contents were not read.
    pub(super) fn keep_unsure(&mut self) {
        self.is_unsure = true;
    }

    /// The verdict, strongest reasons first. Reasons for other layers are omitted.
    pub(super) fn verdict(mut self) -> Option<Verdict> {
        let (layer, confidence) = self.leader()?;
        self.evidence.retain(|evidence| evidence.layer == layer);
        self.evidence.sort_by_cached_key(|evidence| (Reverse(evidence.weight), evidence.to_string()));
        self.evidence.dedup();
        self.evidence.truncate(MAX_EVIDENCE);
        Some(Verdict { layer, confidence, evidence: self.evidence.into() })
    }

    /// A verdict based on one certain reason.
    pub(super) fn certain(layer: Layer, reason: Reason) -> Verdict {
        let evidence = Evidence { layer, weight: CERTAIN.0, reason };
        Verdict { layer, confidence: CERTAIN, evidence: Box::new([evidence]) }
    }
}
