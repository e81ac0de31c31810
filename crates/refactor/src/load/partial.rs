//! Columns that a query leaves out (Django's `only()` and `defer()`): what is loaded over a key needs the key.

use source::TextEdit;

use super::chain::Chain;
use super::layout;
use super::steps::LoadPath;

/// Separates the steps of a path in a name.
const SEPARATOR: &str = "__";

/// The edits that let `only()` keep the keys of `paths`. Nothing where that can't be done: another place leaves columns
/// out, or `defer()` names one of the keys.
pub(super) fn keys(chain: &Chain<'_>, paths: &[LoadPath], joins: bool) -> Option<Vec<TextEdit>> {
    let needed: Vec<Vec<String>> = paths.iter().map(|path| prefixes(path, joins)).collect();
    if needed.iter().all(Vec::is_empty) {
        return Some(Vec::new());
    }
    let (only, defer) = (chain.calls(&["only"]), chain.calls(&["defer"]));
    if only.is_empty() && defer.is_empty() {
        return None;
    }
    for call in defer {
        let texts = chain.texts(call)?;
        if needed.iter().flatten().any(|key| texts.iter().any(|text| names(text, key))) {
            return None;
        }
    }
    let Some(last) = only.last() else { return Some(Vec::new()) };
    let texts = chain.texts(*last)?;
    let mut added: Vec<String> = Vec::new();
    for prefixes in &needed {
        let mut above = String::new();
        for prefix in prefixes {
            let below = format!("{prefix}{SEPARATOR}");
            let is_kept = texts
                .iter()
                .copied()
                .chain(added.iter().map(String::as_str))
                .any(|text| names(text, prefix) || text.starts_with(&below));
            // A row of which no column is named comes as a whole.
            let is_restricted = above.is_empty() || texts.iter().any(|text| text.starts_with(&above));
            if !is_kept && is_restricted {
                added.push(prefix.clone());
            }
            above = below;
        }
    }
    if added.is_empty() {
        return Some(Vec::new());
    }
    let added: Vec<String> = added.iter().map(|name| layout::quoted(chain, name)).collect();
    Some(vec![layout::append(chain, *last, &added)?])
}

/// The keys on the way that belong to the rows of the query itself or are joined to them: `customer`, `customer__city`.
fn prefixes(path: &LoadPath, joins: bool) -> Vec<String> {
    let mut prefixes: Vec<String> = Vec::new();
    for step in path.steps.iter().take_while(|step| step.holds_key) {
        let prefix = prefixes
            .last()
            .map_or_else(|| step.name.to_string(), |above| format!("{above}{SEPARATOR}{}", step.name));
        prefixes.push(prefix);
        // What comes by a query of its own has all its columns.
        if !joins {
            break;
        }
    }
    prefixes
}

/// Whether an argument names the key: by its relationship or its column.
fn names(text: &str, key: &str) -> bool {
    text == key || text.strip_suffix("_id") == Some(key)
}
