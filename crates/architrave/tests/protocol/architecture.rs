//! The architecture for clients that draw it: the command, and the notification of changes.

use serde_json::{Value, json};
use tests::client::{Client, everything};

use crate::shop::{ORDER, edit, open, shop, start};

fn drawing() -> Value {
    let mut capabilities = everything();
    capabilities["experimental"] = json!({ "architecture": true });
    capabilities
}

/// The command, repeated if an edit made it stale.
#[track_caller]
fn asked(client: &mut Client, arguments: &Value) -> Value {
    loop {
        let params = json!({ "command": "architrave.architecture", "arguments": [arguments] });
        let id = client.ask("workspace/executeCommand", &params);
        let answer = client.answer(id);
        match answer["error"]["code"].as_i64() {
            None => return answer["result"].clone(),
            Some(code) => assert_eq!(code, -32801, "{answer}"),
        }
    }
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect()
}

/// `importer:line imported` of each import, with `!` if a violation refers to it.
fn imports(architecture: &Value) -> Vec<String> {
    let name = |index: &Value| {
        architecture["modules"][usize::try_from(index.as_u64().unwrap()).unwrap()]["name"].as_str().unwrap()
    };
    let is_wrong = |at: usize| {
        let violations = architecture["violations"].as_array().unwrap();
        violations.iter().any(|violation| violation["imports"].as_array().unwrap().contains(&json!(at)))
    };
    let list = architecture["imports"].as_array().unwrap().iter().enumerate();
    list.map(|(at, import)| {
        let wrong = if is_wrong(at) { "!" } else { "" };
        format!("{}:{} {}{wrong}", name(&import["from"]), import["line"], name(&import["to"]))
    })
    .collect()
}

#[test]
fn modules_imports_and_violations_are_answered() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(drawing()).start();
    client.indexed();
    let answer = asked(&mut client, &json!({ "root": folder.uri("shop/order.py") }));
    assert_eq!(answer["ready"], true);
    assert_eq!(answer["root"], folder.path().to_str().unwrap());
    let architecture = &answer["architecture"];
    assert_eq!(architecture["schema"], 1);
    assert_eq!(names(&architecture["modules"]), ["shop.db", "shop.late", "shop.order", "shop.report"]);
    assert_eq!(imports(architecture), ["shop.late:2 shop.db", "shop.report:1 shop.order"]);
    let boxes = architecture["picture"]["boxes"].as_array().unwrap();
    assert!(!boxes.is_empty() && boxes.len() <= 40, "{boxes:?}");
    let again = asked(&mut client, &json!({ "known": answer["hash"] }));
    assert_eq!((&again["hash"], &again["architecture"]), (&answer["hash"], &Value::Null));
    client.shut_down();
}

#[test]
fn a_folder_that_is_not_open_is_refused() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(drawing()).start();
    let params = json!({ "command": "architrave.architecture", "arguments": [{ "root": "/nowhere" }] });
    let error = client.refused("workspace/executeCommand", &params);
    assert_eq!(error["code"], -32602, "{error}");
    client.shut_down();
}

#[test]
fn what_is_typed_is_told_once_and_answered() {
    let folder = shop();
    let order = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(drawing()).start();
    client.indexed();
    open(&mut client, &order, ORDER);
    let before = asked(&mut client, &json!({}));
    edit(&mut client, &order, 2, [0, 0, 0, 0], "import shop.db\n");
    let told = client.told("architrave/architectureChanged", |_| true);
    assert_eq!(told["root"], before["root"]);
    let after = asked(&mut client, &json!({ "root": told["root"], "known": before["hash"] }));
    let wrong = ["shop.late:2 shop.db", "shop.order:1 shop.db!", "shop.report:1 shop.order!"];
    assert_eq!(imports(&after["architecture"]), wrong);
    // Changes that don't affect the picture cause no notification: after the pause only lenses are refreshed.
    while !client.heard("workspace/codeLens/refresh").is_empty() {
        client.told("workspace/codeLens/refresh", |_| true);
    }
    edit(&mut client, &order, 3, [2, 4, 2, 9], "cost");
    client.told("workspace/codeLens/refresh", |_| true);
    client.settle();
    assert_eq!(client.heard("architrave/architectureChanged"), [Value::Null; 0]);
    edit(&mut client, &order, 4, [0, 0, 1, 0], "");
    client.told("architrave/architectureChanged", |_| true);
    let back = asked(&mut client, &json!({}));
    assert_eq!(back["hash"], before["hash"]);
    client.shut_down();
}

#[test]
fn a_client_that_asks_early_hears_when_the_project_is_known() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(drawing()).start();
    let mut answer = asked(&mut client, &json!({}));
    if answer["ready"] == false {
        assert_eq!(answer["architecture"], Value::Null);
        client.told("architrave/architectureChanged", |_| true);
        answer = asked(&mut client, &json!({}));
    }
    assert_eq!((&answer["ready"], &answer["architecture"]["schema"]), (&json!(true), &json!(1)));
    client.shut_down();
}

#[test]
fn others_hear_nothing_of_it() {
    let folder = shop();
    folder.remove("shop/late.py");
    let order = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &order, ORDER);
    asked(&mut client, &json!({}));
    let held =
        client.ask("workspace/diagnostic", &json!({ "previousResultIds": [], "partialResultToken": 1 }));
    edit(&mut client, &order, 2, [0, 0, 0, 0], "import shop.db\n");
    // The findings of all files come after the pause, behind everything else that was started then.
    client.answer(held);
    client.settle();
    assert_eq!(client.heard("architrave/architectureChanged"), [Value::Null; 0]);
    client.shut_down();
}
