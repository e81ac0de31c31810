//! Comments that speak to Architrave.

use serde::{Deserialize, Serialize};
use source::Span;

use super::Name;

/// `# architrave: ignore[rule, rule] reason` or `# architrave: ignore-file[rule] reason`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// How far it reaches.
    pub scope: DirectiveScope,
    /// The rule ids between the brackets, with where each stands; none where there are no brackets (all rules).
    pub rules: Box<[(Name, Span)]>,
    /// The words after the brackets; empty where none are given.
    pub reason: Name,
    /// The comment, from `#`.
    pub span: Span,
}

/// How far a directive reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DirectiveScope {
    /// These bytes: the statement that the comment stands in or ends, with its block (`def`, `class`, `if`, `with` …);
    /// for a comment alone on its line, the statement below.
    Statement(Span),
    /// The whole file.
    File,
}
