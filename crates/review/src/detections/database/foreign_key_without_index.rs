//! Foreign keys of SQLAlchemy that no index begins with.

use std::collections::BTreeSet;

use model::Orm;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Assignment, Called, Evidence, Index, Source, Table, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "foreign-key-without-index",
    area: Area::Database,
    title: "Foreign keys have an index",
    docs: include_str!("foreign_key_without_index.md"),
    asvs: None,
    factor: None,
    run,
};

/// Limit on the places shown.
const SHOWN: usize = 5;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    // MySQL makes an index for each foreign key.
    let has_mysql = evidence
        .locked
        .packages
        .keys()
        .any(|it| it.to_ascii_uppercase().contains("MYSQL") || it == "asyncmy");
    if has_mysql {
        return;
    }
    let migrated = evidence.migrated_indexes();
    let (mut keys, mut open) = (0, Vec::new());
    for table in evidence.tables.iter().filter(|it| it.orm != Orm::Django) {
        let source = &evidence.sources[table.source];
        let Some(first) = indexed(&migrated, source, table) else { continue };
        for (column, said) in
            of_class(source, &table.class).filter_map(|it| Some((it, it.value.as_ref()?.call()?)))
        {
            if !refers(said) {
                continue;
            }
            keys += 1;
            let name = said.positional(0).and_then(Value::text).unwrap_or(&column.name);
            let is_on = |key: &str| said.keyword(key).is_some_and(|it| *it != Value::Bool(false));
            let has_one =
                is_on("index") || is_on("unique") || is_on("primary_key") || said.has_hidden_arguments();
            if !has_one && !first.contains(name) && !first.contains(column.name.as_str()) {
                open.push((
                    format!("{}.{}", table.class, column.name),
                    Place::new(source.path.clone(), column.line),
                ));
            }
        }
    }
    let Some((name, _)) = open.first() else { return };
    let text = match open.len() {
        1 => format!(
            "The foreign key `{name}` has no index: a join or a delete of what it refers to reads the whole table."
        ),
        count => format!(
            "{count} of the {keys} foreign keys of classes with a table of their own have no index, as `{name}`: a join or a delete of what they refer to reads the whole table."
        ),
    };
    let column = name.rsplit('.').next().unwrap_or(name).to_owned();
    let claim = out.presence(Level::Low, &["foreign keys"], text);
    claim.recommend(format!("Add an index to `{name}`, unless its table stays small."));
    claim.example("python", format!("{column} = mapped_column(ForeignKey(...), index=True)"));
    let files: BTreeSet<&String> = open.iter().map(|(_, place)| &place.path).collect();
    claim.files(files.len());
    for (name, place) in open.iter().take(SHOWN) {
        claim.at(place.clone().note(format!("`{name}`")));
    }
}

fn of_class<'s>(source: &'s Source, class: &'s str) -> impl Iterator<Item = &'s Assignment> {
    source.assignments.iter().filter(move |it| it.class.as_deref() == Some(class))
}

/// Whether a column has a foreign key.
fn refers(column: &Called) -> bool {
    let is_key = |it: &Value| it.call().is_some_and(|it| it.method == "ForeignKey");
    let is_column = matches!(column.method.as_str(), "Column" | "mapped_column" | "Field");
    is_column
        && (column.arguments.iter().any(|(_, it)| is_key(it)) || column.keyword("foreign_key").is_some())
}

/// The columns that an index, a key or a constraint of a table begins with, by attribute or name; `None` if that isn't
/// written here.
fn indexed(migrated: &[Index], source: &Source, table: &Table) -> Option<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    if source.function(&format!("{}.__table_args__", table.class)).is_some() {
        return None;
    }
    if let Some(said) = of_class(source, &table.class).find(|it| it.name == "__table_args__") {
        let Some(Value::List(items)) = &said.value else { return None };
        for call in items.iter().filter_map(Value::call) {
            // The first text of an index is its name.
            let skipped = usize::from(call.method == "Index");
            found.extend(call.positional(skipped).and_then(column));
        }
    }
    let beside = source.calls.iter().filter(|it| it.called.method == "Index" && it.function.is_none());
    found.extend(beside.filter_map(|it| it.called.positional(1)).filter_map(column));
    found.extend(migrated.iter().filter(|it| it.table == table.name).map(|it| it.first.clone()));
    Some(found)
}

/// The name of a column in an index: `"customer_id"`, `Order.customer_id`.
fn column(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Name(name) => name.rsplit('.').next().map(str::to_owned),
        Value::Call(call) => call.positional(0).and_then(column),
        _ => None,
    }
}
