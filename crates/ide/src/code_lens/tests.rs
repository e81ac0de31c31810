use expect_test::{Expect, expect};

use super::code_lenses;
use crate::fixture::{Fixture, ORDER_ROUTES, ORDERS};

/// The lenses of a file: the name, then the words.
#[track_caller]
fn check(path: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{ORDERS}{ORDER_ROUTES}"));
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file(format!("/project/{path}").as_str().into()).expect("a file of the fixture");
    let text = snapshot.text(file);
    let lenses = code_lenses(&snapshot, file);
    let lines = lenses.iter().map(|lens| format!("{}: {}\n", text.slice(lens.span), lens.title));
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn routes_with_their_cost() {
    check(
        "shop/api.py",
        &expect![[r#"
            listed: GET /v1/orders/owners · 2 + N(orders) queries
        "#]],
    );
}

#[test]
fn methods_of_repositories() {
    check(
        "shop/repository.py",
        &expect![[r#"
            recent: 1 query
            owners: 1 + N(orders) queries
        "#]],
    );
}

#[test]
fn models_have_none() {
    check("shop/models.py", &expect![[r#""#]]);
}
