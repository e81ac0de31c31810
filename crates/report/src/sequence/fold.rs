//! Makes a picture readable: the least informative items are left out first, with a note about them. Calls that can't be
//! resolved are never left out: those of one function are drawn together.

use std::collections::BTreeMap;

use flow::trace::{Step, StepKind, Trace};

use super::outside;

/// What a picture leaves out, by level: each level leaves out more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Nothing.
    All,
    /// Functions of the project that only compute.
    WithoutHelpers,
    /// Errors as well.
    WithoutErrors,
    /// Unresolved calls of a function are one message.
    UnresolvedTogether,
    /// Everything below this call depth as well.
    Depth(usize),
}

pub(super) const LEVELS: [Level; 11] = [
    Level::All,
    Level::WithoutHelpers,
    Level::WithoutErrors,
    Level::UnresolvedTogether,
    Level::Depth(7),
    Level::Depth(6),
    Level::Depth(5),
    Level::Depth(4),
    Level::Depth(3),
    Level::Depth(2),
    Level::Depth(1),
];

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    helpers: BTreeMap<String, usize>,
    errors: usize,
    below: BTreeMap<String, usize>,
}

impl LeftOut {
    pub(super) fn sentences(&self, level: Level) -> Vec<String> {
        let mut sentences = Vec::new();
        if !self.helpers.is_empty() {
            sentences.push(format!(
                "Not drawn: calls that run no query and leave the process nowhere ({}).",
                named(&self.helpers)
            ));
        }
        if self.errors > 0 {
            sentences.push(format!("Not drawn: errors that are raised at {} places.", self.errors));
        }
        if let (Level::Depth(depth), false) = (level, self.below.is_empty()) {
            sentences
                .push(format!("Folded: what lies more than {depth} calls down, in {}.", named(&self.below)));
        }
        sentences
    }
}

/// The most common ones, with their counts.
fn named(names: &BTreeMap<String, usize>) -> String {
    const SHOWN: usize = 8;
    let mut list: Vec<(&String, &usize)> = names.iter().collect();
    list.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    let mut words: Vec<String> = list
        .iter()
        .take(SHOWN)
        .map(|(name, count)| if **count > 1 { format!("{name} ×{count}") } else { (*name).clone() })
        .collect();
    if list.len() > SHOWN {
        words.push(format!("{} more", list.len() - SHOWN));
    }
    words.join(", ")
}

/// The trace at a level.
pub(super) fn fold(trace: &Trace, level: Level, left_out: &mut LeftOut) -> Trace {
    let mut trace = trace.clone();
    for steps in [&mut trace.before, &mut trace.answered, &mut trace.rendering, &mut trace.after] {
        *steps = steps_at(std::mem::take(steps), level, 0, left_out);
    }
    if let Some(handler) = trace.handler.take() {
        trace.handler = Some(steps_at_root(handler, level, left_out));
    }
    trace
}

fn steps_at_root(mut step: Step, level: Level, left_out: &mut LeftOut) -> Step {
    if let StepKind::Call(call) = &mut step.kind {
        call.steps = steps_at(std::mem::take(&mut call.steps), level, 1, left_out);
    }
    step
}

fn steps_at(steps: Vec<Step>, level: Level, depth: usize, left_out: &mut LeftOut) -> Vec<Step> {
    let steps = steps.into_iter().filter_map(|step| step_at(step, level, depth, left_out)).collect();
    if level >= Level::UnresolvedTogether { together(steps) } else { steps }
}

/// The steps with all unresolved calls in the place of the first of them.
fn together(steps: Vec<Step>) -> Vec<Step> {
    let Some(at) = steps.iter().position(|step| unresolved_name(step).is_some()) else { return steps };
    let (unresolved, mut others): (Vec<Step>, Vec<Step>) =
        steps.into_iter().partition(|step| unresolved_name(step).is_some());
    let rest = others.split_off(at);
    others.extend(messages(&unresolved));
    others.extend(rest);
    others
}

/// Unresolved calls as few messages that name all of them.
fn messages(unresolved: &[Step]) -> Vec<Step> {
    const TOGETHER: usize = 6;
    let mut names: Vec<(&str, usize)> = Vec::new();
    for name in unresolved.iter().filter_map(unresolved_name) {
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => names.push((name, 1)),
        }
    }
    let word = |(name, count): &(&str, usize)| match count {
        1 => (*name).to_owned(),
        count => format!("{name} ×{count}"),
    };
    let place = unresolved.first().and_then(|step| step.place);
    let parts = names.chunks(TOGETHER).map(|part| part.iter().map(word).collect::<Vec<_>>().join(", "));
    parts.map(|words| Step { kind: StepKind::Unknown(words), place }).collect()
}

/// What an unresolved call names.
fn unresolved_name(step: &Step) -> Option<&str> {
    match &step.kind {
        StepKind::Unknown(name) => Some(name),
        StepKind::Library(name) => outside(name).filter(|it| it.kind.is_none()).map(|_| name.as_str()),
        _ => None,
    }
}

/// All unresolved calls of steps and of what they call.
fn unresolved_below(steps: &[Step], found: &mut Vec<Step>) {
    for step in steps {
        match &step.kind {
            StepKind::Call(call) => unresolved_below(&call.steps, found),
            StepKind::Loop { steps, .. } | StepKind::Transaction(steps) => unresolved_below(steps, found),
            StepKind::Branch(arms) => arms.iter().for_each(|arm| unresolved_below(&arm.steps, found)),
            _ if unresolved_name(step).is_some() => found.push(step.clone()),
            _ => {}
        }
    }
}

fn step_at(mut step: Step, level: Level, depth: usize, left_out: &mut LeftOut) -> Option<Step> {
    match &mut step.kind {
        StepKind::Call(call) => {
            if level >= Level::WithoutHelpers
                && depth > 0
                && call.cut.is_none()
                && !does_something(&call.steps)
            {
                *left_out.helpers.entry(call.name.to_string()).or_default() += 1;
                return None;
            }
            if let Level::Depth(limit) = level
                && depth >= limit
            {
                if !call.steps.is_empty() {
                    *left_out.below.entry(call.name.to_string()).or_default() += 1;
                    let queries = queries(&call.steps);
                    call.cut = Some(flow::trace::Cut::Limit);
                    if queries > 0 {
                        let word = if queries == 1 { "query" } else { "queries" };
                        call.name = format!("{} ({queries} {word} inside)", call.name).into();
                    }
                }
                let mut unresolved = Vec::new();
                unresolved_below(&call.steps, &mut unresolved);
                call.steps = messages(&unresolved);
                return Some(step);
            }
            call.steps = steps_at(std::mem::take(&mut call.steps), level, depth + 1, left_out);
        }
        StepKind::Loop { steps, .. } | StepKind::Transaction(steps) => {
            *steps = steps_at(std::mem::take(steps), level, depth, left_out);
            if steps.is_empty() {
                return None;
            }
        }
        StepKind::Branch(arms) => {
            for arm in arms.iter_mut() {
                arm.steps = steps_at(std::mem::take(&mut arm.steps), level, depth, left_out);
            }
            arms.retain(|arm| !arm.steps.is_empty());
            if arms.is_empty() {
                return None;
            }
        }
        StepKind::Raise(_) if level >= Level::WithoutErrors => {
            left_out.errors += 1;
            return None;
        }
        StepKind::Library(name) => {
            outside(name)?;
        }
        StepKind::Yield => return None,
        StepKind::Session { method, .. } if !is_shown(method) => return None,
        StepKind::Query { .. } | StepKind::Session { .. } | StepKind::Raise(_) | StepKind::Unknown(_) => {}
    }
    Some(step)
}

/// Whether a session method that runs no query is worth a message.
fn is_shown(method: &str) -> bool {
    matches!(
        method,
        "begin" | "begin_nested" | "commit" | "rollback" | "flush" | "add" | "add_all" | "delete"
    )
}

/// Whether steps run a query, leave the process, or call something unresolved.
fn does_something(steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.kind {
        StepKind::Call(call) => call.cut == Some(flow::trace::Cut::Limit) || does_something(&call.steps),
        StepKind::Loop { steps, .. } | StepKind::Transaction(steps) => does_something(steps),
        StepKind::Branch(arms) => arms.iter().any(|arm| does_something(&arm.steps)),
        StepKind::Library(name) => outside(name).is_some_and(|it| it.kind.is_some()),
        StepKind::Session { method, .. } => is_shown(method),
        StepKind::Query { .. } | StepKind::Unknown(_) => true,
        StepKind::Raise(_) | StepKind::Yield => false,
    })
}

fn queries(steps: &[Step]) -> usize {
    steps
        .iter()
        .map(|step| match &step.kind {
            StepKind::Call(call) => queries(&call.steps),
            StepKind::Loop { steps, .. } | StepKind::Transaction(steps) => queries(steps),
            StepKind::Branch(arms) => arms.iter().map(|arm| queries(&arm.steps)).sum(),
            StepKind::Query { .. } => 1,
            _ => 0,
        })
        .sum()
}
