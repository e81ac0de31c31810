//! What rendering runs for each row, in one sentence.

use flow::ProblemKind;
use view::{Context, wording};

use super::super::n_plus_one::runs_query;
use super::super::problems::query_functions;
use super::Field;

/// The message; `None` if nothing runs.
pub(super) fn of_rows(cx: &Context<'_>, each: &str, fields: &[Field<'_>]) -> Option<String> {
    let (lazy, refined) = (relationships(fields, false), relationships(fields, true));
    let mut clauses = Vec::new();
    if !lazy.is_empty() {
        clauses.push(format!("lazy-loads {}", wording::list(&lazy)));
    }
    if !refined.is_empty() {
        clauses.push(format!("queries {}", wording::list(&refined)));
    }
    let runs = queries(fields, lazy.len() + refined.len() == 0);
    if !runs.is_empty() {
        clauses.push(wording::list(&runs));
    }
    if clauses.is_empty() {
        return None;
    }
    let by = renderer(fields);
    let does = wording::list(&clauses);
    let them = |count: usize| if count == 1 { "it" } else { "them" };
    let why = match (lazy.len(), refined.len()) {
        (0, 0) => String::new(),
        (0, count) => format!("; a prefetch can't serve {}", them(count)),
        (count, _) => {
            let functions = query_functions(cx, fields.iter().map(|field| field.kind));
            let (who, does) = match functions.as_slice() {
                [] => ("the query".to_owned(), "doesn't eager-load"),
                [one] => (format!("`{one}`"), "doesn't eager-load"),
                [one, other] => (format!("`{one}` and `{other}`"), "don't eager-load"),
                _ => ("the queries".to_owned(), "don't eager-load"),
            };
            format!("; {who} {does} {}", them(count))
        }
    };
    Some(format!("N+1: `{by}` {does} for every `{each}`{why}"))
}

/// The field if there is one, the serializer if several fields do it together.
fn renderer(fields: &[Field<'_>]) -> String {
    match fields {
        [first, others @ ..]
            if others.iter().all(|other| (other.class, other.name) == (first.class, first.name)) =>
        {
            format!("{}.{}", first.class.name, first.name)
        }
        [first, ..] => first.class.name.to_string(),
        [] => String::new(),
    }
}

/// The relationships, without duplicates.
fn relationships(fields: &[Field<'_>], refined: bool) -> Vec<String> {
    let mut names = Vec::new();
    for field in fields {
        if let ProblemKind::LazyPerRow { owner, relationship, is_refined, .. } = field.kind
            && *is_refined == refined
        {
            let name = format!("`{}.{relationship}`", owner.name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The queries of fields: what runs, and in which field if several are reported.
fn queries(fields: &[Field<'_>], alone: bool) -> Vec<String> {
    let mut names = Vec::new();
    for field in fields {
        let ProblemKind::QueryPerRow { what, .. } = field.kind else { continue };
        let runs = runs_query(what);
        let name = if alone && fields.len() == 1 { runs } else { format!("{runs} in `{}`", field.name) };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
