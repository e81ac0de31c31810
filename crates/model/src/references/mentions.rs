//! Mentions of dotted names and paths in arbitrary text: complete ones, never a part of a longer word.

use source::Span;

/// A mention of a dotted name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention<'t> {
    /// The name, as a range of bytes in the text.
    pub span: Span,
    /// The suffix that belongs to it: `.Order.total`, `:app`, `.*`, or empty.
    pub rest: &'t str,
}

impl<'t> Mention<'t> {
    /// The first name after the dotted name, if there is one.
    pub fn name(&self) -> Option<&'t str> {
        self.rest.get(1..)?.split(['.', ':']).next().filter(|name| !name.is_empty() && *name != "*")
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The mentions of `name` in `text`, in order.
pub fn mentions<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = Mention<'t>> {
    text.match_indices(name).filter_map(move |(at, _)| {
        let end = at + name.len();
        let (before, after) = (&text[..at], &text[end..]);
        let rest = &after[..rest(after)];
        let stands_alone = begins(before) && ends(&after[rest.len()..]) && !name.is_empty();
        stands_alone.then(|| Mention { span: Span::new(at as u32, end as u32), rest })
    })
}

/// Whether a dotted name can begin after `before`.
fn begins(before: &str) -> bool {
    let mut letters = before.chars().rev();
    match letters.next() {
        Some('-') => {
            // A separate dash, but not `my-shop.cli`.
            !letters.next().is_some_and(is_letter) || before.ends_with("[mypy-")
        }
        Some(letter) => !is_letter(letter) && !matches!(letter, '.' | '/' | '\\' | '@' | '$' | '{'),
        None => true,
    }
}

/// Whether a dotted name can end before `after`.
fn ends(after: &str) -> bool {
    let mut letters = after.chars();
    match letters.next() {
        Some('-') => !letters.next().is_some_and(is_letter),
        Some(letter) => !is_letter(letter) && !matches!(letter, '/' | '\\' | '@'),
        None => true,
    }
}

/// The number of bytes of `after` that continue a dotted name: `.name`, `:name` and a final `.*`.
fn rest(after: &str) -> usize {
    let mut end = 0;
    loop {
        let tail = &after[end..];
        let Some(name) = tail.strip_prefix(['.', ':']) else { break };
        if tail.starts_with('.') && name.starts_with('*') {
            return end + 1 + name.len() - name.trim_start_matches('*').len();
        }
        let length = name.find(|letter| !is_letter(letter)).unwrap_or(name.len());
        if length == 0 || name.starts_with(|first: char| first.is_ascii_digit()) {
            break;
        }
        end += 1 + length;
    }
    end
}

/// The places where `text` mentions the file or folder at `path` (relative, with `/`); for a folder, possibly with a
/// longer path.
pub fn path_mentions<'t>(text: &'t str, path: &'t str, is_folder: bool) -> impl Iterator<Item = Span> {
    text.match_indices(path).filter_map(move |(at, _)| {
        let end = at + path.len();
        let mut before = &text[..at];
        before = before.strip_suffix("./").unwrap_or(before);
        let begins = !before.chars().next_back().is_some_and(|letter| {
            is_letter(letter) || matches!(letter, '.' | '/' | '\\' | '-' | '@' | '$' | '}')
        });
        let mut after = text[end..].chars();
        let ends = match after.next() {
            Some('/') => is_folder,
            Some('.') => !after.next().is_some_and(is_letter),
            Some(letter) => !is_letter(letter) && !matches!(letter, '-' | '\\' | '@'),
            None => true,
        };
        (begins && ends && !path.is_empty()).then(|| Span::new(at as u32, end as u32))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text, and what follows each mention of `shop.cli` in it.
    const CASES: &[(&str, &[&str])] = &[
        ("shop = \"shop.cli:main\"", &[":main"]),
        ("CMD [\"python\", \"-m\", \"shop.cli\"]", &[""]),
        ("python -m shop.cli --cov=shop.cli", &["", ""]),
        ("Use `shop.cli.Main.run`.", &[".Main.run"]),
        ("It is shop.cli. And more.", &[""]),
        ("{\"shop.cli.*\": 1, \"shop.cli.**\": 2}", &[".*", ".**"]),
        ("  shop.cli:\n    level: INFO", &[""]),
        ("[mypy-shop.cli.*]", &[".*"]),
        (".. automodule:: shop.cli\n", &[""]),
        (
            "workshop.cli my-shop.cli shop.client the.shop.cli x/shop.cli shop.cli/x shop.cli-x a@shop.cli",
            &[],
        ),
    ];

    #[test]
    fn whole_names_are_found() {
        for (text, expected) in CASES {
            let found: Vec<&str> = mentions(text, "shop.cli").map(|it| it.rest).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    /// A text, a path, whether it is a folder, and the number of mentions.
    const PATHS: &[(&str, &str, bool, usize)] = &[
        ("python shop/cli.py", "shop/cli.py", false, 1),
        ("omit = [\"shop/cli.py\", './shop/cli.py']", "shop/cli.py", false, 2),
        ("other/shop/cli.py shop/cli.pyc shop/cli.py.bak x-shop/cli.py", "shop/cli.py", false, 0),
        ("shop/core/* and shop/core", "shop/core", true, 2),
        ("shop/core.py shop/core-x shop/cores", "shop/core", true, 0),
    ];

    #[test]
    fn whole_paths_are_found() {
        for (text, path, is_folder, count) in PATHS {
            assert_eq!(path_mentions(text, path, *is_folder).count(), *count, "{path} in {text}");
        }
    }
}
