//! Pulled diagnostics, and the orderings of requests, answers and edits.

use serde_json::{Value, json};

use super::{Bench, FINE, LATE, SHOP, asks, uri};
use crate::event::{Event, FromClient, Watched};
use crate::outbox::{Message, Refresh};
use crate::proto::{self, WorkspaceDiagnosticReportResult};

fn question(name: &str) -> Value {
    json!({ "textDocument": { "uri": uri(name) } })
}

fn count(answer: &impl serde::Serialize) -> usize {
    let answer = serde_json::to_value(answer).unwrap();
    answer["items"].as_array().unwrap().len()
}

#[test]
fn what_is_known_only_with_the_project_is_answered_when_it_is() {
    let files = &[("shop/__init__.py", ""), ("shop/db.py", ""), ("shop/late.py", FINE)];
    let mut bench = Bench::new(files, &asks());
    bench.take(Event::Client(FromClient::Initialized(Box::new(proto::InitializedParams {}))));
    bench.open("shop/late.py", FINE);
    let mut answer = bench.ask(FromClient::Diagnostic, question("shop/late.py"));
    // The pull is processed before the index is complete: nothing can be answered yet.
    bench.work();
    assert!(answer.try_recv().is_err());
    bench.settle();
    assert_eq!(count(&answer.try_recv().unwrap().unwrap()), 0);
    assert!(bench.session.indexing.is_complete);
}

#[test]
fn a_pull_is_answered_about_the_text_that_it_asks_about() {
    let mut bench = Bench::pulling(SHOP);
    bench.open("shop/late.py", LATE);
    bench.finish();
    let mut first = bench.ask(FromClient::Diagnostic, question("shop/late.py"));
    bench.settle();
    assert_eq!(count(&first.try_recv().unwrap().unwrap()), 1);
    for (version, text, expected) in [(2, FINE, 0), (3, LATE, 1), (4, FINE, 0)] {
        bench.edit("shop/late.py", version, text);
        let mut answer = bench.ask(FromClient::Diagnostic, question("shop/late.py"));
        bench.settle();
        assert_eq!(count(&answer.try_recv().unwrap().unwrap()), expected, "version {version}");
    }
    // Overtaken by an edit before the work begins: answered all the same, with what is known of its text.
    let mut overtaken = bench.ask(FromClient::Diagnostic, question("shop/late.py"));
    bench.edit("shop/late.py", 5, LATE);
    bench.settle();
    assert_eq!(count(&overtaken.try_recv().unwrap().unwrap()), 0);
}

#[test]
fn documents_are_asked_for_again_when_another_file_changes_what_they_show() {
    let mut bench = Bench::pulling(SHOP);
    bench.open("shop/late.py", LATE);
    bench.finish();
    let mut answer = bench.ask(FromClient::Diagnostic, question("shop/late.py"));
    bench.finish();
    assert!(answer.try_recv().is_ok());
    let is_refresh = |message: &Message| matches!(message, Message::Refresh(Refresh::Diagnostics));
    assert!(!bench.sent.iter().any(is_refresh), "nothing has changed");
    bench.files.insert("/p/architrave.toml", "[rules]\nhidden-import = \"off\"\n");
    bench.take(Event::Watched(Watched::Paths(vec!["/p/architrave.toml".into()])));
    bench.finish();
    assert!(bench.sent.iter().any(is_refresh));
}

/// The answer to a workspace pull of a client that knows another answer.
fn look(bench: &mut Bench, known: &Value) -> Option<Value> {
    let params = json!({ "previousResultIds": known, "partialResultToken": "t" });
    let mut answer = bench.ask(FromClient::WorkspaceDiagnostic, params);
    bench.finish();
    let answer: WorkspaceDiagnosticReportResult = answer.try_recv().ok()?.unwrap();
    Some(serde_json::to_value(answer).unwrap()["items"].clone())
}

#[test]
fn a_closed_file_is_reported_again_when_its_text_moves_its_finding() {
    let text = "def f():\n    \"ab\"; from shop.db import save\n    return save(1)\n";
    let files = &[
        ("shop/__init__.py", ""),
        ("shop/db.py", "def save(row):\n    return row\n"),
        ("shop/late.py", text),
    ];
    let mut bench = Bench::pulling(files);
    let first = look(&mut bench, &json!([])).unwrap();
    assert_eq!(first.as_array().unwrap().len(), 1);
    let known = json!([{ "uri": first[0]["uri"], "value": first[0]["resultId"] }]);
    assert_eq!(look(&mut bench, &known), None, "nothing has changed: it is held");
    // The same bytes at the same offsets; but the letter before them now takes two bytes, and the client counts
    // letters.
    bench.files.insert("/p/shop/late.py", text.replace("ab", "é"));
    bench.take(Event::Watched(Watched::Paths(vec!["/p/shop/late.py".into()])));
    bench.finish();
    let again = look(&mut bench, &known).unwrap();
    assert_eq!(again.as_array().unwrap().len(), 1, "{again}");
    assert_ne!(again[0]["resultId"], first[0]["resultId"]);
}

#[test]
fn what_is_remembered_of_closed_files_goes_with_them() {
    let mut bench = Bench::pulling(SHOP);
    look(&mut bench, &json!([])).unwrap();
    assert_eq!(bench.session.pulls.memory.len(), 1);
    bench.files.remove("/p/shop/late.py");
    bench.take(Event::Watched(Watched::Paths(vec!["/p/shop/late.py".into()])));
    bench.finish();
    look(&mut bench, &json!([{ "uri": uri("shop/late.py"), "value": "1" }])).unwrap();
    assert_eq!(bench.session.pulls.memory.len(), 0);
}
