//! A cookie with a session or token that scripts of the page may read.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Called, Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "cookie-for-scripts",
    area: Area::Security,
    title: "Cookies of sessions are out of reach of scripts",
    docs: include_str!("cookie_for_scripts.md"),
    asvs: Some("V3 Web Frontend Security"),
    factor: None,
    run,
};

/// Parts of names of cookies that identify somebody.
const WORDS: &[&str] = &["session", "token", "jwt", "auth", "refresh", "sid"];

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (source, call) in
        evidence.calls().filter(|(_, it)| it.called.method == "set_cookie" && it.function.is_some())
    {
        let Some(key) = key(evidence, &call.called) else { continue };
        let low = key.to_ascii_lowercase();
        // `is_token_expired` says something about a token.
        let last = low.trim_end_matches("_id").rsplit(['_', '-', '.']).next().unwrap_or_default();
        let names_somebody = WORDS.contains(&last);
        // A script has to read the token against forged requests.
        if !names_somebody
            || low.contains("csrf")
            || low.contains("xsrf")
            || call.called.has_hidden_arguments()
        {
            continue;
        }
        let is_off = |name: &str| matches!(call.called.keyword(name), None | Some(Value::Bool(false)));
        if !is_off("httponly") {
            continue;
        }
        let who = call.function.as_deref().unwrap_or_default();
        let plain = if is_off("secure") { ", and it is sent without encryption too" } else { "" };
        let text = format!("`{who}` sets the cookie `{key}`, which any script of the page may read{plain}.");
        let claim = out.presence(Level::Medium, &[&source.path, who, &key], text);
        claim.at(Place::new(source.path.clone(), call.line));
        claim.recommend(format!("Set `{key}` out of reach of scripts, and for encrypted connections only."));
        claim.example("python", format!("response.set_cookie(\"{key}\", ..., httponly=True, secure=True)"));
    }
}

/// The name of the cookie, as a text or a constant.
fn key(evidence: &Evidence, called: &Called) -> Option<String> {
    match called.positional(0).or_else(|| called.keyword("key"))? {
        Value::Text(text) => Some(text.to_string()),
        Value::Name(name) => evidence.constant(name)?.0.text().map(str::to_owned),
        _ => None,
    }
}
