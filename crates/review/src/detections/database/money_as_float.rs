//! Columns of money that are floating point numbers.

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "money-as-float",
    area: Area::Database,
    title: "Money is kept exactly",
    docs: include_str!("money_as_float.md"),
    asvs: None,
    factor: None,
    run,
};

/// Words of columns of money.
const MONEY: &[&str] =
    &["price", "amount", "total", "subtotal", "cost", "balance", "fee", "salary", "discount", "tax"];

/// Words beside which they are about something else.
const OTHER: &[&str] = &[
    "rate",
    "percent",
    "percentage",
    "ratio",
    "score",
    "count",
    "hours",
    "minutes",
    "seconds",
    "time",
    "size",
    "weight",
    "tokens",
    "bytes",
    "units",
    "duration",
    "distance",
    "factor",
];

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut found = Vec::new();
    for table in &evidence.tables {
        let source = &evidence.sources[table.source];
        let of_it = source.assignments.iter().filter(|it| it.class.as_deref() == Some(&table.class));
        for column in of_it {
            let words: Vec<&str> = column.name.split('_').collect();
            let is_money =
                words.iter().any(|it| MONEY.contains(it)) && !words.iter().any(|it| OTHER.contains(it));
            let is_float = column.value.as_ref().and_then(Value::call).is_some_and(|call| {
                let is_it = |it: &Value| {
                    matches!(it, Value::Name(name) if is_float(name))
                        || it.call().and_then(|it| it.callee.as_deref()).is_some_and(is_float)
                };
                call.callee.as_deref().is_some_and(is_float) || call.arguments.iter().any(|(_, it)| is_it(it))
            });
            if is_money && is_float {
                found.push((
                    format!("{}.{}", table.class, column.name),
                    Place::new(source.path.clone(), column.line),
                ));
            }
        }
    }
    let Some((first, _)) = found.first() else { return };
    let names: Vec<String> = found.iter().take(3).map(|(name, _)| format!("`{name}`")).collect();
    let more = if found.len() > 3 { format!(" and {} more", found.len() - 3) } else { String::new() };
    let verb = if found.len() == 1 { "is a floating point number" } else { "are floating point numbers" };
    let text = format!("{}{more} {verb}: sums of them are off by fractions that add up.", names.join(", "));
    let claim = out.presence(Level::Medium, &["money"], text);
    for (_, place) in found.iter().take(3) {
        claim.at(place.clone());
    }
    claim.recommend(format!("Keep `{first}` as a decimal number with as many places as its currency has."));
}

fn is_float(name: &str) -> bool {
    caution(name) == Some(Caution::FloatColumn)
}
