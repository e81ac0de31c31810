//! Drivers of databases that nobody imports: a URL names them, or the project asks for them beside what loads them.

use std::collections::BTreeMap;

use crate::evidence::{Evidence, Value, normalized};

/// The drivers, by distribution, with the file that names one in a URL.
pub(super) fn named(evidence: &Evidence) -> BTreeMap<String, Option<String>> {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (path, url) in urls(evidence) {
        let driver = url.split_once("://").and_then(|(scheme, _)| scheme.split_once('+'));
        if let Some((_, driver)) = driver.filter(|(_, it)| libraries::is_named_driver(it)) {
            found.entry(normalized(driver)).or_insert_with(|| Some(path.to_owned()));
        }
    }
    let is_for_it = |name: &python::Name| libraries::kind(name) == Some(libraries::Kind::Orm);
    if evidence.code().any(|it| it.outside.iter().any(is_for_it)) {
        let is_asked_for =
            |all: &&[crate::evidence::Package]| all.iter().any(|it| !it.is_locked && it.group.is_none());
        for (name, all) in &evidence.locked.packages {
            if libraries::is_named_driver(name) && is_asked_for(&all.as_slice()) {
                found.entry(name.clone()).or_default();
            }
        }
    }
    found
}

/// The texts of the code's own calls and constants, with their files.
fn urls(evidence: &Evidence) -> impl Iterator<Item = (&str, &str)> {
    let given = evidence.calls().flat_map(|(source, call)| {
        call.called.arguments.iter().map(move |(_, value)| (source.path.as_str(), value))
    });
    let kept = evidence.code().flat_map(|source| {
        source.assignments.iter().filter_map(move |it| Some((source.path.as_str(), it.value.as_ref()?)))
    });
    given.chain(kept).filter_map(|(path, value)| match value {
        Value::Text(text) => Some((path, text.as_str())),
        Value::Joined(parts, _) => Some((path, parts.first()?.as_str())),
        _ => None,
    })
}
