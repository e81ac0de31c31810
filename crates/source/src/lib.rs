//! What text is in this file, at this revision, and where is byte 812 in the editor's units?
//!
//! The only crate that touches the file system. Everything above speaks of [`File`]s and byte [`Span`]s.
//! Invariants:
//! - offsets are bytes into the *decoded* text ([`Text`]), never into the file on disk;
//! - reading never fails upwards: what can't be read is an [`Unreadable`] reason beside an empty text;
//! - writing is whole or not there: everything that is written is a [`Transaction`];
//! - a file's text is a function of its [`Content`], so that a query over it is pure.

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
