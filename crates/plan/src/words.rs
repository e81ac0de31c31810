//! What is said of a dependency that goes: why, and how to do it.

use std::collections::BTreeMap;

use view::wording;

use crate::facts::{Facts, Pair};
use crate::steps::{Edit, Place};
use crate::ways::{Way, ways};

/// How a dependency is taken out by hand.
pub(crate) fn edit(facts: &Facts, pair: Pair, root: Option<&str>) -> Option<Edit> {
    let architecture = &facts.architecture;
    let (from, to) = (architecture.modules.get(pair.0 as usize)?, architecture.modules.get(pair.1 as usize)?);
    let imports = architecture.imports.iter();
    let behind = imports.filter(|import| (import.from, import.to) == pair && report::deps::runs(import));
    let imports = behind.map(|import| Place {
        file: from.path.to_string(),
        line: import.line,
        when: import.when.into(),
        names: import.names.clone(),
    });
    let ways = ways(facts, pair);
    let advice = advice(&ways, (&from.name, from.is_package), &to.name, root);
    let ways = ways.into_iter();
    Some(Edit {
        importer: from.name.clone(),
        imported: to.name.clone(),
        ways: ways.map(|(way, names)| (way, names.into_iter().map(str::to_owned).collect())).collect(),
        advice,
        imports: imports.collect(),
        pair,
    })
}

fn advice(
    ways: &BTreeMap<Way, Vec<&str>>,
    (from, is_package): (&str, bool),
    to: &str,
    root: Option<&str>,
) -> String {
    let sentences: Vec<String> = ways
        .iter()
        .map(|(way, names)| {
            let names: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
            let shown = if names.is_empty() { format!("`{to}`") } else { wording::codes(&names) };
            sentence(*way, &shown, (from, is_package), to, root)
        })
        .collect();
    if sentences.is_empty() {
        sentence(Way::Unused, &format!("`{to}`"), (from, is_package), to, root)
    } else {
        sentences.join("; ")
    }
}

fn sentence(way: Way, names: &str, (from, is_package): (&str, bool), to: &str, root: Option<&str>) -> String {
    let home = if is_package { from } else { from.rsplit_once('.').map_or(from, |(package, _)| package) };
    match way {
        Way::Unused if is_package => {
            format!("`{from}` only hands on {names}: let whoever wants it import it from `{to}`")
        }
        Way::Unused => format!(
            "`{from}` uses nothing of {names}: take the import out, or, if it is there for what happens as `{to}` is loaded, \
             import it in {}",
            root.map_or_else(|| "the module that starts the program".to_owned(), |root| format!("`{root}`"))
        ),
        Way::Types => format!("only annotations need {names}: import it under `if TYPE_CHECKING:`"),
        Way::Event => {
            format!("{names} is only started: publish an event in `{home}` that `{to}` subscribes to")
        }
        Way::Down => format!("move {names}, with what it needs, into `{home}` and import it there from `{to}`"),
        Way::Port => format!(
            "declare what `{from}` uses of {names} as a Protocol in `{home}`, take it as a parameter, and hand in `{to}`'s{}",
            root.map_or_else(String::new, |root| format!(" in `{root}`"))
        ),
    }
}
