//! What can change, in the order in which it is applied, and what became of it.

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
        /// The editor's version; one that goes backwards is refused.
        version: i32,
        /// In order, each on the text after the one before.
        edits: Vec<BufferEdit>,
        /// The unit of columns.
        encoding: PositionEncoding,
    },
    /// An editor closed a buffer: the disk counts again.
    Close(Utf8PathBuf),
    /// Files or folders were created, changed, deleted or renamed on disk; told twice does no harm.
    Disk(Vec<Utf8PathBuf>),
    /// Other baselines count from now on.
    Baselines(BaselineChoice),
    /// The command line says something over every configuration.
    Overlay(Overlay),
    /// Any file may have changed (a branch switch, a lost watcher): walk every folder again.
    Rescan,
}

/// One edit of a buffer.
#[derive(Debug, Clone)]
pub struct BufferEdit {
    /// What goes, start and end; nothing for the whole text.
    pub range: Option<(Position, Position)>,
    /// What comes.
    pub text: String,
}

/// What became of some changes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Whether anything that a query could see is different now.
    pub changed: bool,
    /// How many files have another text now.
    pub contents: usize,
    /// Whether files came or went, or the configuration changed: what is indexed may be another set now.
    pub structural: bool,
    /// Changes that were left out, with the reason in words.
    pub refused: Vec<Refusal>,
}

/// A change that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which file.
    pub path: Utf8PathBuf,
    /// Why, in one sentence.
    pub reason: String,
}
