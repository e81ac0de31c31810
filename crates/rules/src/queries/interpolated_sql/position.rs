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

/// The role of what stands between `before` and `after` in an SQL text. Interpolated values in it are represented by
/// any word.
pub(super) fn position(before: &str, after: &str) -> Position {
    if is_in_quotes(before) {
        return if is_quoted_name(before) { Position::Name } else { Position::Value };
    }
    // `{name}_old`: part of a name.
    if after.starts_with(|letter: char| letter == '_' || letter == '.' || letter.is_alphanumeric()) {
        return Position::Name;
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

fn is_in_quotes(text: &str) -> bool {
    text.matches('\'').count() % 2 == 1
}

/// `FROM '`: `SQLite` and `MySQL` accept quotes around the name of a table. In `EXTRACT(DAY FROM '` a value follows.
fn is_quoted_name(before: &str) -> bool {
    let opened = before.rfind('\'').map_or(before, |at| &before[..at]).to_ascii_uppercase();
    let mut words = opened.split(|letter: char| !letter.is_alphanumeric() && letter != '_').rev();
    let last = words.by_ref().find(|word| !word.is_empty()).unwrap_or_default();
    match last {
        "JOIN" | "INTO" | "UPDATE" | "TABLE" => true,
        "FROM" => {
            let inner = innermost(&opened);
            let mut words = inner.split_whitespace();
            words.any(|word| matches!(word, "SELECT" | "DELETE"))
        }
        _ => false,
    }
}

/// The text behind the innermost open parenthesis.
fn innermost(text: &str) -> &str {
    let mut depth = 0;
    for (at, letter) in text.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            '(' => return &text[at + 1..],
            _ => {}
        }
    }
    text
}

/// Whether what stands between `before` and `after` is all that a list holds: `IN ({})`, `VALUES ('{}')`. It may be
/// several values in one text.
pub(super) fn is_whole_list(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start());
    let before = before.strip_suffix('\'').unwrap_or(before).trim_end();
    let after = after.strip_prefix('\'').unwrap_or(after).trim_start();
    let Some(words) = before.strip_suffix('(') else { return false };
    let last = words.split_whitespace().next_back().unwrap_or_default();
    after.starts_with(')') && ["IN", "VALUES"].iter().any(|word| last.eq_ignore_ascii_case(word))
}

/// `IN (`, `VALUES (a, `: inside a list of values. The innermost open parenthesis decides.
fn in_list(upper: &str) -> Position {
    let inner = innermost(upper);
    let Some(words) = upper[..upper.len() - inner.len()].strip_suffix('(') else { return Position::Fragment };
    let is_values = ["IN", "VALUES", "ANY", "ALL"].iter().any(|word| {
        let rest = words.trim_end().strip_suffix(word);
        rest.is_some_and(|rest| rest.ends_with(|it: char| !it.is_alphanumeric()))
    });
    if is_values { Position::Value } else { Position::Fragment }
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
            ("SELECT COUNT(*) FROM '", Position::Name),
            ("INSERT INTO '", Position::Name),
            ("SELECT EXTRACT(DAY FROM '", Position::Value),
            ("SELECT a FROM b WHERE c IN (SELECT d FROM '", Position::Name),
        ];
        for (before, expected) in table {
            assert_eq!(position(before, ""), expected, "{before}");
        }
        assert_eq!(position("UPDATE a SET b = ", "_old"), Position::Name);
        assert_eq!(position("UPDATE a SET b = '", "_old'"), Position::Value);
    }

    #[test]
    fn lists_of_one_value() {
        assert!(is_whole_list("SELECT a WHERE b IN (", ")"));
        assert!(is_whole_list("SELECT a WHERE b in ('", "') AND c"));
        assert!(!is_whole_list("SELECT a WHERE b IN (1, ", ")"));
        assert!(!is_whole_list("SELECT a WHERE b = (", ")"));
    }
}
