//! The queries in the hover of a function: on its name and on a call (`$0`).

use expect_test::{Expect, expect};

use crate::fixture::{Fixture, ORDER_ROUTES, ORDERS};
use crate::hover;

#[track_caller]
fn check_orders(files: &str, expected: &Expect) {
    let text = format!("{ORDERS}{ORDER_ROUTES}{files}");
    let fixture = Fixture::new(&text);
    let snapshot = fixture.workspace.snapshot();
    let file = fixture.file();
    let shown = hover(&snapshot, file, fixture.offset);
    let text = snapshot.text(file);
    let words = shown.map(|hover| format!("[{}]\n{}\n", text.slice(hover.span), hover.words.plain()));
    expected.assert_eq(&words.unwrap_or_default());
}

#[test]
fn queries_of_a_function() {
    let routes = ORDER_ROUTES.replace("def listed", "def li$0sted").replace("api.py", "other.py");
    check_orders(
        &routes,
        &expect![[r#"
            [listed]
            listed · 1 + N(orders) queries per call

            GET /v1/orders/owners · 2 + N(orders) queries per request, with what it depends on and renders · authenticated by current_user

            - 1: a query for Order at shop/repository.py:8, through OrderRepository.owners, OrderRepository.recent
            - N(orders): session.get(User) at shop/repository.py:10, once for each of orders, through OrderRepository.owners

            Before it, current_user · 1 query

            - 1: session.get(User) at shop/other.py:7
        "#]],
    );
}

#[test]
fn queries_of_what_is_called() {
    let routes = ORDER_ROUTES.replace(".owners()", ".own$0ers()").replace("api.py", "other.py");
    check_orders(
        &routes,
        &expect![[r#"
            [owners]
            OrderRepository.owners · 1 + N(orders) queries per call

            - 1: a query for Order at shop/repository.py:8, through OrderRepository.recent
            - N(orders): session.get(User) at shop/repository.py:10, once for each of orders
        "#]],
    );
}

#[test]
fn functions_without_queries_say_nothing() {
    check_orders("//- /shop/plain.py\n\n\n\nX = 1\ndef pla$0in(): return 1\n", &expect![[r#""#]]);
}
