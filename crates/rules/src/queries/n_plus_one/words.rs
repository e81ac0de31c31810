//! What runs in each iteration of a loop, in one sentence.

use flow::ProblemKind;
use view::{Context, wording};

use super::super::problems::{Found, PerLoop, called, hops, query_functions, written};

/// Limit on the items named; the rest are counted.
const NAMED: usize = 3;

/// Everything that one loop runs in each of its iterations.
pub(super) fn of_loop(cx: &Context<'_>, group: &PerLoop) -> String {
    let queries = queries(cx, group);
    let lazy = names(cx, group, false);
    let refined = names(cx, group, true);
    let mut clauses = queries.clauses;
    if !lazy.is_empty() {
        clauses.push(format!("{} {} lazy-loaded", wording::list(&lazy), is_or_are(lazy.len())));
    }
    if !refined.is_empty() {
        clauses.push(format!("{} {} queried again", wording::list(&refined), is_or_are(refined.len())));
    }
    let what = clauses.join(", and ");
    let each = &group.around.each;
    let by = callee(cx, group).map(|callee| format!(" in `{callee}`")).unwrap_or_default();
    let them = |count: usize| if count == 1 { "it" } else { "them" };
    let why = match (lazy.len(), refined.len()) {
        (0, 0) => queries.advice.to_owned(),
        (0, count) => format!("; a prefetch can't serve {}", them(count)),
        (count, _) => {
            let kinds = group.all().map(|found| &found.problem.kind);
            let (who, does) = match query_functions(cx, kinds).as_slice() {
                [] => ("no query".to_owned(), "eager-loads"),
                [one] => (format!("`{one}`"), "doesn't eager-load"),
                [one, other] => (format!("`{one}` and `{other}`"), "don't eager-load"),
                _ => ("the queries".to_owned(), "don't eager-load"),
            };
            format!("; {who} {does} {}", them(count))
        }
    };
    format!("N+1: {what} for every `{each}`{by}{why}")
}

/// What is read or called, as written if that is clear.
pub(super) fn name(cx: &Context<'_>, group: &PerLoop, found: &Found) -> String {
    let body = &cx.module.bodies[found.problem.site.body];
    match &found.problem.kind {
        ProblemKind::LazyPerRow { owner, relationship, chain, .. } => {
            if group.is_deeper(found) {
                let path: Vec<&str> = chain.iter().map(python::Name::as_str).collect();
                return format!("`{}.{}`", group.around.each, path.join("."));
            }
            let here = written(&body.exprs, found.problem.site.expr).filter(|text| {
                found.problem.below.is_none() && text.rsplit('.').next() == Some(relationship)
            });
            format!("`{}`", here.unwrap_or_else(|| format!("{}.{relationship}", owner.name)))
        }
        _ => called(&body.exprs, found.problem.site.expr)
            .or_else(|| body.exprs.dotted(found.problem.site.expr).map(|read| format!("`{read}`")))
            .unwrap_or_else(|| "this".to_owned()),
    }
}

/// The relationships that are read, without duplicates.
fn names(cx: &Context<'_>, group: &PerLoop, refined: bool) -> Vec<String> {
    let mut names = Vec::new();
    for found in group.all() {
        if matches!(&found.problem.kind, ProblemKind::LazyPerRow { is_refined, .. } if *is_refined == refined)
        {
            let name = name(cx, group, found);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The queries that a loop runs.
struct Queries {
    clauses: Vec<String>,
    advice: &'static str,
}

fn queries(cx: &Context<'_>, group: &PerLoop) -> Queries {
    let mut counted: Vec<(String, String, usize)> = Vec::new();
    let mut advice = "";
    for found in group.all() {
        let ProblemKind::QueryPerRow { what, .. } = &found.problem.kind else { continue };
        let (shown, runs) = (name(cx, group, found), runs_query(what));
        advice = bulk(what, &shown);
        match counted.iter_mut().find(|known| known.0 == shown && known.1 == runs) {
            Some(known) => known.2 += 1,
            None => counted.push((shown, runs, 1)),
        }
    }
    if counted.len() > 1 {
        advice = "";
    }
    let more = if counted.len() > NAMED { counted.split_off(NAMED - 1) } else { Vec::new() };
    let mut clauses: Vec<String> = counted
        .into_iter()
        .map(|(shown, runs, count)| match count {
            1 => format!("{shown} {runs}"),
            _ if runs == ANY => format!("{shown} runs {count} queries"),
            _ => format!("{shown} {runs} {count} times"),
        })
        .collect();
    if !more.is_empty() {
        clauses.push(format!("{} more calls run queries", more.len()));
    }
    Queries { clauses, advice }
}

const ANY: &str = "runs a query";

/// The flow analysis' description of a query, as a verb and its object: `` queries `Order` ``.
pub(in super::super) fn runs_query(what: &str) -> String {
    let model = what.strip_prefix("a query for ").or_else(|| {
        let (method, model) = what.split_once('(')?;
        matches!(method, "session.get" | "session.get_one").then(|| model.trim_end_matches(')'))
    });
    model.map_or_else(|| ANY.to_owned(), |model| format!("queries `{model}`"))
}

/// The advice, if it is certain: for queries by key in a function named after getting. A function that updates or
/// processes each row on the way does more than fetch.
fn bulk(what: &str, called: &str) -> &'static str {
    let is_by_key = what.starts_with("session.get(") || what.starts_with("session.get_one(");
    let name = called.trim_matches('`').trim_end_matches("()").rsplit('.').next().unwrap_or_default();
    let gets = ["get", "find", "fetch", "load", "by_"]
        .iter()
        .any(|verb| name.trim_start_matches('_').starts_with(verb));
    if is_by_key && gets { "; fetch them with one `IN` query before the loop" } else { "" }
}

/// The function that reads all of the relationships, if it is one that the loop calls.
fn callee(cx: &Context<'_>, group: &PerLoop) -> Option<String> {
    let mut callees = group.all().map(|found| match &found.problem.kind {
        ProblemKind::LazyPerRow { .. } => {
            hops(cx, found.problem.below).into_iter().next().map(|hop| hop.callee)
        }
        _ => None,
    });
    let first = callees.next()??;
    callees.all(|callee| callee.as_ref() == Some(&first)).then_some(first)
}

fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}
