//! Markdown links to files in the same folder.

use std::ops::Range;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link<'a> {
    /// The file name, without folder and anchor.
    pub(crate) target: &'a str,
    /// Whether the target is in the same folder as the linking file.
    pub(crate) is_beside: bool,
    /// The position of the file name.
    pub(crate) span: Range<usize>,
}

/// The links to Markdown files in a text.
pub(crate) fn links(text: &str) -> Vec<Link<'_>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("](") {
        let start = at + 2;
        let Some(length) = text[start..].find([')', ' ', '\n', '#', '?']) else { continue };
        let whole = &text[start..start + length];
        let is_markdown = matches!(whole.rsplit_once('.'), Some((_, "md" | "markdown")));
        if whole.contains("://") || !is_markdown {
            continue;
        }
        let target = whole.rsplit('/').next().unwrap_or(whole);
        let is_beside = whole == target || whole.strip_prefix("./") == Some(target);
        let end = start + length;
        found.push(Link { target, is_beside, span: end - target.len()..end });
    }
    found
}

/// The text with each link to the file `from` changed to `to`.
pub(crate) fn relinked(text: &str, from: &str, to: &str) -> String {
    let mut after = text.to_owned();
    for link in links(text).iter().rev().filter(|link| link.target == from) {
        after.replace_range(link.span.clone(), to);
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_follow() {
        let text =
            "[a](0001-a.md) 0001-a.md [b](./docs/0001-a.md#why) [c](https://x/0001-a.md) [d](0001-a.md";
        let after = relinked(text, "0001-a.md", "0002-a.md");
        let wanted =
            "[a](0002-a.md) 0001-a.md [b](./docs/0002-a.md#why) [c](https://x/0001-a.md) [d](0001-a.md";
        assert_eq!(after, wanted);
        assert_eq!(links(text).iter().map(|link| link.is_beside).collect::<Vec<_>>(), [true, false]);
    }
}
