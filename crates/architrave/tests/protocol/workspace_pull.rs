//! Pulled diagnostics of all files, held until there is something to report.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::client::{Client, pull};

use crate::shop::{LATE, ORDER, WRONG, edit, open, rules, shop, start};

fn first(client: &mut Client) -> Value {
    client.request("workspace/diagnostic", &json!({ "previousResultIds": [] }))
}

/// The client's knowledge after these reports: the newest of each document.
fn known(reports: &[&Value]) -> Value {
    let mut known = BTreeMap::new();
    for item in reports.iter().flat_map(|report| report["items"].as_array().unwrap()) {
        known.insert(item["uri"].as_str().unwrap(), item["resultId"].clone());
    }
    known.into_iter().map(|(uri, id)| json!({ "uri": uri, "value": id })).collect()
}

#[test]
fn the_first_is_answered_at_once_and_the_next_when_something_changed() {
    let folder = shop();
    let order = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    let report = first(&mut client);
    let items = report["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "files without diagnostics are not mentioned: {report}");
    assert_eq!(items[0]["uri"], folder.uri("shop/late.py"));
    assert_eq!(rules(&items[0]["items"]), ["hidden-import"]);

    let held = client.ask("workspace/diagnostic", &json!({ "previousResultIds": known(&[&report]) }));
    client.settle();
    assert!(!client.is_answered(held), "there is nothing to say");
    open(&mut client, &order, ORDER);
    edit(&mut client, &order, 2, [0, 0, 0, 0], "# nothing\n");
    edit(&mut client, &order, 3, [0, 0, 0, 0], WRONG);
    let answer = client.answer(held);
    let items = answer["result"]["items"].as_array().unwrap();
    let mut changed: Vec<&str> = items.iter().map(|item| item["uri"].as_str().unwrap()).collect();
    changed.sort_unstable();
    assert_eq!(
        changed,
        [order.as_str(), folder.uri("shop/report.py").as_str()],
        "only what changed: {answer}"
    );
    let open_item = items.iter().find(|item| item["uri"] == order).unwrap();
    assert_eq!(open_item["version"], 3);

    let held = client
        .ask("workspace/diagnostic", &json!({ "previousResultIds": known(&[&report, &answer["result"]]) }));
    edit(&mut client, &order, 4, [0, 0, 1, 0], "");
    let answer = client.answer(held);
    let emptied: Vec<usize> = answer["result"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["items"].as_array().unwrap().len())
        .collect();
    assert!(emptied.contains(&0), "what is gone is taken back: {answer}");
    client.shut_down();
}

#[test]
fn with_a_token_even_the_first_is_held() {
    let folder = shop();
    folder.remove("shop/late.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    let params = json!({ "previousResultIds": [], "partialResultToken": 1 });
    let held = client.ask("workspace/diagnostic", &params);
    client.settle();
    assert!(!client.is_answered(held), "there is nothing to say");
    folder.write("shop/late.py", LATE);
    let answer = client.answer(held);
    assert_eq!(answer["result"]["items"][0]["uri"], folder.uri("shop/late.py"), "{answer}");
    client.shut_down();
}

#[test]
fn a_held_one_can_be_cancelled_and_does_not_outlive_the_session() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(pull()).start();
    let report = first(&mut client);
    let params = json!({ "previousResultIds": known(&[&report]) });
    let held = client.ask("workspace/diagnostic", &params);
    client.settle();
    client.cancel(held);
    assert_eq!(client.answer(held)["error"]["code"], -32800);
    let held = client.ask("workspace/diagnostic", &params);
    client.settle();
    client.request("shutdown", &Value::Null);
    assert!(client.answer(held).get("result").is_some());
    client.notify("exit", &Value::Null);
    assert_eq!(client.end().0, 0);
}

#[test]
fn where_only_open_files_are_shown_the_others_are_taken_back() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(pull()).start();
    let report = first(&mut client);
    let held = client.ask("workspace/diagnostic", &json!({ "previousResultIds": known(&[&report]) }));
    client.notify(
        "workspace/didChangeConfiguration",
        &json!({ "settings": { "architrave": { "diagnosticMode": "openFilesOnly" } } }),
    );
    let answer = client.answer(held);
    assert_eq!(answer["result"]["items"][0]["items"], json!([]), "{answer}");
    client.shut_down();
}
