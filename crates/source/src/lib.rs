//! What is the text of this file at this revision, and where is byte 812 in the editor's units?
//!
//! The only crate that accesses the file system. All other crates use [`File`]s and byte [`Span`]s. Invariants:
//! - offsets are bytes into the *decoded* text ([`Text`]), never into the file on disk;
//! - reading never fails for callers: a file that can't be read has an [`Unreadable`] reason and an empty text;
//! - writing is atomic: everything that is written is a [`Transaction`];
//! - a file's text is a function of its [`Content`], so that queries over it are pure.

mod decode;
mod edit;
mod file;
mod file_system;
mod path;
mod position;
pub mod query;
mod span;
mod text;
mod transaction;
mod walk;

pub use edit::{TextEdit, apply_edits};
pub use file::{Content, File, Files, Stamp};
pub use file_system::{
    DirEntry, DiskFileSystem, FileKind, FileSystem, Lock, MemoryFileSystem, Metadata, OverlayFileSystem,
};
pub use path::absolute;
pub use position::{Position, PositionEncoding};
pub use query::Db;
pub use span::Span;
pub use text::{LineEnding, MAX_SIZE, Text, Unreadable};
pub use transaction::{
    Patience, Reason, Recovered, Refusal, Transaction, WriteError, finish, recover, rewrite,
};
pub use walk::{Walk, WalkOptions, walk, walk_texts, walk_within};
