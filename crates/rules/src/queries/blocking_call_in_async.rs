//! A blocking call reached from an async function: while it waits, nothing else in the process runs.

use config::Level;
use flow::{Blocking, Problem, ProblemKind};
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use super::problems::{Found, Heat, called, hops, name_of, problems};

pub(crate) static RULE: Rule = Rule {
    id: "blocking-call-in-async",
    group: Group::Queries,
    summary: "a call that blocks the event loop, reached from an async function",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("blocking_call_in_async.md"),
    options: &[
        OptionSpec {
            name: "allow",
            default: OptionDefault::Strings(&[]),
            summary: "blocking calls that are allowed, by name: `subprocess.run`; a name ending in `.` allows all below it",
        },
        OptionSpec {
            name: "files",
            default: OptionDefault::Bool(false),
            summary: "whether opening, reading and writing files counts",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        fastapi: Some(Level::Warning),
        django: Some(Level::Warning),
        options: &[("strict", "files", OptionDefault::Bool(true))],
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// A call chain is long from this many calls on.
const FAR: usize = 3;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !cx.module.definitions.functions.iter().any(|function| function.is_async) {
        return;
    }
    let options = cx.options(&RULE);
    let (allowed, with_files) = (options.strings("allow"), options.bool("files"));
    let counts = |problem: &Problem| match &problem.kind {
        ProblemKind::BlocksInAsync { why: Blocking::IsRefused, .. } => true,
        ProblemKind::BlocksInAsync { why: Blocking::AccessesFile, .. } if !with_files => false,
        ProblemKind::BlocksInAsync { what, .. } => !allowed
            .iter()
            .any(|entry| *entry == what.as_str() || (entry.ends_with('.') && what.starts_with(*entry))),
        _ => false,
    };
    let all = problems(cx, counts);
    // Where calls of this module end up, and what blocks there.
    let mut told = Vec::new();
    for found in &all {
        let ProblemKind::BlocksInAsync { what, why } = &found.problem.kind else { continue };
        if *why == Blocking::IsRefused {
            refused(cx, out, found, what);
            continue;
        }
        let way = hops(cx, found.problem.below);
        // Deep in the chain and conditional: usually a case that doesn't occur here.
        if found.problem.is_conditional && way.len() >= FAR {
            continue;
        }
        let asker = name_of(cx, found.function);
        let message = match way.last() {
            None => format!("`{what}()` blocks the event loop in `{asker}`"),
            Some(last) => {
                let body = &cx.module.bodies[found.problem.site.body];
                let call =
                    called(&body.exprs, found.problem.site.expr).unwrap_or_else(|| "This call".to_owned());
                format!("{call} blocks the event loop in `{asker}`: `{}` calls `{what}()`", last.callee)
            }
        };
        let cause = way.last().map(|last| (last.file, last.callee.clone(), what.clone()));
        let heat = Heat::of_function(cx, found.function);
        let draft = out.add(found.span, Key::new(format!("{asker} {what}")), message);
        // While a command waits, nobody else does.
        if heat.is_of_commands() {
            draft.at_most(Level::Hint);
            draft.evidence("Only commands and program startup reach it");
        }
        if let Some(cause) = cause.filter(|_| !heat.is_of_commands()) {
            // Who cures the function that blocks cures all its callers.
            if told.contains(&cause) {
                draft.at_most(Level::Info);
            } else {
                told.push(cause);
            }
        }
        for hop in way {
            let does = hop.called.unwrap_or_else(|| format!("`{what}()`"));
            let place = Place::Expr { body: hop.site.body, expr: hop.site.expr };
            draft.related(hop.file, place, format!("`{}` calls {does}", hop.callee));
        }
        if is_below_another(found, &all) {
            draft.at_most(Level::Info);
            draft.evidence("Whoever begins it in a thread runs this there too");
        }
    }
}

/// Whether another call made what this one is called on: whoever moves that one to a thread moves both.
fn is_below_another(found: &Found, all: &[Found]) -> bool {
    all.iter().take_while(|other| !std::ptr::eq(*other, found)).any(|other| is_below(found, other))
}

/// Whether a call is a method of an object of the library that `first`, before it in the same function, begins to use:
/// `sqlite3.Connection.execute` after `sqlite3.connect`.
fn is_below(found: &Found, first: &Found) -> bool {
    let what = |found: &Found| match &found.problem.kind {
        ProblemKind::BlocksInAsync { what, why } if *why != Blocking::IsRefused => Some(what.clone()),
        _ => None,
    };
    let (Some(method), Some(call)) = (what(found), what(first)) else { return false };
    let (Some((library, method)), Some((first_library, call))) =
        (method.split_once('.'), call.split_once('.'))
    else {
        return false;
    };
    found.function == first.function
        && found.problem.below.is_none()
        && first.problem.below.is_none()
        && library == first_library
        && is_method(method)
        && !is_method(call)
}

/// Whether a name without its library is a method of a class: `Connection.execute`.
fn is_method(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(class, _)| {
        class.rsplit('.').next().is_some_and(|class| class.starts_with(|first: char| first.is_uppercase()))
    })
}

/// Reports a query that Django refuses to run in its place.
fn refused(cx: &Context<'_>, out: &mut Findings<'_>, found: &Found, what: &str) {
    let body = &cx.module.bodies[found.problem.site.body];
    let asker = name_of(cx, found.function);
    let query = called(&body.exprs, found.problem.site.expr).unwrap_or_else(|| "This query".to_owned());
    let message = format!(
        "{query} raises `SynchronousOnlyOperation` in `{asker}`: a coroutine has to await its queries, or run them in a thread"
    );
    out.add(found.span, Key::new(format!("{asker} refused: {what}")), message);
}
