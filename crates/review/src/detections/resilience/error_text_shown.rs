//! The text of any error, sent to whoever asks.

use std::collections::BTreeSet;

use libraries::{Caution, Kind, caution, kind};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "error-text-shown",
    area: Area::Resilience,
    title: "Errors tell clients what concerns them",
    docs: include_str!("error_text_shown.md"),
    asvs: Some("V16 Security Logging and Error Handling"),
    factor: None,
    run,
};

/// Limit on the places shown.
const SHOWN: usize = 5;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut found: Vec<(String, Place)> = Vec::new();
    for (source, call) in evidence.calls() {
        if shows(source, call) {
            let who = call.function.clone().unwrap_or_else(|| source.path.clone());
            found.push((who, Place::new(source.path.clone(), call.line)));
        }
    }
    let Some((who, _)) = found.first() else { return };
    let files: BTreeSet<&String> = found.iter().map(|(_, place)| &place.path).collect();
    let text = match found.len() {
        1 => format!(
            "`{who}` sends the text of any exception to its client: names of tables, hosts and files are in it."
        ),
        count => format!(
            "{count} places in {} send the text of any exception to the client, as `{who}`: names of tables, hosts and files are in it.",
            if files.len() == 1 {
                format!("`{}`", found[0].1.path)
            } else {
                format!("{} files", files.len())
            }
        ),
    };
    let count = files.len();
    let claim = out.presence(Level::Medium, &["error texts"], text);
    for (_, place) in found.iter().take(SHOWN) {
        claim.at(place.clone());
    }
    claim.files(count);
    claim.recommend(format!("Log the exception in `{who}`, and answer with a text of your own; or catch only what `{who}` expects."));
}

/// Whether a call answers with the text of an exception that may be any.
fn shows(source: &Source, call: &Call) -> bool {
    let names = source.handlers_around(call).filter(|it| it.is_broad).filter_map(|it| it.name.as_deref());
    let names: Vec<&str> = names.collect();
    let Some(callee) = call.called.callee.as_deref().filter(|_| !names.is_empty()) else { return false };
    let mentions = |value: &Value| names.iter().any(|name| mentions(value, name));
    if let Some(Caution::ErrorAnswer(keys, at)) = caution(callee) {
        let shown = keys.iter().find_map(|it| call.called.keyword(it)).or_else(|| call.called.positional(at));
        return shown.is_some_and(mentions);
    }
    let is_answer = matches!(call.called.method.as_str(), "JSONResponse" | "jsonify");
    is_answer && kind(callee) == Some(Kind::Web) && call.called.arguments.iter().any(|(_, it)| mentions(it))
}

/// Whether a value holds the text of a variable.
fn mentions(value: &Value, name: &str) -> bool {
    match value {
        Value::Name(it) => it == name,
        Value::Joined(_, values) => values.iter().any(|it| mentions(it, name)),
        Value::Call(call) if matches!(call.method.as_str(), "str" | "repr") => {
            call.positional(0).is_some_and(|it| mentions(it, name))
        }
        Value::Dict(entries) => entries.iter().any(|(_, it)| mentions(it, name)),
        _ => false,
    }
}
