//! Matching, as tables.
#![allow(clippy::unwrap_used)]

use super::ModulePattern;

fn pattern(text: &str) -> ModulePattern {
    ModulePattern::new(text).unwrap()
}

#[test]
fn exactly() {
    for (text, yes, no) in [
        ("app", "app", "app.x apple ap"),
        ("app.models", "app.models", "app app.models.user app.model"),
        ("app.*", "app.a app.b", "app app.a.b xapp.a"),
        ("app.*.models", "app.a.models", "app.models app.a.b.models app.a.models.x"),
        ("app.*.*", "app.a.b", "app.a app.a.b.c"),
        ("app.**", "app.a app.a.b app.a.b.c", "app apple.a"),
        ("app.**.models", "app.a.models app.a.b.models app.models.models", "app.models app.a.models.x"),
        ("**.models", "a.models a.b.models", "models models.a"),
        ("**", "a a.b", ""),
        ("*", "a", "a.b"),
        ("a.**.b.**.c", "a.x.b.x.c a.b.b.b.b.c", "a.b.c a.x.b.c"),
        ("a.**.b.*", "a.x.b.y a.b.b.b", "a.b.y a.x.b a.x.b.y.z"),
        ("src/app", "", "src app src.app"),
    ] {
        for module in yes.split_whitespace() {
            assert!(pattern(text).matches(module), "{text} should match {module}");
        }
        for module in no.split_whitespace() {
            assert!(!pattern(text).matches(module), "{text} should not match {module}");
        }
        assert!(!pattern(text).matches(""), "{text} should not match nothing");
    }
}

#[test]
fn with_all_below() {
    for (text, yes, no) in [
        ("app", "app app.x app.x.y", "apple x.app"),
        ("app.*", "app.x app.x.y", "app"),
        ("app.*.models", "app.x.models app.x.models.user", "app.models app.x"),
        ("**.models", "app.models.user", "models.user"),
        ("app.**", "app.x app.x.y", "app"),
    ] {
        for module in yes.split_whitespace() {
            assert!(pattern(text).matches_or_contains(module), "{text} should contain {module}");
        }
        for module in no.split_whitespace() {
            assert!(!pattern(text).matches_or_contains(module), "{text} should not contain {module}");
        }
    }
}

#[test]
fn refused() {
    let cases = ["", ".", "a.", ".a", "a..b", "a.b*", "a.**b", "***", "a b", "a|b", "a.(b)"];
    let reasons: Vec<String> =
        cases.iter().map(|text| format!("{text:8}{}\n", ModulePattern::new(text).unwrap_err())).collect();
    expect_test::expect![[r"
                a pattern must not be empty
        .       `.` has an empty segment
        a.      `a.` has an empty segment
        .a      `.a` has an empty segment
        a..b    `a..b` has an empty segment
        a.b*    `a.b*`: a wildcard stands for a whole segment, not for a part of one
        a.**b   `a.**b`: a wildcard stands for a whole segment, not for a part of one
        ***     `***`: a wildcard stands for a whole segment, not for a part of one
        a b     `a b` is not a dotted module name
        a|b     `a|b` is not a dotted module name
        a.(b)   `a.(b)` is not a dotted module name
    "]]
    .assert_eq(&reasons.concat());
}

#[test]
fn many_wildcards_over_a_long_name_end() {
    let text = ["**"; 40].join(".a.");
    let module = vec!["a"; 4000].join(".");
    assert!(!pattern(&format!("{text}.b")).matches(&module));
}

#[test]
fn paths() {
    assert!(pattern("app/routers").is_path());
    assert!(pattern("app/routers").matches_path("app/routers/users.py"));
    assert!(!pattern("app.routers").matches_path("app/routers/users.py"));
}
