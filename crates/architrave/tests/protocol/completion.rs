//! Completion of imports: what the layers forbid is marked, and the import is inserted with the name.

use serde_json::{Value, json};
use tests::client::{Client, Folder, everything, push};

use crate::shop::{open, start};

const LAYERS: &str = "\
style = 'clean'
[layers]
application = ['shop.application']
domain = ['shop.domain']
infrastructure = ['shop.infrastructure']
";

/// Before the position a name of four bytes and two UTF-16 units.
const DRAFT: &str = "import os\n\n\ndef f():\n    x = '\u{1d538}'; return Orde\n";

fn folder() -> Folder {
    Folder::new(&[
        ("architrave.toml", LAYERS),
        ("shop/__init__.py", ""),
        ("shop/domain/__init__.py", ""),
        ("shop/domain/order.py", "class Order: ...\n"),
        ("shop/infrastructure/__init__.py", ""),
        ("shop/infrastructure/rows.py", "class OrderRow: ...\n"),
        ("shop/application/__init__.py", ""),
        ("shop/application/draft.py", DRAFT),
    ])
}

fn completed(client: &mut Client, uri: &str, line: u32, character: u32, trigger: Option<&str>) -> Value {
    let kind = if trigger.is_some() { 2 } else { 1 };
    let params = json!({
        "textDocument": { "uri": uri },
        "position": { "line": line, "character": character },
        "context": { "triggerKind": kind, "triggerCharacter": trigger },
    });
    client.request("textDocument/completion", &params)
}

fn labels(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

/// `everything` may request the edits of one item, `push` receives them with the list.
#[test]
fn a_name_brings_its_import() {
    for (capabilities, is_lazy) in [(everything(), true), (push(), false)] {
        let folder = folder();
        let uri = folder.uri("shop/application/draft.py");
        let mut client = start().folder(&folder).capabilities(capabilities).start();
        client.indexed();
        open(&mut client, &uri, DRAFT);
        let column = if client.capabilities["positionEncoding"] == "utf-8" { 27 } else { 25 };
        let list = completed(&mut client, &uri, 4, column, None);
        assert_eq!(labels(&list), ["Order", "OrderRow"], "{list}");
        let row = &list["items"][1];
        assert_eq!(row["detail"], "application must not import infrastructure");
        assert_eq!(row["labelDetails"]["description"], "shop.infrastructure.rows");
        assert_eq!(row["tags"], if is_lazy { json!([1]) } else { Value::Null });
        let mut order = list["items"][0].clone();
        assert_eq!(order["textEdit"]["range"]["start"]["character"], column - 4);
        if is_lazy {
            assert_eq!(order["additionalTextEdits"], Value::Null);
            order = client.request("completionItem/resolve", &order);
        }
        let start = json!({ "line": 1, "character": 0 });
        let edit = json!({
            "range": { "start": start, "end": start },
            "newText": "\nfrom shop.domain.order import Order\n",
        });
        assert_eq!(order["additionalTextEdits"], json!([edit]));
        let words = order["documentation"]["value"].as_str().unwrap();
        assert!(words.contains("shop.domain.order"), "{words}");
        client.shut_down();
    }
}

#[test]
fn characters_ask_in_import_statements_alone() {
    let folder = folder();
    let uri = folder.uri("shop/application/draft.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    let text = "from shop.\nx = Order.\n";
    open(&mut client, &uri, text);
    let list = completed(&mut client, &uri, 0, 10, Some("."));
    assert_eq!(labels(&list), ["application", "domain", "infrastructure"]);
    assert_eq!(list["items"][2]["detail"], "application must not import infrastructure");
    assert_eq!(completed(&mut client, &uri, 1, 10, Some(".")), Value::Null);
    assert_eq!(completed(&mut client, &uri, 1, 4, Some(" ")), Value::Null);
    client.shut_down();
}
