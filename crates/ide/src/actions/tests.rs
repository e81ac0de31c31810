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
fn offers() {
    check(
        "//- /shop/a.py\ndef f():\n    from shop import pri$0ces\n    return prices.X\n",
        &expect![[r#"
            QuickFix, Safe, preferred: Move the import to the module's head
            QuickFix, Review: Ignore hidden-import here with a reason
            SourceFixAll, Safe: Fix all safe findings in this file
        "#]],
    );
    check(
        "//- /shop/a.py\ndef f():\n    from shop import prices\n    return prices$0.X\n",
        &expect![[r#"
        SourceFixAll, Safe: Fix all safe findings in this file
    "#]],
    );
    check("//- /shop/a.py\nfrom shop import pri$0ces\n", &expect![]);
}

#[test]
fn kinds_limit_what_is_offered() {
    let fixture = Fixture::new(&format!(
        "{SHOP}//- /shop/a.py\ndef f():\n    from shop import pri$0ces\n    return prices.X\n"
    ));
    let snapshot = fixture.workspace.snapshot();
    let range = Span::new(fixture.offset, fixture.offset);
    for kind in [ActionKind::QuickFix, ActionKind::SourceFixAll] {
        let offered = actions(&snapshot, fixture.file(), range, &[kind]);
        assert!(!offered.is_empty() && offered.iter().all(|action| action.kind == kind), "{kind:?}");
    }
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
fn fixing_all_of_a_file() {
    check_taken(
        "//- /shop/a.py\ndef f():\n    from shop import pri$0ces\n    return prices.X\n\ndef g():\n    from shop import prices, taxes\n    return prices.X + taxes.Y\n",
        "Fix all",
        &expect![[r#"
            from shop import prices, taxes

            def f():
                return prices.X

            def g():
                return prices.X + taxes.Y
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
