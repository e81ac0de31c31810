//! Files and folders that are created, removed and changed while they aren't open.

use serde_json::{Value, json};
use tests::client::{Client, Folder, everything, push};

use crate::shop::{LATE, ORDER, WRONG, open, pull_until, pushed, shop, start};

fn watching() -> Value {
    let mut can = push();
    can["workspace"] =
        json!({ "didChangeWatchedFiles": { "dynamicRegistration": true }, "workspaceFolders": true });
    can
}

fn tell(client: &mut Client, changes: &[(String, u8)]) {
    let changes: Vec<Value> = changes.iter().map(|(uri, kind)| json!({ "uri": uri, "type": kind })).collect();
    client.notify("workspace/didChangeWatchedFiles", &json!({ "changes": changes }));
}

const CREATED: u8 = 1;
const CHANGED: u8 = 2;
const DELETED: u8 = 3;

#[test]
fn watchers_are_registered_where_the_client_can() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(watching()).start();
    let params = client.told("client/registerCapability", |_| true);
    assert_eq!(params["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    assert!(!params["registrations"][0]["registerOptions"]["watchers"].as_array().unwrap().is_empty());
    client.shut_down();
}

#[test]
fn told_changes_are_followed() {
    let folder = shop();
    let order = folder.uri("shop/order.py");
    let report = folder.uri("shop/report.py");
    let mut client = start().folder(&folder).capabilities(watching()).start();
    client.indexed();
    pushed(&mut client, &folder.uri("shop/late.py"), &["hidden-import"]);

    folder.write("shop/order.py", WRONG);
    tell(&mut client, &[(order.clone(), CHANGED), (order.clone(), CHANGED)]);
    pushed(&mut client, &order, &["forbidden-import"]);
    pushed(&mut client, &report, &["forbidden-import"]);

    folder.remove("shop/order.py");
    tell(&mut client, &[(order.clone(), DELETED)]);
    pushed(&mut client, &order, &[]);
    pushed(&mut client, &report, &[]);

    folder.write("shop/order.py", WRONG);
    tell(&mut client, &[(order.clone(), CREATED)]);
    pushed(&mut client, &report, &["forbidden-import"]);

    folder.rename("shop", "store");
    tell(&mut client, &[(folder.uri("shop"), DELETED), (folder.uri("store"), CREATED)]);
    pushed(&mut client, &report, &[]);
    // There is no `shop.db` any more.
    assert!(
        client
            .heard("textDocument/publishDiagnostics")
            .iter()
            .all(|set| { set["uri"] != folder.uri("store/order.py") || set["diagnostics"] == json!([]) })
    );
    client.shut_down();
}

#[test]
fn our_own_watcher_sees_what_the_client_can_not() {
    let folder = shop();
    let order = folder.uri("shop/order.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    folder.write("shop/order.py", WRONG);
    pushed(&mut client, &order, &["forbidden-import"]);
    folder.write("shop/order.py", ORDER);
    pushed(&mut client, &order, &[]);
    // A new folder, and a file in it later.
    folder.write("shop/deep/__init__.py", "");
    folder.write("shop/deep/er/late.py", LATE);
    pushed(&mut client, &folder.uri("shop/deep/er/late.py"), &["hidden-import"]);
    folder.remove("shop/deep");
    pushed(&mut client, &folder.uri("shop/deep/er/late.py"), &[]);
    assert!(client.heard("client/registerCapability").is_empty(), "the client can't watch files");
    client.shut_down();
}

#[test]
fn thousands_of_files_may_change_at_once() {
    let folder = shop();
    for number in 0..1500 {
        folder.write(
            &format!("shop/many/m{number}.py"),
            format!("import shop.many.m{}\n", (number + 1) % 1500),
        );
    }
    let mut client = start().folder(&folder).capabilities(watching()).start();
    client.indexed();
    folder.rename("shop/many", "shop/more");
    let mut changes = Vec::new();
    for number in 0..1500 {
        changes.push((folder.uri(&format!("shop/many/m{number}.py")), DELETED));
        changes.push((folder.uri(&format!("shop/more/m{number}.py")), CREATED));
    }
    folder.write("shop/order.py", WRONG);
    changes.push((folder.uri("shop/order.py"), CHANGED));
    tell(&mut client, &changes);
    pushed(&mut client, &folder.uri("shop/order.py"), &["forbidden-import"]);
    tell(&mut client, &changes);
    let facts =
        client.request("workspace/executeCommand", &json!({ "command": "architrave.debugInformation" }));
    let facts: Value = serde_json::from_str(facts.as_str().unwrap()).unwrap();
    assert_eq!(facts["projects"][0]["files"], 1500 + 5, "{facts}");
    client.shut_down();
}

#[test]
fn folders_come_and_go() {
    let (one, two) = (
        shop(),
        Folder::new(&[
            ("app/__init__.py", ""),
            ("app/a.py", "def f():\n    import app.b\n    return app\n"),
            ("app/b.py", ""),
        ]),
    );
    let mut client = start().folder(&one).capabilities(push()).start();
    pushed(&mut client, &one.uri("shop/late.py"), &["hidden-import"]);
    let added = json!([{ "uri": tests::client::uri(two.path()), "name": "two" }]);
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        &json!({ "event": { "added": added, "removed": [] } }),
    );
    pushed(&mut client, &two.uri("app/a.py"), &["hidden-import"]);
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        &json!({ "event": { "added": [], "removed": added } }),
    );
    pushed(&mut client, &two.uri("app/a.py"), &[]);
    let still = client.heard("textDocument/publishDiagnostics");
    assert!(
        still.iter().all(|set| set["uri"] != one.uri("shop/late.py")),
        "the other folder stays: {still:?}"
    );
    client.shut_down();
}

#[test]
fn a_new_file_that_is_saved_belongs_to_the_project() {
    let folder = shop();
    let uri = folder.uri("shop/fresh.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    crate::shop::open(&mut client, &uri, LATE);
    let open = pull_until(&mut client, &uri, &["hidden-import"]);
    folder.write("shop/fresh.py", LATE);
    client.notify("textDocument/didSave", &json!({ "textDocument": { "uri": uri } }));
    crate::shop::close(&mut client, &uri);
    let saved = pull_until(&mut client, &uri, &["hidden-import"]);
    assert_eq!(saved["resultId"], open["resultId"]);
    client.shut_down();
}

#[test]
fn what_can_not_be_read_is_said_once_and_left_out() {
    let folder = shop();
    folder.write("shop/binary.py", b"x = 1\0\0\0\x01\xff");
    let large = folder.uri("shop/large.py");
    let text = "# far too much\n".repeat(300_000);
    folder.write("shop/large.py", &text);
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.told("window/logMessage", |params| {
        params["message"].as_str().unwrap().contains("binary.py: not text")
    });
    client.told("window/logMessage", |params| {
        params["message"].as_str().unwrap().contains("large.py: larger than")
    });
    crate::shop::open(&mut client, &large, &text);
    let set = pushed(&mut client, &large, &["-"]);
    assert!(set["diagnostics"][0]["message"].as_str().unwrap().contains("larger than"), "{set}");
    // Once shortened, it becomes an ordinary file.
    crate::shop::change(&mut client, &large, 2, json!([{ "text": LATE }]));
    pushed(&mut client, &large, &["hidden-import"]);
    client.shut_down();
}

#[test]
fn cells_of_notebooks_are_left_alone_and_that_is_said_once() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    let cells = ["vscode-notebook-cell:/p/a.ipynb#W0", "vscode-notebook-cell:/p/a.ipynb#W1"];
    for cell in cells {
        open(&mut client, cell, "from shop.db import save\n");
        let at = json!({ "textDocument": { "uri": cell }, "position": { "line": 0, "character": 8 } });
        assert_eq!(client.request("textDocument/hover", &at), serde_json::Value::Null);
    }
    client.settle();
    let told = client.heard("window/logMessage");
    let told = told.iter().filter(|params| params["message"].as_str().unwrap().contains("notebooks"));
    assert_eq!(told.count(), 1);
    client.shut_down();
}
