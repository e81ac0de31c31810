//! Values known to be harmless in an SQL text by name, type, or what the function does with them.

use python::{Definitions, Expr, ExprId, Literal, Scope};

/// Annotations nested deeper are not read.
const MAX_DEPTH: usize = 8;

/// `int`, `UUID | None`, `Literal["asc", "desc"]`, `datetime.date`
pub(super) fn is_harmless_type(definitions: &Definitions, annotation: ExprId, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match &definitions[annotation] {
        Expr::Literal(Literal::None) => true,
        Expr::Literal(Literal::Str(text)) => TYPES.contains(&text.as_str()),
        Expr::Name(name) | Expr::Attribute { name, .. } => TYPES.contains(&name.as_str()),
        Expr::Binary { left, right, .. } => {
            is_harmless_type(definitions, *left, depth + 1)
                && is_harmless_type(definitions, *right, depth + 1)
        }
        Expr::Subscript { value, index } => match &definitions[*value] {
            Expr::Name(name) | Expr::Attribute { name, .. } => match name.as_str() {
                "Literal" => true,
                "Optional" | "list" | "List" | "Sequence" | "Iterable" | "set" | "Set" => {
                    is_harmless_type(definitions, *index, depth + 1)
                }
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// Whether the module-level variable `name` is a literal, or the name is that of a constant.
pub(super) fn is_declared(definitions: &Definitions, name: &str) -> bool {
    let mut of_name =
        definitions.variables.iter().filter(|it| it.scope == Scope::Module && it.name == name).peekable();
    is_upper(name)
        || (of_name.peek().is_some()
            && of_name.all(|it| it.value.is_some_and(|value| matches!(definitions[value], Expr::Literal(_)))))
}

/// `ORDERS_TABLE`
pub(super) fn is_upper(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    name.len() > 1
        && name.chars().any(|letter| letter.is_ascii_uppercase())
        && name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

/// Attributes in capitals under which a request keeps what its client sends, in Django, `WebOb` and Pyramid.
pub(super) fn is_input(name: &str) -> bool {
    matches!(name, "GET" | "POST" | "FILES" | "META" | "COOKIES")
}

/// Whether a value of this name is a request.
pub(super) fn is_request(name: &str) -> bool {
    matches!(name.trim_start_matches('_'), "request" | "req" | "http_request")
}

/// Calls that return numbers, dates and the like.
pub(super) const NUMBERS: &[&str] = &[
    "int",
    "len",
    "float",
    "bool",
    "round",
    "abs",
    "ord",
    "hash",
    "Decimal",
    "UUID",
    "uuid1",
    "uuid4",
    "time",
    "now",
    "utcnow",
    "today",
    "timestamp",
    "isoformat",
    "strftime",
    "total_seconds",
    "date",
    "datetime",
    "timedelta",
    "token_hex",
    "hexdigest",
    "fileno",
    "count",
    "index",
    "bit_length",
    "getpid",
];

/// Whether an unresolved function makes a text safe, or builds SQL itself, by its name: `quote_ident`, `sql_literal`,
/// `escape_string`. `unquote` and `get_quote_text` don't.
pub(super) fn is_quoting(name: &str) -> bool {
    const VERBS: [&str; 6] = ["quote", "escape", "sanitize", "sanitise", "mogrify", "compile"];
    const NOUNS: [&str; 8] = [
        "identifier",
        "identifiers",
        "literal",
        "literals",
        "placeholder",
        "placeholders",
        "bindparam",
        "bindparams",
    ];
    const DONE: [&str; 4] = ["quoted", "escaped", "sanitized", "sanitised"];
    let lower = name.trim_matches('_').to_ascii_lowercase();
    if matches!(lower.as_str(), "as_sql" | "literal_column") {
        return lower == "as_sql";
    }
    let words: Vec<&str> = lower.split('_').collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let gets = matches!(*first, "get" | "fetch" | "load" | "find" | "create" | "make" | "read" | "random");
    VERBS.iter().any(|verb| first.starts_with(verb) || (!gets && is_verb_at_end(last, verb)))
        || NOUNS.iter().any(|noun| first == noun || last == noun)
        || DONE.iter().any(|word| words.contains(word))
}

/// Accepts `quote` and `sqlescape`, rejects `unquote`.
fn is_verb_at_end(word: &str, verb: &str) -> bool {
    word.strip_suffix(verb).is_some_and(|before| !matches!(before, "un" | "de" | "non"))
}

/// Attributes that contain a declaration's name.
pub(super) const DECLARED: &[&str] = &[
    "__tablename__",
    "__table__",
    "__name__",
    "__qualname__",
    "db_table",
    "db_column",
    "tablename",
    "table_name",
    "attname",
    "schema_name",
    "database_schema",
];

/// Whether an attribute of a receiver named `receiver` is a declared name: the full name of a table, the vendor of a
/// connection. The same attributes of anything else (`user.fullname`, `product.vendor`) are ordinary text.
pub(super) fn is_declared_by(receiver: &str, attribute: &str) -> bool {
    let receiver = receiver.to_ascii_lowercase();
    match attribute {
        "fullname" => receiver.ends_with("table") || receiver.ends_with("table__"),
        "vendor" | "dialect" => {
            ["connection", "conn", "engine", "bind"].iter().any(|word| receiver.ends_with(word))
        }
        _ => false,
    }
}

/// Types whose values contain no free text.
const TYPES: &[&str] = &[
    "int",
    "float",
    "bool",
    "Decimal",
    "UUID",
    "UUID4",
    "date",
    "datetime",
    "time",
    "timedelta",
    "PositiveInt",
    "NonNegativeInt",
    "None",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_functions_that_quote() {
        for name in [
            "quote_ident",
            "quote",
            "_sql_quote",
            "escape_string",
            "pg_escape",
            "Literal",
            "to_identifier",
            "quoted",
        ] {
            assert!(is_quoting(name), "{name}");
        }
        for name in
            ["get_quote_text", "get_quote", "unquote", "unescape", "quotation_text", "literal_column", ""]
        {
            assert!(!is_quoting(name), "{name}");
        }
    }

    #[test]
    fn names_of_constants() {
        for name in ["TABLE", "_ORDERS_V2", "T1"] {
            assert!(is_upper(name), "{name}");
        }
        for name in ["T", "Table", "table", "_", "", "_1"] {
            assert!(!is_upper(name), "{name}");
        }
    }
}
