//! Which names connect definitions, and which are too common.

/// Words that reveal nothing about the subject.
const EMPTY: &[&str] = &[
    "a",
    "add",
    "all",
    "and",
    "as",
    "async",
    "base",
    "build",
    "by",
    "calculate",
    "check",
    "clean",
    "convert",
    "create",
    "data",
    "default",
    "do",
    "ensure",
    "extract",
    "fetch",
    "find",
    "for",
    "format",
    "from",
    "func",
    "function",
    "generate",
    "get",
    "handle",
    "has",
    "helper",
    "if",
    "in",
    "info",
    "init",
    "into",
    "is",
    "item",
    "items",
    "list",
    "load",
    "make",
    "maybe",
    "mixin",
    "name",
    "new",
    "no",
    "not",
    "object",
    "of",
    "on",
    "one",
    "or",
    "out",
    "parse",
    "prepare",
    "process",
    "put",
    "read",
    "remove",
    "resolve",
    "run",
    "safe",
    "save",
    "set",
    "should",
    "simple",
    "str",
    "string",
    "the",
    "to",
    "update",
    "use",
    "util",
    "utils",
    "validate",
    "value",
    "values",
    "with",
    "write",
];

/// Modules that code on any subject uses.
const EVERYBODYS: &[&str] = &[
    "abc",
    "collections",
    "contextlib",
    "copy",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "inspect",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "operator",
    "os",
    "pathlib",
    "re",
    "six",
    "string",
    "sys",
    "time",
    "types",
    "typing",
    "typing_extensions",
    "uuid",
    "warnings",
    "__future__",
    "random",
    "traceback",
    "builtins",
];

/// The words of a name that reveal its subject.
pub(super) fn of(name: &str) -> Vec<String> {
    let name = python::naming::snake(name);
    name.split('_')
        .filter(|word| word.len() > 1 && !EMPTY.contains(word))
        .map(|word| word.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(word).to_owned())
        .collect()
}

/// Whether using this module reveals nothing about the subject.
pub(super) fn is_everybodys_module(name: &str) -> bool {
    EVERYBODYS.contains(&name)
}

/// Whether naming this variable reveals nothing about the subject.
pub(super) fn is_everybodys_variable(name: &str) -> bool {
    matches!(
        name,
        "logger" | "log" | "LOG" | "LOGGER" | "_" | "settings" | "config" | "__name__" | "T" | "_logger"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_they_are_about() {
        assert_eq!(of("get_user_emails"), ["user", "email"]);
        assert_eq!(of("OrderLine"), ["order", "line"]);
        assert_eq!(of("to_str"), Vec::<String>::new());
    }
}
