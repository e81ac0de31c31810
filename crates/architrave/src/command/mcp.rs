//! `architrave mcp`: the tools for coding agents over the Model Context Protocol.

use anyhow::bail;
use cache::Store;
use camino::Utf8Path;

use crate::arguments::Mcp;
use crate::exit::Exit;
use crate::project::root_around;

/// Serves until the client disconnects.
///
/// # Errors
/// If a folder doesn't exist, or stdin and stdout can't be used.
pub(crate) fn run(options: &Mcp, store: &Store) -> anyhow::Result<Exit> {
    if !Utf8Path::new(&options.project).is_dir() {
        bail!("{}: no such folder; give a folder of the project", options.project);
    }
    agents::mcp::serve(root_around(&options.project)?, store.clone())?;
    Ok(Exit::Clean)
}
