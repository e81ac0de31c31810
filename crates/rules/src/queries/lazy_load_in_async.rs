//! A lazy relationship read from a row of an async session: it raises at run time.

use config::Level;
use flow::ProblemKind;
use model::{ClassRef, Orm};
use view::{Context, Findings, Group, InPresets, Key, Place, Rule};

use super::problems::{
    Want, Wanted, await_fix, function_name, hops, load_fix, name_of, problems, query_place,
    relationship_place, written,
};

pub(crate) static RULE: Rule = Rule {
    id: "lazy-load-in-async",
    group: Group::Queries,
    summary: "a lazy relationship read from a row of an async session",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("lazy_load_in_async.md"),
    options: &[],
    has_fix: true,
    presets: InPresets { strict: Some(Level::Warning), fastapi: Some(Level::Error), ..InPresets::KEEP },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let wanted = Wanted::default();
    for found in problems(cx, |problem| matches!(problem.kind, ProblemKind::LazyInAsync { .. })) {
        let ProblemKind::LazyInAsync { owner, relationship, chain, query, traits } = &found.problem.kind
        else {
            continue;
        };
        let whose = query.map_or_else(String::new, |query| {
            format!("; `{}` doesn't eager-load it", function_name(cx, query))
        });
        let read = format!("{}.{relationship}", owner.name);
        let body = &cx.module.bodies[found.problem.site.body];
        let here = written(&body.exprs, found.problem.site.expr)
            .filter(|text| found.problem.below.is_none() && text.rsplit('.').next() == Some(relationship));
        let shown = here.unwrap_or_else(|| read.clone());
        let raises = if is_django(cx, owner) {
            "in a coroutine and raises `SynchronousOnlyOperation`"
        } else {
            "under an async session and raises `MissingGreenlet`"
        };
        let message = format!("`{shown}` is lazy-loaded {raises}{whose}");
        let draft = out.add(found.span, Key::new(format!("{} {read}", name_of(cx, found.function))), message);
        for hop in hops(cx, found.problem.below) {
            let place = Place::Expr { body: hop.site.body, expr: hop.site.expr };
            let does = hop.written.unwrap_or_else(|| read.clone());
            draft.related(hop.file, place, format!("`{}` reads `{does}`", hop.callee));
        }
        if let Some((file, place)) = relationship_place(cx, owner, relationship) {
            draft.related(file, place, format!("`{read}` is defined here"));
        }
        if let Some((file, place)) = query.and_then(|query| query_place(cx, query)) {
            draft.related(file, place, format!("this query doesn't load `{relationship}`"));
        }
        let want = Want { owner: owner.clone(), path: chain.clone(), traits: *traits };
        let load = query.and_then(|query| load_fix(cx, &wanted, query, &[want], Some(found.function)));
        draft.fix(load);
        if found.problem.below.is_none() && !is_django(cx, owner) {
            draft.fix(await_fix(cx, found.problem.site, owner, relationship));
        }
    }
}

fn is_django(cx: &Context<'_>, class: &ClassRef) -> bool {
    let entity = model::query::entity(cx.db, cx.project, class.module, class.name.clone());
    entity.is_some_and(|entity| entity.orm == Orm::Django)
}
