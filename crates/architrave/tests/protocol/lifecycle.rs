//! The start and the end of a session.

use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tests::client::{Folder, everything, nothing, push};

use crate::shop::{open, shop, start};

/// A folder large enough for its index to take a while.
fn large() -> Folder {
    let folder = Folder::new(&[("app/__init__.py", "")]);
    let body = crate::shop::bulk();
    for number in 0..400 {
        folder.write(&format!("app/m{number}.py"), format!("import app.m{}\n\n\n{body}", (number + 1) % 400));
    }
    folder
}

#[test]
fn shutdown_and_exit_end_with_zero() {
    let folder = shop();
    let client = start().folder(&folder).capabilities(everything()).start();
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn exit_without_shutdown_ends_with_one() {
    for initialize in [true, false] {
        let mut client = start().connect();
        if initialize {
            client.initialize();
        }
        client.notify("exit", &Value::Null);
        assert_eq!(client.end().0, 1);
    }
}

#[test]
fn it_ends_in_the_middle_of_its_index() {
    let folder = large();
    let client = start().folder(&folder).capabilities(push()).start();
    assert_eq!(client.shut_down(), 0);
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.notify("exit", &Value::Null);
    assert_eq!(client.end().0, 1);
}

#[test]
fn a_closed_standard_input_is_the_end() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    // One that would be held forever.
    let params = json!({ "previousResultIds": [], "partialResultToken": "t" });
    client.ask("workspace/diagnostic", &params);
    client.hang_up();
    let (code, took) = client.end();
    assert_eq!(code, 1);
    // As the protocol requires: the server must not outlive its client.
    assert!(took < Duration::from_secs(30), "{took:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_client_that_died_is_the_end() {
    let mut parent = Command::new("sleep").arg("1000").stdin(Stdio::null()).spawn().unwrap();
    let mut starting = start();
    starting.process = Some(parent.id());
    let client = starting.start();
    parent.kill().unwrap();
    // Not reaped yet: it still counts as gone.
    let (code, _) = client.end();
    assert_eq!(code, 1);
    parent.wait().unwrap();
}

#[test]
fn a_client_process_that_cannot_be_seen_is_not_watched() {
    let mut starting = start();
    starting.process = Some(u32::MAX - 1);
    let mut client = starting.start();
    client.settle();
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn nothing_is_answered_before_initialize_and_after_shutdown() {
    let mut client = start().connect();
    assert_eq!(client.refused("textDocument/hover", &json!({}))["code"], -32002);
    client.initialize();
    assert_eq!(client.refused("initialize", &json!({ "capabilities": {} }))["code"], -32600);
    client.request("shutdown", &Value::Null);
    assert_eq!(client.refused("workspace/executeCommand", &json!({ "command": "x" }))["code"], -32600);
    client.notify("exit", &Value::Null);
    assert_eq!(client.end().0, 0);
}

#[test]
fn it_says_who_it_is_and_what_it_can() {
    let mut client = start().connect();
    let answer = client.initialize();
    assert_eq!(answer["serverInfo"]["name"], "architrave");
    let can = &client.capabilities;
    assert_eq!(can["textDocumentSync"]["change"], 2);
    assert_eq!(can["hoverProvider"], true);
    assert_eq!(can["diagnosticProvider"], Value::Null, "pushed to who does not ask");
    assert_eq!(can["codeActionProvider"], Value::Null, "the client knows no code actions");
    client.shut_down();

    let mut client = start().capabilities(everything()).start();
    let can = client.capabilities.clone();
    assert_eq!(can["diagnosticProvider"]["interFileDependencies"], true);
    assert_eq!(can["diagnosticProvider"]["workspaceDiagnostics"], true);
    assert_eq!(can["codeActionProvider"]["resolveProvider"], true);
    assert_eq!(can["workspace"]["workspaceFolders"]["supported"], true);
    client.settle();
    client.shut_down();
}

#[test]
fn what_the_client_did_not_offer_is_not_asked_of_it() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(nothing()).start();
    open(&mut client, &folder.uri("shop/late.py"), crate::shop::LATE);
    client.indexed();
    crate::shop::pushed(&mut client, &folder.uri("shop/late.py"), &["hidden-import"]);
    for method in [
        "client/registerCapability",
        "workspace/configuration",
        "workspace/diagnostic/refresh",
        "window/workDoneProgress/create",
        "$/progress",
    ] {
        assert_eq!(client.heard(method), Vec::<Value>::new(), "{method}");
    }
    client.shut_down();
}

#[test]
fn standard_error_is_silent_where_nothing_is_wrong() {
    let folder = crate::shop::shop();
    let mut client = start().folder(&folder).capabilities(tests::client::pull()).start();
    client.indexed();
    client.told("window/logMessage", |params| params["message"].as_str().unwrap().contains("files read"));
    assert_eq!(client.errors(), "");
    client.shut_down();
}
