//! An entry in a third-party JSON file: inserted as text, so that the rest stays as it was written.

use serde_json::Value;

/// The text with `value` at `keys`, the last of which may be `[]` for an element of a list; `None` if it exists.
///
/// # Errors
/// Why it can't be inserted, with what to add by hand.
pub(super) fn with(before: Option<&str>, keys: &[&str], value: &Value) -> Result<Option<String>, String> {
    let wanted = nested(keys, value);
    let by_hand = |why: &str| format!("{why}; add this by hand: {wanted}");
    let Some(text) = before.filter(|text| !text.trim().is_empty()) else {
        return Ok(Some(pretty(&wanted) + "\n"));
    };
    let old: Value =
        serde_json::from_str(text).map_err(|error| by_hand(&format!("it is no JSON ({error})")))?;
    if is_there(&old, keys, value) {
        return Ok(None);
    }
    // What is missing is inserted at the deepest existing level.
    let mut depth = 0;
    let mut place = &old;
    while let Some(next) = keys.get(depth).and_then(|key| place.get(*key)) {
        place = next;
        depth += 1;
    }
    let rest = keys.get(depth..).unwrap_or_default();
    let addition = match (place, rest) {
        (Value::Object(_), [key, inner @ ..]) => {
            format!("{}: {}", Value::from(*key), indented(&nested(inner, value), depth + 1))
        }
        (Value::Array(_), ["[]"]) => indented(value, depth + 1),
        _ => return Err(by_hand("something else stands there")),
    };
    let at = opening(text, keys.get(..depth).unwrap_or_default())
        .ok_or_else(|| by_hand("its place can't be found"))?;
    let is_empty = match place {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    let indent = "  ".repeat(depth + 1);
    let end = if is_empty { format!("\n{}", "  ".repeat(depth)) } else { ",".to_owned() };
    let (Some(head), Some(tail)) = (text.get(..at), text.get(at..)) else {
        return Err(by_hand("its place can't be found"));
    };
    let after = format!("{head}\n{indent}{addition}{end}{tail}");
    let new: Value = serde_json::from_str(&after).map_err(|_| by_hand("it can't be put in as text"))?;
    if is_there(&new, keys, value) { Ok(Some(after)) } else { Err(by_hand("its place can't be found")) }
}

fn nested(keys: &[&str], value: &Value) -> Value {
    match keys {
        [] => value.clone(),
        ["[]", rest @ ..] => Value::Array(vec![nested(rest, value)]),
        [key, rest @ ..] => Value::Object([((*key).to_owned(), nested(rest, value))].into_iter().collect()),
    }
}

/// Whether the entry exists: by its key, or among the elements of the list.
fn is_there(json: &Value, keys: &[&str], value: &Value) -> bool {
    match keys {
        [] => true,
        ["[]", ..] => json.as_array().is_some_and(|items| items.contains(value)),
        [key, rest @ ..] => json.get(*key).is_some_and(|inner| is_there(inner, rest, value)),
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

fn indented(value: &Value, depth: usize) -> String {
    pretty(value).replace('\n', &format!("\n{}", "  ".repeat(depth)))
}

/// The position after the bracket that opens the value at `keys`.
fn opening(text: &str, keys: &[&str]) -> Option<usize> {
    let mut at = text.find(['{', '['])? + 1;
    for key in keys {
        let quoted = Value::from(*key).to_string();
        let mut from = at;
        at = loop {
            let found = from + text.get(from..)?.find(&quoted)?;
            let behind = text.get(found + quoted.len()..)?;
            let value = behind.trim_start().strip_prefix(':').map(str::trim_start);
            if let Some(value) = value.filter(|value| value.starts_with(['{', '['])) {
                break text.len() - value.len() + 1;
            }
            from = found + quoted.len();
        };
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn entries_stand_beside_those_of_others() {
        let server = json!({ "command": "architrave" });
        let keys = ["mcpServers", "architrave"];
        let new = with(None, &keys, &server).expect("it fits").expect("it is new");
        assert_eq!(with(Some(&new), &keys, &server), Ok(None), "a second time");
        for text in [
            "{}",
            "{\n  \"mcpServers\": {}\n}\n",
            "{\n    \"z\": 1,\n    \"mcpServers\": { \"other\": { \"command\": \"mcpServers\" } }\n}\n",
        ] {
            let after = with(Some(text), &keys, &server).expect("it fits").expect("it is new");
            let parsed: Value = serde_json::from_str(&after).expect("JSON");
            assert_eq!(parsed["mcpServers"]["architrave"], server, "{after}");
            let mut without = parsed.clone();
            without["mcpServers"].as_object_mut().expect("an object").remove("architrave");
            let old: Value = serde_json::from_str(text).expect("JSON");
            assert!(old == without || old == json!({}), "{after}");
        }
        assert!(
            with(Some("{ // comment\n}"), &keys, &server)
                .expect_err("it is no JSON")
                .contains("add this by hand")
        );
        assert!(with(Some("{\"mcpServers\": 1}"), &keys, &server).is_err());
    }

    #[test]
    fn hooks_join_the_list() {
        let hook = json!({ "matcher": "Edit" });
        let keys = ["hooks", "PostToolUse", "[]"];
        let text = "{\"hooks\": {\"PostToolUse\": [{\"matcher\": \"Bash\"}]}}";
        let after = with(Some(text), &keys, &hook).expect("it fits").expect("it is new");
        let parsed: Value = serde_json::from_str(&after).expect("JSON");
        assert_eq!(parsed["hooks"]["PostToolUse"], json!([{ "matcher": "Edit" }, { "matcher": "Bash" }]));
        assert_eq!(with(Some(&after), &keys, &hook), Ok(None));
    }
}
