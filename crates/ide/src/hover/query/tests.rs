//! Hovers on the names that run queries.

use expect_test::{Expect, expect};

use crate::fixture::{Fixture, ORDER_ROUTES, ORDERS};
use crate::hover;

/// The hover on the first `name` of the repository.
#[track_caller]
fn check(name: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{ORDERS}{ORDER_ROUTES}"));
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file("/project/shop/repository.py".into()).expect("a file of the fixture");
    let text = snapshot.text(file);
    let offset = text.as_str().find(name).expect("in the text") as u32;
    let shown = hover(&snapshot, file, offset + 1);
    let words = shown.map(|hover| format!("[{}]\n{}\n", text.slice(hover.span), hover.words.plain()));
    expected.assert_eq(&words.unwrap_or_default());
}

#[test]
fn what_it_reads_and_which_routes_run_it() {
    check(
        "scalars(",
        &expect![[r#"
            [scalars]
            Query · Order · 1 query per call of OrderRepository.recent

            Run by requests to

            - GET /v1/orders/owners: 1 query
        "#]],
    );
    check(
        "get(",
        &expect![[r#"
            [get]
            session.get(User) · User · N(orders) queries per call of OrderRepository.owners

            Run by requests to

            - GET /v1/orders/owners: N(orders) queries
        "#]],
    );
}

#[test]
fn what_runs_no_query_says_nothing() {
    check("order.user_id", &expect![[r#""#]]);
}
