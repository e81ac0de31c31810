//! `architrave context`: what to know before editing a file or a symbol.

use std::io::Write as _;

use anyhow::bail;
use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use crate::arguments::{Context, MarkdownOrJson};
use crate::command::tool;
use crate::exit::Exit;
use crate::output::write_json;

/// Prints it.
///
/// # Errors
/// If the target is unknown in the project, or the output can't be written.
pub(crate) fn run(options: &Context, store: &Store) -> anyhow::Result<Exit> {
    let (target, around) = here(&options.target)?;
    let answer = tool::ask("context", json!({ "target": target, "budget": options.budget }), &around, store)?;
    let mut out = std::io::stdout().lock();
    match options.output_format {
        MarkdownOrJson::Json => write_json(&mut out, &answer)?,
        MarkdownOrJson::Markdown => write!(out, "{}", agents::tools::markdown(&answer))?,
    }
    Ok(Exit::Clean)
}

/// The target with its absolute path, and a path in the project that it belongs to.
fn here(target: &str) -> anyhow::Result<(String, Utf8PathBuf)> {
    if target.trim().is_empty() {
        bail!(
            "give a file (`shop/orders.py`), a module (`shop.orders`) or a symbol (`shop/orders.py:Order`)"
        );
    }
    let (path, symbol) = match target.rsplit_once(':') {
        Some((path, symbol)) if matches!(Utf8Path::new(path).extension(), Some("py" | "pyi")) => {
            (path, Some(symbol))
        }
        _ => (target, None),
    };
    // A target that is not a path is a name in the project around the current folder.
    let Ok(full) = Utf8Path::new(path).canonicalize_utf8() else {
        return Ok((target.to_owned(), ".".into()));
    };
    let named = symbol.map_or_else(|| full.to_string(), |symbol| format!("{full}:{symbol}"));
    Ok((named, full))
}
