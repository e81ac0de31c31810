//! Libraries that the code uses, and that its tracing leaves out.

use libraries::{instruments, is_of};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "tracing-incomplete",
    area: Area::Observability,
    title: "What is traced is traced whole",
    docs: include_str!("tracing_incomplete.md"),
    asvs: None,
    factor: Some(11),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    // A program, or one call, that traces all.
    let is_whole = evidence.files.iter().any(|it| it.text.contains("opentelemetry-instrument"))
        || evidence.calls().any(|(_, it)| it.called.method.contains("auto_instrument"));
    let used_at = |name: &str| {
        evidence.code().find_map(|source| {
            let is_used = source.outside.iter().any(|it| is_of(it, name));
            let call = || {
                source
                    .calls
                    .iter()
                    .find(|it| it.called.method.starts_with("instrument"))
                    .map_or(1, |it| it.line)
            };
            is_used.then(|| Place::new(source.path.clone(), call()))
        })
    };
    let traced = instruments().iter().filter_map(|(library, module)| Some((*library, used_at(module)?)));
    let traced: Vec<(&str, Place)> = traced.collect();
    let Some((first, place)) = traced.first().filter(|_| !is_whole) else { return };
    let mut open: Vec<(&str, Vec<&str>)> = Vec::new();
    for (library, _) in instruments() {
        let is_same = |other: &&str| other.starts_with(library) || library.starts_with(*other);
        if traced.iter().any(|(it, _)| is_same(it)) {
            continue;
        }
        let users: Vec<&str> = evidence
            .code()
            .filter(|it| it.needs.keys().any(|full| is_of(full, library)))
            .map(|it| it.path.as_str())
            .collect();
        if !users.is_empty() {
            open.push((*library, users));
        }
    }
    let Some((library, users)) = open.first() else {
        let names: Vec<String> = traced.iter().map(|(name, _)| format!("`{name}`")).collect();
        let text = format!("Tracing covers {}, all that is used here and can be traced.", names.join(", "));
        out.fine(&["traces"], text).at(place.clone());
        return;
    };
    let said = |(library, users): &(&str, Vec<&str>)| match users.as_slice() {
        [only] => format!("`{library}` (`{only}`)"),
        all => format!("`{library}` ({} modules)", all.len()),
    };
    let names: Vec<String> = open.iter().map(said).collect();
    let text =
        format!("Traces follow `{first}` and end at {}: what is slow there isn't seen.", names.join(", "));
    let user = users.first().copied().unwrap_or_default().to_owned();
    let library = (*library).to_owned();
    let claim = out.contradiction(Level::Low, &["traces"], text);
    claim.at(place.clone()).at(Place::new(user, 1));
    claim.recommend(format!("Trace `{library}` where `{first}` is traced, in `{}`.", place.path));
}
