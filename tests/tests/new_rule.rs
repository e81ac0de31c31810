//! `new-rule` writes the rule where rules belong and overwrites nothing.

use std::fs;
use std::path::Path;

use tests::{cases, new_rule, sections};

/// A copy of the files that it changes.
fn copy() -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the member lies in the workspace");
    let folder = tempfile::tempdir().expect("a folder");
    let source = "crates/rules/src";
    fs::create_dir_all(folder.path().join(source).join("queries")).expect("a folder");
    for file in ["registry.rs", "queries.rs"] {
        fs::copy(root.join(source).join(file), folder.path().join(source).join(file)).expect("a copy");
    }
    folder
}

#[test]
fn a_new_rule_is_two_files_and_two_lines() {
    let folder = copy();
    let read =
        |path: &str| fs::read_to_string(folder.path().join("crates/rules/src").join(path)).expect("a file");
    let (modules, registry) = (read("queries.rs"), read("registry.rs"));
    let written = new_rule(folder.path(), "queries", "n-plus-two").expect("it is written");
    assert_eq!(written.len(), 4);

    let added = |before: &str, after: &str| -> Vec<String> {
        let new = after.lines().filter(|line| !before.lines().any(|it| it == *line));
        new.map(str::to_owned).collect()
    };
    assert_eq!(added(&modules, &read("queries.rs")), ["pub(crate) mod n_plus_two;"]);
    assert_eq!(added(&registry, &read("registry.rs")), ["    &queries::n_plus_two::RULE,"]);
    let listed: Vec<String> =
        read("registry.rs").lines().filter(|line| line.ends_with("::RULE,")).map(str::to_owned).collect();
    let at = listed.iter().position(|line| line.contains("n_plus_two")).expect("it is listed");
    assert!(listed[at - 1].contains("n_plus_one_serialization"), "{listed:#?}");

    assert!(read("queries/n_plus_two.rs").contains("id: \"n-plus-two\""));
    let page = cases(&sections(&read("queries/n_plus_two.md"))).expect("the page is read");
    let expected = page.iter().flat_map(tests::Case::expectations).filter(|(_, it)| it.rule == "n-plus-two");
    assert_eq!(expected.count(), 1, "the page asks for a finding");
    let headings = |page: &str| -> Vec<String> {
        page.lines().filter(|line| line.starts_with("## ")).map(str::to_owned).collect()
    };
    let like = rules::by_id("n-plus-one").expect("there is such a rule");
    assert_eq!(headings(&read("queries/n_plus_two.md")), headings(like.docs));
}

#[test]
fn bad_names_and_taken_ones_are_refused() {
    let folder = copy();
    let before = fs::read_to_string(folder.path().join("crates/rules/src/registry.rs")).expect("a file");
    for (group, name, words) in [
        ("queries", "NPlusTwo", "no name for a rule"),
        ("queries", "n_plus_two", "no name for a rule"),
        ("queries", "n--plus", "no name for a rule"),
        ("queries", "../n", "no name for a rule"),
        ("queries", "", "no name for a rule"),
        ("queries", "n-plus-one", "there is a rule called"),
        ("queries", "god-object", "there is a rule called"),
        ("queris", "n-plus-two", "there is no group"),
    ] {
        let error = new_rule(folder.path(), group, name).expect_err(name).to_string();
        assert!(error.contains(words), "{name}: {error}");
    }
    let after = fs::read_to_string(folder.path().join("crates/rules/src/registry.rs")).expect("a file");
    assert_eq!(before, after);
}
