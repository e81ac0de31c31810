//! State that is kept in memory by a program with several processes.

use std::collections::BTreeMap;

use libraries::Job;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Count, Evidence, Launch, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "state-in-memory",
    area: Area::Performance,
    title: "State in memory and several processes",
    docs: include_str!("state_in_memory.md"),
    asvs: None,
    factor: Some(6),
    run,
};

/// State that processes don't share.
struct Kept {
    name: String,
    what: &'static str,
    place: Place,
    cure: Option<(&'static str, String)>,
}

/// Commands, with the number of processes of each.
type Started<'e> = Vec<(&'e Launch, Count)>;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    // Without duplicates, with all commands that start several processes of it.
    let mut found: BTreeMap<Place, (Kept, Started<'_>)> = BTreeMap::new();
    for (launch, module) in evidence.started().filter(|(launch, _)| launch.job == Job::Web) {
        let counts = evidence.processes(launch);
        let Some(count) = counts.into_iter().next() else { continue };
        for at in evidence.reached(module) {
            for kept in kept(evidence, at) {
                let entry = found.entry(kept.place.clone()).or_insert_with(|| (kept, Vec::new()));
                entry.1.push((launch, count.clone()));
            }
        }
    }
    for (kept, started) in found.into_values() {
        let Some((launch, count)) = started.first() else { continue };
        let service = &evidence.service(launch).name;
        let text = format!(
            "`{}` {}, and `{service}` runs `{}` with {}: each process has its own.",
            kept.name,
            kept.what,
            launch.name(),
            count.words
        );
        let claim = out.contradiction(Level::High, &[&kept.place.path, &kept.name], text);
        claim.at(kept.place.clone());
        for (_, count) in &started {
            claim.at(Place::from(&count.at).note(count.words.clone()));
        }
        match kept.cure {
            Some((language, example)) => {
                claim.recommend(format!("Keep what `{}` counts where all processes see it.", kept.name));
                claim.example(language, example);
            }
            None => {
                claim.recommend(format!(
                    "Keep `{}` in a store that all processes of `{service}` share, or run one process and say so beside \
                     `{}`.",
                    kept.name, count.words
                ));
            }
        }
    }
}

/// The state that a module keeps in memory.
fn kept(evidence: &Evidence, at: usize) -> Vec<Kept> {
    let source = &evidence.sources[at];
    let mut found: Vec<Kept> = Vec::new();
    for finding in evidence.findings.iter().filter(|it| it.source == at && it.rule == "shared-mutable-state")
    {
        let Some(name) = finding.message.split('`').nth(1) else { continue };
        found.push(Kept {
            name: name.to_owned(),
            what: "is changed while requests are answered",
            place: finding.place.clone(),
            cure: None,
        });
    }
    for call in source.calls.iter().filter(|it| it.function.is_none()) {
        let called = &call.called;
        let is_limiter = called.is("slowapi", "Limiter") || called.is("flask_limiter", "Limiter");
        // A limiter that is off by default has no effect.
        let is_on = called.keyword("enabled").is_none_or(|it| *it == Value::Bool(true));
        let storage = called.keyword("storage_uri");
        let is_in_memory = storage.is_none_or(|it| it.text().is_some_and(|text| text.starts_with("memory:")));
        // Flask's may be set in the application's configuration. All files are asked, so only of a limiter.
        let is_told = || {
            evidence.sources.iter().any(|it| {
                it.assignments
                    .iter()
                    .any(|it| it.name == "RATELIMIT_STORAGE_URI" || it.name == "RATELIMIT_STORAGE_URL")
            }) || evidence.files.iter().any(|it| it.text.contains("RATELIMIT_STORAGE"))
        };
        if is_limiter && is_on && is_in_memory && !called.has_hidden_arguments() && !is_told() {
            let name = call.bound_to.as_deref().unwrap_or("limiter");
            found.push(Kept {
                name: name.to_owned(),
                what: "counts requests in memory",
                place: Place::new(source.path.clone(), call.line),
                cure: Some(("python", format!("{name} = Limiter(..., storage_uri=settings.redis_url)"))),
            });
        }
    }
    found
}
