//! Source roots: the folders that absolute imports start from. Found, not asked for.

use camino::Utf8PathBuf;

/// Index of a [`Root`] in its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RootId(pub u32);

/// A folder that absolute imports start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Relative to the project's root; empty for the project's root itself.
    pub path: Utf8PathBuf,
}
