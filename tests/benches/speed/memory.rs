//! The memory use of this process.

/// Resident memory in bytes; `None` if the system doesn't report it (only Linux does, in `/proc/self/statm`).
pub(crate) fn resident() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
