//! The file's text: parsed whole, errors with their line; written with one entry per line.

use serde::Deserialize;

use super::{Broken, Entry};

/// Incremented when older versions can no longer read the file.
const SCHEMA: u32 = 1;

const HEAD: &str = "{\n  \"schema\": 1,\n  \"accepted\": [\n";

/// The `null` allows a comma after every entry.
const TAIL: &str = "    null\n  ]\n}\n";

#[derive(Debug, Deserialize)]
struct Document {
    schema: u32,
    accepted: Vec<Option<Entry>>,
}

pub(super) fn parse(text: &str) -> Result<Vec<Entry>, Broken> {
    // Some editors on Windows put a byte order mark before UTF-8.
    let text = text.trim_start_matches('\u{feff}');
    if let Some(line) = text.lines().position(is_conflict) {
        let what_to_do = "a merge was left here: keep the entries of both sides, remove the lines with `<<<<<<<`, \
                          `=======` and `>>>>>>>`, and run `architrave check`, which drops what no longer holds";
        return Err(Broken { line: line as u32 + 1, message: what_to_do.to_owned() });
    }
    let document: Document = serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        let reason = said.split(" at line ").next().unwrap_or_default();
        let message =
            format!("not a baseline ({reason}): take it back from version control, or delete it and run `architrave baseline`");
        Broken { line: (error.line() as u32).max(1), message }
    })?;
    if document.schema != SCHEMA {
        let line = text.lines().position(|line| line.contains("\"schema\"")).unwrap_or_default();
        let message = format!(
            "schema {} is not known here, only {SCHEMA}: a newer architrave wrote it, so use that",
            document.schema
        );
        return Err(Broken { line: line as u32 + 1, message });
    }
    Ok(document.accepted.into_iter().flatten().collect())
}

/// Conflict markers of git and other tools; no line of JSON starts like one.
fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark))
}

pub(super) fn write(entries: &[Entry], with_returns: bool) -> String {
    let mut out = HEAD.to_owned();
    for entry in entries {
        let fields = [
            ("path", &entry.path),
            ("rule", &entry.rule),
            ("fingerprint", &entry.fingerprint),
            ("message", &entry.message),
        ];
        let fields =
            fields.map(|(name, text)| format!("\"{name}\": {}", serde_json::Value::from(text.as_str())));
        out.extend(["    {", &fields.join(", "), "},\n"]);
    }
    out += TAIL;
    if with_returns { out.replace('\n', "\r\n") } else { out }
}
