//! Names this version of the lowering by its sources.

#![allow(clippy::print_stdout, reason = "that is how a build script speaks")]

#[path = "../cache/sources.rs"]
mod sources;

fn main() {
    // The parser and how facts are written come from other crates, whose versions are in the lock file.
    sources::hash(&["src", "../source/src/span.rs", "../../Cargo.lock"]);
}
