//! What an earlier review said, to be compared with.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::detections::findings;

/// What an earlier review said.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// By fingerprint: the words, and whether it was a concern.
    said: BTreeMap<String, (String, bool)>,
}

impl Earlier {
    /// Adds one claim.
    pub fn add(&mut self, fingerprint: String, text: String, is_concern: bool) {
        self.said.insert(fingerprint, (text, is_concern));
    }

    /// What it said under this name.
    pub(super) fn text(&self, fingerprint: &str) -> Option<&str> {
        self.said.get(fingerprint).map(|(text, _)| text.as_str())
    }

    /// Whether a claim is new. What rules find is one claim a rule: there the number may be what is new, and the words from
    /// before are added.
    pub(super) fn is_news(&self, claim: &mut Claim) -> bool {
        let Some(before) = self.text(&claim.fingerprint) else { return true };
        if claim.detection != findings::ID || claim.text == before {
            return false;
        }
        claim.text = format!("{} Before: {before}", claim.text);
        true
    }

    /// The concerns that `now` hasn't any more.
    pub(super) fn without(&self, now: &Self) -> Vec<String> {
        let gone =
            self.said.iter().filter(|(name, (_, is_concern))| *is_concern && !now.said.contains_key(*name));
        gone.map(|(_, (text, _))| text.clone()).collect()
    }
}
