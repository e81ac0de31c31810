//! An answer as Markdown: for people, and for prompts that are assembled from files.

use std::fmt::Write as _;

use serde_json::Value;

/// The object as Markdown: a title, its fields, and a section for each list.
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
    let in_title = |name: &str| matches!(name, "path" | "symbol");
    for (name, value) in fields.iter().filter(|(name, _)| !in_title(name)) {
        let words = name.replace('_', " ");
        match value {
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let _ = writeln!(out, "\n## {words}\n");
                for item in items {
                    let _ = writeln!(out, "- {}", inline(item));
                }
            }
            value => {
                let _ = writeln!(out, "- {words}: {}", inline(value));
            }
        }
    }
    out
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
