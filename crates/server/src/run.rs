//! Puts the server together, and takes it apart.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use crossbeam_channel::unbounded;
use tokio::sync::oneshot;

use crate::backend::Backend;
use crate::event::Event;
use crate::pool::Pool;
use crate::proto::{LspService, Server};
use crate::session::Session;
use crate::{log, main_loop, outbox, transport};

/// Requests that wait when standard input ends get this long to be answered.
const GRACE: Duration = Duration::from_millis(200);

/// What is still to be written at the end gets this long.
const FLUSH: Duration = Duration::from_millis(200);

/// Serves over standard input and output until the client says `exit`, closes standard input, or dies. Returns the exit
/// code: 0 where it has asked to shut down, 1 where it hasn't (LSP 3.17, `exit`).
///
/// # Errors
/// Where threads can't be started.
pub fn run() -> anyhow::Result<i32> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let code = runtime.block_on(serve());
    // Tasks that wait for answers of the client will never have them.
    runtime.shutdown_background();
    code
}

/// What threads tell the one that serves.
#[derive(Debug, Default, Clone)]
pub(crate) struct Lifecycle {
    /// The client has asked to shut down.
    shut_down: Arc<AtomicBool>,
    /// The client is gone: leave.
    leave: Arc<tokio::sync::Notify>,
}

impl Lifecycle {
    pub(crate) fn note_shutdown(&self) {
        self.shut_down.store(true, Ordering::SeqCst);
    }

    pub(crate) fn leave(&self) {
        self.leave.notify_one();
    }
}

async fn serve() -> anyhow::Result<i32> {
    let log = log::start();
    let lifecycle = Lifecycle::default();
    let (output, writer) = transport::write_messages(std::io::stdout()).context("writing")?;
    let (input, end) = transport::read_messages(std::io::stdin(), output.clone()).context("reading")?;
    let (inbox, events) = unbounded();
    let (outbox, waiting) = outbox::outbox();
    log.connect(outbox.clone());
    let session = Session::new(outbox, inbox.clone(), log, Pool::new()?, lifecycle.clone());
    std::thread::Builder::new()
        .name("main loop".to_owned())
        .stack_size(16 << 20)
        .spawn(move || main_loop::run(session, &events))
        .context("the main loop")?;

    let to_loop = inbox.clone();
    let (service, socket) = LspService::build(|client| {
        tokio::spawn(waiting.pump(client, inbox.clone()));
        Backend::new(inbox)
    })
    .custom_method("$/setTrace", Backend::set_trace)
    .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
    .finish();
    let serving = Server::new(input, output, socket).concurrency_level(usize::MAX).serve(service);
    tokio::select! {
        () = serving => {}
        () = ended(end) => tracing::debug!("standard input has ended"),
        () = lifecycle.leave.notified() => tracing::debug!("the client's process has ended"),
    }
    let _ = to_loop.send(Event::End);
    writer.finish(FLUSH);
    Ok(i32::from(!lifecycle.shut_down.load(Ordering::SeqCst)))
}

/// Ends a moment after standard input has: an `exit` at its end is still to be seen.
async fn ended(end: oneshot::Receiver<()>) {
    // The sender is dropped without a word only if its thread panicked, which is an end too.
    let _ = end.await;
    tokio::time::sleep(GRACE).await;
}
