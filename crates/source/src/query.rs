//! The database interface of this crate: the underlying file system, and the text of a file.

use std::sync::Arc;

use crate::{Content, File, FileSystem, MAX_SIZE, Text, Unreadable};

/// The database interface that queries about text require.
#[salsa::db]
pub trait Db: salsa::Database {
    /// The file system that closed files are read from.
    fn file_system(&self) -> &dyn FileSystem;
}

/// The decoded text of `file`; empty if it is too large, even in an editor's buffer. Closed files are read here on
/// demand; the text of most is dropped again.
#[salsa::tracked(returns(clone), no_eq, lru = 64)]
pub fn text(db: &dyn Db, file: File) -> Arc<Text> {
    match file.content(db) {
        Content::Open(text) if text.len() as u64 > MAX_SIZE => {
            Arc::new(Text::without(Unreadable::TooLarge(text.len() as u64)))
        }
        Content::Open(text) => Arc::new(Text::from_buffer(Arc::clone(text))),
        Content::Disk(_) => Arc::new(Text::read(db.file_system(), file.path(db))),
        Content::Absent => Arc::new(Text::default()),
    }
}

/// Why `file` couldn't be read, if it couldn't. Outlives the text, so that a report can mention what it didn't see.
#[salsa::tracked(returns(clone))]
pub fn problem(db: &dyn Db, file: File) -> Option<Unreadable> {
    text(db, file).unreadable().cloned()
}
