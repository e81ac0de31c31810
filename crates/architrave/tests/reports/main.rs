//! What `check` writes for others, what it accepts, and what it leaves out: as a shell sees it.
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
