//! `print` while requests are answered or tasks are worked off.

use std::collections::BTreeSet;

use flow::ways::Reached;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "prints",
    area: Area::Observability,
    title: "What happens is logged",
    docs: include_str!("prints.md"),
    asvs: Some("V16 Security Logging and Error Handling"),
    factor: Some(11),
    run,
};

/// Limit on the places shown.
const SHOWN: usize = 4;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut found: Vec<(String, Place)> = Vec::new();
    for (source, call) in evidence.calls() {
        let function = call.function.as_deref().and_then(|it| source.function(it));
        let is_asked = function
            .is_some_and(|it| matches!(it.reached, Some(Reached::Listed | Reached::Route | Reached::Task)));
        let is_print =
            call.called.callee.as_deref() == Some("builtins.print") && call.called.keyword("file").is_none();
        if is_asked && is_print {
            let name = function.map_or_else(String::new, |it| it.name.clone());
            found.push((name, Place::new(source.path.clone(), call.line)));
        }
    }
    let Some((who, _)) = found.first() else { return };
    let files: BTreeSet<&String> = found.iter().map(|(_, place)| &place.path).collect();
    let text = match found.len() {
        1 => format!("`{who}` prints while it answers: the line has no time, no level and no request."),
        count => format!(
            "{count} calls of `print` in {} run while requests or tasks are worked on, as in `{who}`: their lines have no time, no level \
             and no request.",
            if files.len() == 1 {
                format!("`{}`", found[0].1.path)
            } else {
                format!("{} files", files.len())
            }
        ),
    };
    let count = files.len();
    let claim = out.presence(Level::Low, &["print"], text);
    for (_, place) in found.iter().take(SHOWN) {
        claim.at(place.clone());
    }
    claim.files(count);
    claim.recommend(format!("Log what `{who}` prints, with a level."));
}
