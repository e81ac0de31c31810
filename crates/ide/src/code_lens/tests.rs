use std::fmt::Write as _;

use expect_test::{Expect, expect};

use source::File;
use workspace::Snapshot;

use super::code_lenses;
use crate::fixture::{Fixture, ORDER_ROUTES, ORDERS, PORTS};

/// The lenses of a file: the name, then the text.
#[track_caller]
fn check(path: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{ORDERS}{ORDER_ROUTES}"));
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file(format!("/project/{path}").as_str().into()).expect("a file of the fixture");
    expected.assert_eq(&shown(&snapshot, file));
}

/// The lenses of a file with the places that they open.
fn shown(snapshot: &Snapshot, file: File) -> String {
    let text = snapshot.text(file);
    let mut out = String::new();
    for lens in code_lenses(snapshot, file) {
        let _ = writeln!(out, "{}: {}", text.slice(lens.span), lens.title);
        for place in lens.places {
            let text = snapshot.text(place.file);
            let path = place.file.path(snapshot.db());
            let _ = writeln!(out, "  {} in {path}", text.slice(place.span));
        }
    }
    out
}

#[test]
fn routes_with_their_cost() {
    check(
        "shop/api.py",
        &expect![[r#"
            listed: GET /v1/orders/owners · 2 + N(orders) queries
              repository.owners() in /project/shop/api.py
              self.recent() in /project/shop/repository.py
              self.session.scalars(select(Order)) in /project/shop/repository.py
              self.session.get(User, order.user_id) in /project/shop/repository.py
              session.get(User, 1) in /project/shop/api.py
        "#]],
    );
}

#[test]
fn methods_of_repositories() {
    check(
        "shop/repository.py",
        &expect![[r#"
            recent: 1 query
              self.session.scalars(select(Order)) in /project/shop/repository.py
            owners: 1 + N(orders) queries
              self.recent() in /project/shop/repository.py
              self.session.scalars(select(Order)) in /project/shop/repository.py
              self.session.get(User, order.user_id) in /project/shop/repository.py
        "#]],
    );
}

#[test]
fn models_have_none() {
    check("shop/models.py", &expect![[r#""#]]);
}

/// The lenses of a file of [`PORTS`] with the places that they open.
#[track_caller]
fn check_ports(path: &str, expected: &Expect) {
    let fixture = Fixture::new(PORTS);
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file(format!("/project/{path}").as_str().into()).expect("a file of the fixture");
    expected.assert_eq(&shown(&snapshot, file));
}

#[test]
fn ports_with_adapters_and_consumers() {
    check_ports(
        "shop/domain/ports.py",
        &expect![[r#"
        Orders: implemented by 3, used by 2
          Everything in /project/shop/adapters.py
          MemoryOrders in /project/shop/adapters.py
          SqlOrders in /project/shop/adapters.py
          Orders in /project/shop/service.py
          "Orders | None" in /project/shop/service.py
        Mail: implemented by 2, not used
          Everything in /project/shop/adapters.py
          Smtp in /project/shop/adapters.py
        Lonely: neither implemented nor used
    "#]],
    );
}

#[test]
fn adapters_with_their_ports() {
    check_ports(
        "shop/adapters.py",
        &expect![[r#"
        SqlOrders: implements Orders
          Orders in /project/shop/domain/ports.py
        MemoryOrders: implements Orders
          Orders in /project/shop/domain/ports.py
        Smtp: implements Mail
          Mail in /project/shop/domain/ports.py
        Everything: implements Mail, Orders
          Mail in /project/shop/domain/ports.py
          Orders in /project/shop/domain/ports.py
    "#]],
    );
}

#[test]
fn consumers_have_none() {
    check_ports("shop/service.py", &expect![""]);
}
