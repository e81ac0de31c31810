//! `architrave review`: what a lead architect would say of a project, with the places that prove it.

use anyhow::{Context as _, bail};
use cache::Store;
use camino::Utf8Path;
use report::deployment::File;
use review::{Evidence, Review};
use source::{DiskFileSystem, FileSystem as _, WalkOptions};
use workspace::Workers;

use crate::arguments::{self, ReviewFormat};
use crate::exit::Exit;
use crate::output::deliver;
use crate::project::{Loaded, in_current_folder, load};

/// Longer files beside the code are data.
const LONGEST: usize = 8_000_000;

/// Prints a review.
///
/// # Errors
/// A folder without Python, an older review that can't be read, or an output that can't be written.
pub(crate) fn run(options: &arguments::Review, store: &Store) -> anyhow::Result<Exit> {
    let loaded = load(std::slice::from_ref(&options.path), store)?;
    let mut review = of(&loaded)?;
    if let Some(since) = &options.since {
        review = review.since(&older(since)?, format!("`{since}`"));
    }
    let text = match options.output_format {
        ReviewFormat::Markdown => review::markdown(&review),
        ReviewFormat::Html => review::html(&review),
        ReviewFormat::Json => serde_json::to_string_pretty(&review)? + "\n",
    };
    deliver(&text, options.output.as_ref())?;
    Ok(Exit::Clean)
}

fn of(loaded: &Loaded) -> anyhow::Result<Review> {
    let snapshot = loaded.snapshot();
    let Some(project) = snapshot.projects().first().copied() else {
        bail!("{} holds no Python", loaded.root)
    };
    let files = beside(loaded);
    let workers = Workers::new().map_err(anyhow::Error::msg)?;
    Ok(workers.run(move || review::review(&Evidence::collect(&snapshot, project, files))))
}

/// The files beside the code that say how it is built and run.
fn beside(loaded: &Loaded) -> Vec<File> {
    let wanted =
        source::walk_texts(&DiskFileSystem, &loaded.root, &WalkOptions::default(), &review::is_wanted);
    let read = |path: &Utf8Path| {
        let bytes = DiskFileSystem.read(path).ok().filter(|bytes| bytes.len() <= LONGEST)?;
        Some(File { path: loaded.relative(path).to_owned(), text: String::from_utf8(bytes).ok()? })
    };
    wanted.iter().filter_map(|(path, _)| read(path)).collect()
}

/// The fingerprints of an older review, written as JSON.
fn older(file: &Utf8Path) -> anyhow::Result<Vec<String>> {
    let bytes =
        DiskFileSystem.read(&in_current_folder(&file.to_owned())?).with_context(|| file.to_string())?;
    let parsed: serde_json::Value = serde_json::from_slice(&bytes).with_context(|| {
        format!("{file} is no review: write one with `architrave review --output-format json`")
    })?;
    let Some(areas) = parsed.get("areas").and_then(|it| it.as_array()) else {
        bail!("{file} is no review: it has no `areas`")
    };
    let mut found = Vec::new();
    for area in areas {
        for list in ["strengths", "concerns"] {
            let claims = area.get(list).and_then(|it| it.as_array()).into_iter().flatten();
            found.extend(claims.filter_map(|it| it.get("fingerprint")?.as_str().map(str::to_owned)));
        }
    }
    Ok(found)
}
