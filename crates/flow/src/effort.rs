//! Counted work, for tests: times depend on the machine, counts don't.

use std::cell::Cell;

mod tests;

thread_local! {
    static DONE: Cell<usize> = const { Cell::new(0) };
}

/// Notes work: steps of the walker, values that are put into others.
pub(crate) fn add(count: usize) {
    DONE.with(|done| done.set(done.get() + count));
}

/// What this thread did so far.
fn done() -> usize {
    DONE.with(Cell::get)
}
