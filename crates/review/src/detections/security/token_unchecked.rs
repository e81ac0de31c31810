//! Tokens that are read without checking their signature.

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "token-unchecked",
    area: Area::Security,
    title: "Tokens are checked",
    docs: include_str!("token_unchecked.md"),
    asvs: Some("V9 Self-contained Tokens"),
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (source, call) in evidence.calls() {
        let Some(how) = unchecked(call) else { continue };
        // What is read to find the key is checked afterwards.
        let is_checked_too = source.calls.iter().any(|it| {
            it.called.callee.as_deref().and_then(caution) == Some(Caution::Token) && unchecked(it).is_none()
        });
        if is_checked_too {
            continue;
        }
        let who = call.function.as_deref().unwrap_or(&source.path);
        let text = format!("`{who}` reads a token {how}: anybody may write one.");
        let claim = out.presence(Level::High, &[&source.path, who], text);
        claim.at(Place::new(source.path.clone(), call.line));
        claim.recommend(format!(
            "Let `{who}` check the signature with the key and the algorithm that it expects."
        ));
    }
}

/// How a call reads a token without checking it.
fn unchecked(call: &Call) -> Option<&'static str> {
    let called = &call.called;
    match caution(called.callee.as_deref()?)? {
        Caution::UncheckedToken => Some("without checking its signature"),
        Caution::Token => {
            let off = Value::Bool(false);
            let off = Some(&off);
            let options = called.keyword("options").and_then(|it| it.entry("verify_signature"));
            let is_none = |it: &Value| it.text().is_some_and(|it| it.eq_ignore_ascii_case("none"));
            let algorithms = called.keyword("algorithms");
            if options == off || called.keyword("verify") == off {
                Some("without checking its signature")
            } else if algorithms.is_some_and(|it| is_none(it) || it.items().iter().any(is_none)) {
                Some("with the algorithm `none`")
            } else {
                None
            }
        }
        _ => None,
    }
}
