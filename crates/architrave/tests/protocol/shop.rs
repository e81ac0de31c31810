//! The project of the sessions: `report` must not depend on the database, not even through `order`.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tests::client::{Client, Folder, Start};

/// It has no findings.
pub(crate) fn shop() -> Folder {
    Folder::new(&[
        ("architrave.toml", CONTRACTS),
        ("shop/__init__.py", ""),
        ("shop/order.py", ORDER),
        ("shop/report.py", REPORT),
        ("shop/db.py", "def save(row):\n    return row\n"),
        ("shop/late.py", LATE),
    ])
}

const CONTRACTS: &str = r#"
[[contracts]]
name = "orders are pure"
type = "forbidden"
source-modules = ["shop.order"]
forbidden-modules = ["shop.db"]

[[contracts]]
name = "reports are pure"
type = "forbidden"
source-modules = ["shop.report"]
forbidden-modules = ["shop.db"]
"#;

/// Clean.
pub(crate) const ORDER: &str = "class Order:\n    price = 1\n";

/// Depends on the imports of `order`.
pub(crate) const REPORT: &str =
    "from shop.order import Order\n\n\ndef total(order: Order) -> int:\n    return order.price\n";

/// Has one finding, known from the file alone, with a safe fix.
pub(crate) const LATE: &str = "def f():\n    from shop.db import save\n    return save(1)\n";

/// What makes `order` break a rule, and `report` with it.
pub(crate) const WRONG: &str = "from shop.db import save\n";

/// A lot of text without effect: reading files of it takes a while.
pub(crate) fn bulk() -> String {
    let mut text = String::new();
    for number in 0..250 {
        writeln!(text, "def f{number}(x):\n    return [y + {number} for y in x if y]\n\n").unwrap();
    }
    text
}

/// The program under test.
pub(crate) fn start() -> Start {
    Start::new(env!("CARGO_BIN_EXE_architrave"))
}

/// `textDocument/didOpen`
pub(crate) fn open(client: &mut Client, uri: &str, text: &str) {
    let document = json!({ "uri": uri, "languageId": "python", "version": 1, "text": text });
    client.notify("textDocument/didOpen", &json!({ "textDocument": document }));
}

/// `textDocument/didChange` of a range: start line and column, end line and column.
pub(crate) fn edit(client: &mut Client, uri: &str, version: i32, range: [u32; 4], text: &str) {
    let [line, column, end_line, end_column] = range;
    let range = json!({
        "start": { "line": line, "character": column },
        "end": { "line": end_line, "character": end_column },
    });
    change(client, uri, version, json!([{ "range": range, "text": text }]));
}

/// `textDocument/didChange`
pub(crate) fn change(client: &mut Client, uri: &str, version: i32, changes: Value) {
    let document = json!({ "uri": uri, "version": version });
    client.notify("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": changes }));
}

/// `textDocument/didClose`
pub(crate) fn close(client: &mut Client, uri: &str) {
    client.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri } }));
}

/// The rules of a list of diagnostics.
pub(crate) fn rules(diagnostics: &Value) -> Vec<&str> {
    diagnostics
        .as_array()
        .unwrap()
        .iter()
        .map(|diagnostic| diagnostic["code"].as_str().unwrap_or("-"))
        .collect()
}

/// `textDocument/diagnostic`, repeated if an edit made it stale.
#[track_caller]
pub(crate) fn pulled(client: &mut Client, uri: &str) -> Value {
    loop {
        let id = client.ask("textDocument/diagnostic", &json!({ "textDocument": { "uri": uri } }));
        let answer = client.answer(id);
        match answer["error"]["code"].as_i64() {
            None => return answer["result"].clone(),
            Some(code) => assert_eq!(code, -32802, "{answer}"),
        }
    }
}

/// Pulls diagnostics until they are as expected.
#[track_caller]
pub(crate) fn pull_until(client: &mut Client, uri: &str, expected: &[&str]) -> Value {
    for _ in 0..2000 {
        let result = pulled(client, uri);
        if rules(&result["items"]) == expected {
            return result;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{uri} never shows {expected:?}, but {}", pulled(client, uri));
}

/// Waits until a set of a document's diagnostics is as expected.
#[track_caller]
pub(crate) fn pushed(client: &mut Client, uri: &str, expected: &[&str]) -> Value {
    client.told("textDocument/publishDiagnostics", |params| {
        params["uri"] == uri && rules(&params["diagnostics"]) == expected
    })
}
