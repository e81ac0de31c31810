//! One line per finding: `path:line:column level[rule] message`.

use std::io::Write;

use crate::output::json::Finding;

/// Writes one line for each finding.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write(out: &mut impl Write, findings: &[Finding]) -> anyhow::Result<()> {
    for finding in findings {
        writeln!(
            out,
            "{}:{}:{} {}[{}] {}",
            finding.path, finding.line, finding.column, finding.level, finding.rule, finding.message
        )?;
    }
    Ok(())
}
