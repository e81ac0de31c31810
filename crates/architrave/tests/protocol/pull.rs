//! Pulled diagnostics.

use serde_json::json;
use tests::client::{Folder, pull};

use crate::shop::{LATE, ORDER, close, edit, open, pull_until, pulled, rules, shop, start};

#[test]
fn equal_sets_are_unchanged_and_others_full() {
    let folder = shop();
    let late = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &late, LATE);
    let full = pull_until(&mut client, &late, &["hidden-import"]);
    assert_eq!(full["kind"], "full");
    let params = json!({ "textDocument": { "uri": late }, "previousResultId": full["resultId"] });
    let again = client.request("textDocument/diagnostic", &params);
    assert_eq!((&again["kind"], &again["resultId"]), (&json!("unchanged"), &full["resultId"]));
    edit(&mut client, &late, 2, [0, 0, 0, 0], "\n");
    let moved = client.request("textDocument/diagnostic", &params);
    assert_eq!(moved["kind"], "full", "it stands a line lower now");
    assert_ne!(moved["resultId"], full["resultId"]);
    client.shut_down();
}

#[test]
fn a_cycle_is_shown_once() {
    let folder = shop();
    let wheel = "from shop.stone import grind\n\n\ndef turn():\n    return grind()\n";
    let stone = "def grind():\n    from shop.wheel import turn\n    return turn\n";
    folder.write("shop/wheel.py", wheel);
    folder.write("shop/stone.py", stone);
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    let mut shown = Vec::new();
    for (name, text) in [("shop/wheel.py", wheel), ("shop/stone.py", stone)] {
        let uri = folder.uri(name);
        open(&mut client, &uri, text);
        let answer = pulled(&mut client, &uri);
        shown.extend(rules(&answer["items"]).into_iter().map(str::to_owned));
    }
    assert_eq!(shown, ["circular-import"]);
    client.shut_down();
}

#[test]
fn an_opened_file_is_judged_before_the_project_is_known() {
    // The finding needs only the file and its imports; reading the rest takes far longer.
    let folder = shop();
    let body = crate::shop::bulk();
    for number in 0..600 {
        folder.write(&format!("shop/many/m{number}.py"), &body);
    }
    let late = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    open(&mut client, &late, LATE);
    let early = pulled(&mut client, &late);
    let facts =
        client.request("workspace/executeCommand", &json!({ "command": "architrave.debugInformation" }));
    assert!(
        facts.as_str().unwrap().contains(r#""indexed": false"#),
        "the index was too fast for this test: {facts}"
    );
    assert_eq!(rules(&early["items"]), ["hidden-import"]);
    client.indexed();
    assert_eq!(rules(&pulled(&mut client, &late)["items"]), ["hidden-import"]);
    client.shut_down();
}

/// A project that takes a while to read, in which `report` breaks a rule through `order`: unknown before it is read.
fn slow() -> Folder {
    let folder = shop();
    folder.write("shop/order.py", crate::shop::WRONG);
    let body = crate::shop::bulk().lines().take(60).collect::<Vec<_>>().join("\n");
    for number in 0..400 {
        folder.write(&format!("shop/many/m{number}.py"), &body);
    }
    folder
}

#[test]
fn a_question_that_nobody_can_answer_yet_waits_for_the_project() {
    let folder = slow();
    let report = folder.uri("shop/report.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    open(&mut client, &report, crate::shop::REPORT);
    let answer = crate::shop::pulled(&mut client, &report);
    assert_eq!(rules(&answer["items"]), ["forbidden-import"], "the first answer is the whole truth");
    client.shut_down();
}

#[test]
fn a_question_that_waits_is_answered_when_its_document_is_edited_or_closed_or_the_server_ends() {
    let folder = slow();
    let report = folder.uri("shop/report.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    let question = json!({ "textDocument": { "uri": report } });
    open(&mut client, &report, crate::shop::REPORT);
    let edited = client.ask("textDocument/diagnostic", &question);
    edit(&mut client, &report, 2, [0, 0, 0, 0], "\n");
    let answer = client.answer(edited);
    assert!(answer["result"]["items"] == json!([]) || answer["error"]["code"] == -32802, "{answer}");
    let closed = client.ask("textDocument/diagnostic", &question);
    close(&mut client, &report);
    let answer = client.answer(closed);
    assert!(answer["result"]["items"] == json!([]) || answer["error"]["code"] == -32802, "{answer}");
    open(&mut client, &report, crate::shop::REPORT);
    let cancelled = client.ask("textDocument/diagnostic", &question);
    client.cancel(cancelled);
    assert_eq!(client.answer(cancelled)["error"]["code"], -32800);
    let last = client.ask("textDocument/diagnostic", &question);
    client.settle();
    client.request("shutdown", &serde_json::Value::Null);
    assert!(client.answer(last).get("result").is_some());
    client.notify("exit", &serde_json::Value::Null);
    assert_eq!(client.end().0, 0);
}

#[test]
fn the_first_answer_knows_the_project_however_soon_it_is_asked_for() {
    let folder = shop();
    folder.write("shop/order.py", crate::shop::WRONG);
    let report = folder.uri("shop/report.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    open(&mut client, &report, crate::shop::REPORT);
    let early = pulled(&mut client, &report);
    assert_eq!(rules(&early["items"]), ["forbidden-import"]);
    client.shut_down();
}

#[test]
fn documents_that_are_gone_have_no_diagnostics() {
    let folder = shop();
    let late = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &late, LATE);
    pull_until(&mut client, &late, &["hidden-import"]);
    close(&mut client, &late);
    folder.remove("shop/late.py");
    pull_until(&mut client, &late, &[]);
    assert_eq!(pulled(&mut client, &folder.uri("shop/never.py"))["items"], json!([]));
    client.shut_down();
}

#[test]
fn a_file_left_out_has_no_diagnostics() {
    let folder = shop();
    folder.write(".gitignore", "ignored/\n");
    folder.write("ignored/late.py", LATE);
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    let uri = folder.uri("ignored/late.py");
    open(&mut client, &uri, LATE);
    assert_eq!(pulled(&mut client, &uri)["items"], json!([]));
    client.shut_down();
}

#[test]
fn a_file_opened_without_a_folder_is_judged_alone() {
    let folder = Folder::new(&[("a.py", ORDER)]);
    let uri = folder.uri("a.py");
    let mut client = start().capabilities(pull()).start();
    open(&mut client, &uri, "# architrave: ignore[no-such-rule]\nimport os\n");
    let found = pull_until(&mut client, &uri, &["invalid-ignore"]);
    assert_eq!(found["items"][0]["range"]["start"]["line"], 0);
    client.shut_down();
}
