//! The baseline in the editor: accepting, hints, entries removed on save, and a broken file.

use serde_json::{Value, json};
use tests::client::{Client, Folder, everything, push};

use crate::shop::{LATE, change, open, pull_until, pushed, shop, start};

const FILE: &str = ".architrave-baseline.json";

/// The fixed text: the import is at module level.
const MENDED: &str = "from shop.db import save\n\n\ndef f():\n    return save(1)\n";

/// The action that accepts the finding on the second line.
fn accepting(client: &mut Client, uri: &str) -> Option<Value> {
    let at = json!({ "line": 1, "character": 6 });
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": at, "end": at },
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", &params);
    actions
        .as_array()
        .unwrap()
        .iter()
        .find(|action| action["title"].as_str().unwrap().starts_with("Accept "))
        .cloned()
}

fn run(client: &mut Client, action: &Value) {
    client.request("workspace/executeCommand", &action["command"]);
}

fn save(client: &mut Client, folder: &Folder, path: &str, text: &str) {
    folder.write(path, text);
    client.notify("textDocument/didSave", &json!({ "textDocument": { "uri": folder.uri(path) } }));
}

fn baseline(folder: &Folder) -> Option<String> {
    std::fs::read_to_string(folder.join(FILE)).ok()
}

/// Accepted findings are hints; all others have a higher level.
fn severities(result: &Value) -> Vec<i64> {
    result["items"].as_array().unwrap().iter().map(|item| item["severity"].as_i64().unwrap()).collect()
}

#[test]
fn accepting_writes_the_file_and_turns_the_finding_into_a_hint() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &uri, LATE);
    assert_eq!(severities(&pull_until(&mut client, &uri, &["hidden-import"])), [2]);
    assert_eq!(baseline(&folder), None, "nothing creates one but the action");
    let action = accepting(&mut client, &uri).unwrap();
    // Clients that request an edit first get the action unchanged.
    let action = client.request("codeAction/resolve", &action);
    run(&mut client, &action);
    let text = baseline(&folder).unwrap();
    assert!(text.contains("\"path\": \"shop/late.py\", \"rule\": \"hidden-import\""), "{text}");
    let result = pull_until(&mut client, &uri, &["hidden-import"]);
    assert_eq!(severities(&result), [4]);
    assert!(result["items"][0]["message"].as_str().unwrap().ends_with("(accepted in the baseline)"));
    // It can't be accepted twice.
    assert_eq!(accepting(&mut client, &uri), None);
    assert_eq!(client.refused("workspace/executeCommand", &action["command"])["code"], -32801);
    client.shut_down();
}

#[test]
fn all_findings_of_a_file_are_accepted_at_once() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    let twice = format!("{LATE}\n\ndef g():\n    from shop.db import save\n    return save(2)\n");
    open(&mut client, &uri, &twice);
    pull_until(&mut client, &uri, &["hidden-import", "hidden-import"]);
    let command = |path: &str| json!({ "command": "architrave.acceptFileIntoBaseline", "arguments": [{ "path": path }] });
    assert_eq!(client.request("workspace/executeCommand", &command(&uri)), 2);
    let result = pull_until(&mut client, &uri, &["hidden-import", "hidden-import"]);
    assert_eq!(severities(&result), [4, 4]);
    // Accepted findings are not new, and a file without new ones writes nothing.
    let text = baseline(&folder).unwrap();
    assert_eq!(client.request("workspace/executeCommand", &command(&uri)), 0);
    assert_eq!(client.request("workspace/executeCommand", &command(&folder.uri("shop/db.py"))), 0);
    assert_eq!(baseline(&folder).unwrap(), text);
    assert_eq!(client.refused("workspace/executeCommand", &command("late.py"))["code"], -32602);
    client.shut_down();
}

#[test]
fn what_is_mended_leaves_the_file_at_save_and_not_before() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &uri, LATE);
    pull_until(&mut client, &uri, &["hidden-import"]);
    let action = accepting(&mut client, &uri).unwrap();
    run(&mut client, &action);
    let accepted = baseline(&folder).unwrap();

    // Unsaved, then saved in the middle of a line, then with another document unsaved.
    change(&mut client, &uri, 2, json!([{ "text": MENDED }]));
    pull_until(&mut client, &uri, &[]);
    assert_eq!(baseline(&folder).unwrap(), accepted);
    let broken = format!("{MENDED}def g(:\n");
    change(&mut client, &uri, 3, json!([{ "text": broken }]));
    save(&mut client, &folder, "shop/late.py", &broken);
    let other = folder.uri("shop/order.py");
    open(&mut client, &other, "class Order: ...\n");
    change(&mut client, &uri, 4, json!([{ "text": MENDED }]));
    save(&mut client, &folder, "shop/late.py", MENDED);
    pull_until(&mut client, &uri, &[]);
    client.settle();
    assert_eq!(baseline(&folder).unwrap(), accepted);

    save(&mut client, &folder, "shop/order.py", "class Order: ...\n");
    until(|| baseline(&folder).is_some_and(|text| !text.contains("hidden-import")));
    // If it comes back, it is new.
    change(&mut client, &uri, 5, json!([{ "text": LATE }]));
    assert_eq!(severities(&pull_until(&mut client, &uri, &["hidden-import"])), [2]);
    client.shut_down();
}

#[test]
fn another_window_may_have_written_the_file() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    open(&mut client, &uri, LATE);
    pushed(&mut client, &uri, &["hidden-import"]);
    let action = accepting(&mut client, &uri).unwrap();
    // An entry for a foreign file: neither checked nor lost.
    let theirs = "{\r\n  \"schema\": 1,\r\n  \"accepted\": [\r\n    {\"path\": \"web/x.py\", \"rule\": \"r\", \
                  \"fingerprint\": \"1\", \"message\": \"theirs\"},\r\n    null\r\n  ]\r\n}\r\n";
    folder.write(FILE, theirs);
    run(&mut client, &action);
    let text = baseline(&folder).unwrap();
    assert!(text.contains("theirs") && text.contains("hidden-import"), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    client.told("textDocument/publishDiagnostics", |params| {
        params["uri"] == uri && params["diagnostics"][0]["severity"] == 4
    });
    // It is watched: after its removal nothing is accepted any more.
    folder.remove(FILE);
    client.told("textDocument/publishDiagnostics", |params| {
        params["uri"] == uri && params["diagnostics"][0]["severity"] == 2
    });
    client.shut_down();
}

#[test]
fn a_broken_file_is_told_of_and_never_written_over() {
    let folder = shop();
    let merged =
        "{\n  \"schema\": 1,\n  \"accepted\": [\n<<<<<<< HEAD\n    null\n=======\n    null\n>>>>>>> b\n]}\n";
    folder.write(FILE, merged);
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    open(&mut client, &uri, LATE);
    let set = pushed(&mut client, &folder.uri(FILE), &["-"]);
    assert_eq!(set["diagnostics"][0]["range"]["start"]["line"], 3, "{set}");
    pushed(&mut client, &uri, &["hidden-import"]);
    let action = accepting(&mut client, &uri).unwrap();
    let error = client.refused("workspace/executeCommand", &action["command"]);
    assert!(error["message"].as_str().unwrap().contains(":4: a merge was left here"), "{error}");
    assert_eq!(baseline(&folder).as_deref(), Some(merged));
    client.shut_down();
}

/// Waits for an event on disk.
#[track_caller]
fn until(happens: impl Fn() -> bool) {
    for _ in 0..2000 {
        if happens() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("it never happens");
}
