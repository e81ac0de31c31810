//! What we say to clients that draw the architecture. No part of the protocol: only those hear it that announce
//! `experimental.architecture`.

use serde::{Deserialize, Serialize};

use tower_lsp::ls_types::notification::Notification;

/// `architrave/architectureChanged`: what was answered last is no longer so; ask again.
#[derive(Debug)]
pub(crate) enum ArchitectureChanged {}

/// Which architecture changed.
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
