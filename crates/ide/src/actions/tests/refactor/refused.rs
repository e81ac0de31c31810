//! Refused refactorings, and the reason shown in a menu.

use super::*;

/// The refused refactorings at the cursor with their reasons.
#[track_caller]
fn check_refused(files: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let snapshot = fixture.workspace.snapshot();
    let range = Span::new(fixture.offset, fixture.offset);
    let mut shown = String::new();
    for refused in refused_actions(&snapshot, fixture.file(), range, Abilities::ALL) {
        let _ = writeln!(shown, "{}: {}", refused.title, refused.reason);
    }
    expected.assert_eq(&shown);
}

fn of_service(annotation: &str, body: &str) -> String {
    format!(
        "//- /shop/infrastructure/orders.py
class SqlOrd$0ers:
    _key = 1

    def get(self, number: str) -> int:
        return 1

    @unknown
    def all(self) -> int:
        return 1
//- /shop/application/ship.py
from shop.infrastructure.orders import SqlOrders


class Shipping:
    def __init__(self, orders: {annotation}) -> None:
        self.orders = orders

    def ship(self) -> None:
        {body}
"
    )
}

#[test]
fn reasons_of_consumers() {
    check_refused(&of_service("SqlOrders", "self.orders.get(\"\")"), &expect![""]);
    check_refused(
        &of_service("SqlOrders", "notify(self.orders)"),
        &expect![[r#"
            Extract Protocol from the members used: Shipping.__init__ passes it on to where its use can't be followed
        "#]],
    );
    check_refused(
        &of_service("type[SqlOrders]", "self.orders"),
        &expect![[r#"
            Extract Protocol from the members used: no parameter and no field of the project is annotated with SqlOrders
        "#]],
    );
    check_refused(
        &of_service("SqlOrders", "self.orders._key"),
        &expect![[r#"
            Extract Protocol from the members used: Shipping.__init__ uses `_key`, which is private
        "#]],
    );
}

#[test]
fn reasons_of_members() {
    check_refused(
        &of_service("SqlOrders", "self.orders.all()"),
        &expect![[r#"
            Extract Protocol from the members used: `SqlOrders.all` can't be promised: `@unknown` may change its signature
            Extract Protocol from all public members: `SqlOrders.all` can't be promised: `@unknown` may change its signature
        "#]],
    );
}

#[test]
fn the_keyword_before_a_name_is_the_name_too() {
    let files =
        of_service("SqlOrders", "self.orders.get(\"\")").replace("class SqlOrd$0ers", "cla$0ss SqlOrders");
    let fixture = Fixture::new(&format!("{SHOP}{files}"));
    let range = Span::new(fixture.offset, fixture.offset);
    let offered = actions(&fixture.workspace.snapshot(), fixture.file(), range, &[], Reach::File);
    let titles: Vec<&str> = offered.iter().map(|action| action.title.as_str()).collect();
    assert!(titles.contains(&"Extract Protocol from the members used"), "{titles:?}");
    assert!(titles.iter().any(|title| title.starts_with("Move SqlOrders")), "{titles:?}");
}
