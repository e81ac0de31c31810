//! What is offered at the cursor (`$0`), and what the text is after one of the offers was taken.

use expect_test::{Expect, expect};
use source::apply_edits;

use super::*;
use crate::fixture::Fixture;

const SHOP: &str = "
//- /pyproject.toml
[project]
name = \"shop\"
//- /shop/__init__.py
//- /shop/prices.py
X = 1
//- /shop/taxes.py
Y = 1
";

fn offered(fixture: &Fixture, snapshot: &Snapshot) -> Vec<Action> {
    actions(snapshot, fixture.file(), Span::new(fixture.offset, fixture.offset), &[])
}

/// The titles of what is offered.
#[track_caller]
fn check(files: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let lines = offered(&fixture, &snapshot).into_iter().map(|action| {
        let preferred = if action.is_preferred { ", preferred" } else { "" };
        format!("{:?}, {:?}{preferred}: {}\n", action.kind, action.applicability, action.title)
    });
    expected.assert_eq(&lines.collect::<String>());
}

/// The file after the first offer whose title begins like this.
#[track_caller]
fn check_taken(files: &str, title: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let action = offered(&fixture, &snapshot).into_iter().find(|action| action.title.starts_with(title));
    let edits = action.and_then(|action| resolve(&snapshot, &action.data));
    let text = snapshot.text(fixture.file());
    let after = edits.and_then(|edits| apply_edits(text.as_str(), &edits[0].edits));
    expected.assert_eq(&after.unwrap_or_default());
}

#[test]
fn a_fix() {
    check_taken(
        "//- /shop/a.py\ndef f():\n    from shop import pri$0ces\n    return prices.X\n",
        "Move",
        &expect![[r#"
            from shop import prices

            def f():
                return prices.X
        "#]],
    );
}

#[test]
fn misspelt_words_of_a_configuration() {
    let files = "//- /architrave.toml\n[rules]\nhidden-imp$0rt = \"off\"\n";
    check(
        files,
        &expect![[r#"
        QuickFix, Review, preferred: Replace by "hidden-import"
    "#]],
    );
    check_taken(
        files,
        "Replace",
        &expect![[r#"
        [rules]
        hidden-import = "off"
    "#]],
    );
    let files = "//- /architrave.toml\nsty$0e = \"clean\"\n";
    check(
        files,
        &expect![[r#"
        QuickFix, Review, preferred: Replace by "style"
    "#]],
    );
    check_taken(
        files,
        "Replace",
        &expect![[r#"
        style = "clean"
    "#]],
    );
}

#[test]
fn files_of_no_project_offer_nothing() {
    let fixture = Fixture::new(&format!("{SHOP}//- /shop/a.py\n$0"));
    let snapshot = fixture.workspace.snapshot();
    assert_eq!(offered(&fixture, &snapshot), []);
    let data = ActionData { path: "/nowhere/a.py".into(), remedy: Remedy::FixAll };
    assert_eq!(resolve(&snapshot, &data), None);
}
