//! Functions of libraries with side effects outside the process, by their full names.

/// Functions that start processes.
const PROCESSES: &[&str] =
    &["run", "call", "check_call", "check_output", "Popen", "getoutput", "getstatusoutput"];

/// Whether calling (or reading, for `os.environ`) this has a side effect outside the process.
pub(super) fn reaches_out(full_name: &str, with_clock: bool) -> bool {
    let (module, name) = full_name.rsplit_once('.').unwrap_or(("", full_name));
    libraries::is_effect(full_name)
        || libraries::sends_request(full_name)
        || (module == "subprocess" && PROCESSES.contains(&name))
        || (module == "shutil" && !matches!(name, "which" | "get_terminal_size" | "disk_usage"))
        || (with_clock && libraries::is_clock(full_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_out() {
        for (full_name, plain, with_clock) in [
            ("requests.get", true, true),
            ("requests.compat.quote", false, false),
            ("subprocess.run", true, true),
            ("shutil.copy", true, true),
            ("shutil.which", false, false),
            ("uuid.uuid4", false, true),
            ("os.path.join", false, false),
        ] {
            let found = (reaches_out(full_name, false), reaches_out(full_name, true));
            assert_eq!(found, (plain, with_clock), "{full_name}");
        }
    }
}
