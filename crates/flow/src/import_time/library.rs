//! What library calls do while a module is loaded. A call that is not known is never assumed to be harmless.

pub(super) use libraries::{AtImport as Call, at_import as call};

/// Methods with an effect even on an object that is only configured: they open, read, write, start or send.
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

/// Whether the method `name` of an object returned by `made` has no visible effects.
pub(super) fn method_is_quiet(made: &str, name: &str) -> bool {
    match call(made) {
        Call::Pure | Call::Container | Call::CallsArguments => true,
        Call::Configures => ACTING.binary_search(&name).is_err(),
        Call::Makes | Call::Environment | Call::Acts | Call::Unknown => false,
    }
}

/// Whether an object returned by `made` is immutable, so that calls of its methods can't be observed.
pub(super) fn never_changes(made: &str) -> bool {
    made == "pathlib" || made.starts_with("pathlib.") || call(made) == Call::Pure
}

/// Whether a method is one of `str`. Other types that have it also return a new value from it. Sorted.
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

/// Class methods that complete the class that they are called on and affect nothing else.
pub(super) fn completes_class(name: &str) -> bool {
    matches!(name, "model_rebuild" | "update_forward_refs")
}

/// Methods of containers and strings that don't modify them.
pub(super) fn only_reads(name: &str) -> bool {
    const READING: &[&str] =
        &["copy", "count", "difference", "get", "index", "intersection", "items", "keys", "union", "values"];
    READING.binary_search(&name).is_ok()
}

/// Methods of containers that keep or drop their arguments without calling them, as `sort` calls its key.
pub(super) fn only_stores(name: &str) -> bool {
    const STORING: &[&str] = &[
        "add",
        "append",
        "appendleft",
        "discard",
        "extend",
        "extendleft",
        "insert",
        "pop",
        "remove",
        "setdefault",
        "update",
    ];
    STORING.binary_search(&name).is_ok() || only_reads(name)
}

/// Class methods inherited from models, enumerations and data models that only construct a value.
pub(super) fn makes_of_class(name: &str) -> bool {
    matches!(name, "fromkeys" | "model_json_schema" | "mro" | "schema" | "__subclasses__")
}

/// Standard library modules that don't exist on every platform. Sorted.
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

/// Whether a standard library module exists only on some platforms.
pub(super) fn is_of_one_platform(absolute: &str) -> bool {
    let first = absolute.split('.').next().unwrap_or_default();
    ONE_PLATFORM.binary_search(&first).is_ok()
}

/// The special methods that implement an operator on its left operand.
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

/// The special methods that implement an operator on its right operand.
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
