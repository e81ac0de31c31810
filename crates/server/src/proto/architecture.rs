//! Our messages to clients that draw the architecture. Not part of the protocol: only clients that announce
//! `experimental.architecture` receive them.

use serde::{Deserialize, Serialize};

use tower_lsp::ls_types::notification::Notification;

/// `architrave/architectureChanged`: the last answer is outdated; the client should request again.
#[derive(Debug)]
pub(crate) enum ArchitectureChanged {}

/// The architecture that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ArchitectureChangedParams {
    /// The project's folder, as the answer named it.
    pub(crate) root: String,
}

impl Notification for ArchitectureChanged {
    type Params = ArchitectureChangedParams;
    const METHOD: &'static str = "architrave/architectureChanged";
}
