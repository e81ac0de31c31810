//! Sort keys of statements and names.
//!
//! Sources: isort 9, "Configuration options"; ruff 0.17, rules `I` (its order is isort's, profile black).

use std::cmp::{Ordering, Reverse};

use config::{ImportStyle, Sorter};

use super::ImportLine;

/// The sort key of a statement within its section.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ModuleKey {
    /// `import a` before `from a import b`, or after, or mixed.
    form: u8,
    is_not_on_top: bool,
    length: usize,
    distance: Distance,
    lower: Natural,
    name: Natural,
    first: Option<MemberKey>,
    alias: Option<Natural>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Distance {
    Nearest(usize),
    Furthest(Reverse<usize>),
}

impl ModuleKey {
    pub(super) fn of(line: &ImportLine, style: &ImportStyle, is_future: bool) -> Self {
        let form = if style.force_sort_within_sections {
            0
        } else {
            u8::from(line.is_from != (style.from_first || is_future))
        };
        let by_length = style.length_sort || (style.length_sort_straight && !line.is_from);
        let first = line.is_from.then(|| {
            let keys = line.items.iter().map(|item| MemberKey::of(item, style));
            keys.min()
        });
        let alias = line.items.first().filter(|_| !line.is_from).and_then(|item| item.split(" as ").nth(1));
        Self {
            form,
            is_not_on_top: !style.force_to_top.contains(&line.module),
            length: if by_length { line.level + line.module.chars().count() } else { 0 },
            distance: if by_text(style) {
                Distance::Nearest(0)
            } else if style.closest_first {
                Distance::Nearest(line.level)
            } else {
                Distance::Furthest(Reverse(line.level))
            },
            lower: Natural(if by_text(style) { text(line, style) } else { lowered(&line.module, style) }),
            name: Natural(if style.sorter == Sorter::Ruff { line.module.clone() } else { String::new() }),
            first: first.flatten(),
            alias: alias.map(|alias| Natural(alias.to_owned())),
        }
    }
}

/// Whether whole statements are compared as text: isort does so if `import` and `from` are mixed.
fn by_text(style: &ImportStyle) -> bool {
    style.sorter == Sorter::Isort && style.force_sort_within_sections
}

/// A statement without its first word, up to its first name.
fn text(line: &ImportLine, style: &ImportStyle) -> String {
    let dots = ".".repeat(line.level);
    let parted = if style.closest_first && line.level > 0 { " " } else { "" };
    let text = if line.is_from {
        format!("{dots}{parted}{} import ", line.module)
    } else {
        line.items.first().cloned().unwrap_or_default()
    };
    lowered(&text, style)
}

/// The sort key of a name within its statement.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MemberKey {
    is_no_star: bool,
    kind: u8,
    length: usize,
    lower: Natural,
    name: Natural,
    alias: Option<Natural>,
}

impl MemberKey {
    /// The key of a name as written, with its alias.
    pub(super) fn of(item: &str, style: &ImportStyle) -> Self {
        let (name, alias) = item.split_once(" as ").map_or((item, None), |(name, alias)| (name, Some(alias)));
        let (name, alias) = (name.trim(), alias.map(str::trim));
        Self {
            is_no_star: name != "*",
            kind: if style.order_by_type { kind(name, style) } else { 0 },
            length: if style.length_sort { name.chars().count() } else { 0 },
            lower: Natural(lowered(name, style)),
            name: Natural(name.to_owned()),
            alias: alias.map(|alias| Natural(alias.to_owned())),
        }
    }
}

/// Constants, classes, the rest: as configured, or else by case.
fn kind(name: &str, style: &ImportStyle) -> u8 {
    let is_in = |list: &[String]| list.iter().any(|other| other == name);
    let is_upper = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
    if is_in(&style.constants) {
        0
    } else if is_in(&style.classes) {
        1
    } else if is_in(&style.variables) {
        2
    } else if is_upper && name.chars().count() > 1 {
        0
    } else if name.starts_with(char::is_uppercase) {
        1
    } else {
        2
    }
}

fn lowered(name: &str, style: &ImportStyle) -> String {
    if style.case_sensitive { name.to_owned() } else { name.to_lowercase() }
}

/// A text whose digits compare as numbers: `a2` before `a10`.
#[derive(Debug, PartialEq, Eq)]
struct Natural(String);

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = (self.0.as_str(), other.0.as_str());
        loop {
            let (a, b) = (digits(left), digits(right));
            if a > 0 && b > 0 {
                let (x, y) = (left[..a].trim_start_matches('0'), right[..b].trim_start_matches('0'));
                let order = (x.len(), x).cmp(&(y.len(), y));
                if order != Ordering::Equal {
                    return order;
                }
                (left, right) = (&left[a..], &right[b..]);
                continue;
            }
            let (mut ahead, mut behind) = (left.chars(), right.chars());
            match (ahead.next(), behind.next()) {
                (None, None) => return self.0.cmp(&other.0),
                (None, Some(_)) => return Ordering::Less,
                (Some(_), None) => return Ordering::Greater,
                (Some(x), Some(y)) if x != y => return x.cmp(&y),
                _ => (left, right) = (ahead.as_str(), behind.as_str()),
            }
        }
    }
}

fn digits(text: &str) -> usize {
    text.len() - text.trim_start_matches(|char: char| char.is_ascii_digit()).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_order() {
        let style = ImportStyle::default();
        let mut names = ["beta", "A", "MAX_10", "*", "Alpha", "MAX", "MAX_2", "Gamma_"];
        names.sort_by_key(|name| MemberKey::of(name, &style));
        assert_eq!(names, ["*", "MAX", "MAX_2", "MAX_10", "A", "Alpha", "Gamma_", "beta"]);
        let by_letter = ImportStyle { order_by_type: false, ..style };
        names.sort_by_key(|name| MemberKey::of(name, &by_letter));
        assert_eq!(names, ["*", "A", "Alpha", "beta", "Gamma_", "MAX", "MAX_2", "MAX_10"]);
    }

    #[test]
    fn modules_in_order() {
        let line = |text: &str| match text.split_once(" import ") {
            Some((clause, items)) => {
                ImportLine::new(Some(clause), items.split(", ").map(str::to_owned).collect())
            }
            None => ImportLine::new(None, vec![text.trim_start_matches("import ").to_owned()]),
        };
        let sorted = |style: &ImportStyle| {
            let mut texts = [
                "from b import c",
                "import z",
                "from a import x",
                "import a.b as c",
                "from .. import d",
                "from . import e",
                "from b import A as B",
                "import a",
            ];
            texts.sort_by_key(|text| ModuleKey::of(&line(text), style, false));
            texts.join("; ")
        };
        let usual = ImportStyle::default();
        assert_eq!(
            sorted(&usual),
            "import a; import a.b as c; import z; from .. import d; from . import e; from a import x; from b import A as B; from b import c"
        );
        let mixed = ImportStyle { force_sort_within_sections: true, closest_first: true, ..usual.clone() };
        assert_eq!(
            sorted(&mixed),
            "import a; from a import x; import a.b as c; from b import A as B; from b import c; import z; from . import e; from .. import d"
        );
        let from_first = ImportStyle { from_first: true, length_sort: true, ..usual };
        assert_eq!(
            sorted(&from_first),
            "from . import e; from a import x; from b import A as B; from b import c; from .. import d; import a; import z; import a.b as c"
        );
    }
}
