//! Hovers of findings with more places than editors list.

use expect_test::expect;

use crate::fixture::Fixture;
use crate::hover;
use crate::hover::tests::SHOP;

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
