use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::symbols;
use crate::fixture::{Fixture, ORDER_ROUTES, ORDERS, PORTS};

#[track_caller]
fn check(query: &str, expected: &Expect) {
    let ports = PORTS.replace("/shop/", "/port/").replace("shop.", "port.");
    let fixture = Fixture::new(&format!("{ORDERS}{ORDER_ROUTES}{ports}"));
    let snapshot = fixture.workspace.snapshot();
    let mut out = String::new();
    for symbol in symbols(&snapshot, query) {
        let place = snapshot.text(symbol.place.file).slice(symbol.place.span).to_owned();
        let _ = writeln!(out, "{} ({}) at {place:?}", symbol.name, symbol.container);
    }
    expected.assert_eq(&out);
}

#[test]
fn all() {
    check(
        "",
        &expect![[r#"
        GET /v1/orders/owners (listed · shop.api) at "listed"
        Mail (port · port.domain.ports) at "Mail"
        Lonely (port · port.domain.ports) at "Lonely"
        Orders (port · port.domain.ports) at "Orders"
        User (entity · shop.models) at "User"
        Order (entity · shop.models) at "Order"
        port (layer domain) at ""
        shop (layer infrastructure) at ""
    "#]],
    );
}

#[test]
fn by_letters_in_order() {
    check(
        "GET /v1",
        &expect![[r#"
        GET /v1/orders/owners (listed · shop.api) at "listed"
    "#]],
    );
    check(
        "ord",
        &expect![[r#"
        Orders (port · port.domain.ports) at "Orders"
        Order (entity · shop.models) at "Order"
        GET /v1/orders/owners (listed · shop.api) at "listed"
    "#]],
    );
    check(
        "gtowners",
        &expect![[r#"
        GET /v1/orders/owners (listed · shop.api) at "listed"
    "#]],
    );
    check("nothing at all", &expect![[r#""#]]);
}
