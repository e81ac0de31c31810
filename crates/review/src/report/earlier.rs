//! The claims of an earlier review, for comparison.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::detections::findings;

/// The claims of an earlier review.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// By fingerprint: the text, and whether the claim is a concern.
    said: BTreeMap<String, (String, bool)>,
}

impl Earlier {
    /// Adds one claim.
    pub fn add(&mut self, fingerprint: String, text: String, is_concern: bool) {
        self.said.insert(fingerprint, (text, is_concern));
    }

    /// The text of the claim with this fingerprint.
    pub(super) fn text(&self, fingerprint: &str) -> Option<&str> {
        self.said.get(fingerprint).map(|(text, _)| text.as_str())
    }

    /// Whether a claim is new. Findings are one claim per rule, where possibly only the number is new; then the earlier
    /// text is added.
    pub(super) fn is_news(&self, claim: &mut Claim) -> bool {
        let Some(before) = self.text(&claim.fingerprint) else { return true };
        if claim.detection != findings::ID || claim.text == before {
            return false;
        }
        claim.text = format!("{} Before: {before}", claim.text);
        true
    }

    /// The concerns that `now` no longer has.
    pub(super) fn without(&self, now: &Self) -> Vec<String> {
        let gone =
            self.said.iter().filter(|(name, (_, is_concern))| *is_concern && !now.said.contains_key(*name));
        gone.map(|(_, (text, _))| text.clone()).collect()
    }
}
