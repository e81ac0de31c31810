//! `architrave cache`: shows or cleans the cache.

use std::io::Write as _;

use anyhow::Context as _;
use source::DiskFileSystem;

use crate::arguments::{Cache, CacheCommand};
use crate::exit::Exit;
use crate::project::current_folder;

/// Prints the folder, or removes its contents.
///
/// # Errors
/// If the user has no cache folder, or a file can't be removed.
pub(crate) fn run(options: &Cache) -> anyhow::Result<Exit> {
    let folder = cache::folder(&current_folder()?).context(
        "there is no folder for caches here; set ARCHITRAVE_CACHE_DIR to one that may be written to",
    )?;
    let mut out = std::io::stdout().lock();
    match options.what {
        CacheCommand::Path => writeln!(out, "{folder}")?,
        CacheCommand::Clean => {
            let cleaned = cache::clean(&DiskFileSystem, &folder).map_err(|(path, error)| {
                anyhow::Error::new(error).context(format!("{path} can't be removed"))
            })?;
            let projects = if cleaned.projects == 1 { "project" } else { "projects" };
            let (count, megabytes) = (cleaned.projects, tenths_of_megabytes(cleaned.bytes));
            writeln!(out, "removed {megabytes} MB of {count} {projects} from {folder}")?;
        }
    }
    Ok(Exit::Clean)
}

fn tenths_of_megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{}", tenths / 10, tenths % 10)
}
