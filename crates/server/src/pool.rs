//! The threads: several for work that something waits for, one for typing, and one for background work.
//!
//! A job holds a snapshot and is therefore short, or is cancelled by the next write. The writer may have to wait for
//! queued jobs too, so a job that was cancelled before it started ends at its first query. Large jobs split themselves
//! over [`Pool::workers`].

use crossbeam_channel::{Receiver, Sender, unbounded};
use workspace::Workers;

/// A unit of work.
pub(crate) type Job = Box<dyn FnOnce() + Send>;

/// The same as that of the workers: they run the same queries.
const STACK: usize = 64 << 20;

/// The urgency of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// The user is typing and watches the results: nothing that takes longer may come before it.
    Typing,
    /// Something waits for it.
    Now,
    /// Nothing waits for it: the index, closed files.
    Later,
}

/// The threads.
pub(crate) struct Pool {
    typing: Sender<Job>,
    now: Sender<Job>,
    later: Sender<Job>,
    workers: Workers,
}

impl Pool {
    /// Starts the threads.
    ///
    /// # Errors
    /// If they can't be started.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (now, urgent) = unbounded();
        let (later, waiting) = unbounded();
        let (typing, typed) = unbounded();
        start("typing", typed)?;
        for number in 0..cores.clamp(2, 4) {
            start(&format!("reader {number}"), urgent.clone())?;
        }
        start("background", waiting)?;
        let workers = Workers::new().map_err(anyhow::Error::msg)?;
        Ok(Self { typing, now, later, workers })
    }

    /// A pool without threads: the owner of the queues, most urgent first, does the work.
    #[cfg(test)]
    pub(crate) fn without_threads() -> (Self, [Receiver<Job>; 3]) {
        let ((typing, typed), (now, urgent), (later, waiting)) = (unbounded(), unbounded(), unbounded());
        let workers = Workers::new().expect("threads can be started");
        (Self { typing, now, later, workers }, [typed, urgent, waiting])
    }

    /// Queues a job.
    pub(crate) fn spawn(&self, urgency: Urgency, job: impl FnOnce() + Send + 'static) {
        let queue = match urgency {
            Urgency::Typing => &self.typing,
            Urgency::Now => &self.now,
            Urgency::Later => &self.later,
        };
        // The threads live as long as the queues do.
        let _ = queue.send(Box::new(job));
    }

    /// The threads for large jobs.
    pub(crate) fn workers(&self) -> Workers {
        self.workers.clone()
    }
}

fn start(name: &str, queue: Receiver<Job>) -> std::io::Result<()> {
    std::thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(move || {
        for job in queue {
            // Jobs catch panics of what they run; this keeps the thread alive if one panics outside.
            if std::panic::catch_unwind(std::panic::AssertUnwindSafe(job)).is_err() {
                tracing::error!("a job panicked");
            }
        }
    })?;
    Ok(())
}
