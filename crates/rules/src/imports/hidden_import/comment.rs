//! Comments beside an import that explain its place: to readers, or to other tools.

use super::Hidden;
use view::Context;

/// First words of comments that give a reason for the place of an import.
const REASONS: &[&str] = &[
    "after",
    "avoid",
    "because",
    "before",
    "boot",
    "break",
    "circular",
    "cold",
    "conflict",
    "crash",
    "cycl",
    "defer",
    "delay",
    "depend",
    "due",
    "dynamic",
    "early",
    "ensure",
    "expensive",
    "fixme",
    "hack",
    "heavy",
    "here",
    "import",
    "init",
    "inline",
    "inside",
    "installed",
    "instead",
    "keep",
    "late",
    "lazi",
    "lazy",
    "local",
    "memory",
    "mock",
    "monkeypatch",
    "must",
    "necessary",
    "need",
    "only",
    "optional",
    "otherwise",
    "patch",
    "perf",
    "plugin",
    "postpone",
    "prevent",
    "purpose",
    "ready",
    "recurs",
    "registr",
    "require",
    "runtime",
    "side",
    "since",
    "slow",
    "speed",
    "startup",
    "todo",
    "unless",
    "until",
    "workaround",
    "xxx",
];

/// What other tools call an import inside a function, where a comment accepts it: rules of pylint and ruff, including
/// those about import order and unused imports.
const ACCEPTING: &[&str] = &[
    "c0415",
    "cyclic-import",
    "e402",
    "f401",
    "import-outside-toplevel",
    "import-outside-top-level",
    "plc0415",
    "r0401",
    "wrong-import-position",
];

/// What a comment states about the place of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remark {
    /// A reason in words.
    Reason,
    /// A suppression of another tool's report.
    Accepted(String),
}

/// The remark in a comment on the import's lines, or above it and its neighbours, about its place.
pub(super) fn remark(cx: &Context<'_>, hidden: &Hidden<'_>) -> Option<Remark> {
    let text = cx.text.as_str();
    let statement = hidden.imports[0].spans.statement;
    let (above, from) = text.split_at_checked(statement.start as usize).unwrap_or_default();
    // A comment above several imports applies to each.
    let is_import = |line: &&str| line.starts_with("from ") || line.starts_with("import ");
    let above = above.lines().rev().skip(1).map(str::trim).find(|line| !is_import(line));
    let above = above.filter(|line| line.starts_with('#'));
    let lines = from.get(..statement.len() as usize).map_or(0, |statement| statement.lines().count());
    let beside = from.lines().take(lines).filter_map(|line| line.find('#').map(|at| &line[at..]));
    let beside_it = above.into_iter().chain(beside).flat_map(|comment| comment.split('#')).find_map(read);
    beside_it.or_else(|| accepted_in_block(text, statement.start as usize))
}

/// What pylint accepts in the rest of a block around the import, from a comment on a line of its own.
fn accepted_in_block(text: &str, at: usize) -> Option<Remark> {
    let (above, _) = text.split_at_checked(at)?;
    if !above.contains("pylint:") {
        return None;
    }
    let width = |line: &str| line.len() - line.trim_start().len();
    let mut lines = above.lines().rev();
    let mut outermost = lines.next().map_or(0, width);
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let comment = line.trim_start().strip_prefix('#').map(str::trim_start);
        match comment.and_then(|comment| comment.strip_prefix("pylint:")) {
            // In a block that has ended above, it says nothing of the import.
            Some(pragma) if width(line) <= outermost => match read(&format!("pylint:{pragma}")) {
                Some(_) if pragma.contains("enable") => return None,
                Some(remark) => return Some(remark),
                None => {}
            },
            // Text of comments may stand anywhere.
            _ if comment.is_some() => {}
            _ => outermost = outermost.min(width(line)),
        }
    }
    None
}

/// The remark in one comment, without its hash.
fn read(comment: &str) -> Option<Remark> {
    let comment = comment.trim().to_ascii_lowercase();
    let tool = ["noqa", "pylint:", "ruff:", "flake8:"].iter().find(|tool| comment.starts_with(**tool));
    if let Some(tool) = tool {
        let is_bare = *tool == "noqa" && comment == "noqa";
        let accepts = is_bare || ACCEPTING.iter().any(|code| comment.contains(code));
        return accepts.then_some(Remark::Accepted(comment));
    }
    let directives =
        ["type:", "pyright:", "ty:", "mypy:", "architrave:", "isort:", "fmt:", "nosec", "pragma:"];
    if directives.iter().any(|directive| comment.starts_with(directive)) {
        return None;
    }
    let words = comment.split(|letter: char| !letter.is_alphanumeric());
    words
        .into_iter()
        .any(|word| REASONS.iter().any(|reason| word.starts_with(reason)))
        .then_some(Remark::Reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_in_blocks() {
        let accepted = |text: &str| accepted_in_block(text, text.len()).is_some();
        let off = "# pylint: disable=import-outside-toplevel";
        assert!(accepted(&format!("def a():\n    {off}\n    # First-Party\n    x = 1\n    ")));
        assert!(accepted(&format!("{off}\ndef a():\n    if x:\n        ")));
        assert!(!accepted(&format!("def b():\n    {off}\n    return 1\n\ndef a():\n    ")));
        assert!(!accepted("def a():\n    # pylint: disable=broad-except\n    "));
        assert!(!accepted(&format!("{off}\n# pylint: enable=import-outside-toplevel\ndef a():\n    ")));
    }

    #[test]
    fn comments() {
        let accepted = |text: &str| Some(Remark::Accepted(text.to_owned()));
        let cases = [
            (" noqa: PLC0415", accepted("noqa: plc0415")),
            (" noqa", accepted("noqa")),
            (" noqa: E501", None),
            (" pylint: disable=import-outside-toplevel", accepted("pylint: disable=import-outside-toplevel")),
            (" pylint: disable=invalid-name", None),
            (" ruff: ignore[PLC0415]", accepted("ruff: ignore[plc0415]")),
            (" type: ignore", None),
            (" TODO: lazy needed?", Some(Remark::Reason)),
            (" the registry isn't there yet, so not up there: needs apps", Some(Remark::Reason)),
            (" prices are net", None),
            (" Startup check", Some(Remark::Reason)),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
