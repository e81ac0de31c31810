//! The database face of this crate: the file system behind it, and the text of a file.

use std::sync::Arc;

use crate::{Content, File, FileSystem, Text};

/// What queries about text need from the database.
#[salsa::db]
pub trait Db: salsa::Database {
    /// The file system that closed files are read from.
    fn file_system(&self) -> &dyn FileSystem;
}

/// The decoded text of `file`. Closed files are read here, on demand; the text of most is dropped again.
#[salsa::tracked(returns(clone), no_eq, lru = 64)]
pub fn text(db: &dyn Db, file: File) -> Arc<Text> {
    match file.content(db) {
        Content::Open(text) => Arc::new(Text::from_buffer(Arc::clone(text))),
        Content::Disk(_) => Arc::new(Text::read(db.file_system(), file.path(db))),
        Content::Absent => Arc::new(Text::default()),
    }
}
