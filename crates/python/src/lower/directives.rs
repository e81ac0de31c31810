//! Comments that speak to Architrave.

use crate::Directive;

/// The directives in a text.
pub(super) fn directives(_text: &str, _tree: &tree_sitter::Tree) -> Vec<Directive> {
    Vec::new()
}
