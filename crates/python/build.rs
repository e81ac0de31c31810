//! Derives the version of the lowering from its sources.

#![allow(clippy::print_stdout, reason = "that is how a build script speaks")]

#[path = "../cache/sources.rs"]
mod sources;

fn main() {
    // The parser and the serialization come from other crates, whose versions are in the lock file.
    sources::hash(&["src", "../source/src/span.rs", "../../Cargo.lock"]);
}
