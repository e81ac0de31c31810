//! What is shown on ignore comments, and on findings that have many places.

use expect_test::expect;

use crate::fixture::Fixture;
use crate::hover;
use crate::hover::tests::{SHOP, check};

#[test]
fn rule_in_an_ignore_comment() {
    let silenced =
        "//- /shop/domain/a.py\nfrom shop.api import routes  # architrave: ignore[layer-vio$0lation] why\n";
    let fixture = Fixture::new(&format!("{SHOP}{silenced}"));
    let snapshot = fixture.workspace.snapshot();
    let words = hover(&snapshot, fixture.file(), fixture.offset).expect("a rule").words.plain();
    let head: Vec<&str> = words.lines().take(5).collect();
    expect![[r#"
        layer-violation · an import against the direction of the layers

        Silences here

        - line 1: Domain must not import presentation: shop.api.routes"#]]
    .assert_eq(&head.join("\n"));
    assert!(words.contains("\nWhy\n"), "the page follows: {words}");
    check("//- /shop/api/a.py\nx = 1\ny = 2  # architrave: ignore[no-such-ru$0le]\n", &expect![""]);
}

#[test]
fn an_ignore_comment_for_all_rules() {
    check(
        "//- /shop/domain/a.py\nfrom shop.api import routes  # architrave: ig$0nore\n",
        &expect![[r#"
            [# architrave: ignore]
            Silences here

            - line 1, layer-violation: Domain must not import presentation: shop.api.routes
        "#]],
    );
    check(
        "//- /shop/api/a.py\nx = 1  # architrave: ignore unu$0sed\n",
        &expect![[r#"
        [# architrave: ignore unused]
        Silences nothing here
    "#]],
    );
}

#[test]
fn all_places_of_a_finding_that_has_many() {
    let ring = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("f", "a")];
    let module = |(name, next)| format!("//- /shop/ring/{name}.py\nimport shop.ring.{next}\n");
    let files: String = ring.map(module).concat();
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let told: Vec<String> = ring
        .iter()
        .filter_map(|(name, _)| {
            let file = snapshot.file(format!("/project/shop/ring/{name}.py").as_str().into())?;
            let words = hover(&snapshot, file, 18)?.words.plain();
            Some(words.split_once("circular-import, all")?.1.to_owned())
        })
        .collect();
    expect![[r#"
         6 places

        - shop/ring/f.py:1: shop.ring.f imports shop.ring.a
        - shop/ring/a.py:1: shop.ring.a imports shop.ring.b
        - shop/ring/b.py:1: shop.ring.b imports shop.ring.c
        - shop/ring/c.py:1: shop.ring.c imports shop.ring.d
        - shop/ring/d.py:1: shop.ring.d imports shop.ring.e
        - shop/ring/e.py:1: shop.ring.e imports shop.ring.f"#]]
    .assert_eq(&told.join("\n--\n"));
}
