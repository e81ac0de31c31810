//! The writing side: an unbounded queue, and a thread that empties it.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use tokio::io::AsyncWrite;

/// The sending end of the queue: accepts everything at once.
#[derive(Clone)]
pub(crate) struct Output {
    queue: Sender<Item>,
}

/// An item of the queue.
enum Item {
    Bytes(Vec<u8>),
    /// The last item.
    End,
}

/// The writing thread.
pub(crate) struct Writer {
    thread: JoinHandle<()>,
    queue: Sender<Item>,
}

/// Starts a thread that writes what is sent to `stream`.
///
/// # Errors
/// If the thread can't be started.
pub(crate) fn write_messages(stream: impl Write + Send + 'static) -> io::Result<(Output, Writer)> {
    let (queue, waiting) = unbounded();
    let thread =
        std::thread::Builder::new().name("output".to_owned()).spawn(move || pump(stream, &waiting))?;
    Ok((Output { queue: queue.clone() }, Writer { thread, queue }))
}

fn pump(mut stream: impl Write, waiting: &Receiver<Item>) {
    while let Ok(Item::Bytes(mut bytes)) = waiting.recv() {
        // Items that have accumulated are written together.
        let mut is_end = false;
        while !is_end && let Ok(item) = waiting.try_recv() {
            match item {
                Item::Bytes(more) => bytes.extend_from_slice(&more),
                Item::End => is_end = true,
            }
        }
        if let Err(error) = stream.write_all(&bytes).and_then(|()| stream.flush()) {
            tracing::warn!("standard output: {error}");
            return;
        }
        if is_end {
            return;
        }
    }
}

impl Output {
    /// Queues bytes. They are dropped if the client is gone.
    pub(crate) fn send(&self, bytes: Vec<u8>) {
        let _ = self.queue.send(Item::Bytes(bytes));
    }
}

impl Writer {
    /// Waits until everything that was sent is written, but no longer than `limit`: a client that doesn't read must not
    /// block us.
    pub(crate) fn finish(self, limit: Duration) {
        let _ = self.queue.send(Item::End);
        let end = Instant::now() + limit;
        while !self.thread.is_finished() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl AsyncWrite for Output {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.send(bytes.to_vec());
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn everything_is_written_before_the_end() {
        let (reader, stream) = io::pipe().unwrap();
        let (output, writer) = write_messages(stream).unwrap();
        for number in 0..1000 {
            output.send(format!("{number}\n").into_bytes());
        }
        writer.finish(Duration::from_secs(60));
        let lines = io::read_to_string(reader).unwrap();
        assert_eq!(lines.lines().count(), 1000);
    }

    #[test]
    fn a_reader_that_does_not_read_keeps_nobody() {
        let (_reader, stream) = io::pipe().unwrap();
        let (output, writer) = write_messages(stream).unwrap();
        output.send(vec![b'x'; 1 << 22]);
        writer.finish(Duration::from_millis(20));
    }
}
