//! Literal lists in a `setup.py`, extracted from its text: the strings between the brackets after a keyword.

use super::{Packaging, distribution};

/// The dependencies in `setup(install_requires=[...], extras_require={...})`.
pub(super) fn of_setup_py(text: &str) -> Packaging {
    let required = strings_behind(text, "install_requires", ('[', ']'));
    let is_complete = required.is_some();
    let optional = strings_behind(text, "extras_require", ('{', '}')).unwrap_or_default();
    let names = |list: Vec<&str>| list.into_iter().filter_map(distribution).collect();
    Packaging {
        required: names(required.unwrap_or_default()),
        // The names of the extras are among the strings. A distribution with such a name then isn't considered
        // required.
        optional: names(optional),
        is_complete,
        has_extras: text.contains("extras_require"),
        ..Packaging::default()
    }
}

/// The strings in the display after `keyword=`; `None` if something other than a display follows.
fn strings_behind<'t>(text: &'t str, keyword: &str, (open, close): (char, char)) -> Option<Vec<&'t str>> {
    let at = text.find(keyword)? + keyword.len();
    let rest = text[at..].trim_start_matches(['"', '\'']).trim_start();
    let rest = rest.strip_prefix('=').or_else(|| rest.strip_prefix(':'))?.trim_start();
    let mut strings = Vec::new();
    let mut depth = 0;
    let mut letters = rest.char_indices();
    rest.strip_prefix(open)?;
    while let Some((index, letter)) = letters.next() {
        match letter {
            '#' => {
                letters.by_ref().find(|(_, letter)| *letter == '\n');
            }
            '"' | '\'' => {
                let end = letters.by_ref().find(|(_, other)| *other == letter || *other == '\n')?.0;
                strings.push(&rest[index + 1..end]);
            }
            _ if letter == open => depth += 1,
            _ if letter == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(strings);
                }
            }
            _ => {}
        }
    }
    None
}
