//! Password hashes that are computed on the event loop.

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "hash-on-loop",
    area: Area::Performance,
    title: "Passwords are hashed beside the event loop",
    docs: include_str!("hash_on_loop.md"),
    asvs: None,
    factor: None,
    run,
};

/// Limit on the places shown.
const SHOWN: usize = 4;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut found: Vec<(String, String, Place)> = Vec::new();
    for (source, call) in evidence.calls() {
        let function = call.function.as_deref().and_then(|it| source.function(it));
        let Some(function) = function.filter(|it| it.is_async && it.reached.is_some()) else { continue };
        let what = if hashes(evidence, call) {
            call.called.method.to_string()
        } else if let Some(name) = helper(evidence, call) {
            name
        } else {
            continue;
        };
        found.push((function.name.clone(), what, Place::new(source.path.clone(), call.line)));
    }
    let Some((who, what, _)) = found.first() else { return };
    let others = if found.len() > 1 { format!(", in {} places", found.len()) } else { String::new() };
    let text = format!(
        "`{who}` hashes a password by `{what}` on the event loop{others}: nothing else is answered while it computes, which is \
         slow on purpose."
    );
    let claim = out.presence(Level::Medium, &["hashes"], text);
    for (_, _, place) in found.iter().take(SHOWN) {
        claim.at(place.clone());
    }
    claim.recommend(format!("Run `{what}` in a thread where `{who}` calls it."));
    claim.example("python", format!("await asyncio.to_thread({what}, ...)"));
}

/// Whether a call hashes a password: a function of a library, or a method of what a library made.
fn hashes(evidence: &Evidence, call: &Call) -> bool {
    let Some(callee) = call.called.callee.as_deref() else { return false };
    if caution(callee) == Some(Caution::PasswordHash) {
        return true;
    }
    let is_method = matches!(call.called.method.as_str(), "hash" | "verify" | "verify_and_update");
    let made = callee.rsplit_once('.').and_then(|(owner, _)| evidence.constant(owner));
    let maker = made.and_then(|(value, _)| value.call()?.callee.as_deref().and_then(caution));
    is_method && maker == Some(Caution::PasswordHasher)
}

/// The function of the project that a call calls, if it isn't async and hashes a password.
fn helper(evidence: &Evidence, call: &Call) -> Option<String> {
    let (module, name) = call.called.callee.as_deref()?.rsplit_once('.')?;
    let source = evidence.module(module)?;
    let function = source.function(name).filter(|it| !it.is_async)?;
    let does = source.calls.iter().any(|it| it.function.as_deref() == Some(name) && hashes(evidence, it));
    does.then(|| function.name.clone())
}
