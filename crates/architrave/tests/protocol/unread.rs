//! A client that sends and doesn't read: the server goes on reading, and nothing is lost.

use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// More answers than any pipe holds.
const MANY: usize = 6_000;

#[test]
fn a_client_may_read_when_it_likes() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_architrave"));
    command.arg("server").env("ARCHITRAVE_NO_CACHE", "1").stderr(Stdio::null());
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    let mut send = |message: &Value| {
        let body = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    };
    let mut output = BufReader::new(process.stdout.take().unwrap());
    send(&json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "capabilities": {} } }));
    // Until it is answered, other requests are refused.
    while next(&mut output)["id"] != 0 {}
    send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    for id in 1..=MANY {
        send(&json!({ "jsonrpc": "2.0", "id": id, "method": "of/nobody", "params": {} }));
    }
    // All of it was taken, although nothing was read. Now everything is.
    send(&json!({ "jsonrpc": "2.0", "id": MANY + 1, "method": "shutdown" }));
    let mut answered = vec![false; MANY + 2];
    answered[0] = true;
    while !answered[MANY + 1] {
        let message = next(&mut output);
        if let (Some(id), None) = (message["id"].as_u64(), message.get("method")) {
            answered[usize::try_from(id).unwrap()] = true;
        }
    }
    assert!(answered.iter().all(|is_answered| *is_answered));
    send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(process.wait().unwrap().code(), Some(0));
}

fn next(output: &mut impl BufRead) -> Value {
    let mut length = 0;
    loop {
        let mut line = String::new();
        assert_ne!(output.read_line(&mut line).unwrap(), 0, "the server has ended");
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).unwrap();
    serde_json::from_slice(&body).unwrap()
}
