//! What is known to be harmless in a text of SQL by its name, its type, or what the function does with it.

use python::{Body, Definitions, Expr, ExprId, Literal, Scope};

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

/// Whether the variable `name` at the head of a module is a literal, or the name is that of a constant.
pub(super) fn is_declared(definitions: &Definitions, name: &str) -> bool {
    let mut of_name =
        definitions.variables.iter().filter(|it| it.scope == Scope::Module && it.name == name).peekable();
    is_upper(name)
        || (of_name.peek().is_some()
            && of_name.all(|it| it.value.is_some_and(|value| matches!(definitions[value], Expr::Literal(_)))))
}

/// Whether the function compares `name` with what it allows (`if column not in COLUMNS: raise ...`), or as a number.
pub(super) fn is_checked(body: &Body, name: &str) -> bool {
    let is_it = |id: ExprId| matches!(&body[id], Expr::Name(other) if other == name);
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Compare { first, rest } => {
            is_it(*first)
                && rest.iter().any(|(op, _)| matches!(op.as_str(), "in" | "not in" | "<" | "<=" | ">" | ">="))
        }
        Expr::Call { callee, args } => match &body[*callee] {
            Expr::Attribute { value, name } => {
                (CHECKS.contains(&name.as_str()) && is_it(*value))
                    || (matches!(name.as_str(), "match" | "fullmatch" | "search")
                        && args.iter().any(|arg| is_it(arg.value())))
            }
            Expr::Name(callee) => {
                ["valid", "check", "sanit", "verify"].iter().any(|word| callee.contains(word))
                    && args.iter().any(|arg| is_it(arg.value()))
            }
            _ => false,
        },
        _ => false,
    })
}

/// `ORDERS_TABLE`
pub(super) fn is_upper(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    name.len() > 1
        && name.chars().any(|letter| letter.is_ascii_uppercase())
        && name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

/// Calls that give numbers, dates and the like.
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

/// Parts of the names of functions that make a text safe, or build SQL themselves.
pub(super) const QUOTING: &[&str] = &[
    "quote",
    "escape",
    "identifier",
    "sanit",
    "literal",
    "mogrify",
    "placeholder",
    "compile",
    "as_sql",
    "bindparam",
];

/// Attributes that declarations give their names to.
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
    "vendor",
    "dialect",
    "fullname",
];

/// Types whose values hold no text of somebody's own.
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

const CHECKS: &[&str] = &["isidentifier", "isalnum", "isdigit", "isnumeric", "isdecimal", "isalpha"];

#[cfg(test)]
mod tests {
    use super::*;

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
