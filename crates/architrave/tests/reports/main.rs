//! The output of `check` for other programs, what it accepts, and what it leaves out: from the shell's view.
#![allow(clippy::unwrap_used)]

mod adr;
mod affected;
mod baseline;
mod design;
mod formats;
mod levels;
mod modernize;
mod page;
mod pictures;
mod review;
mod rules;
mod shell;
mod svg;
mod writes;
