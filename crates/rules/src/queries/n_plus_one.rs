//! One query per row: a query in a loop, directly or any number of calls down, or a lazy relationship read per row.

mod words;

use config::Level;
use flow::{ProblemKind, QueryRef};
use view::{Context, Draft, Findings, Fix, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use super::problems::{
    COMMANDS, Found, Heat, PerLoop, SHOWN, Want, Wanted, by_loop, count_fix, fetch_fix, hops, load_fix,
    name_of, problems, relate_queries, relate_way, wish, writes,
};
pub(super) use words::runs_query;

pub(crate) static RULE: Rule = Rule {
    id: "n-plus-one",
    group: Group::Queries,
    summary: "a query that runs once for each row",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("n_plus_one.md"),
    options: &[
        OptionSpec {
            name: "cheap",
            default: OptionDefault::Strings(&[]),
            summary: "functions and methods whose queries don't count, by name: they are cached in a way that can't be detected",
        },
        COMMANDS,
    ],
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
    let mut found = problems(cx, |problem| problem.around.is_some() && problem.rendered.is_none());
    found.retain(|found| {
        let way = hops(cx, found.problem.below);
        !way.iter().any(|hop| {
            let last = hop.callee.rsplit('.').next().unwrap_or_default();
            cheap.iter().any(|name| *name == hop.callee || *name == last)
        })
    });
    for group in by_loop(found) {
        let heat = Heat::of_loop(cx, &group);
        report(cx, out, &group, &heat, &wanted);
    }
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, group: &PerLoop, heat: &Heat, wanted: &Wanted) {
    let first = group.first();
    let message = words::of_loop(cx, group) + &heat.words();
    let key = Key::new(format!("{} {}", name_of(cx, first.function), group.around.label));
    let draft = out.add(first.span, key, message);
    if group.all().all(|found| found.problem.is_conditional) {
        draft.evidence("It runs under a condition");
    }
    heat.put(draft, &cx.options(&RULE));
    let site = group.site;
    let loop_place = Place::Expr { body: site.body, expr: site.expr };
    draft.related(cx.file, loop_place, format!("once for each of `{}`", group.around.label));
    heat.relate(cx, draft);
    for found in group.all() {
        explain(cx, draft, group, found);
    }
    relate_queries(cx, draft, group.all().map(|found| &found.problem.kind));
    draft.keep_related(SHOWN);
    for fix in fixes(cx, group, wanted) {
        draft.fix(fix);
    }
}

/// Shows where one of them happens.
fn explain(cx: &Context<'_>, draft: &mut Draft, group: &PerLoop, found: &Found) {
    let site = found.problem.site;
    if site != group.first().problem.site {
        let place = Place::Expr { body: site.body, expr: site.expr };
        let name = words::name(cx, group, found);
        let does = match &found.problem.kind {
            ProblemKind::LazyPerRow { is_refined: false, .. } => "is lazy-loaded here".to_owned(),
            ProblemKind::LazyPerRow { .. } => "is queried again here".to_owned(),
            ProblemKind::QueryPerRow { what, .. } => format!("{} here", runs_query(what)),
            ProblemKind::LazyInAsync { .. } | ProblemKind::BlocksInAsync { .. } => return,
        };
        draft.related(cx.file, place, format!("{name} {does}"));
    }
    relate_way(cx, draft, found.problem.below, &found.problem.kind);
}

/// The fixes: one edit per query loads all that is read from its rows.
fn fixes(cx: &Context<'_>, group: &PerLoop, wanted: &Wanted) -> Vec<Fix> {
    let mut fixes: Vec<Fix> = Vec::new();
    let mut loaded: Vec<QueryRef> = Vec::new();
    for found in group.all() {
        let mut offered = Vec::new();
        match &found.problem.kind {
            ProblemKind::QueryPerRow { .. } => offered.extend(fetch_fix(cx, found)),
            ProblemKind::LazyPerRow { is_refined, .. } => {
                if let Some((query, _)) = served(cx, found)
                    && !loaded.contains(&query)
                {
                    loaded.push(query);
                    let all = group.all().filter_map(|other| served(cx, other));
                    let wants: Vec<Want> = all.filter(|(of, _)| *of == query).map(|(_, want)| want).collect();
                    offered.extend(load_fix(cx, wanted, query, &wants, Some(found.function)));
                }
                offered.extend((!is_refined).then(|| count_fix(cx, found)).flatten());
            }
            ProblemKind::LazyInAsync { .. } | ProblemKind::BlocksInAsync { .. } => {}
        }
        for fix in offered {
            if !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
    }
    fixes
}

/// What its query should load for it, if loading helps.
fn served(cx: &Context<'_>, found: &Found) -> Option<(QueryRef, Want)> {
    wish(&found.problem.kind).filter(|(_, want)| !writes(cx, found.problem.site.body, &want.path))
}
