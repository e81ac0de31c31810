//! Edits that must not change results, and inputs on which analysis must terminate.

use std::fmt::Write;

use crate::fixture::Fixture;
use crate::types::classes::Member;

#[test]
fn a_body_that_stores_the_same_changes_nothing() {
    let text = |body: &str| {
        format!(
            "class Order: ...\nclass Service:\n    def __init__(self, order: Order):\n{body}    def other(self):\n        x = 1\n"
        )
    };
    let mut fixture = Fixture::new(&format!("//- main.py\n{}", text("        self.order = order\n")));
    let class = fixture.class("main.py", "Service");
    let member =
        |fixture: &Fixture| crate::types::classes::member(&fixture.db, fixture.project, &class, "order");
    let before = member(&fixture);
    assert!(matches!(before, Some(Member::Attribute(_))));
    fixture.executed();
    fixture.edit("main.py", &text("        self.order = order\n").replace("x = 1", "x = 2"));
    assert_eq!(member(&fixture), before);
    let ran = fixture.executed();
    assert!(!ran.contains_key("stored") && !ran.contains_key("attribute"), "{ran:?}");
    fixture.edit("main.py", &text("        log()\n        self.order = order\n"));
    assert_eq!(member(&fixture), before);
    let ran = fixture.executed();
    assert!(ran.contains_key("stored") && !ran.contains_key("attribute"), "{ran:?}");
}

#[test]
fn circles_and_towers_end() {
    let mut text = String::from("//- main.py\nfrom typing import Generic, TypeVar\nT = TypeVar('T')\n");
    text.push_str("class A0(Generic[T]):\n    def found(self): ...\nclass B0(A0[T]): ...\n");
    for level in 1..40 {
        let below = level - 1;
        let _ = writeln!(text, "class A{level}(A{below}[T], B{below}[T]): ...");
        let _ = writeln!(text, "class B{level}(A{below}[T], B{below}[T]): ...");
    }
    text.push_str("class Last(A39[int]): ...\n");
    text.push_str("class X(Y[list[T]]): ...\nclass Y(X[list[T]]): ...\nclass Z(X[int]): ...\n");
    text.push_str("a = b.c\nb = a.c\nclass Me(Me): ...\nAlias = list[Other]\nOther = dict[int, Alias]\n");
    text.push_str("class P:\n    def __init__(self, q: 'Q'):\n        self.v = q.v\n");
    text.push_str("class Q:\n    def __init__(self, p: P):\n        self.v = p.v\n");
    let _ = writeln!(text, "deep: {}int{} = 1", "list[".repeat(5_000), "]".repeat(5_000));
    let _ = writeln!(text, "chain = a{}", ".b".repeat(5_000));
    let _ = writeln!(text, "quoted: \"{}\" = 1", "list[".repeat(90));
    let fixture = Fixture::new(&text);
    for (class, name, found) in [
        ("Last", "found", true),
        ("Z", "found", false),
        ("Me", "found", false),
        ("P", "v", false),
        ("Q", "v", false),
    ] {
        let class = fixture.class("main.py", class);
        let member = crate::types::classes::member(&fixture.db, fixture.project, &class, name);
        assert_eq!(member.is_some(), found, "{class:?}.{name}");
    }
    let module = fixture.module("main.py");
    for name in ["a", "b", "Alias", "Other", "deep", "chain", "quoted"] {
        let _ = crate::types::names::at_top_level(&fixture.db, fixture.project, module, name);
    }
}
