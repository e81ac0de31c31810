//! How much space it may take, and taking it all away.
//!
//! Only files are removed that have a name of ours: the folder is for the user to choose, and other things may be in it.

use camino::{Utf8Path, Utf8PathBuf};
use source::{FileKind, FileSystem};

use crate::store::{PACK, UNFINISHED};

/// All folders together take no more bytes than this, but for what is in use.
pub(crate) const MOST: u64 = 512 << 20;

/// Says to other programs what the folder is.
pub(crate) const TAG: &str = "CACHEDIR.TAG";

/// What is in it, as its specification has it.
pub(crate) const TAG_TEXT: &[u8] = b"Signature: 8a477f597d28d172789f06886806bc55\n\
# What Architrave keeps to start faster. `architrave cache clean` removes it.\n";

/// How much there is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Folders for which something is kept.
    pub projects: usize,
    /// Bytes.
    pub bytes: u64,
}

/// What is kept for one opened folder.
struct Kept {
    folder: Utf8PathBuf,
    files: Vec<Utf8PathBuf>,
    bytes: u64,
    /// When something was last written; nanoseconds since the epoch.
    modified: u128,
}

/// How much is kept in `folder`; nothing where it can't be read.
pub fn size(fs: &dyn FileSystem, folder: &Utf8Path) -> Size {
    let kept = kept(fs, folder);
    Size { projects: kept.len(), bytes: kept.iter().map(|kept| kept.bytes).sum() }
}

/// Removes all that is kept in `folder`, and what it was. A process that uses it meanwhile works without.
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
        // Somebody else's file may be in it.
        let _ = fs.remove(&kept.folder);
    }
    let _ = fs.remove(&folder.join(TAG));
    let _ = fs.remove(folder);
    Ok(size)
}

/// Removes what was written longest ago until what is left takes no more than `most` bytes. What is kept for the folders
/// `open` stays.
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
                let is_ours = file.path.as_str().ends_with(PACK) || file.path.as_str().ends_with(UNFINISHED);
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

/// Whether the name of a folder ends as those do that we make.
fn is_ours(folder: &Utf8Path) -> bool {
    let hash = folder.file_name().and_then(|name| name.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
