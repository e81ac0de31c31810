//! Edits are applied in order, consecutive ones as one.

use serde_json::json;

use super::{Bench, FINE, LATE, SHOP, uri};
use crate::event::{Event, FromClient};

fn edit(version: i32, text: &str) -> Event {
    let params = json!({
        "textDocument": { "uri": uri("shop/late.py"), "version": version },
        "contentChanges": [{ "text": text }],
    });
    Event::Edited(serde_json::from_value(params).unwrap())
}

#[test]
fn a_burst_ends_where_something_else_was_sent() {
    let mut bench = Bench::pushed(SHOP);
    bench.open("shop/late.py", FINE);
    bench.finish();
    bench.published("shop/late.py");
    let before = bench.session.edits;
    let inbox = bench.session.inbox.clone();
    for event in [edit(2, LATE), edit(3, FINE), edit(4, LATE)] {
        inbox.send(event).unwrap();
    }
    let close = json!({ "textDocument": { "uri": uri("shop/late.py") } });
    inbox
        .send(Event::Client(FromClient::DidClose(Box::new(serde_json::from_value(close).unwrap()))))
        .unwrap();
    bench.turn();
    assert_eq!(bench.session.edits, before + 2, "one write of the three, and the end of the document");
    assert!(bench.session.documents.get("/p/shop/late.py".into()).is_none());
}

#[test]
fn the_version_shown_is_that_of_the_last_edit_that_was_taken() {
    let mut bench = Bench::pushed(SHOP);
    bench.open("shop/late.py", FINE);
    bench.finish();
    bench.published("shop/late.py");
    bench.edit("shop/late.py", 7, LATE);
    bench.edit("shop/late.py", 6, FINE);
    bench.finish();
    assert_eq!(bench.published("shop/late.py").last(), Some(&(Some(7), 1)), "versions never go backwards");
}
