//! What libraries do while a module is loaded. What no library is known to do is unknown, and nobody takes it for
//! harmless.

pub(super) use libraries::{AtImport as Call, at_import as call};

/// Methods that act even on what is put together: they open, read, write, start or send.
static ACTING: &[&str] = &[
    "add_done_callback",
    "all",
    "close",
    "commit",
    "connect",
    "create_all",
    "delay",
    "delete",
    "drop_all",
    "execute",
    "exists",
    "first",
    "get_or_create",
    "glob",
    "is_dir",
    "is_file",
    "iterdir",
    "listen",
    "load_dotenv",
    "mkdir",
    "open",
    "push",
    "read",
    "read_bytes",
    "read_text",
    "reflect",
    "rglob",
    "run",
    "save",
    "scalar",
    "scalars",
    "send",
    "send_task",
    "serve",
    "start",
    "stat",
    "touch",
    "unlink",
    "write",
    "write_bytes",
    "write_text",
];

/// Whether the method `name` of what `made` gave does nothing that others see.
pub(super) fn method_is_quiet(made: &str, name: &str) -> bool {
    match call(made) {
        Call::Pure | Call::Container | Call::CallsArguments => true,
        Call::Configures => ACTING.binary_search(&name).is_err(),
        Call::Makes | Call::Environment | Call::Acts | Call::Unknown => false,
    }
}

/// Whether what `made` gave stays as it is, so that nobody sees who calls its methods.
pub(super) fn never_changes(made: &str) -> bool {
    made == "pathlib" || made.starts_with("pathlib.") || call(made) == Call::Pure
}

/// Whether a method is one that texts have, and that whoever has it too makes something new by it. Sorted.
pub(super) fn is_of_text(name: &str) -> bool {
    const OF_TEXT: &[&str] = &[
        "capitalize",
        "casefold",
        "decode",
        "encode",
        "endswith",
        "isalnum",
        "isalpha",
        "isdigit",
        "islower",
        "isnumeric",
        "isspace",
        "isupper",
        "ljust",
        "lower",
        "lstrip",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "rjust",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "swapcase",
        "title",
        "upper",
        "zfill",
    ];
    OF_TEXT.binary_search(&name).is_ok()
}

/// Class methods that finish the class that they are called on, and concern nobody else.
pub(super) fn completes_class(name: &str) -> bool {
    matches!(name, "model_rebuild" | "update_forward_refs")
}

/// Methods of containers and texts that leave them as they are.
pub(super) fn only_reads(name: &str) -> bool {
    const READING: &[&str] =
        &["copy", "count", "difference", "get", "index", "intersection", "items", "keys", "union", "values"];
    READING.binary_search(&name).is_ok()
}

/// Class methods that models, enumerations and models of data inherit and that only make something.
pub(super) fn makes_of_class(name: &str) -> bool {
    matches!(name, "fromkeys" | "model_json_schema" | "mro" | "schema" | "__subclasses__")
}

/// Modules of the standard library that some systems don't have. Sorted.
static ONE_PLATFORM: &[&str] = &[
    "_curses",
    "_posixsubprocess",
    "_winapi",
    "_winreg",
    "crypt",
    "curses",
    "fcntl",
    "grp",
    "msvcrt",
    "nis",
    "nt",
    "ossaudiodev",
    "posix",
    "pty",
    "pwd",
    "readline",
    "resource",
    "spwd",
    "syslog",
    "termios",
    "tty",
    "winreg",
    "winsound",
];

/// Whether a module of the standard library is there on some systems only.
pub(super) fn is_of_one_platform(absolute: &str) -> bool {
    let first = absolute.split('.').next().unwrap_or_default();
    ONE_PLATFORM.binary_search(&first).is_ok()
}

/// The special methods behind an operator, on its left side.
pub(super) fn operator(op: &str) -> &'static [&'static str] {
    match op {
        "|" => &["__or__"],
        "&" => &["__and__"],
        "+" => &["__add__"],
        "-" => &["__sub__"],
        "*" => &["__mul__"],
        "/" => &["__truediv__"],
        ">>" => &["__rshift__"],
        "<<" => &["__lshift__"],
        "@" => &["__matmul__"],
        "%" => &["__mod__"],
        _ => &[],
    }
}

/// The special methods behind an operator, on its right side.
pub(super) fn reflected(op: &str) -> &'static [&'static str] {
    match op {
        "|" => &["__ror__"],
        "+" => &["__radd__"],
        ">>" => &["__rrshift__"],
        "/" => &["__rtruediv__"],
        "*" => &["__rmul__"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(ACTING.is_sorted() && ONE_PLATFORM.is_sorted());
    }
}
