//! Starts the server, and shuts it down.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use cache::Store;
use crossbeam_channel::unbounded;
use tokio::sync::oneshot;

use crate::backend::Backend;
use crate::event::Event;
use crate::lifecycle::Lifecycle;
use crate::pool::Pool;
use crate::proto::{LspService, Server};
use crate::session::Session;
use crate::{backend, log, main_loop, outbox, transport};

/// The time for answering pending requests after standard input has ended.
const GRACE: Duration = Duration::from_millis(200);

/// The time for writing remaining output at the end.
const FLUSH: Duration = Duration::from_millis(200);

/// Serves over standard input and output until the client sends `exit`, closes standard input, or dies. Returns the
/// exit code: 0 if it has requested shutdown, 1 otherwise (LSP 3.17, `exit`). `store` is the cache of earlier runs.
///
/// # Errors
/// If threads can't be started.
pub fn run(store: Store) -> anyhow::Result<i32> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let code = runtime.block_on(serve(store));
    // Tasks that wait for answers of the client will never get them.
    runtime.shutdown_background();
    code
}

async fn serve(store: Store) -> anyhow::Result<i32> {
    let log = log::start();
    let lifecycle = Lifecycle::default();
    let (output, writer) = transport::write_messages(std::io::stdout()).context("writing")?;
    let (input, end) = transport::read_messages(std::io::stdin(), output.clone()).context("reading")?;
    let (inbox, events) = unbounded();
    let (outbox, waiting) = outbox::outbox();
    log.connect(outbox.clone());
    let session = Session::new(
        Arc::new(source::DiskFileSystem),
        store,
        outbox,
        inbox.clone(),
        log,
        Pool::new()?,
        lifecycle.clone(),
    );
    std::thread::Builder::new()
        .name("main loop".to_owned())
        .stack_size(16 << 20)
        .spawn(move || main_loop::run(session, &events))
        .context("the main loop")?;

    let to_loop = inbox.clone();
    let service = LspService::build(|client| {
        let answered = inbox.clone();
        tokio::spawn(waiting.pump(client, move |answer| drop(answered.send(Event::Answered(answer)))));
        Backend::new(inbox)
    });
    let (service, socket) = backend::custom_methods(service).finish();
    let serving = Server::new(input, output, socket).concurrency_level(usize::MAX).serve(service);
    tokio::select! {
        () = serving => {}
        () = ended(end) => tracing::debug!("standard input has ended"),
        () = lifecycle.left() => tracing::debug!("the client's process has ended"),
    }
    let _ = to_loop.send(Event::End);
    writer.finish(FLUSH);
    Ok(i32::from(!lifecycle.has_shut_down()))
}

/// Ends shortly after standard input: an `exit` at its end must still be processed.
async fn ended(end: oneshot::Receiver<()>) {
    // The sender is dropped without a message only if its thread panicked, which is an end too.
    let _ = end.await;
    tokio::time::sleep(GRACE).await;
}
