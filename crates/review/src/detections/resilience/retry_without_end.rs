//! Calls that are tried again without end.

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "retry-without-end",
    area: Area::Resilience,
    title: "Retries end",
    docs: include_str!("retry_without_end.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut limited: Vec<(&str, Place)> = Vec::new();
    for source in evidence.code() {
        for function in &source.functions {
            for decorator in &function.decorators {
                let (callee, call) = match decorator {
                    Value::Name(name) => (name.as_str(), None),
                    Value::Call(call) => (call.callee.as_deref().unwrap_or_default(), Some(call)),
                    _ => continue,
                };
                let Some(Caution::Retries(ends)) = caution(callee) else { continue };
                let said = |it: &&str| {
                    call.is_some_and(|call| call.keyword(it).is_some_and(|it| *it != Value::None))
                };
                let is_hidden = call.is_some_and(|it| it.has_hidden_arguments());
                let place = Place::new(source.path.clone(), function.line);
                if ends.iter().any(said) {
                    limited.push((&function.name, place));
                } else if !is_hidden {
                    let what = callee.rsplit('.').next().unwrap_or(callee);
                    let text = format!(
                        "`{}` is tried again by `{what}` until it succeeds, without end: who waits for it waits as long as the fault lasts.",
                        function.name
                    );
                    let claim = out.presence(Level::Medium, &[&source.path, &function.name], text);
                    claim.at(place);
                    claim.recommend(format!(
                        "Give the retries of `{}` an end, in times or in seconds.",
                        function.name
                    ));
                    let end = ends.first().copied().unwrap_or_default();
                    let value = if end == "stop" { "stop_after_attempt(5)" } else { "5" };
                    claim.example("python", format!("@{what}(..., {end}={value})"));
                }
            }
        }
    }
    let Some((first, place)) = limited.first() else { return };
    let text = match limited.len() {
        1 => format!("`{first}` is tried again a limited number of times."),
        count => format!("{count} functions are tried again a limited number of times each, as `{first}`."),
    };
    out.fine(&["limited"], text).at(place.clone());
}
