//! The changes, in the order in which they are applied, and their outcome.

use std::sync::Arc;

use camino::Utf8PathBuf;
use source::{Position, PositionEncoding};

use crate::{BaselineChoice, Overlay};

/// One change, applied by the writer in order.
#[derive(Debug, Clone)]
pub enum Change {
    /// A folder was opened: walk it.
    AddFolder(Utf8PathBuf),
    /// A folder was closed.
    RemoveFolder(Utf8PathBuf),
    /// An editor opened a buffer: from now on the disk doesn't matter.
    Open {
        /// Absolute path.
        path: Utf8PathBuf,
        /// The editor's version.
        version: i32,
        /// The whole text.
        text: Arc<str>,
    },
    /// An editor changed a buffer.
    Edit {
        /// Absolute path.
        path: Utf8PathBuf,
        /// The editor's version; one that goes backwards is rejected.
        version: i32,
        /// In order, each relative to the text after the previous one.
        edits: Vec<BufferEdit>,
        /// The unit of columns.
        encoding: PositionEncoding,
    },
    /// An editor closed a buffer: the disk counts again.
    Close(Utf8PathBuf),
    /// Files or folders were created, changed, deleted or renamed on disk; duplicate reports are harmless.
    Disk(Vec<Utf8PathBuf>),
    /// Other baselines apply from now on.
    Baselines(BaselineChoice),
    /// Command line settings that override every configuration.
    Overlay(Overlay),
    /// Any file may have changed (a branch switch, a lost watcher): walk every folder again.
    Rescan,
}

/// One edit of a buffer.
#[derive(Debug, Clone)]
pub struct BufferEdit {
    /// The replaced range, start and end; `None` for the whole text.
    pub range: Option<(Position, Position)>,
    /// The new text.
    pub text: String,
}

/// The outcome of some changes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Whether anything visible to queries has changed.
    pub changed: bool,
    /// The number of files whose text has changed.
    pub contents: usize,
    /// Whether files were added or removed, or the configuration changed: the set of files to index may differ.
    pub structural: bool,
    /// Changes that were rejected, with the reason.
    pub refused: Vec<Refusal>,
}

/// A rejected change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The file.
    pub path: Utf8PathBuf,
    /// The reason, in one sentence.
    pub reason: String,
}
