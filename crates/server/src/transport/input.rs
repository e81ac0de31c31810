//! The reading side: a thread that passes on well-formed messages, and the byte stream that `tower_lsp` reads.

use std::io::{self, BufRead, BufReader};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::{mpsc, oneshot};

use super::Output;
use super::frames::{self, Frame};
use crate::proto::RawRequest;

/// Well-formed messages, as a byte stream.
pub(crate) struct Input {
    messages: mpsc::UnboundedReceiver<Vec<u8>>,
    current: Vec<u8>,
    at: usize,
}

/// Starts reading `stream` on its own thread. Malformed messages are answered on `output`. The second value signals the
/// end of the stream.
///
/// # Errors
/// If the thread can't be started.
pub(crate) fn read_messages(
    stream: impl io::Read + Send + 'static,
    output: Output,
) -> io::Result<(Input, oneshot::Receiver<()>)> {
    let (sender, messages) = mpsc::unbounded_channel();
    let (ended, end) = oneshot::channel();
    std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        let mut stream = BufReader::with_capacity(1 << 16, stream);
        loop {
            match next(&mut stream) {
                Ok(Some(Ok(body))) => {
                    if sender.send(frame(&body)).is_err() {
                        break;
                    }
                }
                Ok(Some(Err(answer))) => {
                    tracing::warn!("a message that can't be read: {}", String::from_utf8_lossy(&answer));
                    output.send(frame(&answer));
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!("standard input: {error}");
                    break;
                }
            }
        }
        // The receiver may be gone.
        let _ = ended.send(());
    })?;
    Ok((Input { messages, current: Vec::new(), at: 0 }, end))
}

/// Splits bytes as the server does with its standard input: the bodies of readable messages, and the answers to
/// everything else. For tests with arbitrary bytes.
pub fn split(mut bytes: &[u8]) -> Vec<Result<Vec<u8>, Vec<u8>>> {
    std::iter::from_fn(|| next(&mut bytes).ok().flatten()).collect()
}

/// The next readable message, or the answer to what can't be read; `None` at the end.
fn next(stream: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, Vec<u8>>>> {
    Ok(match frames::next(stream)? {
        Frame::Body(body) => Some(check(&body).map(|()| body)),
        Frame::Garbage(reason) => Some(Err(error(-32700, &reason, &serde_json::Value::Null))),
        Frame::End => None,
    })
}

/// Whether `tower_lsp` can read the message; the answer to the client if it can't.
///
/// Uses the same type as `tower_lsp`: responses are read as requests with fewer fields.
fn check(body: &[u8]) -> Result<(), Vec<u8>> {
    let Err(reason) = serde_json::from_slice::<RawRequest>(body) else { return Ok(()) };
    match serde_json::from_slice::<serde_json::Value>(body) {
        Err(reason) => Err(error(-32700, &reason.to_string(), &serde_json::Value::Null)),
        Ok(message) => {
            let id = message.get("id").filter(|id| id.is_i64() || id.is_string());
            Err(error(-32600, &reason.to_string(), id.unwrap_or(&serde_json::Value::Null)))
        }
    }
}

fn error(code: i32, message: &str, id: &serde_json::Value) -> Vec<u8> {
    let error = serde_json::json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}});
    error.to_string().into_bytes()
}

fn frame(body: &[u8]) -> Vec<u8> {
    let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    message.extend_from_slice(body);
    message
}

impl AsyncRead for Input {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.at == self.current.len() {
            match self.messages.poll_recv(cx) {
                Poll::Pending => return Poll::Pending,
                // The end of the stream: the buffer stays unchanged.
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Ready(Some(message)) => {
                    self.current = message;
                    self.at = 0;
                }
            }
        }
        let rest = &self.current[self.at..];
        let count = rest.len().min(buffer.remaining());
        buffer.put_slice(&rest[..count]);
        self.at += count;
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_what_can_be_read_is_passed_on() {
        let cases = [
            (r#"{"jsonrpc":"2.0","method":"x"}"#, None),
            (r#"{"jsonrpc":"2.0","id":1,"result":null}"#, None),
            (r#"{"jsonrpc":"2.0","id":"a","method":"x","params":[1]}"#, None),
            (r#"{"jsonrpc":"2.0","#, Some((-32700, "null"))),
            ("", Some((-32700, "null"))),
            ("[]", Some((-32600, "null"))),
            ("1", Some((-32600, "null"))),
            (r#"{"method":"x","id":7}"#, Some((-32600, "7"))),
            (r#"{"jsonrpc":"1.0","method":"x","id":"q"}"#, Some((-32600, "\"q\""))),
            (r#"{"jsonrpc":"2.0","method":5,"id":1}"#, Some((-32600, "1"))),
            (r#"{"jsonrpc":"2.0","method":"x","id":{}}"#, Some((-32600, "null"))),
            ("\u{1}\u{2}", Some((-32700, "null"))),
        ];
        for (body, expected) in cases {
            let found = check(body.as_bytes()).err().map(|answer| {
                let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
                (answer["error"]["code"].as_i64().unwrap(), answer["id"].to_string())
            });
            assert_eq!(found, expected.map(|(code, id)| (code, id.to_owned())), "{body}");
        }
        let deep =
            format!(r#"{{"jsonrpc":"2.0","method":"x","params":{}{}}}"#, "[".repeat(500), "]".repeat(500));
        assert!(check(deep.as_bytes()).is_err(), "deeper than its reader goes");
        assert!(check(b"{\"jsonrpc\":\"2.0\",\"method\":\"\xff\"}").is_err(), "not UTF-8");
    }
}
