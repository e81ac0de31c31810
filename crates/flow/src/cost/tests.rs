#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn terms_are_shown_fewest_factors_first() {
    let cost = |terms: &[&[&str]], is_open: bool| {
        let mut cost = Cost { is_open, ..Cost::default() };
        for factors in terms {
            cost.add(factors.iter().map(|factor| Name::new(factor)).collect());
        }
        cost.to_string()
    };
    assert_eq!(cost(&[], false), "0");
    assert_eq!(cost(&[], true), "?");
    assert_eq!(cost(&[&[], &[]], false), "2");
    assert_eq!(
        cost(&[&["orders", "items"], &["orders"], &[], &["orders"], &["users"]], true),
        "1 + 2·N(orders) + N(users) + N(orders)·N(items) + ?"
    );
}

#[test]
fn words_for_rows() {
    for (class, label) in [
        ("Order", "orders"),
        ("OrderItem", "order_items"),
        ("Category", "categories"),
        ("Address", "addresses"),
        ("Day", "days"),
    ] {
        assert_eq!(label_of(class), label);
    }
}
