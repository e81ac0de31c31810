//! Tool settings that name packages: `packages = ["shop"]`, `source = shop`, possibly over several lines.

/// Their names, with underscores.
const NAMES: [&str; 13] = [
    "containers",
    "forbidden_modules",
    "include",
    "known_first_party",
    "module_name",
    "modules",
    "packages",
    "py_modules",
    "qualname",
    "root_package",
    "root_packages",
    "source",
    "source_modules",
];

/// Limit on the lines of a list.
const MOST: usize = 40;

/// Whether the text after `before`, in TOML or INI, is a value of such a setting.
pub(super) fn names_packages(before: &str) -> bool {
    let mut lines = before.rsplit('\n').take(MOST);
    let Some(own) = lines.next() else { return false };
    if let Some(key) = key(own) {
        return is_one(key);
    }
    // An element of a list, or a line of an indented value.
    let is_element = own.trim().is_empty() && !own.is_empty() || own.trim_start().starts_with(['"', '\'']);
    if !is_element {
        return false;
    }
    for line in lines {
        if line.trim().is_empty() || line.starts_with('[') || line.trim_end().ends_with(']') {
            return false;
        }
        if let Some(key) = key(line) {
            return is_one(key);
        }
    }
    false
}

fn is_one(key: &str) -> bool {
    let key = key.trim().trim_matches(['"', '\'']).replace('-', "_").to_lowercase();
    NAMES.contains(&key.rsplit('.').next().unwrap_or_default())
}

/// The last key of a line: `include` in `packages = [{ include = `.
fn key(line: &str) -> Option<&str> {
    let (before, _) = line.rsplit_once('=')?;
    let start = before.rfind(['{', ',', '=']).map_or(0, |at| at + 1);
    before.get(start..)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text before a word, and whether the word is a package.
    const CASES: &[(&str, bool)] = &[
        ("packages = [\"", true),
        ("packages = [\"shop.core\", \"", true),
        ("packages = [\n    \"shop.core\",\n    \"", true),
        ("packages = [{ include = \"", true),
        ("packages =\n    ", true),
        ("source =\n    shop.core\n    ", true),
        ("root_package = ", true),
        ("known-first-party = [\"", true),
        ("name = \"", false),
        ("packages = []\n\"", false),
        ("[tool.setuptools]\n", false),
        ("# the source of ", false),
        ("", false),
    ];

    #[test]
    fn settings_that_name_packages() {
        for (before, expected) in CASES {
            assert_eq!(names_packages(before), *expected, "{before:?}");
        }
    }
}
