//! Messages as bytes (LSP 3.17, "Base Protocol").

use std::io::{BufRead as _, BufReader, Read};
use std::process::{ChildStderr, ChildStdout};
use std::sync::mpsc::{Receiver, channel};

use serde_json::Value;

/// Encodes a message.
pub(super) fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The messages as they arrive. Any other output on standard output is a failure of the server.
pub(super) fn read(stdout: ChildStdout) -> Receiver<Value> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut stdout = BufReader::new(stdout);
        while let Some(length) = header(&mut stdout) {
            let mut body = vec![0; length];
            if stdout.read_exact(&mut body).is_err() {
                return;
            }
            let message = serde_json::from_slice(&body).expect("the server speaks JSON");
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    receiver
}

fn header(stdout: &mut BufReader<ChildStdout>) -> Option<usize> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => return length,
            line => {
                let (name, value) = line.split_once(": ").expect("only headers stand between messages");
                assert_eq!(name, "Content-Length", "an unknown header");
                length = value.parse().ok();
            }
        }
    }
}

/// The output on standard error, as it arrives.
pub(super) fn collect(mut stderr: ChildStderr) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = stderr.read(&mut buffer) {
            if sender.send(String::from_utf8_lossy(&buffer[..count]).into_owned()).is_err() {
                return;
            }
        }
    });
    receiver
}
