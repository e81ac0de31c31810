//! Columns of times with a zone beside others without one.

use libraries::{Caution, caution};
use model::Orm;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "time-zones-disagree",
    area: Area::Database,
    title: "Times have a zone everywhere, or nowhere",
    docs: include_str!("time_zones_disagree.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let (mut zoned, mut plain) = (Vec::new(), Vec::new());
    for table in evidence.tables.iter().filter(|it| it.orm != Orm::Django) {
        let source = &evidence.sources[table.source];
        let of_it = source.assignments.iter().filter(|it| it.class.as_deref() == Some(&table.class));
        for column in of_it {
            let Some(call) = column.value.as_ref().and_then(Value::call) else { continue };
            let Some(has_zone) = call.arguments.iter().find_map(|(_, it)| has_zone(it)) else { continue };
            let place = Place::new(source.path.clone(), column.line);
            let list = if has_zone { &mut zoned } else { &mut plain };
            list.push((format!("{}.{}", table.class, column.name), place));
        }
    }
    let (Some((with, with_at)), Some((without, without_at))) = (zoned.first(), plain.first()) else { return };
    let columns = |count: usize| if count == 1 { "1 column".to_owned() } else { format!("{count} columns") };
    let text = format!(
        "{} of models have times with a zone, as `{with}`, and {} have none, as `{without}`: comparing the two in Python \
         raises, and a time without a zone means what its writer's clock did.",
        columns(zoned.len()),
        columns(plain.len())
    );
    let claim = out.contradiction(Level::Medium, &["zones"], text);
    // The fewer are changed.
    let order = if zoned.len() < plain.len() { [with_at, without_at] } else { [without_at, with_at] };
    for place in order {
        claim.at(place.clone());
    }
    claim.recommend(format!(
        "Give `{without}` a zone, and let its revision say which one the kept times are in."
    ));
    claim.example("python", "mapped_column(DateTime(timezone=True))");
}

/// Whether the type of a column of times has a zone; `None` if it is another type.
fn has_zone(value: &Value) -> Option<bool> {
    let is_time = |name: &str| caution(name) == Some(Caution::TimeColumn);
    match value {
        Value::Name(name) => is_time(name).then_some(false),
        Value::Call(call) if call.callee.as_deref().is_some_and(is_time) => match call.keyword("timezone") {
            Some(Value::Bool(has)) => Some(*has),
            Some(_) => None,
            None => call.arguments.is_empty().then_some(false),
        },
        _ => None,
    }
}
