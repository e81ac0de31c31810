//! `architrave review`: a lead architect's assessment of a project, with the places that prove it.

use anyhow::{Context as _, bail};
use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use report::deployment::File;
use review::{Earlier, Evidence, Review};
use source::{DiskFileSystem, FileKind, FileSystem, WalkOptions};
use workspace::{Snapshot, Workers};

use crate::arguments::{self, ReviewFormat};
use crate::exit::Exit;
use crate::output::deliver;
use crate::project::{in_current_folder, load};

/// Longer files beside the code are data.
const LONGEST: usize = 8_000_000;

/// Prints a review.
///
/// # Errors
/// A folder without Python, a revision or an older review that can't be read, or an output that can't be written.
pub(crate) fn run(options: &arguments::Review, store: &Store) -> anyhow::Result<Exit> {
    let loaded = load(std::slice::from_ref(&options.path), store)?;
    let mut review = of(loaded.snapshot(), &loaded.root, &DiskFileSystem)?
        .with_context(|| format!("{} holds no Python", loaded.root))?;
    if let Some(since) = &options.since {
        review = review.since(&older(&loaded.root, since, store)?, format!("`{since}`"));
    }
    let text = match options.output_format {
        ReviewFormat::Markdown => review::markdown(&review),
        ReviewFormat::Html => review::html(&review),
        ReviewFormat::Json => serde_json::to_string_pretty(&review)? + "\n",
    };
    deliver(&text, options.output.as_ref())?;
    Ok(Exit::Clean)
}

/// The review of what `root` holds in a file system; nothing where that is no Python.
fn of(snapshot: Snapshot, root: &Utf8Path, fs: &dyn FileSystem) -> anyhow::Result<Option<Review>> {
    let Some(project) = snapshot.projects().first().copied() else { return Ok(None) };
    let files = beside(root, fs);
    let workers = Workers::new().map_err(anyhow::Error::msg)?;
    Ok(Some(workers.run(move || review::review(&Evidence::collect(&snapshot, project, files)))))
}

/// The files beside the code that define how it is built and run.
fn beside(root: &Utf8Path, fs: &dyn FileSystem) -> Vec<File> {
    let wanted = source::walk_texts(fs, root, &WalkOptions::default(), &review::is_wanted);
    let read = |path: &Utf8Path| {
        let bytes = fs.read(path).ok().filter(|bytes| bytes.len() <= LONGEST)?;
        let relative = path.strip_prefix(root).unwrap_or(path).to_string();
        Some(File { path: relative, text: String::from_utf8(bytes).ok()? })
    };
    wanted.iter().filter_map(|(path, _)| read(path)).collect()
}

/// The earlier review: read from a JSON file, or else made from the files of a revision.
fn older(root: &Utf8Path, since: &str, store: &Store) -> anyhow::Result<Earlier> {
    let is_file = in_current_folder(&Utf8PathBuf::from(since))
        .is_ok_and(|file| DiskFileSystem.metadata(&file).is_ok_and(|it| it.kind == FileKind::File));
    if is_file {
        return written(Utf8Path::new(since));
    }
    let (workspace, fs) = crate::revision::at(root, since, review::is_wanted, store)?;
    let review = of(workspace.snapshot(), root, &*fs)?;
    Ok(review.map(|it| it.earlier()).unwrap_or_default())
}

/// An older review, read from JSON.
fn written(file: &Utf8Path) -> anyhow::Result<Earlier> {
    let bytes =
        DiskFileSystem.read(&in_current_folder(&file.to_owned())?).with_context(|| file.to_string())?;
    let parsed: serde_json::Value = serde_json::from_slice(&bytes).with_context(|| {
        format!("{file} is no review: write one with `architrave review --output-format json`")
    })?;
    let Some(areas) = parsed.get("areas").and_then(|it| it.as_array()) else {
        bail!("{file} is no review: it has no `areas`")
    };
    let mut found = Earlier::default();
    for area in areas {
        for list in ["strengths", "concerns"] {
            for claim in area.get(list).and_then(|it| it.as_array()).into_iter().flatten() {
                let said = |key: &str| claim.get(key).and_then(|it| it.as_str()).map(str::to_owned);
                if let (Some(fingerprint), Some(text)) = (said("fingerprint"), said("text")) {
                    found.add(fingerprint, text, list == "concerns");
                }
            }
        }
    }
    Ok(found)
}
