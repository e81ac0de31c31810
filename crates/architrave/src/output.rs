//! How results are written.

pub(crate) mod concise;
pub(crate) mod full;
pub(crate) mod json;

use std::io::Write;

use serde::Serialize;

/// Writes one JSON document and a line end.
///
/// # Errors
/// An output that can't be written.
pub(crate) fn write_json(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    Ok(())
}

/// Says on stderr why the work could not be done.
pub(crate) fn complain(error: &anyhow::Error) {
    // Nothing can be done about a closed stderr.
    let _ = writeln!(std::io::stderr(), "architrave: {error:#}");
}
