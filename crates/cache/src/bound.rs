//! The size limit of the cache, and its removal.
//!
//! Only files with one of our names are removed, because the user chooses the folder, and it may contain other files.

use camino::{Utf8Path, Utf8PathBuf};
use source::{FileKind, FileSystem};

use crate::store::{ANSWER, PACK, UNFINISHED};

/// The maximum size in bytes of all folders together, not counting those in use.
pub(crate) const MOST: u64 = 512 << 20;

/// The file that marks the folder as a cache for other programs.
pub(crate) const TAG: &str = "CACHEDIR.TAG";

/// Its contents, according to the specification.
pub(crate) const TAG_TEXT: &[u8] = b"Signature: 8a477f597d28d172789f06886806bc55\n\
# What Architrave keeps to start faster. `architrave cache clean` removes it.\n";

/// The size of the cache.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The number of folders with cached data.
    pub projects: usize,
    /// The size in bytes.
    pub bytes: u64,
}

/// The cached data of one opened folder.
struct Kept {
    folder: Utf8PathBuf,
    files: Vec<Utf8PathBuf>,
    bytes: u64,
    /// The last modification time, in nanoseconds since the epoch.
    modified: u128,
}

/// The size of the cache in `folder`; zero if it can't be read.
pub fn size(fs: &dyn FileSystem, folder: &Utf8Path) -> Size {
    let kept = kept(fs, folder);
    Size { projects: kept.len(), bytes: kept.iter().map(|kept| kept.bytes).sum() }
}

/// Removes everything cached in `folder` and returns its size. A process that is using it continues without.
///
/// # Errors
/// The first file that can't be removed, and why.
pub fn clean(fs: &dyn FileSystem, folder: &Utf8Path) -> Result<Size, (Utf8PathBuf, std::io::Error)> {
    let kept = kept(fs, folder);
    let size = Size { projects: kept.len(), bytes: kept.iter().map(|kept| kept.bytes).sum() };
    for kept in kept {
        for file in kept.files {
            remove(fs, &file).map_err(|error| (file, error))?;
        }
        // It may contain other files.
        let _ = fs.remove(&kept.folder);
    }
    let _ = fs.remove(&folder.join(TAG));
    let _ = fs.remove(folder);
    Ok(size)
}

/// Removes the oldest data until the rest takes no more than `most` bytes. The data of the folders `open` is kept.
pub(crate) fn keep_below(fs: &dyn FileSystem, folder: &Utf8Path, most: u64, open: &[Utf8PathBuf]) {
    let mut kept = kept(fs, folder);
    let mut bytes: u64 = kept.iter().map(|kept| kept.bytes).sum();
    kept.sort_by_key(|kept| kept.modified);
    for kept in kept.iter().filter(|kept| !open.contains(&kept.folder)) {
        if bytes <= most {
            break;
        }
        tracing::debug!(folder = %kept.folder, "removed: what is kept takes more than {most} bytes");
        for file in &kept.files {
            let _ = remove(fs, file);
        }
        let _ = fs.remove(&kept.folder);
        bytes -= kept.bytes;
    }
}

fn remove(fs: &dyn FileSystem, file: &Utf8Path) -> std::io::Result<()> {
    match fs.remove(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

fn kept(fs: &dyn FileSystem, folder: &Utf8Path) -> Vec<Kept> {
    let folders = fs.read_dir(folder).unwrap_or_default().into_iter();
    let folders =
        folders.filter(|entry| entry.kind == FileKind::Folder && !entry.is_link && is_ours(&entry.path));
    folders
        .map(|entry| {
            let mut kept = Kept { folder: entry.path, files: Vec::new(), bytes: 0, modified: 0 };
            for file in fs.read_dir(&kept.folder).unwrap_or_default() {
                let is_ours = [PACK, ANSWER, UNFINISHED].iter().any(|end| file.path.as_str().ends_with(end));
                if file.kind != FileKind::File || !is_ours {
                    continue;
                }
                if let Ok(metadata) = fs.metadata(&file.path) {
                    kept.bytes += metadata.stamp.size;
                    kept.modified = kept.modified.max(metadata.stamp.modified);
                }
                kept.files.push(file.path);
            }
            kept
        })
        .collect()
}

/// Whether the name of a folder has the suffix of those that we create.
fn is_ours(folder: &Utf8Path) -> bool {
    let hash = folder.file_name().and_then(|name| name.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
