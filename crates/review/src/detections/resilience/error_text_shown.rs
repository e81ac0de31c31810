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
    let mut found: Vec<(String, Place, bool)> = Vec::new();
    for (source, call) in evidence.calls() {
        if shows(source, call) && !is_about_input(source, call) {
            let who = call.function.clone().unwrap_or_else(|| source.path.clone());
            found.push((who, Place::new(source.path.clone(), call.line), is_logged(source, call)));
        }
    }
    let Some((who, _, is_logged)) = found.first() else { return };
    let files: BTreeSet<&String> = found.iter().map(|(_, place, _)| &place.path).collect();
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
    for (_, place, _) in found.iter().take(SHOWN) {
        claim.at(place.clone());
    }
    claim.files(count);
    let begin = if *is_logged {
        format!("Answer with a text of your own in `{who}`, which logs the exception already")
    } else {
        format!("Log the exception in `{who}`, and answer with a text of your own")
    };
    claim.recommend(format!("{begin}; or catch only what `{who}` expects."));
}

/// Whether the handler around a call logs what it caught.
fn is_logged(source: &Source, call: &Call) -> bool {
    let is_log = |it: &Call| {
        let is_said = matches!(it.called.method.as_str(), "critical" | "error" | "exception" | "warning");
        let is_logger = it.called.written.as_deref().is_some_and(|it| it.to_lowercase().contains("log"));
        is_said && is_logger
    };
    source.handlers_around(call).any(|handler| {
        let within = |it: &Call| it.body == handler.body && it.blocks.contains(&handler.block);
        source.calls.iter().any(|it| within(it) && is_log(it))
    })
}

/// Functions that read what they are given, and say what is wrong with it.
const PARSERS: &[&str] = &["csv.DictReader", "csv.reader", "json.load", "json.loads", "tomllib.loads"];

/// Methods that may stand beside them.
const BESIDE: &[&str] =
    &["BytesIO", "StringIO", "append", "decode", "dict", "len", "list", "read", "splitlines", "strip"];

/// Whether a call answers that the client's request is wrong where nothing but a part of it is parsed.
fn is_about_input(source: &Source, call: &Call) -> bool {
    let status = call.called.keyword("status_code").or_else(|| call.called.positional(0));
    if !matches!(status, Some(Value::Int(400..=422))) {
        return false;
    }
    let Some(handler) = source.handlers_around(call).find(|it| it.is_broad) else { return false };
    let (stmt, _) = handler.block;
    let others = || source.handlers.iter().filter(|it| it.body == handler.body && it.block.0 == stmt);
    let is_guarded = |it: &&Call| {
        it.body == handler.body
            && it.blocks.iter().any(|block| block.0 == stmt && !others().any(|other| other.block == *block))
    };
    let is_parser = |it: &Call| it.called.callee.as_deref().is_some_and(|it| PARSERS.contains(&it));
    let mut guarded = source.calls.iter().filter(is_guarded).peekable();
    let has_parser = source.calls.iter().filter(is_guarded).any(is_parser);
    has_parser
        && guarded.peek().is_some()
        && guarded.all(|it| is_parser(it) || BESIDE.contains(&it.called.method.as_str()))
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
