//! Malformed messages.

use serde_json::{Value, json};
use tests::client::{Client, pull};

use crate::shop::{LATE, open, pull_until, shop, start};

/// The error response to something that can't be attributed to a request.
#[track_caller]
fn error_without_id(client: &mut Client) -> Value {
    client.answer_to_nobody()["error"].clone()
}

#[test]
fn they_are_answered_and_survived() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    let frame = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let cases: &[(String, i64)] = &[
        (frame(r#"{"jsonrpc":"2.0","method":"#), -32700),
        (frame("not json"), -32700),
        (frame(""), -32700),
        (frame("[]"), -32600),
        (frame("42"), -32600),
        (frame(r#"{"method":"textDocument/hover"}"#), -32600),
        (frame(r#"{"jsonrpc":"2.0","method":7}"#), -32600),
        ("Content-Length: nonsense\r\n\r\n".to_owned(), -32700),
        ("Content-Length: -5\r\n\r\n".to_owned(), -32700),
        ("rubbish\r\n".to_owned(), -32700),
        (frame(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))), -32700),
    ];
    for (bytes, code) in cases {
        client.raw(bytes.as_bytes());
        let error = error_without_id(&mut client);
        assert_eq!(error["code"], *code, "{:?}: {error}", bytes.get(..60).unwrap_or(bytes));
        // And the session continues.
        client.settle();
    }
    client.raw(b"Content-Length: 2\r\n\r\n\xff\xfe");
    assert_eq!(error_without_id(&mut client)["code"], -32700);
    open(&mut client, &uri, LATE);
    pull_until(&mut client, &uri, &["hidden-import"]);
    client.shut_down();
}

#[test]
fn unknown_methods_and_wrong_parameters_are_answered() {
    let mut client = start().capabilities(pull()).start();
    assert_eq!(client.refused("no/such/method", &json!({}))["code"], -32601);
    assert_eq!(client.refused("textDocument/hover", &json!({ "nonsense": 1 }))["code"], -32602);
    assert_eq!(client.refused("workspace/executeCommand", &json!({ "command": "no.such" }))["code"], -32602);
    assert_eq!(client.refused("codeAction/resolve", &json!({ "title": "x", "data": [1] }))["code"], -32602);
    client.notify("no/such/notification", &json!({}));
    client.notify("$/no/such", &json!({}));
    client.notify("textDocument/didOpen", &json!({ "nonsense": 1 }));
    // An answer to a request that was never sent.
    client.raw(b"Content-Length: 38\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":null}");
    client.settle();
    client.shut_down();
}

#[test]
fn headers_may_say_more_than_the_length() {
    let mut client = start().capabilities(pull()).start();
    let body = r#"{"jsonrpc":"2.0","id":"q","method":"workspace/executeCommand","params":{"command":"architrave.debugInformation"}}"#;
    let message = format!(
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    client.raw(message.as_bytes());
    assert!(client.answer_to(&json!("q")).get("result").is_some());
    client.shut_down();
}
