//! Pushed diagnostics.

use serde_json::{Value, json};
use tests::client::push;

use crate::shop::{LATE, ORDER, WRONG, close, edit, open, pushed, rules, shop, start};

#[test]
fn a_finding_says_all_that_the_client_can_show() {
    let folder = shop();
    folder.write("shop/order.py", WRONG);
    let report = folder.uri("shop/report.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    open(&mut client, &report, crate::shop::REPORT);
    let set = pushed(&mut client, &report, &["forbidden-import"]);
    let finding = &set["diagnostics"][0];
    assert_eq!(finding["source"], "architrave");
    assert_eq!(finding["severity"], 1);
    assert_eq!(finding["codeDescription"], Value::Null, "no page that a link could name: {finding}");
    assert_eq!(finding["data"]["fingerprint"].as_str().unwrap().len(), 16);
    assert_eq!(finding["range"]["start"]["line"], 0);
    let related = finding["relatedInformation"].as_array().unwrap();
    assert!(related.iter().any(|place| place["location"]["uri"] == folder.uri("shop/order.py")), "{finding}");
    client.shut_down();
}

#[test]
fn what_the_client_can_not_show_is_not_sent() {
    let folder = shop();
    folder.write("shop/order.py", WRONG);
    let report = folder.uri("shop/report.py");
    let mut client = start().folder(&folder).start();
    open(&mut client, &report, crate::shop::REPORT);
    let set = pushed(&mut client, &report, &["forbidden-import"]);
    let finding = &set["diagnostics"][0];
    assert_eq!(finding["relatedInformation"], Value::Null);
    assert_eq!(finding["codeDescription"], Value::Null);
    client.shut_down();
}

#[test]
fn what_was_sent_of_a_closed_file_is_sent_again_when_it_is_opened() {
    let folder = shop();
    let late = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    let closed = pushed(&mut client, &late, &["hidden-import"]);
    open(&mut client, &late, LATE);
    let opened = pushed(&mut client, &late, &["hidden-import"]);
    assert_eq!(opened["diagnostics"], closed["diagnostics"]);
    client.shut_down();
}

#[test]
fn closed_files_are_sent_too_and_equal_sets_once() {
    let folder = shop();
    let late = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    pushed(&mut client, &late, &["hidden-import"]);
    let order = folder.uri("shop/order.py");
    open(&mut client, &order, ORDER);
    pushed(&mut client, &order, &[]);
    edit(&mut client, &order, 2, [0, 0, 0, 0], WRONG);
    pushed(&mut client, &order, &["forbidden-import"]);
    // By the time the closed dependent has been checked again, the rest has been too.
    pushed(&mut client, &folder.uri("shop/report.py"), &["forbidden-import"]);
    let again = client.heard("textDocument/publishDiagnostics");
    assert!(again.iter().all(|set| set["uri"] != late), "{again:?}");
    client.shut_down();
}

#[test]
fn an_equal_set_is_sent_again_for_a_newer_text() {
    let folder = shop();
    let late = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    open(&mut client, &late, LATE);
    pushed(&mut client, &late, &["hidden-import"]);
    for version in 2..5 {
        // Below the finding: its set doesn't change.
        edit(&mut client, &late, version, [3, 0, 3, 0], "\n");
        let set = client
            .told("textDocument/publishDiagnostics", |set| set["uri"] == late && set["version"] == version);
        assert_eq!(rules(&set["diagnostics"]), ["hidden-import"], "version {version}");
    }
    client.shut_down();
}

#[test]
fn only_open_files_where_the_user_says_so() {
    let folder = shop();
    folder.write("shop/early.py", LATE);
    let mut starting = start().folder(&folder).capabilities(push());
    starting.options = json!({ "diagnosticMode": "openFilesOnly" });
    let mut client = starting.start();
    let late = folder.uri("shop/late.py");
    open(&mut client, &late, LATE);
    client.indexed();
    pushed(&mut client, &late, &["hidden-import"]);
    close(&mut client, &late);
    pushed(&mut client, &late, &[]);
    client.settle();
    let sets = client.heard("textDocument/publishDiagnostics");
    assert!(sets.iter().all(|set| set["uri"] != folder.uri("shop/early.py")), "{sets:?}");
    client.shut_down();
}

#[test]
fn a_closed_document_is_cleared_and_then_shown_as_the_disk_has_it() {
    let folder = shop();
    let order = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    open(&mut client, &order, WRONG);
    pushed(&mut client, &order, &["forbidden-import"]);
    close(&mut client, &order);
    pushed(&mut client, &order, &[]);
    folder.write("shop/order.py", WRONG);
    // This client can't watch files: our own watcher sees the change.
    let again = pushed(&mut client, &order, &["forbidden-import"]);
    assert_eq!(again["version"], serde_json::Value::Null, "no document is open");
    client.shut_down();
}

#[test]
fn nothing_is_pushed_to_a_client_that_asks() {
    let folder = shop();
    let late = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(tests::client::pull()).start();
    open(&mut client, &late, LATE);
    client.indexed();
    crate::shop::pull_until(&mut client, &late, &["hidden-import"]);
    edit(&mut client, &late, 2, [0, 0, 0, 0], "\n");
    crate::shop::pull_until(&mut client, &late, &["hidden-import"]);
    assert_eq!(client.heard("textDocument/publishDiagnostics"), Vec::<Value>::new());
    client.shut_down();
}

#[test]
fn who_asks_but_does_not_ask_again_is_sent_what_became_known() {
    let with_refresh = tests::client::pull();
    let mut without = with_refresh.clone();
    without["workspace"] = json!({});
    for (capabilities, client) in [
        (without, json!({ "name": "kit" })),
        (with_refresh, json!({ "name": "Neovim", "version": "0.12.4" })),
    ] {
        let folder = shop();
        let (order, report) = (folder.uri("shop/order.py"), folder.uri("shop/report.py"));
        let mut starting = start().folder(&folder).capabilities(capabilities);
        starting.client = client;
        let mut client = starting.start();
        assert_eq!(client.capabilities["diagnosticProvider"], Value::Null, "it would ask, and show both");
        open(&mut client, &report, crate::shop::REPORT);
        open(&mut client, &order, WRONG);
        // The first buffer shows the second one's effect on it, without being typed in.
        pushed(&mut client, &report, &["forbidden-import"]);
        edit(&mut client, &order, 2, [0, 0, 1, 0], "");
        pushed(&mut client, &report, &[]);
        assert_eq!(client.heard("workspace/diagnostic/refresh"), Vec::<Value>::new());
        client.shut_down();
    }
}
