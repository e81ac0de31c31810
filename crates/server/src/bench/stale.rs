//! Results computed before an edit that arrive after it.

use std::time::Duration;

use serde_json::json;

use super::{Bench, FINE, LATE, SHOP, uri};
use crate::event::{CutOff, Event, FromClient};
use crate::proto;

#[test]
fn a_set_that_an_edit_of_another_document_overtook_is_worked_out_again() {
    let mut bench = Bench::pushed(SHOP);
    bench.published("shop/late.py");
    bench.open("shop/late.py", LATE);
    bench.turn();
    bench.work();
    bench.keep_back();
    let generation = bench.session.workspace.generation();
    bench.files.insert("/p/shop/db.py", "");
    bench.take(Event::Watched(crate::event::Watched::Paths(vec!["/p/shop/db.py".into()])));
    assert!(bench.session.workspace.generation() > generation);
    bench.let_go();
    assert_eq!(bench.published("shop/late.py"), [], "it is about a world that has passed");
    bench.finish();
    assert!(!bench.published("shop/late.py").is_empty());
}

#[test]
fn a_set_of_an_older_text_is_not_shown_after_one_of_a_newer() {
    let mut bench = Bench::pushed(SHOP);
    bench.open("shop/late.py", LATE);
    bench.finish();
    bench.published("shop/late.py");
    bench.edit("shop/late.py", 2, &format!("#\n{LATE}"));
    bench.turn();
    bench.work();
    bench.keep_back();
    bench.edit("shop/late.py", 3, FINE);
    bench.settle();
    bench.let_go();
    assert_eq!(bench.published("shop/late.py"), [(Some(3), 0)]);
    bench.finish();
    assert!(bench.published("shop/late.py").iter().all(|(_, count)| *count == 0));
}

#[test]
fn a_request_cut_off_by_us_is_begun_again_and_one_that_an_edit_overtook_is_not() {
    let hover = json!({
        "textDocument": { "uri": uri("shop/late.py") },
        "position": { "line": 1, "character": 10 },
    });
    for (is_edited, is_answered) in [(false, true), (true, false)] {
        let mut bench = Bench::pushed(SHOP);
        bench.open("shop/late.py", LATE);
        bench.finish();
        let (reply, mut answer) = crate::answer::Reply::new();
        let edits = bench.session.edits;
        if is_edited {
            bench.edit("shop/late.py", 2, FINE);
        } else {
            bench.session.workspace.evict();
        }
        let request = FromClient::Hover(Box::new(serde_json::from_value(hover.clone()).unwrap()), reply);
        bench.take(Event::CutOff(CutOff { request, edits, outlives_edits: false }));
        bench.settle();
        let answer = answer.try_recv().unwrap();
        assert_eq!(answer.is_ok(), is_answered, "{answer:?}");
        if let Err(error) = answer {
            assert_eq!(error, proto::content_modified());
        }
    }
}

#[test]
fn completions_outlive_an_edit_that_was_not_seen_by_queries_yet() {
    let mut bench = Bench::pushed(SHOP);
    bench.open("shop/late.py", LATE);
    bench.finish();
    let mut answer = bench.ask(
        FromClient::Completion,
        json!({ "textDocument": { "uri": uri("shop/late.py") }, "position": { "line": 1, "character": 14 } }),
    );
    let mut hover = bench.ask(
        FromClient::Hover,
        json!({ "textDocument": { "uri": uri("shop/late.py") }, "position": { "line": 1, "character": 14 } }),
    );
    // Typed before the work began: nothing is cancelled, but both are about an outdated text now.
    bench.edit("shop/late.py", 2, &format!("{LATE}#\n"));
    bench.settle();
    assert!(answer.try_recv().unwrap().is_ok());
    assert_eq!(hover.try_recv().unwrap(), Err(proto::content_modified()));
}

#[test]
fn a_picture_outlives_an_edit_and_a_move_does_not() {
    let document = uri("shop/late.py");
    let place = json!({ "uri": document, "position": { "line": 0, "character": 5 } });
    let commands = [
        (proto::COMMAND_DRAW, json!({ "picture": "architecture", "document": document }), true),
        (proto::COMMAND_ARCHITECTURE, json!({ "root": document }), true),
        (proto::COMMAND_MOVE_TARGETS, place, false),
    ];
    for (command, argument, is_answered) in commands {
        let mut bench = Bench::pushed(SHOP);
        bench.open("shop/late.py", LATE);
        bench.finish();
        let mut answer =
            bench.ask(FromClient::ExecuteCommand, json!({ "command": command, "arguments": [argument] }));
        bench.edit("shop/late.py", 2, &format!("{LATE}#\n"));
        bench.settle();
        let answer = answer.try_recv().unwrap();
        assert_eq!(answer.is_ok(), is_answered, "{command}: {answer:?}");
        if let Err(error) = answer {
            assert_eq!(error, proto::content_modified(), "{command}");
        }
    }
}

#[test]
fn while_somebody_types_the_rest_waits_for_a_pause() {
    let mut bench = Bench::pushed(SHOP);
    bench.open("shop/late.py", LATE);
    bench.finish();
    bench.published("shop/late.py");
    for version in 2..6 {
        bench.edit(
            "shop/late.py",
            version,
            &format!("{}{LATE}", "#\n".repeat(usize::try_from(version).unwrap())),
        );
        bench.pass(Duration::from_millis(150));
        assert!(bench.session.workspace.is_unsettled(), "queries don't see what is typed");
        assert_eq!(bench.published("shop/late.py"), [(Some(version), 1)], "the finding stays");
    }
    bench.pass(Duration::from_millis(250));
    assert!(!bench.session.workspace.is_unsettled());
}
