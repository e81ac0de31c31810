//! Which texts are SQL, and the role of a value at its position: a value that could be a parameter, a name, or a
//! fragment of the statement.

/// The role of an interpolated value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// A value: could be a parameter.
    Value,
    /// The name of a table, a column, a schema: can't be a parameter.
    Name,
    /// Part of the statement, or unknown.
    Fragment,
}

/// Whether a text begins like an SQL statement.
pub(super) fn is_sql(text: &str) -> bool {
    let text = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '(');
    let mut words = text.split_whitespace().map(str::to_ascii_uppercase);
    let (Some(first), second) = (words.next(), words.next().unwrap_or_default()) else { return false };
    let has = |word: &str| text.to_ascii_uppercase().split_whitespace().any(|other| other == word);
    match first.as_str() {
        "SELECT" => !second.is_empty(),
        "WITH" => has("AS") || has("SELECT"),
        "INSERT" | "REPLACE" | "MERGE" => matches!(second.as_str(), "INTO" | "OR" | "IGNORE"),
        "UPDATE" => has("SET"),
        "DELETE" => second == "FROM",
        "TRUNCATE" | "EXPLAIN" | "CALL" | "EXEC" | "EXECUTE" | "GRANT" | "REVOKE" | "COPY" | "LOCK" => true,
        "CREATE" | "DROP" | "ALTER" | "COMMENT" => [
            "TABLE",
            "INDEX",
            "VIEW",
            "SCHEMA",
            "DATABASE",
            "USER",
            "ROLE",
            "SEQUENCE",
            "TRIGGER",
            "FUNCTION",
            "UNIQUE",
            "MATERIALIZED",
            "TEMPORARY",
            "TEMP",
            "TYPE",
            "EXTENSION",
            "OR",
            "ON",
            "SYSTEM",
        ]
        .contains(&second.as_str()),
        _ => false,
    }
}

/// Whether a statement is about rows: only those accept parameters.
pub(super) fn is_data(text: &str) -> bool {
    const DEFINITIONS: [&str; 14] = [
        "CREATE", "DROP", "ALTER", "COMMENT", "TRUNCATE", "GRANT", "REVOKE", "LOCK", "SET", "RESET",
        "PRAGMA", "USE", "LISTEN", "NOTIFY",
    ];
    let first = text.split_whitespace().next().unwrap_or_default();
    !DEFINITIONS.iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// The role of what follows `before` in an SQL text. Interpolated values in it are represented by any word.
pub(super) fn position(before: &str) -> Position {
    if before.matches('\'').count() % 2 == 1 {
        return Position::Value;
    }
    if before.matches('"').count() % 2 == 1 || before.matches('`').count() % 2 == 1 {
        return Position::Name;
    }
    // `schema.{table}`, `prefix_{name}`: part of a name.
    if before.ends_with(|letter: char| letter == '.' || letter == '_' || letter.is_alphanumeric()) {
        return Position::Name;
    }
    let before = before.trim_end();
    // `data -> {key}`: a JSON path is part of the expression.
    if before.ends_with("->") || before.ends_with("->>") {
        return Position::Name;
    }
    if before.ends_with(['=', '<', '>']) {
        return Position::Value;
    }
    let upper = before.to_ascii_uppercase();
    if upper.ends_with('(') || upper.ends_with(',') {
        return in_list(&upper);
    }
    let mut words = upper.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_');
    match words.next().unwrap_or_default() {
        "LIKE" | "ILIKE" | "RLIKE" | "REGEXP" | "LIMIT" | "OFFSET" | "BETWEEN" | "INTERVAL" | "TOP" => {
            Position::Value
        }
        "AND" if is_second_bound(&upper) => Position::Value,
        "FROM" | "JOIN" | "INTO" | "UPDATE" | "TABLE" | "BY" | "SELECT" | "DISTINCT" | "INDEX"
        | "DATABASE" | "SCHEMA" | "ROLE" | "USER" | "EXISTS" | "ON" | "AS" | "TRUNCATE" | "VIEW" | "TO"
        | "COLUMN" | "CONSTRAINT" | "SEQUENCE" | "ONLY" => Position::Name,
        _ => Position::Fragment,
    }
}

/// `IN (`, `VALUES (a, `: inside a list of values. The innermost open parenthesis decides.
fn in_list(upper: &str) -> Position {
    let mut depth = 0;
    for (at, letter) in upper.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            '(' => {
                let words = upper[..at].trim_end();
                let is_values = ["IN", "VALUES", "ANY", "ALL"].iter().any(|word| {
                    words
                        .strip_suffix(word)
                        .is_some_and(|rest| rest.ends_with(|it: char| !it.is_alphanumeric()))
                });
                return if is_values { Position::Value } else { Position::Fragment };
            }
            _ => {}
        }
    }
    Position::Fragment
}

/// `BETWEEN a AND`
fn is_second_bound(upper: &str) -> bool {
    let before = &upper[..upper.len() - "AND".len()];
    before.rfind("BETWEEN").is_some_and(|at| !before[at..].contains(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_sql() {
        for text in [
            "SELECT * FROM a",
            "\n  select id from x",
            "with t as (select 1) select",
            "INSERT INTO a VALUES (1)",
            "delete from a",
            "update a set b = 1",
            "drop table x",
        ] {
            assert!(is_sql(text), "{text}");
        }
        for text in ["Select", "update the docs", "insert coin", "Delete it", "hello", "", "create an order"]
        {
            assert!(!is_sql(text), "{text}");
        }
    }

    #[test]
    fn positions_in_statements() {
        let table = [
            ("SELECT * FROM a WHERE b = ", Position::Value),
            ("SELECT * FROM a WHERE b = '", Position::Value),
            ("SELECT * FROM a WHERE b LIKE '%", Position::Value),
            ("SELECT * FROM a WHERE b IN (", Position::Value),
            ("INSERT INTO a (b, c) VALUES (1, ", Position::Value),
            ("SELECT a LIMIT ", Position::Value),
            ("WHERE a BETWEEN 1 AND ", Position::Value),
            ("WHERE a BETWEEN 1 AND 2 AND ", Position::Fragment),
            ("SELECT * FROM ", Position::Name),
            ("SELECT * FROM shop.", Position::Name),
            ("SELECT * FROM \"", Position::Name),
            ("SELECT a ORDER BY ", Position::Name),
            ("INSERT INTO a (", Position::Fragment),
            ("SELECT a FROM b ", Position::Fragment),
            ("SELECT a -> ", Position::Name),
            ("SELECT a ->> ", Position::Name),
            ("SELECT a WHERE b > ", Position::Value),
        ];
        for (before, expected) in table {
            assert_eq!(position(before), expected, "{before}");
        }
    }
}
