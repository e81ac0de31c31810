//! A lazy relationship read from a row of an async session: it raises at run time.

use config::Level;
use flow::serializers::{lacks, missing_in_depth, prepares_object, queries_rows_of, rendered_row};
use flow::{Entity, FunctionRef, Origin, ProblemKind, Raises, RowState};
use model::ClassRef;
use view::{Context, Findings, Group, InPresets, Key, Place, Rule, wording};

use super::problems::{
    SHOWN, Want, Wanted, await_fix, function_name, hops, load_fix, name_of, problems, query_place,
    relate_way, relationship_place, written,
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

/// The name under which `flow` tells that a row is read as a whole.
const EVERY_COLUMN: &str = "*";

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let wanted = Wanted::default();
    for (id, facts) in cx.module.definitions.functions() {
        if !facts.decorators.is_empty() {
            rendered(cx, out, FunctionRef { module: cx.id, function: id }, &wanted);
        }
    }
    for found in problems(cx, |problem| matches!(problem.kind, ProblemKind::LazyInAsync { .. })) {
        let ProblemKind::LazyInAsync { owner, relationship, chain, query, traits, raises } =
            &found.problem.kind
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
        let message = match raises {
            Raises::Coroutine => {
                format!(
                    "`{shown}` is lazy-loaded in a coroutine and raises `SynchronousOnlyOperation`{whose}"
                )
            }
            Raises::Greenlet => {
                format!("`{shown}` is lazy-loaded under an async session and raises `MissingGreenlet`{whose}")
            }
            Raises::New => format!(
                "`{shown}` is lazy-loaded under an async session and raises `MissingGreenlet`; \
                 nothing has loaded it since the row was added"
            ),
            Raises::Detached => format!(
                "`{shown}` is lazy-loaded after its session is closed and raises `DetachedInstanceError`{whose}"
            ),
            Raises::Expired => format!(
                "`{}` is read after `commit()` has expired the row and raises `MissingGreenlet`",
                if relationship == EVERY_COLUMN { owner.name.as_str() } else { shown.as_str() }
            ),
            Raises::Forbidden => {
                format!("`{shown}` may not be lazy-loaded and raises `InvalidRequestError`{whose}")
            }
        };
        let draft = out.add(found.span, Key::new(format!("{} {read}", name_of(cx, found.function))), message);
        for hop in hops(cx, found.problem.below) {
            let place = Place::Expr { body: hop.site.body, expr: hop.site.expr };
            let does = hop.written.unwrap_or_else(|| read.clone());
            draft.related(hop.file, place, format!("`{}` reads `{does}`", hop.callee));
        }
        if let Some((file, place)) = relationship_place(cx, owner, relationship) {
            draft.related(file, place, format!("`{read}` is defined here"));
        }
        if *raises == Raises::Expired {
            continue;
        }
        if let Some((file, place)) = query.and_then(|query| query_place(cx, query)) {
            draft.related(file, place, format!("this query doesn't load `{relationship}`"));
        }
        let want = Want { owner: owner.clone(), path: chain.clone(), traits: *traits };
        let load = query.and_then(|query| load_fix(cx, &wanted, query, &[want], Some(found.function)));
        draft.fix(load);
        if found.problem.below.is_none() && matches!(raises, Raises::Greenlet | Raises::New) {
            draft.fix(await_fix(cx, found.problem.site, owner, relationship));
        }
    }
}

/// One row that the framework renders: what its schema reads isn't loaded.
fn rendered(cx: &Context<'_>, out: &mut Findings<'_>, function: FunctionRef, wanted: &Wanted) {
    let Some(route) = rendered_row(cx.db, cx.project, function) else { return };
    let is_detached = route.row.state == RowState::Detached;
    if !route.row.is_async && !is_detached {
        return;
    }
    let is_new = route.row.origin == Origin::Sent;
    let Some(model) = route.row.model.class() else { return };
    if prepares_object(cx.db, cx.project, &route.schema) {
        return;
    }
    if route.row.state == RowState::Expired {
        let message = format!(
            "`{}` has been expired by `commit()` when `{}` renders it, and raises `MissingGreenlet`",
            model.name, route.schema.name
        );
        out.add(cx.module.spans.function_name(function.function), Key::new(name_of(cx, function)), message);
        return;
    }
    let rendering = route.rendering(cx.db, cx.project, model);
    let query = (route.query, route.row.traits);
    let missing = missing_in_depth(cx.db, cx.project, &rendering, model, &route.row.loads, query);
    // What a validator reads only sometimes, or what the session may know by its key, may be there.
    let raises = missing.iter().filter_map(|missing| match &missing.kind {
        ProblemKind::LazyPerRow { owner, relationship, chain, is_refined: false, .. }
            if !missing.is_conditional
                && !prepares_object(cx.db, cx.project, &missing.class)
                && (!is_new || (chain.len() == 1 && is_lacking(cx, &route.row, owner, relationship)))
                && (is_detached || !is_held(cx, function, owner, relationship)) =>
        {
            Some((missing, owner, relationship, chain))
        }
        _ => None,
    });
    let found: Vec<_> = raises.collect();
    let Some((first, ..)) = found.first() else { return };
    let mut names: Vec<String> = Vec::new();
    for (_, owner, relationship, _) in &found {
        let name = format!("`{}.{relationship}`", owner.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let is_are = if names.len() == 1 { "is" } else { "are" };
    let them = if names.len() == 1 { "it" } else { "them" };
    let whose = route.query.map_or_else(
        || format!("; nothing has loaded {them} since the row was added"),
        |query| format!("; `{}` doesn't eager-load {them}", function_name(cx, query)),
    );
    let raises = if is_detached {
        "after its session is closed and raises `DetachedInstanceError`"
    } else {
        "and raises `MissingGreenlet`"
    };
    let message = format!(
        "{} {is_are} lazy-loaded when `{}` renders the row {raises}{whose}",
        wording::list(&names),
        first.class.name,
    );
    let span = cx.module.spans.function_name(function.function);
    let draft = out.add(span, Key::new(name_of(cx, function)), message);
    for (missing, owner, relationship, _) in &found {
        relate_way(cx, draft, missing.below, &missing.kind);
        if missing.below.is_some()
            && let Some((file, place)) = relationship_place(cx, owner, relationship)
        {
            draft.related(file, place, format!("`{}.{relationship}` is defined here", owner.name));
        }
    }
    if let Some((file, place)) = route.query.and_then(|query| query_place(cx, query)) {
        draft.related(file, place, format!("this query doesn't load {}", wording::list(&names)));
    }
    draft.keep_related(SHOWN);
    let wants: Vec<Want> = found
        .iter()
        .map(|(_, owner, _, chain)| Want {
            owner: (*owner).clone(),
            path: (*chain).clone(),
            traits: route.row.traits,
        })
        .collect();
    draft.fix(route.query.and_then(|query| load_fix(cx, wanted, query, &wants, Some(function))));
}

fn is_lacking(cx: &Context<'_>, row: &Entity, owner: &ClassRef, relationship: &str) -> bool {
    let entity = model::query::entity(cx.db, cx.project, owner.module, owner.name.clone());
    entity.and_then(|entity| Some(lacks(row, entity.relationship(relationship)?))).unwrap_or_default()
}

/// Whether the function queried the row that a relationship leads to: a session finds it by its key.
fn is_held(cx: &Context<'_>, function: FunctionRef, owner: &ClassRef, relationship: &str) -> bool {
    let entity = model::query::entity(cx.db, cx.project, owner.module, owner.name.clone());
    let Some(entity) = entity else { return false };
    let Some(relationship) = entity.relationship(relationship).filter(|found| !found.is_many) else {
        return false;
    };
    let Some(target) = &relationship.target else { return false };
    queries_rows_of(cx.db, cx.project, function, target)
}
