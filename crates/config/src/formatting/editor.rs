//! `.editorconfig`, as far as it concerns Python files.

use super::imports::matches;
use super::values::Values;
use super::{Indentation, Quotes};
use crate::tree::ini::Section;

/// Its settings for Python files.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct EditorConfig {
    pub(super) max_line_length: Option<usize>,
    pub(super) indentation: Option<Indentation>,
    pub(super) quotes: Option<Quotes>,
}

/// Reads it; `None` if no section concerns Python files. Later sections take precedence.
pub(super) fn read(sections: &[Section]) -> Option<EditorConfig> {
    let mut found = EditorConfig::default();
    for section in sections.iter().filter(|section| is_about_python(&section.name)) {
        let values = Values::of_ini(&section.table);
        found.max_line_length = values.number("max_line_length").or(found.max_line_length);
        found.indentation = match (values.string("indent_style"), values.number("indent_size")) {
            (Some("tab"), _) => Some(Indentation::Tab),
            (_, Some(size)) => Some(Indentation::Spaces(size)),
            _ => found.indentation,
        };
        found.quotes = match values.string("quote_type") {
            Some("single") => Some(Quotes::Single),
            Some("double") => Some(Quotes::Double),
            _ => found.quotes,
        };
    }
    (found != EditorConfig::default()).then_some(found)
}

/// Whether a section's pattern matches some Python file.
fn is_about_python(pattern: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('{') else { return takes(pattern) };
    let Some((choices, after)) = rest.split_once('}') else { return false };
    choices.split(',').any(|choice| takes(&format!("{before}{}{after}", choice.trim())))
}

fn takes(pattern: &str) -> bool {
    let pattern = pattern.strip_prefix("**/").unwrap_or(pattern);
    pattern.contains('*') && matches(pattern, "any.py")
}
