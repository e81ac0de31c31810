//! server

/// Serves over stdio until the client says `exit` or goes away. Returns the exit code.
///
/// # Errors
/// Where stdin and stdout can't be used.
pub fn run() -> anyhow::Result<i32> {
    anyhow::bail!("the server is not there yet")
}
