//! Why something could not be written, with a message for the user.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// These files can't be changed. Nothing was changed.
    #[error("{}; nothing was changed", list(.0))]
    Refused(Vec<Refusal>),
    /// The file system failed (a full disk). Nothing was changed.
    #[error("{path} can't be written: {error}; nothing was changed{}", advice(.error))]
    Failed {
        /// The file to be written.
        path: Utf8PathBuf,
        /// The error of the file system.
        error: io::Error,
    },
    /// Another process has been writing in this folder for longer than is reasonable to wait. Nothing was changed.
    #[error(
        "another process has been writing in {0} for long; nothing was changed: run it again when that is done"
    )]
    Busy(Utf8PathBuf),
    /// Half of the changes are made, and the file system permits neither completing nor undoing them. The next run
    /// tries again.
    #[error(
        "{path}: {error}; some files are changed and others are not: run the command again where all of them can be written"
    )]
    Half {
        /// The file where it failed.
        path: Utf8PathBuf,
        /// The error of the file system.
        error: io::Error,
    },
    /// Someone else changed these files at the same moment. Their changes are kept, and are inconsistent with the rest.
    #[error("changed by another program at the same moment and left as they are: {}; look at these files", paths(.0))]
    Torn(Vec<Utf8PathBuf>),
}

impl WriteError {
    pub(super) fn failed(path: Utf8PathBuf, error: io::Error) -> Self {
        Self::Failed { path, error }
    }

    /// A refusal if the failure concerns this file rather than the disk.
    pub(super) fn of(path: &Utf8Path, error: io::Error) -> Self {
        match refused(path, &error) {
            Some(refusal) => Self::Refused(vec![refusal]),
            None => Self::failed(path.to_owned(), error),
        }
    }

    pub(super) fn half(path: Utf8PathBuf, error: io::Error) -> Self {
        Self::Half { path, error }
    }

    /// The equivalent error after files have been changed.
    pub(super) fn after_all(self) -> Self {
        match self {
            Self::Failed { path, error } => Self::Half { path, error },
            other => other,
        }
    }

    /// The files that can't be changed.
    pub fn refusals(&self) -> &[Refusal] {
        if let Self::Refused(refusals) = self { refusals } else { &[] }
    }
}

/// A file that can't be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The path as requested.
    pub path: Utf8PathBuf,
    /// The reason.
    pub reason: Reason,
}

/// Why a file can't be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It no longer contains the text that the new one was derived from.
    Changed,
    /// It doesn't exist anymore.
    Gone,
    /// Something already exists there.
    Exists,
    /// It is outside of the workspace.
    Outside(Utf8PathBuf),
    /// It is a folder, a pipe, or a device.
    NoFile,
    /// It, or its folder, isn't writable; with the message of the file system.
    ReadOnly(String),
    /// Two paths lead to this file, and their new texts differ.
    Twice,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reason::Changed => f.write_str("changed meanwhile, left as it is"),
            Reason::Gone => f.write_str("is gone"),
            Reason::Exists => f.write_str("exists already"),
            Reason::Outside(real) => write!(f, "is outside of the workspace: {real}"),
            Reason::NoFile => f.write_str("is no regular file"),
            Reason::ReadOnly(words) => write!(f, "can't be written ({words})"),
            Reason::Twice => f.write_str("is reached by two paths whose new texts differ"),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.path, self.reason)
    }
}

fn list(refusals: &[Refusal]) -> String {
    refusals.iter().map(Refusal::to_string).collect::<Vec<_>>().join("; ")
}

fn paths(paths: &[Utf8PathBuf]) -> String {
    paths.iter().map(|path| path.as_str()).collect::<Vec<_>>().join(", ")
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ": free some space and run it again",
        _ => "",
    }
}

/// A failure that concerns this file rather than the disk.
pub(super) fn refused(path: &Utf8Path, error: &io::Error) -> Option<Refusal> {
    let reason = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Reason::ReadOnly(error.to_string())
        }
        io::ErrorKind::AlreadyExists => Reason::Exists,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Reason::Gone,
        _ => return None,
    };
    Some(Refusal { path: path.to_owned(), reason })
}
