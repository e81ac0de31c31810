//! What a generator does before it hands over, and what it does when it goes on: a dependency that yields.

use super::{Call, Step, StepKind};

/// The call up to where it yields, and the rest, if anything is left to do.
pub(super) fn split(mut call: Call) -> (Call, Option<Call>) {
    let steps = std::mem::take(&mut call.steps);
    let (before, after) = halves(steps);
    let rest = Call { steps: after.unwrap_or_default(), ..call.clone() };
    call.steps = before;
    let rest = (!rest.steps.is_empty()).then_some(rest);
    (call, rest)
}

/// What comes before the first yield and what comes after it; nothing comes after where none is.
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
