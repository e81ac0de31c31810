//! Edits: in order, immediately, and invalid ones.

use serde_json::{Value, json};
use tests::client::{pull, push};

use crate::shop::{ORDER, WRONG, change, close, edit, open, pull_until, pulled, pushed, rules, shop, start};

#[test]
fn what_is_typed_letter_by_letter_arrives_in_order() {
    let folder = shop();
    let uri = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &uri, ORDER);
    let mut version = 1;
    for round in 0..20 {
        for (column, letter) in WRONG.trim_end().chars().enumerate() {
            version += 1;
            let column = column as u32;
            edit(&mut client, &uri, version, [0, column, 0, column], &letter.to_string());
        }
        version += 1;
        let end = WRONG.trim_end().len() as u32;
        edit(&mut client, &uri, version, [0, end, 0, end], "\n");
        assert_eq!(rules(&pulled(&mut client, &uri)["items"]), ["forbidden-import"], "round {round}");
        version += 1;
        edit(&mut client, &uri, version, [0, 0, 1, 0], "");
        assert_eq!(rules(&pulled(&mut client, &uri)["items"]), Vec::<&str>::new(), "round {round}");
    }
    client.shut_down();
}

/// A request made stale by later edits is answered with what still holds for the text, or refused so that the editor
/// sends it again.
#[test]
fn a_request_sees_every_edit_before_it() {
    let folder = shop();
    let uri = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &uri, ORDER);
    let mut overtaken = Vec::new();
    for version in 2..200 {
        let wrong = version % 2 == 0;
        change(&mut client, &uri, version, json!([{ "text": if wrong { WRONG } else { ORDER } }]));
        if version % 5 == 0 {
            let expected: &[&str] = if wrong { &["forbidden-import"] } else { &[] };
            assert_eq!(rules(&pulled(&mut client, &uri)["items"]), expected, "version {version}");
        } else {
            overtaken.push(client.ask("textDocument/diagnostic", &json!({ "textDocument": { "uri": uri } })));
        }
    }
    for id in overtaken {
        let answer = client.answer(id);
        if answer.get("error").is_some() {
            assert_eq!(answer["error"]["code"], -32802, "{answer}");
            assert_eq!(answer["error"]["data"]["retriggerRequest"], true);
        } else {
            assert!(answer["result"]["items"].is_array(), "{answer}");
        }
    }
    assert_eq!(rules(&pulled(&mut client, &uri)["items"]), Vec::<&str>::new());
    client.shut_down();
}

#[test]
fn several_edits_of_one_change_build_on_each_other() {
    let folder = shop();
    let uri = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &uri, "");
    let at = |line, column| json!({ "start": { "line": line, "character": column }, "end": { "line": line, "character": column } });
    let changes = json!([
        { "range": at(0, 0), "text": "import\n" },
        { "range": at(0, 6), "text": " shop" },
        { "range": at(0, 11), "text": ".db" },
        { "range": at(1, 0), "text": "x = 1\n" },
    ]);
    change(&mut client, &uri, 2, changes);
    assert_eq!(rules(&pulled(&mut client, &uri)["items"]), ["forbidden-import"]);
    client.shut_down();
}

#[test]
fn versions_that_go_backwards_are_left_out() {
    let folder = shop();
    let uri = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &uri, ORDER);
    change(&mut client, &uri, 7, json!([{ "text": WRONG }]));
    change(&mut client, &uri, 6, json!([{ "text": ORDER }]));
    assert_eq!(rules(&pulled(&mut client, &uri)["items"]), ["forbidden-import"]);
    client.told("window/logMessage", |params| params["message"].as_str().unwrap().contains("version 6"));
    change(&mut client, &uri, 8, json!([{ "text": ORDER }]));
    assert_eq!(rules(&pulled(&mut client, &uri)["items"]), Vec::<&str>::new());
    client.shut_down();
}

#[test]
fn edits_of_what_was_not_opened_are_left_out() {
    let folder = shop();
    let uri = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    change(&mut client, &uri, 2, json!([{ "text": WRONG }]));
    close(&mut client, &uri);
    client.told("window/logMessage", |params| {
        params["message"].as_str().unwrap().contains("without having been opened")
    });
    assert_eq!(rules(&pulled(&mut client, &uri)["items"]), Vec::<&str>::new(), "the disk counts");
    client.shut_down();
}

#[test]
fn places_past_the_end_are_the_end() {
    let folder = shop();
    let uri = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &uri, "import os");
    edit(&mut client, &uri, 2, [900, 900, u32::MAX, u32::MAX], "\nimport shop.db");
    assert_eq!(rules(&pulled(&mut client, &uri)["items"]), ["forbidden-import"]);
    edit(&mut client, &uri, 3, [1, 900, 0, 3], "");
    assert_eq!(
        rules(&pulled(&mut client, &uri)["items"]),
        Vec::<&str>::new(),
        "`imp` is left, whichever end comes first"
    );
    for method in ["textDocument/hover", "textDocument/codeAction"] {
        let params = json!({
            "textDocument": { "uri": uri },
            "position": { "line": u32::MAX, "character": u32::MAX },
            "range": { "start": { "line": 9, "character": 9 }, "end": { "line": 3, "character": 3 } },
            "context": { "diagnostics": [] },
        });
        client.request(method, &params);
    }
    client.shut_down();
}

#[test]
fn documents_that_are_no_files_are_no_concern() {
    let mut client = start().capabilities(pull()).start();
    client.indexed();
    for uri in ["untitled:Untitled-1", "git:/p/a.py?HEAD", "vscode-notebook-cell:/p/a.ipynb#W0"] {
        open(&mut client, uri, WRONG);
        edit(&mut client, uri, 2, [0, 0, 0, 0], "x");
        assert_eq!(pulled(&mut client, uri)["items"], json!([]));
        let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
        assert_eq!(client.request("textDocument/hover", &at), Value::Null);
        close(&mut client, uri);
    }
    client.shut_down();
}

#[test]
fn a_wrong_import_shows_here_and_in_dependents_and_clears() {
    let folder = shop();
    let (order, report) = (folder.uri("shop/order.py"), folder.uri("shop/report.py"));
    let mut client = start().folder(&folder).capabilities(push()).start();
    open(&mut client, &order, ORDER);
    open(&mut client, &report, crate::shop::REPORT);
    client.indexed();
    pushed(&mut client, &order, &[]);
    pushed(&mut client, &report, &[]);
    for round in 0..5 {
        edit(&mut client, &order, 2 + round * 2, [0, 0, 0, 0], WRONG);
        let set = pushed(&mut client, &order, &["forbidden-import"]);
        assert_eq!(set["version"], 2 + round * 2);
        pushed(&mut client, &report, &["forbidden-import"]);
        edit(&mut client, &order, 3 + round * 2, [0, 0, 1, 0], "");
        pushed(&mut client, &order, &[]);
        pushed(&mut client, &report, &[]);
    }
    client.shut_down();
}

#[test]
fn a_dependent_is_asked_for_again_where_the_client_asks() {
    let folder = shop();
    let (order, report) = (folder.uri("shop/order.py"), folder.uri("shop/report.py"));
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &order, ORDER);
    open(&mut client, &report, crate::shop::REPORT);
    pull_until(&mut client, &order, &[]);
    pull_until(&mut client, &report, &[]);
    client.settle();
    edit(&mut client, &order, 2, [0, 0, 0, 0], WRONG);
    pull_until(&mut client, &order, &["forbidden-import"]);
    client.told("workspace/diagnostic/refresh", |_| true);
    let dependent = pull_until(&mut client, &report, &["forbidden-import"]);
    assert_eq!(dependent["kind"], "full");
    client.shut_down();
}
