use expect_test::expect;
use source::Span;

use super::inlay_hints;
use crate::fixture::{Fixture, ORDER_ROUTES, ORDERS};

#[test]
fn calls_of_a_handler() {
    let fixture = Fixture::new(&format!("{ORDERS}{ORDER_ROUTES}"));
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file("/project/shop/api.py".into()).expect("a file of the fixture");
    let text = snapshot.text(file);
    let whole = Span::new(0, text.len());
    let hints = inlay_hints(&snapshot, file, whole);
    let lines = hints.iter().map(|hint| {
        let before = &text.as_str()[..hint.offset as usize];
        format!("{} │ {}\n{}\n", before.rsplit('\n').next().unwrap_or_default(), hint.label, hint.tooltip)
    });
    expect![[r#"
            return repository.owners() │ 1 + N(orders) queries
        - `1`: a query for Order, through `OrderRepository.recent`
        - `N(orders)`: session.get(User), once for each of orders
    "#]]
    .assert_eq(&lines.collect::<String>());
    assert!(inlay_hints(&snapshot, file, Span::new(0, 10)).is_empty());
}
