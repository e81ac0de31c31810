use expect_test::expect;
use source::Span;

use super::inlay_hints;
use crate::Place;
use crate::fixture::{Fixture, ORDER_ROUTES, ORDERS};

#[test]
fn calls_of_a_handler() {
    let fixture = Fixture::new(&format!("{ORDERS}{ORDER_ROUTES}"));
    let snapshot = fixture.workspace.snapshot();
    let file = snapshot.file("/project/shop/api.py".into()).expect("a file of the fixture");
    let text = snapshot.text(file);
    let whole = Span::new(0, text.len());
    let hints = inlay_hints(&snapshot, file, whole);
    let text_of = |place: &Place| snapshot.text(place.file).slice(place.span).to_owned();
    let lines = hints.iter().map(|hint| {
        let before = &text.as_str()[..hint.offset as usize];
        let part = |(text, place): &(String, Option<Place>)| match place {
            Some(place) => format!("[{text}]({})", text_of(place)),
            None => text.clone(),
        };
        let label: String = hint.label.iter().map(part).collect();
        let opens: Vec<String> = hint.places.iter().map(text_of).collect();
        let line = before.rsplit('\n').next().unwrap_or_default();
        format!("{line} │ {label}\n{}\nopens {}\n", hint.tooltip.plain(), opens.join(", "))
    });
    expect![[r#"
            return repository.owners() │ [1](self.session.scalars(select(Order))) + [N(orders)](self.session.get(User, order.user_id)) queries
        - 1: a query for Order at shop/repository.py:8, through OrderRepository.owners, OrderRepository.recent
        - N(orders): session.get(User) at shop/repository.py:10, once for each of orders, through OrderRepository.owners
        opens repository.owners(), self.recent(), self.session.scalars(select(Order)), self.session.get(User, order.user_id)
    "#]]
    .assert_eq(&lines.collect::<String>());
    assert!(inlay_hints(&snapshot, file, Span::new(0, 10)).is_empty());
}
