//! Tables that the program creates when it starts, although there are migrations.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "created-beside-migrations",
    area: Area::Database,
    title: "Only migrations make tables",
    docs: include_str!("created_beside_migrations.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let Some(revision) = evidence.revisions.iter().find_map(|it| it.list.first()) else { return };
    let running = evidence.running();
    for at in running {
        let source = &evidence.sources[at];
        if source.role != model::PathRole::Code {
            continue;
        }
        // A condition may hold for tests and development only.
        let Some(call) =
            source.calls.iter().find(|it| creates(it) && it.blocks.is_empty() && runs(evidence, at, it))
        else {
            continue;
        };
        let who =
            call.function.as_deref().map_or_else(|| format!("`{}`", source.path), |it| format!("`{it}`"));
        let text = format!(
            "{who} creates all tables of the models when the program starts, and {} revisions make them too: which of both a \
             database has depends on what ran first.",
            evidence.revisions.iter().map(|it| it.list.len()).sum::<usize>()
        );
        let claim = out.contradiction(Level::Medium, &[&source.path], text);
        claim.at(Place::new(source.path.clone(), call.line)).at(revision.place.clone());
        claim.recommend(format!("Leave the tables to the revisions: take `create_all` out of {who}."));
    }
}

fn creates(call: &Call) -> bool {
    let is_it = |name: &str| name.ends_with("metadata.create_all");
    let is_handed = call.called.method == "run_sync"
        && matches!(call.called.positional(0), Some(Value::Name(name)) if is_it(name));
    is_handed || call.called.written.as_deref().is_some_and(is_it)
}

/// Whether a call runs at start: at the top level, or in a function that runs then or is called there.
fn runs(evidence: &Evidence, at: usize, call: &Call) -> bool {
    let Some(name) = call.function.as_deref() else { return true };
    let source = &evidence.sources[at];
    let full = format!("{}.{name}", source.name);
    let is_reached = source.function(name).is_some_and(|it| it.reached.is_some());
    is_reached
        || evidence
            .calls()
            .any(|(_, it)| it.function.is_none() && it.called.callee.as_deref() == Some(full.as_str()))
        || evidence.calls().any(|(_, it)| {
            it.called.arguments.iter().any(|(key, value)| {
                key.as_deref() == Some("lifespan") && matches!(value, Value::Name(it) if *it == full)
            })
        })
}
