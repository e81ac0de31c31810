//! Files and folders that are renamed, and definitions that move to another module.

use serde_json::{Value, json};
use tests::client::{Client, Folder, everything, push};

use crate::shop::{open, pulled, start};

const ORDERS: &str = "class Order: ...\n\n\nclass OrderError(Exception): ...\n";
const API: &str = "from shop.orders import Order, OrderError\nimport shop.orders\n\nprint(shop.orders.Order, Order, OrderError)\n";

fn shop() -> Folder {
    Folder::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        ("shop/orders.py", ORDERS),
        ("shop/errors.py", ""),
        ("shop/api.py", API),
        ("shop/sub/__init__.py", ""),
        ("shop/sub/deep.py", "from ..orders import Order\n"),
        ("notes.md", ""),
    ])
}

fn will_rename(client: &mut Client, moves: &[(String, String)]) -> Value {
    let files: Vec<Value> = moves.iter().map(|(old, new)| json!({ "oldUri": old, "newUri": new })).collect();
    client.request("workspace/willRenameFiles", &json!({ "files": files }))
}

/// The edits of a document, in order: line, column and text.
fn edits(edit: &Value, uri: &str) -> Vec<(u64, u64, String)> {
    let changes = edit["documentChanges"].as_array().unwrap();
    let document = changes.iter().find(|change| change["textDocument"]["uri"] == uri);
    let edits = document.map_or(&[][..], |document| document["edits"].as_array().unwrap());
    edits
        .iter()
        .map(|edit| {
            let start = &edit["range"]["start"];
            let text = edit["newText"].as_str().unwrap().to_owned();
            (start["line"].as_u64().unwrap(), start["character"].as_u64().unwrap(), text)
        })
        .collect()
}

#[test]
fn the_server_asks_to_be_told_of_new_names() {
    let folder = shop();
    let client = start().folder(&folder).capabilities(everything()).start();
    let operations = &client.capabilities["workspace"]["fileOperations"];
    for when in ["willRename", "didRename"] {
        let filters = operations[when]["filters"].as_array().unwrap();
        let patterns: Vec<&Value> = filters.iter().map(|filter| &filter["pattern"]).collect();
        assert_eq!(patterns[0], &json!({ "glob": "**/*.{py,pyi}", "matches": "file" }));
        assert_eq!(patterns[1], &json!({ "glob": "**", "matches": "folder" }));
    }
    let commands = client.capabilities["executeCommandProvider"]["commands"].as_array().unwrap();
    assert!(commands.contains(&json!("architrave.move")));
    client.shut_down();
}

#[test]
fn imports_follow_a_module() {
    let folder = shop();
    let api = folder.uri("shop/api.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &api, API);
    let edit = will_rename(&mut client, &[(folder.uri("shop/orders.py"), folder.uri("shop/sales.py"))]);
    let sales = |line, column| (line, column, "shop.sales".to_owned());
    assert_eq!(edits(&edit, &api), [sales(0, 5), sales(1, 7), sales(3, 6)]);
    assert_eq!(edits(&edit, &folder.uri("shop/sub/deep.py")), [(0, 5, "..sales".to_owned())]);
    let versions: Vec<(&Value, &Value)> = edit["documentChanges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| (&change["textDocument"]["uri"], &change["textDocument"]["version"]))
        .collect();
    assert!(versions.contains(&(&json!(api), &json!(1))), "an open document has its version: {edit}");
    assert!(versions.contains(&(&json!(folder.uri("shop/sub/deep.py")), &Value::Null)), "{edit}");
    assert_eq!(versions.len(), 2, "{edit}");
    client.shut_down();
}

#[test]
fn imports_follow_a_package_and_the_index_follows_the_files() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    let moves = [
        (folder.uri("shop/sub"), folder.uri("shop/inner")),
        (folder.uri("shop/orders.py"), folder.uri("shop/inner/orders.py")),
    ];
    let edit = will_rename(&mut client, &moves);
    assert_eq!(edits(&edit, &folder.uri("shop/sub/deep.py")), [(0, 5, ".orders".to_owned())]);
    let first = edits(&edit, &folder.uri("shop/api.py"));
    assert_eq!(first[0], (0, 5, "shop.inner.orders".to_owned()));

    folder.rename("shop/sub", "shop/inner");
    folder.rename("shop/orders.py", "shop/inner/orders.py");
    folder.write("shop/inner/deep.py", "from .orders import Order\n");
    let files: Vec<Value> = moves.iter().map(|(old, new)| json!({ "oldUri": old, "newUri": new })).collect();
    client.notify("workspace/didRenameFiles", &json!({ "files": files }));
    let back = [(folder.uri("shop/inner/orders.py"), folder.uri("shop/orders.py"))];
    let edit = will_rename(&mut client, &back);
    assert_eq!(edits(&edit, &folder.uri("shop/inner/deep.py")), [(0, 5, "..orders".to_owned())], "{edit}");
    client.shut_down();
}

/// VS Code requests edits, applies them, moves the folder, closes and opens its documents, notifies, and its watcher
/// notifies again.
#[test]
fn open_documents_follow_a_folder_in_the_order_of_an_editor() {
    let folder = shop();
    let (api, old) = (folder.uri("shop/api.py"), folder.uri("shop/sub/deep.py"));
    let new = folder.uri("shop/inner/deep.py");
    let api_text = format!("from shop.sub.deep import Order as Deep\n{API}");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &api, &api_text);
    open(&mut client, &old, "from ..orders import Order\n");
    let moves = [(folder.uri("shop/sub"), folder.uri("shop/inner"))];
    let edit = will_rename(&mut client, &moves);
    assert_eq!(edits(&edit, &api), [(0, 5, "shop.inner.deep".to_owned())], "{edit}");
    crate::shop::edit(&mut client, &api, 2, [0, 5, 0, 18], "shop.inner.deep");
    folder.rename("shop/sub", "shop/inner");
    crate::shop::close(&mut client, &old);
    open(&mut client, &new, "from ..orders import Order\n");
    let files = json!([{ "oldUri": moves[0].0, "newUri": moves[0].1 }]);
    client.notify("workspace/didRenameFiles", &json!({ "files": files }));
    let changes = json!([{ "uri": moves[0].0, "type": 3 }, { "uri": moves[0].1, "type": 1 }]);
    client.notify("workspace/didChangeWatchedFiles", &json!({ "changes": changes }));
    for uri in [&api, &new, &old] {
        assert_eq!(pulled(&mut client, uri)["items"], json!([]), "{uri}");
    }
    // The moved document is a module with the new name.
    let back = [(folder.uri("shop/inner"), folder.uri("shop/sub"))];
    let edit = will_rename(&mut client, &back);
    assert_eq!(edits(&edit, &api), [(0, 5, "shop.sub.deep".to_owned())], "{edit}");
    client.shut_down();
}

#[test]
fn what_is_no_module_changes_nothing() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    for (old, new) in [
        ("notes.md", "shop/notes.md"),
        ("shop/orders.py", "shop/my-orders.py"),
        ("shop/orders.py", "shop/orders.txt"),
        ("shop/nowhere.py", "shop/there.py"),
        ("shop/orders.py", "shop/orders.py"),
    ] {
        let edit = will_rename(&mut client, &[(folder.uri(old), folder.uri(new))]);
        assert_eq!(edit, Value::Null, "{old} to {new}");
    }
    let odd = [("untitled:one".to_owned(), "not a uri at all".to_owned())];
    assert_eq!(will_rename(&mut client, &odd), Value::Null);
    client.shut_down();
}

#[test]
fn a_client_without_versions_gets_plain_changes() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    let edit = will_rename(&mut client, &[(folder.uri("shop/orders.py"), folder.uri("shop/sales.py"))]);
    assert_eq!(edit["changes"][folder.uri("shop/api.py")].as_array().unwrap().len(), 3, "{edit}");
    client.shut_down();
}

fn moves_offered(client: &mut Client, uri: &str, line: u32) -> Vec<Value> {
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": { "line": line, "character": 7 }, "end": { "line": line, "character": 7 } },
        "context": { "diagnostics": [], "only": ["refactor.move"] },
    });
    client.request("textDocument/codeAction", &params).as_array().cloned().unwrap_or_default()
}

#[test]
fn a_definition_goes_to_the_module_for_its_kind() {
    let folder = shop();
    let uri = folder.uri("shop/orders.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &uri, ORDERS);
    assert_eq!(moves_offered(&mut client, &uri, 1), Vec::<Value>::new(), "no name stands there");
    let actions = moves_offered(&mut client, &uri, 3);
    assert_eq!(actions[0]["title"], "Move OrderError to shop.errors");
    assert_eq!(actions[0]["kind"], "refactor.move");
    let action = client.request("codeAction/resolve", &actions[0]);
    let edit = &action["edit"];
    let arrived = edits(edit, &folder.uri("shop/errors.py"));
    assert_eq!(arrived, [(0, 0, "class OrderError(Exception): ...\n".to_owned())]);
    assert!(!edits(edit, &folder.uri("shop/api.py")).is_empty(), "{edit}");
    client.shut_down();
}

fn command(client: &mut Client, arguments: &Value) -> i64 {
    client.ask("workspace/executeCommand", &json!({ "command": "architrave.move", "arguments": [arguments] }))
}

#[test]
fn the_command_moves_to_a_module_that_is_named() {
    let folder = shop();
    let uri = folder.uri("shop/orders.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    let id = command(&mut client, &json!({ "path": uri, "symbol": "Order", "target": "shop.domain.order" }));
    let told = client.told("workspace/applyEdit", |_| true);
    assert_eq!(client.answer(id)["result"], Value::Null);
    assert_eq!(told["label"], "Move Order to shop.domain.order");
    let changes = told["edit"]["documentChanges"].as_array().unwrap();
    let created: Vec<&Value> =
        changes.iter().filter(|change| change["kind"] == "create").map(|change| &change["uri"]).collect();
    let [module, package] =
        ["shop/domain/order.py", "shop/domain/__init__.py"].map(|path| json!(folder.uri(path)));
    assert_eq!(created, [&module, &package]);
    assert_eq!(
        edits(&told["edit"], &folder.uri("shop/sub/deep.py"))[0],
        (0, 7, "domain.".to_owned()),
        "{told}"
    );

    for (arguments, code, words) in [
        (json!({ "path": uri, "symbol": "Nothing", "target": "shop.x" }), -32803, "defines no `Nothing`"),
        (json!({ "path": uri, "symbol": "Order", "target": "shop.orders" }), -32803, "already"),
        (json!({ "path": uri, "symbol": "Order" }), -32602, "target"),
        (json!({ "path": "orders.py", "symbol": "Order", "target": "shop.x" }), -32602, "orders.py"),
    ] {
        let id = command(&mut client, &arguments);
        let answer = client.answer(id);
        assert_eq!(answer["error"]["code"], code, "{answer}");
        assert!(answer["error"]["message"].as_str().unwrap().contains(words), "{answer}");
    }
    client.shut_down();
}

#[test]
fn without_resource_operations_nothing_is_created() {
    let folder = shop();
    let mut can = everything();
    can["workspace"]["workspaceEdit"] = json!({ "documentChanges": true });
    let mut client = start().folder(&folder).capabilities(can).start();
    client.indexed();
    let uri = folder.uri("shop/orders.py");
    let id = command(&mut client, &json!({ "path": uri, "symbol": "Order", "target": "shop.domain" }));
    let answer = client.answer(id);
    assert!(answer["error"]["message"].as_str().unwrap().contains("can't create files"), "{answer}");
    let id = command(&mut client, &json!({ "path": uri, "symbol": "Order", "target": "shop.errors" }));
    let told = client.told("workspace/applyEdit", |_| true);
    assert_eq!(client.answer(id)["result"], Value::Null);
    assert!(
        told["edit"]["documentChanges"].as_array().unwrap().iter().all(|it| it["kind"].is_null()),
        "{told}"
    );
    client.shut_down();
}

#[test]
fn a_client_that_applies_no_edits_is_told_so() {
    let folder = shop();
    let uri = folder.uri("shop/orders.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    let id = command(&mut client, &json!({ "path": uri, "symbol": "Order", "target": "shop.errors" }));
    assert_eq!(client.answer(id)["error"]["code"], -32803);
    open(&mut client, &uri, ORDERS);
    let _ = client.heard("textDocument/publishDiagnostics");
    client.shut_down();
}

#[test]
fn an_open_buffer_counts_and_not_the_disk() {
    let folder = shop();
    let api = folder.uri("shop/api.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &api, "\n\nimport shop.orders as o\n");
    let _ = pulled(&mut client, &api);
    let edit = will_rename(&mut client, &[(folder.uri("shop/orders.py"), folder.uri("shop/sales.py"))]);
    assert_eq!(edits(&edit, &api), [(2, 7, "shop.sales".to_owned())]);
    client.shut_down();
}

#[test]
fn the_modules_that_a_definition_may_go_to_come_nearest_first() {
    let folder = shop();
    let uri = folder.uri("shop/orders.py");
    let mut can = everything();
    can["experimental"] = json!({ "commands": { "commands": ["architrave.moveSymbol"] } });
    let mut client = start().folder(&folder).capabilities(can).start();
    client.indexed();
    open(&mut client, &uri, ORDERS);
    let offered = moves_offered(&mut client, &uri, 3);
    assert_eq!(offered.last().unwrap()["title"], "Move OrderError to another module…");
    let command = &offered.last().unwrap()["command"];
    assert_eq!(command["command"], "architrave.moveSymbol");
    let asked = json!({ "command": "architrave.moveTargets", "arguments": command["arguments"] });
    let targets = client.request("workspace/executeCommand", &asked);
    let row = |(module, layer): (&str, &str), path: &str, reason: &str, exists: bool| {
        json!({
            "module": module, "path": folder.join(path), "layer": layer, "reason": reason, "exists": exists,
        })
    };
    assert_eq!(
        targets,
        json!([
            row(("shop.errors", "presentation"), "shop/errors.py", "suggested", true),
            row(("shop.api", "presentation"), "shop/api.py", "same package", true),
            row(("shop.sub.deep", "presentation"), "shop/sub/deep.py", "allowed by the layers", true),
            row(("shop.order_error", "domain"), "shop/order_error.py", "new module", false),
        ])
    );
    // The picked definition moves there.
    let id = client.ask(
        "workspace/executeCommand",
        &json!({
            "command": "architrave.move",
            "arguments": [{ "path": uri, "symbol": "OrderError", "target": targets[3]["module"] }],
        }),
    );
    let told = client.told("workspace/applyEdit", |_| true);
    assert_eq!(client.answer(id)["result"], Value::Null);
    assert!(!edits(&told["edit"], &folder.uri("shop/order_error.py")).is_empty(), "{told}");
    for arguments in [json!({ "path": "orders.py", "symbol": "Order" }), json!({ "path": uri })] {
        let asked = json!({ "command": "architrave.moveTargets", "arguments": [arguments] });
        assert_eq!(client.refused("workspace/executeCommand", &asked)["code"], -32602);
    }
    client.shut_down();
}

#[test]
fn files_that_are_not_python_follow_and_what_breaks_is_said() {
    let folder = Folder::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n\n[project.scripts]\nshop = \"shop.cli:main\"\n"),
        ("shop/__init__.py", ""),
        ("shop/cli.py", "def main(): ...\n"),
        ("shop/conftest.py", ""),
    ]);
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    let edit = will_rename(&mut client, &[(folder.uri("shop/cli.py"), folder.uri("shop/command.py"))]);
    assert_eq!(edits(&edit, &folder.uri("pyproject.toml")), [(4, 8, "shop.command".to_owned())], "{edit}");
    let told = client.told("window/showMessage", |_| true);
    assert_eq!(told["message"], "1 place in pyproject.toml follows");
    will_rename(&mut client, &[(folder.uri("shop/conftest.py"), folder.uri("shop/fixtures.py"))]);
    let told = client.told("window/showMessage", |_| true);
    assert_eq!(told["type"], 2);
    assert!(told["message"].as_str().unwrap().contains("pytest finds `conftest.py`"), "{told}");
    client.shut_down();
}
