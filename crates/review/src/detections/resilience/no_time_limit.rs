//! Calls that wait for somebody else without end.

use std::collections::{BTreeMap, BTreeSet};

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "no-time-limit",
    area: Area::Resilience,
    title: "Calls of others have a time limit",
    docs: include_str!("no_time_limit.md"),
    asvs: None,
    factor: None,
    run,
};

/// Limit on the places shown.
const SHOWN: usize = 5;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut open: BTreeMap<String, Vec<(Option<String>, Place)>> = BTreeMap::new();
    let mut limited: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (source, call) in evidence.calls() {
        let called = &call.called;
        let Some(callee) = called.callee.as_deref() else { continue };
        let Some(Caution::Waits(limits)) = caution(callee) else { continue };
        let package = callee.split('.').next().unwrap_or(callee).to_owned();
        let place = Place::new(source.path.clone(), call.line);
        let said = limits.iter().find_map(|it| called.keyword(it));
        let is_open = said.is_none_or(|it| *it == crate::evidence::Value::None);
        // The third argument of these is the time limit as well.
        let is_positional = called.positional(2).is_some() && !package.starts_with("requests");
        if !is_open || is_positional {
            limited.entry(package).or_default().push(place);
        } else if !called.has_hidden_arguments() {
            open.entry(package).or_default().push((call.function.clone(), place));
        }
    }
    for (package, places) in &limited {
        if open.contains_key(package) {
            continue;
        }
        let Some(first) = places.first() else { continue };
        let text = match places.len() {
            1 => format!("The call of `{package}` in `{}` has a time limit.", first.path),
            2 => format!("Both calls of `{package}` have a time limit."),
            count => format!("All {count} calls of `{package}` have a time limit."),
        };
        out.fine(&[package], text).at(first.clone());
    }
    for (package, all) in open {
        let Some((who, first)) = all.first() else { continue };
        let who = who.clone().unwrap_or_else(|| first.path.clone());
        let files: BTreeSet<&String> = all.iter().map(|(_, place)| &place.path).collect();
        let others = limited.get(&package).map_or(0, Vec::len);
        let beside = if others > 0 { format!("; {others} have one") } else { String::new() };
        let text = match all.len() {
            1 => format!(
                "`{who}` waits for `{package}` without a time limit{beside}: a peer that doesn't answer keeps it for ever."
            ),
            count => format!(
                "{count} calls of `{package}` in {} wait without a time limit, as in `{who}`{beside}: a peer that doesn't answer \
                 keeps them for ever.",
                if files.len() == 1 { format!("`{}`", first.path) } else { format!("{} files", files.len()) }
            ),
        };
        let count = files.len();
        let claim = out.presence(Level::Medium, &[&package], text);
        for (_, place) in all.iter().take(SHOWN) {
            claim.at(place.clone());
        }
        claim.files(count);
        claim.recommend(format!(
            "Give the call in `{who}` a `timeout`, and decide what `{who}` does when it ends."
        ));
    }
}
