//! The actions offered at the cursor (`$0`), and the text after one of them was applied.

mod errors;
mod places;
mod refactor;

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
    actions(snapshot, fixture.file(), Span::new(fixture.offset, fixture.offset), &[], Reach::Project)
}

/// The titles of the actions offered.
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

/// The file after the first action whose title begins like this.
#[track_caller]
fn check_taken(files: &str, title: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let action = offered(&fixture, &snapshot).into_iter().find(|action| action.title.starts_with(title));
    let edits = action.and_then(|action| resolve(&snapshot, &action.data, Abilities::ALL));
    let text = snapshot.text(fixture.file());
    let after = edits.and_then(|edits| apply_edits(text.as_str(), &edits.changes.edits[0].edits));
    expected.assert_eq(&after.unwrap_or_default().replace('\r', "<CR>"));
}

#[test]
fn offers() {
    check(
        "//- /shop/a.py\ndef f():\n    from shop import pri$0ces\n    return prices.X\n",
        &expect![[r#"
            QuickFix, Safe, preferred: Move the import to the top level
            QuickFix, Safe: Fix all `hidden-import` in the project
            SourceFixAll, Safe: Fix all safe findings in this file
            QuickFix, Review: Ignore hidden-import here with a reason
            QuickFix, Review: Accept hidden-import into the baseline
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

/// A selection touches a finding at both its ends, and not one letter further.
#[test]
fn the_ends_of_a_finding_count() {
    let fixture = Fixture::new(&format!(
        "{SHOP}//- /shop/a.py\ndef f():\n    from shop import pri$0ces  # why not\n    return prices.X\n"
    ));
    let snapshot = fixture.workspace.snapshot();
    let file = fixture.file();
    let found = crate::diagnostics(&snapshot, file)[0].span;
    let selections = [
        (found.start - 3, found.start - 1, false),
        (found.start - 3, found.start, true),
        (found.end, found.end + 2, true),
        (found.end + 1, found.end + 3, false),
    ];
    for (start, end, is_offered) in selections {
        let offers = actions(&snapshot, file, Span::new(start, end), &[], Reach::Project);
        let moves = offers.iter().any(|action| action.title == "Move the import to the top level");
        assert_eq!(moves, is_offered, "{start}..{end} at {found:?}");
    }
}

#[test]
fn kinds_limit_what_is_offered() {
    let fixture = Fixture::new(&format!(
        "{SHOP}//- /shop/a.py\ndef f():\n    from shop import pri$0ces\n    return prices.X\n"
    ));
    let snapshot = fixture.workspace.snapshot();
    let range = Span::new(fixture.offset, fixture.offset);
    for kind in [ActionKind::QuickFix, ActionKind::SourceFixAll] {
        let offered = actions(&snapshot, fixture.file(), range, &[kind], Reach::File);
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
fn ignoring() {
    check_taken(
        "//- /shop/a.py\ndef f():\n    from shop import pri$0ces\n    return prices.X\n",
        "Ignore",
        &expect![[r#"
            def f():
                from shop import prices  # architrave: ignore[hidden-import] TODO: reason
                return prices.X
        "#]],
    );
    check_taken(
        "//- /shop/a.py\ndef f():\n    from shop import pri$0ces  # noqa\n    return prices.X\n",
        "Ignore",
        &expect![[r#"
            def f():
                from shop import prices  # noqa  # architrave: ignore[hidden-import] TODO: reason
                return prices.X
        "#]],
    );
    check_taken(
        "//- /shop/a.py\ndef f():\n    from shop import pri$0ces  # architrave: ignore[dynamic-import] both\n    return prices.X\n",
        "Ignore",
        &expect![[r#"
            def f():
                from shop import prices  # architrave: ignore[dynamic-import, hidden-import] both
                return prices.X
        "#]],
    );
    check_taken(
        "//- /shop/a.py\ndef f():\n    from shop import (\n        pri$0ces,\n    )\n    return prices.X\n",
        "Ignore",
        &expect![[r#"
            def f():
                from shop import (  # architrave: ignore[hidden-import] TODO: reason
                    prices,
                )
                return prices.X
        "#]],
    );
    check_taken(
        "//- /shop/a.py\ndef f():\n    from shop import \\\n        pri$0ces\n    return prices.X\n",
        "Ignore",
        &expect![[r#"
            def f():
                # architrave: ignore[hidden-import] TODO: reason
                from shop import \
                    prices
                return prices.X
        "#]],
    );
    check_taken(
        "//- /shop/a.py\r\ndef f():\r\n    from shop import \\\r\n        pri$0ces\r\n    return prices.X\r\n",
        "Ignore",
        &expect![[r#"
            def f():<CR>
                # architrave: ignore[hidden-import] TODO: reason<CR>
                from shop import \<CR>
                    prices<CR>
                return prices.X<CR>
        "#]],
    );
}

#[test]
fn ignoring_where_the_line_takes_no_comment() {
    // The end of the line is inside a string; a comment above covers the statement.
    check_taken(
        "//- /shop/a.py\nimport importlib\nx = [importlib.import_module('shop.pri$0ces'), \"\"\"\n\"\"\"]\n",
        "Ignore",
        &expect![[r#"
            import importlib
            # architrave: ignore[dynamic-import] TODO: reason
            x = [importlib.import_module('shop.prices'), """
            """]
        "#]],
    );
    // Neither line can take one.
    check_taken(
        "//- /shop/a.py\nimport importlib\nx = [\"\"\"\n\"\"\", importlib.import_module('shop.pri$0ces'), \"\"\"\n\"\"\"]\n",
        "Ignore",
        &expect![],
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
fn an_action_outlives_edits_above_it_and_dies_with_its_finding() {
    let mut fixture = Fixture::new(&format!(
        "{SHOP}//- /shop/a.py\ndef f():\n    from shop import pri$0ces\n    return prices.X\n"
    ));
    let mut offered = offered(&fixture, &fixture.workspace.snapshot());
    // Has no edits at all.
    offered.retain(|action| !matches!(action.data.remedy, Remedy::Accept { .. }));
    let edited = |fixture: &mut Fixture, text: &str| {
        let change = workspace::Change::Open { path: fixture.path.clone(), version: 1, text: text.into() };
        fixture.workspace.apply(vec![change]);
        let snapshot = fixture.workspace.snapshot();
        let resolved: Vec<bool> =
            offered.iter().map(|action| resolve(&snapshot, &action.data, Abilities::ALL).is_some()).collect();
        resolved
    };
    let above = "import os\n\ndef f():\n    from shop import prices\n    return prices.X\n";
    assert!(edited(&mut fixture, above).iter().all(|resolved| *resolved));
    assert!(edited(&mut fixture, "def f():\n    return 1\n").iter().all(|resolved| !resolved));
}

#[test]
fn misspelt_words_of_a_configuration() {
    let files = "//- /architrave.toml\n[rules]\nhidden-imp$0rt = \"off\"\n";
    check(
        files,
        &expect![[r#"
        QuickFix, Review, preferred: Replace with "hidden-import"
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
        QuickFix, Review, preferred: Replace with "style"
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
fn a_pattern_that_names_no_module() {
    let files = "//- /architrave.toml\n[layers]\ndomain = ['shop.or$0der']\n\
                 //- /shop/__init__.py\n//- /shop/orders.py\n";
    check(
        files,
        &expect![[r#"
        QuickFix, Review, preferred: Replace with "shop.orders"
    "#]],
    );
    check_taken(
        files,
        "Replace",
        &expect![[r#"
        [layers]
        domain = ["shop.orders"]
    "#]],
    );
}

#[test]
fn files_of_no_project_offer_nothing() {
    let fixture = Fixture::new(&format!("{SHOP}//- /shop/a.py\n$0"));
    let snapshot = fixture.workspace.snapshot();
    assert_eq!(offered(&fixture, &snapshot), []);
    let data = ActionData { path: "/nowhere/a.py".into(), remedy: Remedy::FixAll };
    assert_eq!(resolve(&snapshot, &data, Abilities::ALL), None);
}
