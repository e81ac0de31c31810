//! Any error, caught and forgotten while a request is answered.

use std::collections::BTreeSet;

use flow::ways::Reached;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "error-swallowed",
    area: Area::Resilience,
    title: "Errors leave a trace",
    docs: include_str!("error_swallowed.md"),
    asvs: Some("V16 Security Logging and Error Handling"),
    factor: None,
    run,
};

/// Limit on the places shown.
const SHOWN: usize = 4;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut found: Vec<(String, Place)> = Vec::new();
    for source in evidence.code() {
        for handler in source.handlers.iter().filter(|it| it.is_broad && it.is_empty) {
            let Some(function) = handler.function.as_deref().and_then(|it| source.function(it)) else {
                continue;
            };
            if matches!(function.reached, Some(Reached::Listed | Reached::Route | Reached::Task)) {
                found.push((function.name.clone(), Place::new(source.path.clone(), handler.line)));
            }
        }
    }
    let Some((who, _)) = found.first() else { return };
    let files: BTreeSet<&String> = found.iter().map(|(_, place)| &place.path).collect();
    let text = match found.len() {
        1 => format!("`{who}` catches any exception and forgets it: a fault there is never seen."),
        count => format!(
            "{count} blocks in {} catch any exception and forget it while requests or tasks are worked on, as in `{who}`: faults there \
             are never seen.",
            if files.len() == 1 {
                format!("`{}`", found[0].1.path)
            } else {
                format!("{} files", files.len())
            }
        ),
    };
    let count = files.len();
    let claim = out.presence(Level::Low, &["swallowed"], text);
    for (_, place) in found.iter().take(SHOWN) {
        claim.at(place.clone());
    }
    claim.files(count);
    claim.recommend(format!("Catch in `{who}` only what it expects, or log the exception."));
}
