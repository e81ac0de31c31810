//! The format of names in messages: code in backticks, short lists, cycles and paths with arrows.

use config::Layer;

/// Further names are counted instead of listed.
const SHOWN: usize = 4;

/// `` `add` ``
pub fn code(name: impl AsRef<str>) -> String {
    format!("`{}`", name.as_ref())
}

/// `add`, `add and get`, `add, get, list and 3 more`
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match &names[..] {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] if names.len() <= SHOWN => format!("{} and {last}", rest.join(", ")),
        _ => {
            let shown = SHOWN - 1;
            format!("{} and {} more", names[..shown].join(", "), names.len() - shown)
        }
    }
}

/// Like `list`, with each name in backticks.
pub fn codes<S: AsRef<str>>(names: &[S]) -> String {
    list(&names.iter().map(code).collect::<Vec<String>>())
}

/// `` `a → b → c` ``; the middle of a long path is omitted.
pub fn way<S: AsRef<str>>(names: &[S]) -> String {
    const LONG: usize = 8;
    let mut names: Vec<String> = names.iter().map(|name| name.as_ref().to_owned()).collect();
    if names.len() > LONG {
        let left_out = names.len() - LONG + 1;
        names.splice(LONG / 2..LONG / 2 + left_out, [format!("… ({left_out} more)")]);
    }
    code(names.join(" → "))
}

/// The name of a layer at the start of a sentence.
pub const fn at_start(layer: Layer) -> &'static str {
    match layer {
        Layer::Presentation => "Presentation",
        Layer::Application => "Application",
        Layer::Domain => "Domain",
        Layer::Infrastructure => "Infrastructure",
        Layer::Composition => "Composition",
        Layer::Config => "Config",
        Layer::Shared => "Shared code",
        Layer::Tests => "Tests",
        Layer::Migrations => "Migrations",
    }
}

/// The text with a capital first letter.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_end_with_a_number() {
        let table: [(&[&str], &str); 5] = [
            (&[], ""),
            (&["a"], "a"),
            (&["a", "b"], "a and b"),
            (&["a", "b", "c", "d"], "a, b, c and d"),
            (&["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
        ];
        for (names, expected) in table {
            assert_eq!(list(names), expected);
        }
        assert_eq!(codes(&["a", "b"]), "`a` and `b`");
    }

    #[test]
    fn of_a_long_way_both_ends_are_shown() {
        assert_eq!(way(&["a", "b", "a"]), "`a → b → a`");
        let long: Vec<String> = (0..20).map(|number| number.to_string()).collect();
        assert_eq!(way(&long), "`0 → 1 → 2 → 3 → … (13 more) → 17 → 18 → 19`");
    }
}
