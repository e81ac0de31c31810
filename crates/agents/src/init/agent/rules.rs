//! The rules as text, between markers in the file that agents read.

use crate::session::Session;

const BEGIN: &str = "<!-- architrave:begin -->";
const END: &str = "<!-- architrave:end -->";

const RULES: &str = "## Architecture

This project is checked by Architrave. Use its tools (MCP server `architrave`, or `architrave tool NAME 'JSON'`):

- Before you edit a file: `context` says its layer, contracts, ports, who uses it, and a sibling to take as pattern.
- Before you import across folders: `may_import`. If it says no, take one of the ways that it names; never work around a rule
  with a function-level import, a dynamic import or a re-export.
- Before you create a class or module: `place`.
- Before you move or delete something: `impact`, then `simulate`.
- After each edit: `check`. Work is done when its status is `clean`. `nothing checked` and `incomplete` are not clean.
- A finding you don't understand: `explain` with its fingerprint. Don't write ignore comments or change the configuration or
  the baseline to silence one; say instead why you think it is wrong.
";

/// The files that get the rules: those that exist and don't include another one, else `AGENTS.md`.
pub(super) fn homes(session: &Session) -> Vec<&'static str> {
    let text = |name: &str| session.text(&session.root().join(name));
    let there: Vec<&'static str> =
        ["AGENTS.md", "CLAUDE.md", "GEMINI.md"].into_iter().filter(|name| text(name).is_some()).collect();
    let includes_another = |name: &str| {
        text(name).is_some_and(|text| {
            there.iter().any(|other| *other != name && text.contains(&format!("@{other}")))
        })
    };
    let homes: Vec<&'static str> = there.iter().copied().filter(|name| !includes_another(name)).collect();
    if homes.is_empty() { vec!["AGENTS.md"] } else { homes }
}

/// The text with the rules between their markers: in their old place, or at the end.
pub(super) fn with(before: Option<&str>) -> String {
    let block = format!("{BEGIN}\n{RULES}{END}");
    let Some(text) = before else { return block + "\n" };
    let parts = text.split_once(BEGIN).and_then(|(head, rest)| Some((head, rest.split_once(END)?.1)));
    if let Some((head, tail)) = parts {
        return format!("{head}{block}{tail}");
    }
    let gap = match text {
        "" => "",
        _ if text.ends_with("\n\n") => "",
        _ if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    format!("{text}{gap}{block}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_users_stay() {
        let once = with(Some("# Mine\n\nDo this.\n"));
        assert!(once.starts_with("# Mine\n\nDo this.\n\n<!-- architrave:begin -->\n"), "{once}");
        assert_eq!(with(Some(&once)), once);
        let later = once.replace("Architecture", "Something old") + "\nMore of mine.\n";
        assert_eq!(with(Some(&later)), once.clone() + "\nMore of mine.\n");
        assert!(with(None).ends_with("<!-- architrave:end -->\n"));
    }
}
