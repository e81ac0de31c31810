//! Reads `[[interfaces]]`.

use crate::NamePattern;
use crate::problem::Problems;
use crate::reader::{Dialect, Reader, Text};

use super::project::TachInterface;

/// Reads `[[interfaces]]`.
pub(super) fn read(reader: &mut Reader<'_>) -> Vec<TachInterface> {
    let problems = reader.problems;
    let tables = reader.tables("interfaces", "[[interfaces]]");
    tables.into_iter().map(|table| interface(Reader::new(table, problems, reader.dialect))).collect()
}

fn interface(mut reader: Reader<'_>) -> TachInterface {
    let problems = reader.problems;
    let expose = reader.strings("expose").unwrap_or_default();
    let from = reader.strings("from");
    let visibility = reader.strings("visibility");
    let exclusive = reader.boolean("exclusive").unwrap_or(false);
    if reader.dialect == Dialect::Foreign
        && let Some(types) = reader.string("data-types")
        && types.text != "all"
    {
        problems.warning(types.span, "the types of exposed data are not checked here");
    }
    reader.finish("an interface");
    let mut exposed: Vec<NamePattern> = expose.iter().filter_map(|text| pattern(*text, problems)).collect();
    if exposed.len() < expose.len() {
        // The intended pattern is unknown, so everything counts as exposed to avoid false findings.
        exposed.extend(NamePattern::regex(".*"));
    }
    let from = match from {
        Some(from) => from.into_iter().filter_map(|text| pattern(text, problems)).collect(),
        None => NamePattern::regex(".*").into_iter().collect(),
    };
    let visibility = visibility.map(|list| list.into_iter().map(|who| who.text.into()).collect());
    TachInterface { expose: exposed, from, visibility, exclusive }
}

fn pattern(text: Text<'_>, problems: &Problems) -> Option<NamePattern> {
    NamePattern::regex(text.text).map_err(|reason| problems.error(text.span, reason)).ok()
}
