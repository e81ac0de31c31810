//! One query per rendered row: a serializer or schema that walks relationships which the query behind it didn't load.

use flow::serializers::{ListRoute, ListView, Missing, list_route, missing};
use flow::{Asked, FunctionRef, Loads, ProblemKind};
use model::ClassRef;
use python::{Name, Scope};
use rustc_hash::FxHashSet;
use source::{File, Span};

use config::Level;
use view::{Context, Draft, Findings, Fix, Group, InPresets, Key, Place, Rule};

use super::n_plus_one::runs_query;
use super::problems::{
    Found, Want, Wanted, function_name, hops, load_fix, load_in_class_fix, name_of, problems, query_place,
    relationship_place,
};

pub(crate) static RULE: Rule = Rule {
    id: "n-plus-one-serialization",
    group: Group::Queries,
    summary: "a serializer that runs a query for each row",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("n_plus_one_serialization.md"),
    options: &[],
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
    let wanted = Wanted::default();
    for found in problems(cx, |problem| problem.around.is_some() && problem.rendered.is_some()) {
        called(cx, out, &found, &wanted);
    }
    for (_, class) in cx.module.definitions.classes().filter(|(_, class)| class.scope == Scope::Module) {
        let class = ClassRef::new(cx.id, class.name.clone());
        if let Some(view) = flow::query::list_view(cx.db, cx.project, class) {
            listed(cx, out, &view, &wanted);
        }
    }
    for (id, function) in cx.module.definitions.functions() {
        if !function.decorators.is_empty() {
            let function = FunctionRef { module: cx.id, function: id };
            if let Some(route) = list_route(cx.db, cx.project, function) {
                returned(cx, out, function, &route, &wanted);
            }
        }
    }
}

/// Rendered by a call of the code.
fn called(cx: &Context<'_>, out: &mut Findings<'_>, found: &Found, wanted: &Wanted) {
    let problem = &found.problem;
    let (Some((site, around)), Some((class, field))) = (&problem.around, &problem.rendered) else { return };
    let (message, key) = words(cx, &around.each, class, field, &problem.kind);
    let key = Key::new(format!("{} {key}", name_of(cx, found.function)));
    let draft = out.add(found.span, key, message);
    if *site != problem.site {
        let place = Place::Expr { body: site.body, expr: site.expr };
        draft.related(cx.file, place, format!("once for each of `{}`", around.label));
    }
    explain(cx, draft, class, field, &problem.kind, problem.below);
    let wants: Vec<Want> = want(&problem.kind).into_iter().collect();
    draft.fix(load(cx, wanted, &problem.kind, &wants, Some(found.function)));
}

/// Rendered by a view that lists rows.
fn listed(cx: &Context<'_>, out: &mut Findings<'_>, view: &ListView, wanted: &Wanted) {
    let mut told = FxHashSet::default();
    for serializer in &view.serializers {
        let rendering = flow::query::rendering(cx.db, cx.project, serializer.clone(), view.model.clone());
        let Some(model) =
            view.model.clone().or_else(|| flow::query::rendered_model(cx.db, cx.project, serializer.clone()))
        else {
            continue;
        };
        let query = (view.query, view.traits);
        let missing = missing(cx.db, cx.project, &rendering, &model, &view.loads, query);
        let wants: Vec<Want> = missing.iter().filter_map(|missing| want(&missing.kind)).collect();
        for missing in missing {
            if !told.insert(format!("{:?}", missing.kind)) {
                continue;
            }
            let (message, key) = words(cx, &row_word(&model), &missing.class, &missing.field, &missing.kind);
            let key = Key::new(format!("{} {key}", view.class.name));
            let draft = out.add(view_span(cx, view), key, message);
            explain_view(cx, draft, view, serializer);
            explain(cx, draft, &missing.class, &missing.field, &missing.kind, missing.below);
            draft.fix(load(cx, wanted, &missing.kind, &wants, None));
            if view.query.is_none()
                && want(&missing.kind).is_some()
                && let Some((class, site)) = &view.queryset
            {
                draft.fix(load_in_class_fix(cx, class, *site, &model, &wants));
            }
        }
    }
}

/// Rendered by the framework, from what a route returns.
fn returned(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    function: FunctionRef,
    route: &ListRoute,
    wanted: &Wanted,
) {
    let Some(model) = route.row.model.class() else { return };
    let rendering = flow::query::rendering(cx.db, cx.project, route.schema.clone(), Some(model.clone()));
    let loads: &Loads = &route.row.loads;
    let missing = missing(cx.db, cx.project, &rendering, model, loads, (route.query, route.row.traits));
    let wants: Vec<Want> = missing.iter().filter_map(|missing| want(&missing.kind)).collect();
    for missing in missing {
        let Missing { class, field, kind, below, .. } = &missing;
        let (mut message, key) = words(cx, &row_word(model), class, field, kind);
        if route.row.is_async {
            message.push_str("; under an async session that raises `MissingGreenlet`");
        }
        let span = cx.module.spans.function_name(function.function);
        let key = Key::new(format!("{} {key}", name_of(cx, function)));
        let draft = out.add(span, key, message);
        explain(cx, draft, class, field, kind, *below);
        draft.fix(load(cx, wanted, kind, &wants, Some(function)));
    }
}

/// What the rows should have loaded for it, where loading serves it.
fn want(kind: &ProblemKind) -> Option<Want> {
    match kind {
        ProblemKind::LazyPerRow { owner, chain, is_refined: false, asked: Asked::Rows, traits, .. } => {
            Some(Want { owner: owner.clone(), path: chain.clone(), traits: *traits })
        }
        _ => None,
    }
}

/// Loading it, and all else that is rendered with it.
fn load(
    cx: &Context<'_>,
    wanted: &Wanted,
    kind: &ProblemKind,
    wants: &[Want],
    reader: Option<FunctionRef>,
) -> Option<Fix> {
    want(kind)?;
    let ProblemKind::LazyPerRow { query: Some(query), .. } = kind else { return None };
    load_fix(cx, wanted, *query, wants, reader)
}

/// The message, and what the fingerprint is made of.
fn words(
    cx: &Context<'_>,
    each: &str,
    class: &ClassRef,
    field: &Name,
    kind: &ProblemKind,
) -> (String, String) {
    let by = format!("{}.{field}", class.name);
    match kind {
        ProblemKind::LazyPerRow { owner, relationship, query, is_refined, .. } => {
            let read = format!("{}.{relationship}", owner.name);
            let why = match (is_refined, query) {
                (true, _) => "a prefetch can't serve it".to_owned(),
                (false, Some(query)) => format!("`{}` doesn't eager-load it", function_name(cx, *query)),
                (false, None) => "the query doesn't eager-load it".to_owned(),
            };
            let does = if *is_refined { "queries" } else { "lazy-loads" };
            (format!("N+1: `{by}` {does} `{read}` for every `{each}`; {why}"), format!("{by} {read}"))
        }
        ProblemKind::QueryPerRow { what, .. } => {
            (format!("N+1: `{by}` {} for every `{each}`", runs_query(what)), format!("{by} {what}"))
        }
        ProblemKind::LazyInAsync { .. } | ProblemKind::BlocksInAsync { .. } => (String::new(), String::new()),
    }
}

/// The field, the way down from it, the relationship and the query.
fn explain(
    cx: &Context<'_>,
    draft: &mut Draft,
    class: &ClassRef,
    field: &Name,
    kind: &ProblemKind,
    below: Option<(FunctionRef, u16)>,
) {
    if let Some((file, place)) = field_place(cx, class, field) {
        draft.related(file, place, format!("`{}.{field}` is rendered for each row", class.name));
    }
    for hop in hops(cx, below) {
        let does = hop.called.unwrap_or_else(|| "it".to_owned());
        let place = Place::Expr { body: hop.site.body, expr: hop.site.expr };
        draft.related(hop.file, place, format!("`{}` runs {does}", hop.callee));
    }
    if let ProblemKind::LazyPerRow { owner, relationship, query, .. } = kind {
        if let Some((file, place)) = relationship_place(cx, owner, relationship) {
            draft.related(file, place, format!("`{}.{relationship}` is defined here", owner.name));
        }
        if let Some((file, place)) = query.and_then(|query| query_place(cx, query)) {
            draft.related(file, place, format!("this query doesn't load `{relationship}`"));
        }
    }
}

fn explain_view(cx: &Context<'_>, draft: &mut Draft, view: &ListView, serializer: &ClassRef) {
    if let Some((class, site)) = &view.queryset {
        let place = Place::Expr { body: site.body, expr: site.expr };
        draft.related(cx.file_of(class.module), place, format!("`{}` lists this", view.class.name));
    }
    if let Some((class, site)) = &view.choice {
        let place = Place::Expr { body: site.body, expr: site.expr };
        let text = format!("`{}` renders with `{}`", view.class.name, serializer.name);
        draft.related(cx.file_of(class.module), place, text);
    }
}

/// Where a field is declared: the variable, the method of that field, or the class that names it in its `Meta`.
fn field_place(cx: &Context<'_>, class: &ClassRef, field: &Name) -> Option<(File, Place)> {
    let file = cx.file_of(class.module);
    let definitions = python::query::definitions(cx.db, file);
    let (id, _) =
        definitions.classes().find(|(_, found)| found.scope == Scope::Module && found.name == class.name)?;
    let own = Scope::Class(id);
    let variable =
        definitions.variables.iter().position(|variable| variable.scope == own && variable.name == *field);
    Some((file, variable.map_or(Place::Class(id), |index| Place::Variable(index as u32))))
}

/// Where a view says what it lists, if it says so in this module; its name otherwise.
fn view_span(cx: &Context<'_>, view: &ListView) -> Span {
    let definitions = &cx.module.definitions;
    let class = definitions
        .classes()
        .find(|(_, class)| class.scope == Scope::Module && class.name == view.class.name);
    class.map_or(Span::new(0, 0), |(id, _)| cx.module.spans.class_name(id))
}

/// `order_line` for `OrderLine`.
fn row_word(class: &ClassRef) -> String {
    let mut word = String::new();
    let mut before = ' ';
    for letter in class.name.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
        before = letter;
    }
    word
}
