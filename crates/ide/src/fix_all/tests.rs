//! Whole projects before and after their safe fixes.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use source::{Span, TextEdit, apply_edits};

use super::apply::go_together;
use super::*;
use crate::fixture::Fixture;

const HEAD: &str = "
//- /pyproject.toml
[project]
name = \"shop\"
//- /shop/__init__.py
//- /shop/prices.py
def price(): return 1
def tax(): return 2
";

/// The files that changed, and the unapplied fixes.
#[track_caller]
fn check(files: &str, expected: &Expect) {
    let mut fixture = Fixture::new(&format!("{HEAD}{files}"));
    let findings = |fixture: &Fixture| {
        let snapshot = fixture.workspace.snapshot();
        let project = snapshot.projects()[0];
        let files = project.files(snapshot.db()).list();
        files.iter().map(|(_, file)| snapshot.check(project, *file).len()).sum::<usize>()
    };
    let before = findings(&fixture);
    let fixed = fix_all(&mut fixture.workspace, |_| true);
    assert_eq!(fixed.findings, before - findings(&fixture), "what is counted is gone");
    let mut out = format!("fixed {}\n", fixed.findings);
    for file in &fixed.files {
        let _ = writeln!(out, "--- {}\n{}", file.path, file.contents);
    }
    for (path, reason) in &fixed.left {
        let _ = writeln!(out, "{path}: {reason}");
    }
    expected.assert_eq(&out);
    // The fixed findings are gone, and fixing again changes nothing.
    assert_eq!(fix_all(&mut fixture.workspace, |_| true).files, []);
}

#[test]
fn nothing_to_do() {
    check(
        "//- /shop/a.py\nfrom shop.prices import price\n",
        &expect![[r#"
        fixed 0
    "#]],
    );
}

/// One of two imports of a name would hide the other at the top level: which one moves is for a person to say.
#[test]
fn two_functions_mean_different_things_by_one_name() {
    check(
        "
//- /shop/costs.py
def price(): return 3
//- /shop/middle.py
def m(): return 3
//- /shop/a.py
from shop.middle import m

def f():
    from shop.prices import price
    return price() + m()

def g():
    from shop.costs import price
    return price()
",
        &expect![[r#"
            fixed 0
        "#]],
    );
}

#[test]
fn several_findings_in_several_files() {
    check(
        "
//- /shop/a.py
def f():
    from shop.prices import price
    return price()

def g():
    from shop.prices import price, tax
    return price() + tax()
//- /shop/b.py
class B:
    def f(self):
        from shop.a import f
        return f()
",
        &expect![[r#"
            fixed 3
            --- /project/shop/a.py
            from shop.prices import price, tax


            def f():
                return price()

            def g():
                return price() + tax()

            --- /project/shop/b.py
            from shop.a import f


            class B:
                def f(self):
                    return f()

        "#]],
    );
}

#[test]
fn two_hoists_never_close_a_cycle_together() {
    check(
        "
//- /shop/a.py
def f():
    from shop.b import g
    return g()
//- /shop/b.py
def g():
    from shop.a import f
    return f()
",
        &expect![[r#"
            fixed 1
            --- /project/shop/a.py
            from shop.b import g


            def f():
                return g()

        "#]],
    );
}

#[test]
fn one_fix_empties_the_block_that_another_fills() {
    let mut fixture = Fixture::new(&format!(
        "{HEAD}//- /shop/rates.py
def rate(): ...
//- /shop/a.py
import collections
import shop.prices


def f8():
    return 'f8'


def typed():
    from shop import rates

    it: rates = 1
    return it


def called():
    from shop import rates

    return rates.rate()


def other():
    from shop.prices import price

    it: price = 1
    return it
"
    ));
    let fixed = fix_all(&mut fixture.workspace, |_| true);
    let text = &fixed.files[0].contents;
    // An indented import is in a block or a function.
    let mut before = "";
    for line in text.lines().filter(|line| !line.is_empty()) {
        let is_orphan = line.starts_with("    from") && !before.ends_with(':') && !before.starts_with("    ");
        assert!(!is_orphan, "{text}");
        before = line;
    }
}

#[test]
fn only_what_is_wanted() {
    let body = "def f():\n    from shop.prices import price\n    return price()\n";
    let mut fixture = Fixture::new(&format!("{HEAD}//- /shop/a.py\n{body}//- /shop/b.py\n{body}"));
    let fixed = fix_all(&mut fixture.workspace, |path| path.ends_with("shop/b.py"));
    let paths: Vec<_> = fixed.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["/project/shop/b.py"]);
}

#[test]
fn files_keep_their_encoding() {
    let files = "//- /shop/a.py\n# coding: latin-1\n# \u{e4}\ndef f():\n    from shop.prices import price\n    return price()\n";
    let mut fixture = Fixture::new(&format!("{HEAD}{files}"));
    // The fixture is written in UTF-8, which read as Latin-1 is two characters.
    let fixed = fix_all(&mut fixture.workspace, |_| true);
    let file = &fixed.files[0];
    assert!(file.contents.contains("# \u{c3}\u{a4}\n"));
    assert!(file.bytes.windows(4).any(|bytes| bytes == b"# \xc3\xa4"));
}

#[test]
fn edits_that_go_together() {
    let edit = |start, end, insert: &str| TextEdit { span: Span::new(start, end), insert: insert.to_owned() };
    let table = [
        (edit(0, 4, ""), edit(4, 8, ""), false),
        (edit(0, 4, ""), edit(3, 8, ""), false),
        (edit(0, 4, ""), edit(5, 8, ""), true),
        (edit(0, 4, ""), edit(0, 4, ""), true),
        (edit(0, 4, ""), edit(0, 4, "x"), false),
        (edit(4, 4, "x"), edit(4, 4, "y"), false),
        (edit(4, 4, "x"), edit(4, 4, "x"), true),
        (edit(4, 4, "x"), edit(0, 4, ""), false),
        (edit(4, 4, "x"), edit(4, 8, ""), false),
        (edit(4, 4, "x"), edit(2, 8, ""), false),
    ];
    for (a, b, expected) in table {
        assert_eq!(go_together(&a, &b), expected, "{a:?} {b:?}");
        assert_eq!(go_together(&b, &a), expected, "{b:?} {a:?}");
    }
}

#[test]
fn differences_are_small() {
    let table = [
        ("", "", (0, 0), ""),
        ("abc", "abc", (3, 3), ""),
        ("abc", "axc", (1, 2), "x"),
        ("aa", "aaa", (2, 2), "a"),
        ("aaa", "aa", (2, 3), ""),
        ("\u{e4}x", "\u{e5}x", (0, 2), "\u{e5}"),
        ("", "x", (0, 0), "x"),
    ];
    for (old, new, (start, end), insert) in table {
        let edit = difference(old, new);
        assert_eq!((edit.span, edit.insert.as_str()), (Span::new(start, end), insert), "{old:?} {new:?}");
        assert_eq!(apply_edits(old, &[edit]).as_deref(), Some(new));
    }
}
