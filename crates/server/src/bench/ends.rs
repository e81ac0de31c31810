//! The beginning and the end of a session, and of a document.

use serde_json::{Value, json};

use super::{Bench, FINE, LATE, SHOP};
use crate::event::{Event, FromClient};
use crate::outbox::Message;
use crate::proto;

#[test]
fn nothing_is_sent_before_the_client_is_ready() {
    let mut bench = Bench::new(SHOP, &json!({ "window": { "workDoneProgress": true } }));
    bench.open("shop/late.py", LATE);
    bench.settle();
    bench.pass(super::LONG);
    assert!(bench.sent.is_empty(), "{:?}", bench.sent);
    bench.take(Event::Client(FromClient::Initialized(Box::new(proto::InitializedParams {}))));
    bench.settle();
    // Queued messages come first, then those of readiness itself.
    assert!(matches!(bench.sent.first(), Some(Message::CreateProgress(_))), "{:?}", bench.sent);
    assert!(bench.sent.iter().any(|message| matches!(message, Message::Register(_))), "{:?}", bench.sent);
    assert_eq!(bench.published("shop/late.py").last(), Some(&(None, 1)));
}

#[test]
fn a_closed_document_is_cleared_at_once_and_shown_again_with_the_closed_files() {
    let mut bench = Bench::pushed(SHOP);
    bench.open("shop/late.py", LATE);
    bench.finish();
    assert_eq!(bench.published("shop/late.py").last(), Some(&(Some(1), 1)));
    bench.close("shop/late.py");
    assert_eq!(bench.published("shop/late.py"), [(None, 0)]);
    bench.finish();
    assert_eq!(bench.published("shop/late.py"), [(None, 1)], "its text on disk holds the finding");
}

#[test]
fn what_is_found_after_a_document_was_closed_is_not_shown() {
    let mut bench = Bench::pushed(&[("shop/__init__.py", ""), ("shop/late.py", FINE)]);
    bench.open("shop/late.py", LATE);
    bench.turn();
    bench.work();
    bench.keep_back();
    bench.close("shop/late.py");
    bench.let_go();
    bench.finish();
    assert_eq!(bench.published("shop/late.py").iter().filter(|(_, count)| *count > 0).count(), 0);
    assert!(bench.session.found.get("/p/shop/late.py".into()).is_none(), "nor is it remembered");
}

#[test]
fn a_session_that_was_shut_down_answers_what_waits_and_begins_nothing() {
    let mut bench = Bench::pulling(SHOP);
    let known = json!({ "previousResultIds": [], "partialResultToken": "t" });
    let mut held = bench.ask(FromClient::WorkspaceDiagnostic, known.clone());
    bench.settle();
    let mut shut_down = bench.ask(FromClient::Shutdown, Value::Null);
    assert!(shut_down.try_recv().is_ok());
    assert!(held.try_recv().is_ok());
    // Sent before and processed after it.
    let mut late = bench.ask(FromClient::WorkspaceDiagnostic, known);
    bench.settle();
    assert!(late.try_recv().is_ok());
    assert_eq!(bench.session.next_due(), None);
}
