//! Columns that a query leaves out (Django's `only()` and `defer()`): loading through a foreign key needs that key.

use source::TextEdit;

use super::chain::Chain;
use super::layout;
use super::steps::LoadPath;

/// Separates the steps of a path.
const SEPARATOR: &str = "__";

/// The edits that make `only()` include the keys of `paths`. `None` if that is impossible: columns are left out
/// elsewhere, or `defer()` names one of the keys.
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
            // A row without any named column is loaded completely.
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

/// The keys along the path that are in the query's own rows or joined to them: `customer`, `customer__city`.
fn prefixes(path: &LoadPath, joins: bool) -> Vec<String> {
    let mut prefixes: Vec<String> = Vec::new();
    for step in path.steps.iter().take_while(|step| step.holds_key) {
        let prefix = prefixes
            .last()
            .map_or_else(|| step.name.to_string(), |above| format!("{above}{SEPARATOR}{}", step.name));
        prefixes.push(prefix);
        // A separate query loads all columns.
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
