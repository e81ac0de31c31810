//! Output formats.

pub(crate) mod concise;
pub(crate) mod diff;
pub(crate) mod full;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod sarif;
pub(crate) mod statistics;

use std::io::Write;

use camino::Utf8PathBuf;
use serde::Serialize;
use source::{DiskFileSystem, Patience, WriteError};

use crate::project::in_current_folder;

/// Writes a whole report to standard output, or into a file.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn deliver(text: &str, file: Option<&Utf8PathBuf>) -> anyhow::Result<()> {
    let Some(file) = file else {
        std::io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(());
    };
    let path = in_current_folder(file)?;
    let folder = path.parent().unwrap_or(&path);
    let change = |_: Option<&str>| Ok::<_, WriteError>(Some(text.to_owned()));
    source::rewrite(&DiskFileSystem, &path, folder, Patience::Long, change)?;
    Ok(())
}

/// Writes one JSON document and a line break.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write_json(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    Ok(())
}

/// Writes lines under their headings, each column as wide as its widest cell; the last is not padded.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write_table(out: &mut impl Write, heads: &[&str], lines: &[Vec<String>]) -> anyhow::Result<()> {
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let all = || std::iter::once(&heads).chain(lines);
    let width = |column: usize| {
        all().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    for line in all() {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// Prints to stderr why the work could not be done.
pub(crate) fn complain(error: &anyhow::Error) {
    // Nothing can be done about a closed stderr.
    let _ = writeln!(std::io::stderr(), "architrave: {error:#}");
}
