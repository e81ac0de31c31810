//! Configuration by file and by the editor's settings.

use serde_json::{Value, json};
use tests::client::{Folder, everything, pull, push};

use crate::shop::{LATE, change, open, pull_until, pulled, pushed, shop, start};

#[test]
fn what_is_wrong_in_a_configuration_file_is_shown_in_it_while_it_is_edited() {
    let folder = shop();
    let uri = folder.uri("architrave.toml");
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    open(&mut client, &uri, "sytle = 'layered'\n");
    let set = pushed(&mut client, &uri, &["-"]);
    let problem = &set["diagnostics"][0];
    assert!(problem["message"].as_str().unwrap().contains("style"), "names the nearest known key: {problem}");
    assert_eq!(problem["range"]["start"], json!({ "line": 0, "character": 0 }));
    change(&mut client, &uri, 2, json!([{ "text": "style = 'layered'\n" }]));
    pushed(&mut client, &uri, &[]);
    change(&mut client, &uri, 3, json!([{ "text": "style = \n" }]));
    pushed(&mut client, &uri, &["-"]);
    client.shut_down();
}

#[test]
fn keys_are_completed_in_order_over_what_is_typed() {
    let folder = shop();
    let uri = folder.uri("architrave.toml");
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    open(&mut client, &uri, "sty");
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 3 } });
    let list = client.request("textDocument/completion", &at);
    let items = list["items"].as_array().unwrap();
    let style = items.iter().find(|item| item["label"] == "style").unwrap();
    assert_eq!(style["textEdit"]["range"]["start"], json!({ "line": 0, "character": 0 }));
    assert_eq!(style["textEdit"]["range"]["end"], json!({ "line": 0, "character": 3 }));
    let order: Vec<&str> = items.iter().map(|item| item["sortText"].as_str().unwrap()).collect();
    assert!(order.is_sorted() && order.len() > 5, "{order:?}");
    client.shut_down();
}

#[test]
fn a_configuration_has_hovers_links_and_an_outline() {
    let folder = shop();
    let uri = folder.uri("architrave.toml");
    let mut capabilities = everything();
    capabilities["experimental"] = json!({ "commands": { "commands": ["architrave.explainRule"] } });
    let mut client = start().folder(&folder).capabilities(capabilities).start();
    client.indexed();
    open(&mut client, &uri, "[layers]\ndomain = ['shop.order']\n[rules]\nhidden-import = 'off'\n");
    let document = json!({ "uri": uri });
    let at = |line: u32, character: u32| json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } });
    let hover = client.request("textDocument/hover", &at(1, 14));
    assert!(
        hover["contents"]["value"].as_str().unwrap().starts_with("**`shop.order`** · 1 module"),
        "{hover}"
    );
    let links = client.request("textDocument/documentLink", &json!({ "textDocument": document }));
    let targets: Vec<&Value> = links.as_array().unwrap().iter().map(|link| &link["target"]).collect();
    assert_eq!(
        targets,
        [folder.uri("shop/order.py").as_str(), "command:architrave.explainRule?%5B%22hidden-import%22%5D"]
    );
    // A client that shows no trees gets a list.
    let symbols = client.request("textDocument/documentSymbol", &json!({ "textDocument": document }));
    let names: Vec<(&Value, &Value)> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|symbol| (&symbol["name"], &symbol["containerName"]))
        .collect();
    assert_eq!(
        names,
        [
            (&json!("layers"), &Value::Null),
            (&json!("domain"), &json!("layers")),
            (&json!("rules"), &Value::Null),
            (&json!("hidden-import"), &json!("rules")),
        ]
    );
    client.shut_down();
}

#[test]
fn rules_follow_the_configuration_while_it_is_edited() {
    let folder = shop();
    let (config, late) = (folder.uri("architrave.toml"), folder.uri("shop/late.py"));
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &late, LATE);
    pull_until(&mut client, &late, &["hidden-import"]);
    open(&mut client, &config, "[rules]\nhidden-import = 'off'\n");
    client.told("workspace/diagnostic/refresh", |_| true);
    pull_until(&mut client, &late, &[]);
    change(&mut client, &config, 2, json!([{ "text": "[rules]\nhidden-import = 'error'\n" }]));
    let set = pull_until(&mut client, &late, &["hidden-import"]);
    assert_eq!(set["items"][0]["severity"], 1);
    client.shut_down();
}

#[test]
fn a_half_typed_configuration_keeps_the_settings_and_says_so() {
    let folder = shop();
    let (config, late) = (folder.uri("architrave.toml"), folder.uri("shop/late.py"));
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    open(&mut client, &late, LATE);
    pushed(&mut client, &late, &["hidden-import"]);
    open(&mut client, &config, "[rules]\nhidden-import = 'error'\n");
    let set = client.told("textDocument/publishDiagnostics", |params| {
        params["uri"] == late.as_str() && params["diagnostics"][0]["severity"] == 1
    });
    assert_eq!(set["diagnostics"][0]["code"], "hidden-import");
    change(&mut client, &config, 2, json!([{ "text": "[rules]\nhidden-import = 'error'\nlayer-viol" }]));
    let set = pushed(&mut client, &config, &["-"]);
    let message = set["diagnostics"][0]["message"].as_str().unwrap();
    assert!(message.ends_with("; the settings of the last valid version stay in force"), "{message}");
    // The findings are those of the settings still in force.
    change(&mut client, &late, 2, json!([{ "text": format!("\n{LATE}") }]));
    let set = client.told("textDocument/publishDiagnostics", |params| {
        params["uri"] == late.as_str() && params["version"] == 2
    });
    assert_eq!(set["diagnostics"][0]["severity"], 1, "{set}");
    client.shut_down();
}

#[test]
fn the_nearest_configuration_counts_also_above_the_folder() {
    let outer = Folder::new(&[
        ("architrave.toml", "[rules]\nhidden-import = 'off'\n"),
        ("svc/app/__init__.py", ""),
        ("svc/app/b.py", ""),
        ("svc/app/a.py", "def f():\n    import app.b\n    return app\n"),
    ]);
    let uri = outer.uri("svc/app/a.py");
    let mut starting = start().capabilities(pull());
    starting.folders.push(outer.join("svc"));
    let mut client = starting.start();
    client.indexed();
    assert_eq!(pulled(&mut client, &uri)["items"], json!([]));
    outer.write("svc/pyproject.toml", "[tool.architrave.rules]\nhidden-import = 'error'\n");
    pull_until(&mut client, &uri, &["hidden-import"]);
    client.shut_down();
}

#[test]
fn settings_are_asked_for_and_registered() {
    let folder = shop();
    let mut starting = start().folder(&folder).capabilities(everything());
    starting.settings = json!({ "logLevel": "error", "diagnosticMode": "nonsense" });
    let mut client = starting.start();
    let params = client.told("workspace/configuration", |_| true);
    assert_eq!(params["items"][0]["section"], "architrave");
    let registered = client.told("client/registerCapability", |_| true);
    let methods: Vec<&Value> =
        registered["registrations"].as_array().unwrap().iter().map(|entry| &entry["method"]).collect();
    assert_eq!(methods, ["workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"]);
    client.told("window/logMessage", |params| params["message"].as_str().unwrap().contains("diagnosticMode"));
    client.notify("workspace/didChangeConfiguration", &json!({ "settings": null }));
    client.told("workspace/configuration", |_| true);
    client.shut_down();
}

#[test]
fn findings_below_the_level_that_the_user_wants_are_not_shown() {
    let folder = shop();
    folder.write("shop/order.py", crate::shop::WRONG);
    let (late, order) = (folder.uri("shop/late.py"), folder.uri("shop/order.py"));
    let mut client = start().folder(&folder).capabilities(pull()).start();
    open(&mut client, &late, LATE);
    pull_until(&mut client, &late, &["hidden-import"]);
    let first = client.request("workspace/diagnostic", &json!({ "previousResultIds": [] }));
    let items = first["items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["uri"] == late) && items.iter().any(|item| item["uri"] == order));
    let known: Vec<Value> =
        items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let held = client.ask("workspace/diagnostic", &json!({ "previousResultIds": known }));
    client.notify(
        "workspace/didChangeConfiguration",
        &json!({ "settings": { "architrave": { "minimumLevel": "error" } } }),
    );
    client.told("workspace/diagnostic/refresh", |_| true);
    pull_until(&mut client, &late, &[]);
    let answer = client.answer(held);
    let items = answer["result"]["items"].as_array().unwrap();
    let changed: Vec<&str> = items.iter().map(|item| item["uri"].as_str().unwrap()).collect();
    assert_eq!(changed, [late.as_str()], "what is an error stays: {answer}");
    client.shut_down();
}

#[test]
fn lenses_hints_and_completions_can_be_switched_off() {
    let folder = shop();
    let (config, order) = (folder.uri("architrave.toml"), folder.uri("shop/order.py"));
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &config, "sty");
    open(&mut client, &order, crate::shop::ORDER);
    let document = json!({ "textDocument": { "uri": order } });
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let hints = json!({ "textDocument": { "uri": order }, "range": range });
    let at = json!({ "textDocument": { "uri": config }, "position": { "line": 0, "character": 3 } });
    let asked = |client: &mut tests::client::Client| {
        [
            client.request("textDocument/codeLens", &document).is_null(),
            client.request("textDocument/inlayHint", &hints).is_null(),
            client.request("textDocument/completion", &at).is_null(),
        ]
    };
    assert_eq!(asked(&mut client), [false; 3]);
    let off = json!({ "enable": false });
    client.notify(
        "workspace/didChangeConfiguration",
        &json!({ "settings": { "architrave": { "codeLens": off, "inlayHints": off, "completion": off } } }),
    );
    assert_eq!(asked(&mut client), [true; 3]);
    client.shut_down();
}

#[test]
fn debug_information_tells_what_the_server_sees() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    let facts =
        client.request("workspace/executeCommand", &json!({ "command": "architrave.debugInformation" }));
    let facts: Value = serde_json::from_str(facts.as_str().unwrap()).unwrap();
    assert_eq!(facts["diagnostics"], "pull");
    assert_eq!(facts["encoding"], "Utf8");
    assert_eq!(facts["client"], "kit");
    assert_eq!(facts["projects"][0]["files"], 5);
    assert!(
        facts["projects"][0]["configurations"][0].as_str().unwrap().contains("architrave.toml"),
        "{facts}"
    );
    client.shut_down();
}
