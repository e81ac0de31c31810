//! The threads for large jobs.

use std::sync::Arc;

/// Deep enough for any nesting that the parser accepts, and for chains of queries that call each other (values of
/// functions that call functions) in a build without optimisation, whose frames are several times as large. Only what
/// is used is ever backed by memory.
const STACK: usize = 64 << 20;

/// The threads for large jobs. Cheap to clone.
#[derive(Clone)]
pub struct Workers {
    pool: Arc<rayon::ThreadPool>,
}

impl Workers {
    /// One thread per core.
    ///
    /// # Errors
    /// The reason as text, if they can't be started.
    pub fn new() -> Result<Self, String> {
        let pool = rayon::ThreadPoolBuilder::new()
            .stack_size(STACK)
            .thread_name(|number| format!("worker {number}"))
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self { pool: Arc::new(pool) })
    }

    /// Runs `job` on them, and waits for it. Work that it splits off stays on these threads.
    pub fn run<T: Send>(&self, job: impl FnOnce() -> T + Send) -> T {
        self.pool.install(job)
    }
}
