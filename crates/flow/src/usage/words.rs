//! The members that Python's syntax and built-in functions use.

/// The member that a built-in function uses of its argument.
pub(super) enum Builtin {
    /// None that a class would declare: `isinstance(x, Y)`, `str(x)`.
    Nothing,
    /// This member.
    Member(&'static str),
    /// The member named by the second argument: `getattr(x, "name")`.
    Named,
}

/// What the function `full` uses of its first argument; `None` if it isn't built in, or keeps its argument.
pub(super) fn builtin(full: &str) -> Option<Builtin> {
    let name = full.strip_prefix("builtins.")?;
    Some(match name {
        "isinstance" | "issubclass" | "type" | "id" | "print" | "str" | "repr" | "bool" | "callable"
        | "hash" | "format" | "ascii" => Builtin::Nothing,
        "getattr" | "hasattr" | "setattr" | "delattr" => Builtin::Named,
        "len" => Builtin::Member("__len__"),
        "next" => Builtin::Member("__next__"),
        "anext" => Builtin::Member("__anext__"),
        "aiter" => Builtin::Member("__aiter__"),
        "reversed" => Builtin::Member("__reversed__"),
        "abs" => Builtin::Member("__abs__"),
        "int" => Builtin::Member("__int__"),
        "float" => Builtin::Member("__float__"),
        "bytes" => Builtin::Member("__bytes__"),
        "round" => Builtin::Member("__round__"),
        "iter" | "list" | "tuple" | "set" | "frozenset" | "sorted" | "enumerate" | "sum" | "min" | "max"
        | "any" | "all" | "dict" | "zip" => Builtin::Member("__iter__"),
        _ => return None,
    })
}

/// The special method that implements a binary operator on its left operand.
pub(super) fn operator(op: &str) -> Option<&'static str> {
    Some(match op {
        "+" => "__add__",
        "-" => "__sub__",
        "*" => "__mul__",
        "/" => "__truediv__",
        "//" => "__floordiv__",
        "%" => "__mod__",
        "**" => "__pow__",
        "@" => "__matmul__",
        "|" => "__or__",
        "&" => "__and__",
        "^" => "__xor__",
        "<<" => "__lshift__",
        ">>" => "__rshift__",
        _ => return None,
    })
}

/// The special method that implements a comparison on its left operand; `None` for those that every object has.
pub(super) fn comparison(op: &str) -> Option<&'static str> {
    Some(match op {
        "<" => "__lt__",
        "<=" => "__le__",
        ">" => "__gt__",
        ">=" => "__ge__",
        "==" => "__eq__",
        "!=" => "__ne__",
        _ => return None,
    })
}

/// The special method that implements a unary operator.
pub(super) fn unary(op: &str) -> Option<&'static str> {
    Some(match op {
        "-" => "__neg__",
        "+" => "__pos__",
        "~" => "__invert__",
        _ => return None,
    })
}

/// Methods of loggers, which only print their arguments.
pub(super) fn is_logging(name: &str) -> bool {
    matches!(name, "debug" | "info" | "warning" | "error" | "exception" | "critical" | "log")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtins() {
        assert!(matches!(builtin("builtins.len"), Some(Builtin::Member("__len__"))));
        assert!(matches!(builtin("builtins.isinstance"), Some(Builtin::Nothing)));
        assert!(builtin("builtins.map").is_none(), "keeps it");
        assert!(builtin("len").is_none(), "is not built in");
    }
}
