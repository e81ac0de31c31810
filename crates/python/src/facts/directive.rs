//! Comments addressed to Architrave.

use serde::{Deserialize, Serialize};
use source::Span;

use super::Name;

/// `# architrave: ignore[rule, rule] reason` or `# architrave: ignore-file[rule] reason`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// The range that it applies to.
    pub scope: DirectiveScope,
    /// The rule ids in the brackets, with their positions; empty without brackets (all rules).
    pub rules: Box<[(Name, Span)]>,
    /// The text after the brackets; possibly empty.
    pub reason: Name,
    /// The comment, from `#`.
    pub span: Span,
}

/// The range that a directive applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DirectiveScope {
    /// These bytes: the statement that contains the comment or that it trails, including its block (`def`, `class`,
    /// `if`, `with` …); for a comment on its own line, the statement below.
    Statement(Span),
    /// The whole file.
    File,
}
