//! Behaviour of clients that differs from their capabilities: a table of names and versions, each row with the recorded
//! session that proves it.
//!
//! The recordings are in `tests/editors/recorded/`; a test here compares every one of them with what
//! [`crate::proto::Features`] makes of its `initialize`. If a client's behaviour changes, it gets another recording,
//! and a row is added, changed or removed.

/// A client's own identification: `clientInfo` of `initialize`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// Its name; empty if not given.
    pub(crate) name: String,
    /// Its version; empty if not given.
    pub(crate) version: String,
}

/// A deviation of a client's behaviour from its capabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quirk {
    /// It announces `workspace/diagnostic/refresh`, but then only repeats the workspace pull and not those of open
    /// documents.
    RefreshPassesOpenDocuments,
}

/// A row: which versions of a client have which quirk.
#[derive(Debug)]
struct Row {
    /// `clientInfo.name`
    name: &'static str,
    /// The first version with it, as numbers.
    from: &'static [u32],
    /// The quirk.
    quirk: Quirk,
    /// The recording of a client with it.
    #[cfg_attr(not(test), allow(dead_code, reason = "the proof, read by the tests"))]
    recorded: &'static str,
}

/// The table.
const ROWS: &[Row] = &[Row {
    name: "Neovim",
    from: &[0, 11],
    quirk: Quirk::RefreshPassesOpenDocuments,
    recorded: "nvim-0.12.jsonl",
}];

impl Identity {
    /// Whether this client has a quirk.
    pub(crate) fn has(&self, quirk: Quirk) -> bool {
        let version = numbers(&self.version);
        ROWS.iter().any(|row| row.name == self.name && row.quirk == quirk && *version >= *row.from)
    }
}

/// The numbers of a version: `0.12.4-dev` is 0, 12, 4.
fn numbers(version: &str) -> Vec<u32> {
    let number = |part: &str| {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        part[..digits].parse().ok()
    };
    version.trim_start_matches('v').split('.').map_while(number).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::PathBuf;

    use serde_json::Value;

    use super::*;
    use crate::proto::Features;

    fn recordings() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/editors/recorded")
    }

    /// The lines of a recording.
    fn lines(text: &str) -> Vec<Value> {
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn identity(params: &Value) -> Identity {
        let word = |key: &str| params["clientInfo"][key].as_str().unwrap_or_default().to_owned();
        Identity { name: word("name"), version: word("version") }
    }

    /// Whether a client pulls the diagnostics of its open document again on a refresh.
    fn asks_again(lines: &[Value]) -> Option<bool> {
        let told = lines.iter().find(|line| line["question"] == "refresh diagnostics")?;
        Some(told["calls"].as_array().unwrap().iter().any(|call| call == "textDocument/diagnostic"))
    }

    #[test]
    fn each_row_has_its_proof() {
        for row in ROWS {
            let lines = lines(&std::fs::read_to_string(recordings().join(row.recorded)).unwrap());
            let client = identity(&lines[0]["params"]);
            assert_eq!(client.name, row.name);
            assert!(client.has(row.quirk), "{client:?}");
            match row.quirk {
                Quirk::RefreshPassesOpenDocuments => {
                    let refresh =
                        &lines[0]["params"]["capabilities"]["workspace"]["diagnostics"]["refreshSupport"];
                    assert_eq!(*refresh, true, "{client:?} announces it");
                    assert_eq!(asks_again(&lines), Some(false), "{client:?}");
                }
            }
        }
    }

    #[test]
    fn nobody_is_left_to_ask_who_does_not_ask_again() {
        let mut seen = 0;
        for entry in std::fs::read_dir(recordings()).unwrap() {
            let path = entry.unwrap().path();
            let lines = lines(&std::fs::read_to_string(&path).unwrap());
            let Some(first) = lines.first().filter(|line| line["method"] == "initialize") else { continue };
            let Some(asks_again) = asks_again(&lines) else { continue };
            let capabilities =
                serde_json::from_value(first["params"]["capabilities"].clone()).unwrap_or_default();
            let features = Features::of(&capabilities, &identity(&first["params"]));
            assert!(asks_again || !features.pull, "{}", path.display());
            seen += 1;
        }
        assert!(seen >= 3, "the recordings are gone");
    }

    #[test]
    fn versions_are_compared_by_number() {
        let client = |version: &str| Identity { name: "Neovim".to_owned(), version: version.to_owned() };
        let cases =
            [("0.10.4", false), ("0.11.0", true), ("0.12.4", true), ("v0.12.0-dev", true), ("", false)];
        for (version, expected) in cases {
            assert_eq!(client(version).has(Quirk::RefreshPassesOpenDocuments), expected, "{version}");
        }
    }
}
