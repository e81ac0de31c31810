//! HTTP clients that each request makes anew.

use flow::ways::Reached;
use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Called, Evidence, Function, Source, Value};

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
    let calls = evidence.call_graph();
    let mut found: Vec<(String, String, Place)> = Vec::new();
    let mut is_encrypted = false;
    for (source, call) in evidence.calls() {
        if call.called.callee.as_deref().and_then(caution) != Some(Caution::HttpClient) {
            continue;
        }
        let Some(function) = call.function.as_deref().and_then(|it| source.function(it)) else { continue };
        let is_asked = matches!(function.reached, Some(Reached::Listed | Reached::Route));
        // What a condition makes once, or an instance keeps, is shared; so is what a decorator remembers.
        let is_kept = (call.bound_to.is_some() && !call.blocks.is_empty())
            || call.is_stored
            || function.short() == "__init__"
            || function.decorators.iter().any(remembers);
        // A library that is handed the function owns what it returns, and closes it.
        let is_owned =
            call.is_returned && calls.callers(function.id).is_empty() && !is_dependency(evidence, function);
        if is_asked && !is_kept && !is_owned && !is_apart(source, function, call) {
            is_encrypted |= !is_plain(source, call);
            let what = call.called.written.clone().unwrap_or_else(|| call.called.method.to_string());
            found.push((function.name.clone(), what, Place::new(source.path.clone(), call.line)));
        }
    }
    let Some((who, what, _)) = found.first() else { return };
    let cost = if is_encrypted { "a connection and its encryption are" } else { "a connection is" };
    let text = match found.len() {
        1 => format!("`{who}` makes a new `{what}` for each request: {cost} set up each time."),
        count => format!(
            "{count} places on the way of requests make a new client each time, as `{who}` its `{what}`: {cost} set up for each."
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

/// Whether the function that makes a client names hosts, and all of them without encryption.
fn is_plain(source: &Source, client: &Call) -> bool {
    let calls = source.calls.iter().filter(|it| it.body == client.body);
    let starts = calls.flat_map(|it| &it.called.arguments).filter_map(|(_, value)| match value {
        Value::Text(text) => Some(text),
        Value::Joined(parts, _) => parts.first(),
        _ => None,
    });
    let mut urls = starts.filter(|it| it.contains("://")).peekable();
    urls.peek().is_some() && urls.all(|it| it.starts_with("http://"))
}

fn is_dependency(evidence: &Evidence, function: &Function) -> bool {
    evidence.routes.iter().any(|it| it.dependencies.contains(&function.id))
}

/// What a client is made with and no single request can be given.
const FIXED: &[&str] = &["verify", "cert", "transport", "mounts", "proxy", "proxies", "connector"];

/// Whether a client can't be the same for all calls, or needs no connection: it is for one certificate or host, or calls
/// the application in its own process.
fn is_apart(source: &Source, function: &Function, call: &Call) -> bool {
    let differs = |value: &Value| differs(source, function, call, value, DEEPEST);
    let fixed = FIXED.iter().filter_map(|it| call.called.keyword(it));
    call.called.has_hidden_arguments() || fixed.into_iter().any(differs)
}

/// How many local names are followed to what they are assigned.
const DEEPEST: usize = 3;

/// Whether a value may differ from call to call.
fn differs(source: &Source, function: &Function, call: &Call, value: &Value, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return true };
    let of = |called: &Called| {
        let is_in_process = matches!(called.method.as_str(), "ASGITransport" | "WSGITransport");
        let mut given = called.arguments.iter().map(|(_, it)| it);
        is_in_process || given.any(|it| differs(source, function, call, it, depth))
    };
    match value {
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Text(_) => false,
        Value::List(items) => items.iter().any(|it| differs(source, function, call, it, depth)),
        Value::Call(called) => of(called),
        Value::Name(name) if function.parameter(name).is_none() && name.contains('.') => false,
        Value::Name(name) => {
            let mut made = source.calls.iter().filter(|it| it.body == call.body && it.binds(name));
            !made.next().is_some_and(|it| made.next().is_none() && !of(&it.called))
        }
        Value::Dict(_) | Value::Joined(..) | Value::Item(..) | Value::Other => true,
    }
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
