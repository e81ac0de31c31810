//! Splits the steps of a generator dependency into those before and after the `yield`.

use super::{Call, Step, StepKind};

/// Splits a call at its `yield`. The second part is `None` if nothing follows.
pub(super) fn split(mut call: Call) -> (Call, Option<Call>) {
    let steps = std::mem::take(&mut call.steps);
    let (before, after) = halves(steps);
    let rest = Call { steps: after.unwrap_or_default(), ..call.clone() };
    call.steps = before;
    let rest = (!rest.steps.is_empty()).then_some(rest);
    (call, rest)
}

/// The steps before and after the first `yield`; without a `yield` nothing follows.
fn halves(steps: Vec<Step>) -> (Vec<Step>, Option<Vec<Step>>) {
    let mut before = Vec::new();
    let mut after: Option<Vec<Step>> = None;
    for step in steps {
        if let Some(after) = &mut after {
            after.push(step);
            continue;
        }
        match step.kind {
            StepKind::Yield => after = Some(Vec::new()),
            StepKind::Transaction(inner) => match halves(inner) {
                (first, Some(mut rest)) => {
                    let at = |name: &str| Step {
                        kind: StepKind::Session { method: name.into(), entity: None },
                        place: step.place,
                    };
                    before.push(at("begin"));
                    before.extend(first);
                    rest.push(at("commit"));
                    after = Some(rest);
                }
                (inner, None) => {
                    before.push(Step { kind: StepKind::Transaction(inner), place: step.place });
                }
            },
            kind => before.push(Step { kind, place: step.place }),
        }
    }
    (before, after)
}
