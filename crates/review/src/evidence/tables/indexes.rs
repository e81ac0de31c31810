//! The indexes that Alembic revisions make: directly, by a function of their own, in a batch, or in SQL.

use model::PathRole;

use crate::evidence::Evidence;
use crate::evidence::facts::{Call, Function, Source};
use crate::evidence::value::Value;

/// An index or unique constraint, which is one too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its table.
    pub table: String,
    /// The column that it begins with.
    pub first: String,
}

impl Evidence {
    /// The indexes that revisions make.
    pub fn migrated_indexes(&self) -> Vec<Index> {
        let helpers = helpers(self);
        let revisions = self.sources.iter().filter(|it| it.role == PathRole::Migrations);
        let mut found = Vec::new();
        for source in revisions {
            for call in &source.calls {
                found.extend(direct(call));
                found.extend(in_batch(source, call));
                found.extend(in_sql(call));
                let of_it = helpers.iter().filter(|it| call.own.contains(&it.function.id));
                found.extend(of_it.filter_map(|it| it.index(call)));
            }
        }
        found
    }
}

/// A function that makes an index of what it is given.
struct Helper<'e> {
    function: &'e Function,
    /// The parameters with the table and the columns, by position.
    table: usize,
    columns: usize,
}

impl Helper<'_> {
    fn index(&self, call: &Call) -> Option<Index> {
        let given = |at: usize| {
            let name = &self.function.parameters.get(at)?.name;
            call.called.keyword(name).or_else(|| call.called.positional(at))
        };
        Some(Index { table: given(self.table)?.text()?.to_owned(), first: first(given(self.columns)?)? })
    }
}

fn helpers(evidence: &Evidence) -> Vec<Helper<'_>> {
    let mut found = Vec::new();
    for source in evidence.sources.iter().filter(|it| it.role != PathRole::Tests) {
        for call in source.calls.iter().filter(|it| makes(it)) {
            let Some(function) = source.around(call) else { continue };
            let given = |key: &str, at: usize| {
                let value = call.called.keyword(key).or_else(|| call.called.positional(at))?;
                let Value::Name(name) = value else { return None };
                function.parameters.iter().position(|it| it.name == name.as_str())
            };
            if let (Some(table), Some(columns)) = (given("table_name", 1), given("columns", 2)) {
                found.push(Helper { function, table, columns });
            }
        }
    }
    found
}

fn makes(call: &Call) -> bool {
    matches!(call.called.method.as_str(), "create_index" | "create_unique_constraint")
}

/// `op.create_index("ix_orders_customer", "orders", ["customer_id"])`
fn direct(call: &Call) -> Option<Index> {
    let given = |key: &str, at: usize| call.called.keyword(key).or_else(|| call.called.positional(at));
    let table = given("table_name", 1).filter(|_| makes(call))?.text()?.to_owned();
    Some(Index { table, first: first(given("columns", 2)?)? })
}

/// `batch_op.create_index("ix_orders_customer", ["customer_id"])`
fn in_batch(source: &Source, call: &Call) -> Option<Index> {
    let columns =
        call.called.keyword("columns").or_else(|| call.called.positional(1)).filter(|_| makes(call))?;
    let is_batch = |it: &&Call| it.called.method == "batch_alter_table" && it.body == call.body;
    let batch = source.calls.iter().filter(is_batch).rfind(|it| it.offset < call.offset)?;
    Some(Index { table: batch.called.positional(0)?.text()?.to_owned(), first: first(columns)? })
}

/// `op.execute("CREATE INDEX ix_orders_customer ON orders (customer_id)")`
fn in_sql(call: &Call) -> Option<Index> {
    let said = call.called.positional(0)?;
    let sql = said.text().or_else(|| said.call()?.positional(0)?.text())?;
    let words: Vec<&str> = sql.split_whitespace().collect();
    let is = |word: &&str, known: &str| word.eq_ignore_ascii_case(known);
    let is_index =
        words.first().is_some_and(|it| is(it, "create")) && words.iter().take(3).any(|it| is(it, "index"));
    let on = words.iter().position(|it| is(it, "on")).filter(|_| is_index)?;
    let rest = words.get(on + 1..)?.join(" ");
    let (before, after) = rest.split_once('(')?;
    // `ONLY orders USING btree (...)`
    let table = before.split(' ').find(|it| !is(it, "only"))?;
    let plain = |text: &str| text.trim_matches(['"', '`', ' ']).to_owned();
    let table = plain(table.rsplit('.').next().unwrap_or(table));
    let first = after.split([',', ')', ' ']).find(|it| !it.is_empty())?;
    Some(Index { table, first: plain(first) })
}

fn first(columns: &Value) -> Option<String> {
    columns.items().first()?.text().map(str::to_owned)
}
