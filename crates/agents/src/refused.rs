//! Why a question can't be answered.

use std::fmt;

/// Why a question can't be answered: one sentence that names what to pass instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(String);

impl Refused {
    /// A reason in words.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl From<workspace::Failure> for Refused {
    fn from(failure: workspace::Failure) -> Self {
        Self(format!("the analysis of this question failed: {failure}"))
    }
}
