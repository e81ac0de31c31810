//! The entry in Codex's settings, which are TOML. What is there stays as it was written.

use toml_edit::{DocumentMut, Item};

const ENTRY: &str = "[mcp_servers.architrave]\ncommand = \"architrave\"\nargs = [\"mcp\"]\n";

/// The text with the entry; `None` if it exists.
///
/// # Errors
/// Why it can't be added, with what to add by hand.
pub(super) fn with(before: Option<&str>) -> Result<Option<String>, String> {
    let text = before.unwrap_or_default();
    let by_hand = |why: &str| format!("{why}; add this by hand: {}", ENTRY.trim_end().replace('\n', ", "));
    let document: DocumentMut = text.parse().map_err(|_| by_hand("it is no TOML"))?;
    let servers = document.get("mcp_servers");
    if servers.is_some_and(|servers| servers.get("architrave").is_some()) {
        return Ok(None);
    }
    if servers.is_some_and(|servers| !matches!(servers, Item::Table(_))) {
        return Err(by_hand("its servers are written in one line"));
    }
    let gap = match text {
        "" => "",
        _ if text.ends_with("\n\n") => "",
        _ if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let after = format!("{text}{gap}{ENTRY}");
    if after.parse::<DocumentMut>().is_ok() { Ok(Some(after)) } else { Err(by_hand("it can't be added")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_stands_beside_others() {
        let new = with(None).expect("it fits").expect("it is new");
        assert_eq!(new, ENTRY);
        assert_eq!(with(Some(&new)), Ok(None), "a second time");
        let text = "# Ours.\nmodel = \"x\"\n\n[mcp_servers.other] # why\ncommand = \"other\"";
        let after = with(Some(text)).expect("it fits").expect("it is new");
        assert_eq!(after, format!("{text}\n\n{ENTRY}"));
        assert_eq!(with(Some(&after)), Ok(None));
        assert!(
            with(Some("mcp_servers = { other = {} }")).expect_err("in one line").contains("add this by hand")
        );
        assert!(with(Some("= 1")).expect_err("no TOML").contains("[mcp_servers.architrave]"));
    }
}
