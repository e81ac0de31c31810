//! The pages of rules, and a finding's link to one.

use serde_json::json;
use tests::client::push;

use crate::shop::{LATE, open, pushed, shop, start};

#[test]
fn the_link_of_a_finding_is_the_clients_command_where_it_has_one() {
    let folder = shop();
    let late = folder.uri("shop/late.py");
    let mut capabilities = push();
    capabilities["experimental"] = json!({ "commands": { "commands": ["architrave.explainRule"] } });
    let mut client = start().folder(&folder).capabilities(capabilities).start();
    open(&mut client, &late, LATE);
    let set = pushed(&mut client, &late, &["hidden-import"]);
    let href = &set["diagnostics"][0]["codeDescription"]["href"];
    assert_eq!(*href, "command:architrave.explainRule?%5B%22hidden-import%22%5D");
    client.shut_down();
}

#[test]
fn pages_and_the_list_of_rules_are_answered() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    let ask = |arguments| json!({ "command": "architrave.ruleDocumentation", "arguments": arguments });
    let page = client.request("workspace/executeCommand", &ask(json!(["hidden-import"])));
    let page = page.as_str().unwrap();
    assert!(page.starts_with("# hidden-import\n\n**") && page.contains("## Why"), "{page}");
    let list = client.request("workspace/executeCommand", &ask(json!([])));
    let hidden = list.as_array().unwrap().iter().find(|row| row["id"] == "hidden-import").unwrap();
    assert_eq!((&hidden["group"], &hidden["level"]), (&json!("imports"), &json!("warning")));
    assert!(!hidden["summary"].as_str().unwrap().is_empty());
    let error = client.refused("workspace/executeCommand", &ask(json!(["nonsense"])));
    assert!(error["message"].as_str().unwrap().contains("nonsense"), "{error}");
    client.shut_down();
}
