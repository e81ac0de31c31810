//! Counts work, for tests: unlike times, counts don't depend on the machine.

use std::cell::Cell;

mod tests;

thread_local! {
    static DONE: Cell<usize> = const { Cell::new(0) };
}

/// Records work: steps of the walker, and values nested into other values.
pub(crate) fn add(count: usize) {
    DONE.with(|done| done.set(done.get() + count));
}

/// The work that this thread has done so far.
fn done() -> usize {
    DONE.with(Cell::get)
}
