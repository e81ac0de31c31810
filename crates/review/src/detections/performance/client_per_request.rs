//! HTTP clients that each request makes anew.

use flow::ways::Reached;
use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "client-per-request",
    area: Area::Performance,
    title: "Connections are kept between requests",
    docs: include_str!("client_per_request.md"),
    asvs: None,
    factor: None,
    run,
};

/// Limit on the places shown.
const SHOWN: usize = 4;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut found: Vec<(String, String, Place)> = Vec::new();
    for (source, call) in evidence.calls() {
        if call.called.callee.as_deref().and_then(caution) != Some(Caution::HttpClient) {
            continue;
        }
        let Some(function) = call.function.as_deref().and_then(|it| source.function(it)) else { continue };
        let is_asked = matches!(function.reached, Some(Reached::Listed | Reached::Route));
        // What a condition makes once, or an instance keeps, is shared; so is what a decorator remembers.
        let is_kept = (call.bound_to.is_some() && !call.blocks.is_empty())
            || function.short() == "__init__"
            || function.decorators.iter().any(remembers);
        if is_asked && !is_kept {
            let what = call.called.written.clone().unwrap_or_else(|| call.called.method.to_string());
            found.push((function.name.clone(), what, Place::new(source.path.clone(), call.line)));
        }
    }
    let Some((who, what, _)) = found.first() else { return };
    let text = match found.len() {
        1 => format!(
            "`{who}` makes a new `{what}` for each request: a connection and its encryption are set up each time."
        ),
        count => format!(
            "{count} places on the way of requests make a new client each time, as `{who}` its `{what}`: a connection and its \
             encryption are set up for each."
        ),
    };
    let claim = out.presence(Level::Low, &["clients"], text);
    for (_, _, place) in found.iter().take(SHOWN) {
        claim.at(place.clone());
    }
    claim.files(found.len());
    claim.recommend(format!(
        "Make one `{what}` when the program starts, close it at the end, and hand it to `{who}`."
    ));
}

/// Whether a decorator keeps what a function returns.
fn remembers(decorator: &Value) -> bool {
    let name = match decorator {
        Value::Name(name) => Some(name.as_str()),
        Value::Call(call) => call.callee.as_deref(),
        _ => None,
    };
    name.is_some_and(|it| matches!(caution(it), Some(Caution::Cache(_))))
}
