//! An answer as Markdown: for people, and for prompts that are assembled from files.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// The names of fields and lists, most important first. Others follow these.
const ORDER: [&str; 17] = [
    "module",
    "defined_at",
    "layer",
    "style",
    "may_import_layers",
    "may_be_imported_by_layers",
    "bounded_context",
    "in_cycle_of",
    "findings",
    "contracts",
    "ports",
    "messages",
    "used_by",
    "pattern",
    "routes",
    "injected",
    "imports",
];

/// The object as Markdown: a title, its fields, a section for each list, and what was left out.
pub(crate) fn markdown(answer: &Value) -> String {
    let mut out = String::new();
    let Some(fields) = answer.as_object() else { return out };
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let title = match (text("path"), text("symbol")) {
        (Some(path), Some(symbol)) => format!("`{symbol}` in `{path}`"),
        (Some(path), None) => format!("`{path}`"),
        _ => "Answer".to_owned(),
    };
    let _ = writeln!(out, "# {title}\n");
    let (sections, lines): (Vec<_>, Vec<_>) =
        ordered(fields).into_iter().partition(|(_, value)| is_list(value));
    for (name, value) in lines {
        let _ = writeln!(out, "- {}: {}", name.replace('_', " "), inline(value));
    }
    for (name, value) in sections {
        let _ = writeln!(out, "\n## {}\n", name.replace('_', " "));
        for item in value.as_array().into_iter().flatten() {
            let _ = writeln!(out, "- {}", inline(item));
        }
    }
    if let Some(left_out) = fields.get("left_out").and_then(Value::as_object) {
        let counts = ordered(left_out).into_iter();
        let counts: Vec<String> =
            counts.map(|(name, count)| format!("{} {}", inline(count), name.replace('_', " "))).collect();
        let _ = writeln!(out, "\nLeft out: {}.", counts.join(", "));
    }
    out
}

/// The fields that are shown below the title, in the order of their importance.
fn ordered(fields: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let is_shown = |name: &str| !matches!(name, "path" | "symbol" | "left_out");
    let mut shown: Vec<(&String, &Value)> = fields.iter().filter(|(name, _)| is_shown(name)).collect();
    shown.sort_by_key(|(name, _)| ORDER.iter().position(|known| known == name).unwrap_or(ORDER.len()));
    shown
}

/// Whether it is shown as a section.
fn is_list(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().any(Value::is_object))
}

fn inline(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.replace('\n', " "),
        Value::Array(items) => items.iter().map(inline).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let shown =
                fields.iter().map(|(name, value)| format!("{}: {}", name.replace('_', " "), inline(value)));
            shown.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_matters_most_comes_first_whatever_the_order_of_the_object() {
        let answer = json!({
            "routes": [{ "route": "GET /orders" }],
            "contracts": [{ "name": "layers" }],
            "left_out": { "used_by": 3, "findings": 1 },
            "layer": "domain",
            "findings": [{ "rule": "layer-violation" }],
            "module": "shop.orders",
            "path": "shop/orders.py",
        });
        let text = markdown(&answer);
        let places: Vec<usize> =
            ["# `shop/orders.py`", "- module", "- layer", "## findings", "## contracts", "## routes"]
                .map(|words| text.find(words).unwrap_or(usize::MAX))
                .into();
        assert!(places.is_sorted() && places.iter().all(|place| *place < usize::MAX), "{places:?}\n{text}");
        assert!(text.ends_with("\nLeft out: 1 findings, 3 used by.\n"), "{text}");
    }
}
