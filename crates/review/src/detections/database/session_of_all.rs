//! A session that is made once, when its module is imported, and used by all requests.

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "session-of-all",
    area: Area::Database,
    title: "Each request has its own session",
    docs: include_str!("session_of_all.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (source, call) in evidence.calls().filter(|(_, it)| it.function.is_none() && it.blocks.is_empty()) {
        let Some(name) = call.bound_to.as_deref().filter(|_| makes(evidence, call) && call.within.is_empty())
        else {
            continue;
        };
        let full = format!("{}.{name}.", source.name);
        let use_of = evidence.calls().find(|(of, it)| {
            let is_it = it.called.callee.as_deref().is_some_and(|it| it.starts_with(&full));
            let function = it.function.as_deref().and_then(|name| of.function(name));
            is_it && function.is_some_and(|it| it.reached.is_some())
        });
        let Some((of, used)) = use_of else { continue };
        let text = format!(
            "`{name}` is one session for the whole process, made when `{}` is imported: `{}` works with what other requests \
             have loaded, changed and not committed.",
            source.path,
            used.function.as_deref().unwrap_or_default()
        );
        let claim = out.presence(Level::High, &[&source.path, name], text);
        claim.at(Place::new(source.path.clone(), call.line)).at(Place::new(of.path.clone(), used.line));
        claim.recommend(format!("Make a session for each request, and hand it to who uses `{name}`."));
    }
}

/// Whether a call makes a session: its class, or a factory of the project.
fn makes(evidence: &Evidence, call: &Call) -> bool {
    let Some(callee) = call.called.callee.as_deref() else { return false };
    if caution(callee) == Some(Caution::Session) {
        return true;
    }
    let factory = evidence.constant(callee).and_then(|(value, _)| match value {
        Value::Call(call) => call.callee.as_deref().and_then(caution),
        _ => None,
    });
    factory == Some(Caution::SessionFactory)
}
