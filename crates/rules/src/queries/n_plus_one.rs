//! One query per row: a query in a loop, directly or any number of calls down, or a lazy relationship read per row.

use config::Level;
use flow::{Asked, Loop, ProblemKind, QueryRef};
use model::ClassRef;
use python::Name;
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use super::problems::{
    Found, Want, Wanted, called, count_fix, fetch_fix, function_name, hops, load_fix, name_of, problems,
    query_place, relationship_place, writes, written,
};

pub(crate) static RULE: Rule = Rule {
    id: "n-plus-one",
    group: Group::Queries,
    summary: "a query that runs once for each row",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("n_plus_one.md"),
    options: &[OptionSpec {
        name: "cheap",
        default: OptionDefault::Strings(&[]),
        summary: "functions and methods whose queries don't count, by name: they are cached where this can't be seen",
    }],
    has_fix: true,
    presets: InPresets {
        strict: Some(Level::Warning),
        fastapi: Some(Level::Warning),
        django: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let options = cx.options(&RULE);
    let cheap = options.strings("cheap");
    let wanted = Wanted::default();
    for found in problems(cx, |problem| problem.around.is_some() && problem.rendered.is_none()) {
        let way = hops(cx, found.problem.below);
        let is_cheap = way.iter().any(|hop| {
            let last = hop.callee.rsplit('.').next().unwrap_or_default();
            cheap.iter().any(|name| *name == hop.callee || *name == last)
        });
        if !is_cheap {
            report(cx, out, &found, &wanted);
        }
    }
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, found: &Found, wanted: &Wanted) {
    let Some((site, around)) = &found.problem.around else { return };
    let (message, key) = match &found.problem.kind {
        ProblemKind::QueryPerRow { what, .. } => query_words(cx, found, around, what),
        ProblemKind::LazyPerRow { owner, relationship, query, is_refined, .. } => {
            lazy_words(cx, found, around, owner, relationship, *query, *is_refined)
        }
        ProblemKind::LazyInAsync { .. } | ProblemKind::BlocksInAsync { .. } => return,
    };
    let key = Key::new(format!("{} {key}", name_of(cx, found.function)));
    let draft = out.add(found.span, key, message);
    if found.problem.is_conditional {
        draft.evidence("It runs under a condition");
    }
    let loop_place = Place::Expr { body: site.body, expr: site.expr };
    draft.related(cx.file, loop_place, format!("once for each of `{}`", around.label));
    for hop in hops(cx, found.problem.below) {
        let does = hop.called.unwrap_or_else(|| "it".to_owned());
        let place = Place::Expr { body: hop.site.body, expr: hop.site.expr };
        draft.related(hop.file, place, format!("`{}` runs {does}", hop.callee));
    }
    if let ProblemKind::QueryPerRow { .. } = &found.problem.kind {
        draft.fix(fetch_fix(cx, found));
    }
    if let ProblemKind::LazyPerRow { owner, relationship, chain, query, is_refined, asked, traits, .. } =
        &found.problem.kind
    {
        if let Some((file, place)) = relationship_place(cx, owner, relationship) {
            draft.related(file, place, format!("`{}.{relationship}` is defined here", owner.name));
        }
        if let Some((file, place)) = query.and_then(|query| query_place(cx, query)) {
            draft.related(file, place, format!("this query doesn't load `{relationship}`"));
        }
        let want = Want { owner: owner.clone(), path: chain.clone(), traits: *traits };
        let is_served = !is_refined && *asked == Asked::Rows && !writes(cx, found.problem.site.body, chain);
        let query = query.filter(|_| is_served);
        let load = query.and_then(|query| load_fix(cx, wanted, query, &[want], Some(found.function)));
        draft.fix(load);
        draft.fix((!is_refined).then(|| count_fix(cx, found)).flatten());
    }
}

fn query_words(cx: &Context<'_>, found: &Found, around: &Loop, what: &str) -> (String, String) {
    let body = &cx.module.bodies[found.problem.site.body];
    let runs = written(&body.exprs, found.problem.site.expr).unwrap_or_else(|| "this".to_owned());
    let shown = called(&body.exprs, found.problem.site.expr).unwrap_or_else(|| "this".to_owned());
    let message =
        format!("N+1: {shown} {} for every `{}`{}", runs_query(what), around.each, bulk(what, &shown));
    (message, format!("{runs} {}", around.label))
}

/// What runs, as flow analysis calls it, as a verb and its object: `` queries `Order` ``.
pub(super) fn runs_query(what: &str) -> String {
    let model = what.strip_prefix("a query for ").or_else(|| {
        let (method, model) = what.split_once('(')?;
        matches!(method, "session.get" | "session.get_one").then(|| model.trim_end_matches(')'))
    });
    model.map_or_else(|| "runs a query".to_owned(), |model| format!("queries `{model}`"))
}

/// What to do about it, where that is sure: rows are asked for by their keys, and by what says that it gets them. What
/// updates or processes each of them on the way has more to do than to fetch.
fn bulk(what: &str, called: &str) -> &'static str {
    let is_by_key = what.starts_with("session.get(") || what.starts_with("session.get_one(");
    let name = called.trim_matches('`').trim_end_matches("()").rsplit('.').next().unwrap_or_default();
    let gets = ["get", "find", "fetch", "load", "by_"]
        .iter()
        .any(|verb| name.trim_start_matches('_').starts_with(verb));
    if is_by_key && gets { "; fetch them with one `IN` query before the loop" } else { "" }
}

fn lazy_words(
    cx: &Context<'_>,
    found: &Found,
    around: &Loop,
    owner: &ClassRef,
    relationship: &Name,
    query: Option<QueryRef>,
    is_refined: bool,
) -> (String, String) {
    let body = &cx.module.bodies[found.problem.site.body];
    let here = written(&body.exprs, found.problem.site.expr)
        .filter(|text| found.problem.below.is_none() && text.rsplit('.').next() == Some(relationship));
    let name = format!("{}.{relationship}", owner.name);
    let read = here.unwrap_or_else(|| name.clone());
    let why = match (is_refined, query) {
        (true, _) => "a prefetch can't serve it".to_owned(),
        (false, Some(query)) => format!("`{}` doesn't eager-load it", function_name(cx, query)),
        (false, None) => "no query eager-loads it".to_owned(),
    };
    let does = if is_refined { "is queried again" } else { "is lazy-loaded" };
    let by = match hops(cx, found.problem.below).first() {
        Some(hop) => format!(" in `{}`", hop.callee),
        None => String::new(),
    };
    let message = format!("N+1: `{read}` {does} for every `{}`{by}; {why}", around.each);
    (message, format!("{name} {}", around.label))
}
