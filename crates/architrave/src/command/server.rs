//! `architrave server`: the language server over stdio.

use cache::Store;

use crate::exit::Exit;

/// Runs until the client sends `exit` or disconnects.
///
/// # Errors
/// If stdin and stdout can't be used.
pub(crate) fn run(store: &Store) -> anyhow::Result<Exit> {
    let code = server::run(store.clone())?;
    Ok(Exit::Code(u8::try_from(code).unwrap_or(1)))
}
