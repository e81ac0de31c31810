//! Tables in variables, and the properties that a mapping adds to their columns.

use python::{Expr, ExprArena, ExprId, Name, Scope};

use super::call::{Call, string};
use super::{Names, Source, alchemy, value};
use crate::orm::declared::{Declaration, Table};

/// The module-level tables.
pub(super) fn tables(source: &Source<'_>) -> Vec<Table> {
    let definitions = source.definitions;
    let heads = definitions.variables.iter().filter(|variable| variable.scope == Scope::Module);
    heads
        .filter_map(|variable| {
            let call = Call::of(&definitions.exprs, variable.value?)?;
            of_call(source.names, call, variable.name.clone())
        })
        .collect()
}

/// `Table("orders", metadata, Column("id", Integer, primary_key=True), …)`
pub(super) fn of_call(names: &Names<'_>, call: Call<'_>, variable: Name) -> Option<Table> {
    let exprs = call.exprs;
    if call.name()? != "Table" {
        return None;
    }
    let mut values = call.positional();
    let name = string(exprs, values.next()?)?.clone();
    let columns = values.filter_map(|value| {
        let column = Call::of(exprs, value)?;
        if column.name()? != "Column" {
            return None;
        }
        let name = string(exprs, column.positional().next()?)?.clone();
        let (column, key) = alchemy::column(names, column);
        Some((name, column, key))
    });
    Some(Table { variable, name, columns: columns.collect() })
}

/// `{"orders": relationship(Order), "_number": order_table.c.number}`
pub(super) fn properties(names: &Names<'_>, exprs: &ExprArena, id: ExprId) -> Vec<(Name, Declaration)> {
    let Expr::Dict(entries) = &exprs[id] else { return Vec::new() };
    let declared = entries.iter().filter_map(|(key, value)| {
        let name = string(exprs, (*key)?)?.clone();
        let declaration = match value::declaration(names, exprs, None, Some(*value)) {
            Some((declaration, _)) => declaration,
            None => super::class::plain_column(),
        };
        Some((name, declaration))
    });
    declared.collect()
}

/// The mapping declared by `map_imperatively(Order, order_table, properties={…})`, or by the legacy `mapper(…)`.
pub(super) fn mapping(names: &Names<'_>, call: Call<'_>) -> Option<crate::orm::declared::Imperative> {
    let exprs = call.exprs;
    let mut values = call.positional();
    let class = call.keyword("class_").or_else(|| values.next())?;
    let class = names.target(&exprs.dotted(class)?);
    let table = call.keyword("local_table").or_else(|| values.next());
    let table = table.and_then(|it| exprs[it].last_name()).cloned();
    let properties = call.keyword("properties").map(|it| properties(names, exprs, it)).unwrap_or_default();
    Some(crate::orm::declared::Imperative { class, table, properties: properties.into() })
}
