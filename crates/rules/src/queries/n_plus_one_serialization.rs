//! One query per rendered row: a serializer or schema that follows relationships which its query didn't load.

mod words;

use flow::serializers::{Branch, ListView, Missing, RenderedRows, missing_in_depth, rendered_rows};
use flow::{Callee, FunctionRef, Loads, Problem, ProblemKind, QueryRef};
use model::ClassRef;
use python::{Name, Scope};
use rustc_hash::FxHashSet;
use source::{File, Span};

use config::Level;
use view::{Context, Draft, Findings, Group, InPresets, Key, Place, Rule};

use super::problems::{
    COMMANDS, Found, Heat, PerLoop, SHOWN, Want, Wanted, by_loop, is_method_of_row, load_fix,
    load_in_class_fix, name_of, problems, relate_queries, relate_way, wish,
};

pub(crate) static RULE: Rule = Rule {
    id: "n-plus-one-serialization",
    group: Group::Queries,
    summary: "a serializer that runs a query for each row",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("n_plus_one_serialization.md"),
    options: &[COMMANDS],
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
    let found = problems(cx, |problem| problem.around.is_some() && problem.rendered.is_some());
    for groups in by_call(by_loop(found)) {
        called(cx, out, &groups, &wanted);
    }
    for (_, class) in cx.module.definitions.classes().filter(|(_, class)| class.scope == Scope::Module) {
        let class = ClassRef::new(cx.id, class.name.clone());
        if let Some(view) = flow::query::list_view(cx.db, cx.project, class)
            && !is_listed_above(cx, &view)
        {
            listed(cx, out, &view, &wanted);
        }
    }
    for (id, function) in cx.module.definitions.functions() {
        // A decorator or the name of a field says that a framework renders what it returns.
        if !function.decorators.is_empty() || function.name.starts_with("resolve_") {
            let function = FunctionRef { module: cx.id, function: id };
            for route in rendered_rows(cx.db, cx.project, function.into()) {
                returned(cx, out, function, &route, &wanted);
            }
        }
    }
}

/// One call that renders a row loops over each of its relationships: they are one finding. So are the page of a query
/// and the whole of it, of which one call renders whichever there is.
fn by_call(loops: Vec<PerLoop>) -> Vec<Vec<PerLoop>> {
    let mut calls: Vec<Vec<PerLoop>> = Vec::new();
    for group in loops {
        let site = group.first().problem.site;
        match calls.iter_mut().find(|call| call[0].first().problem.site == site) {
            Some(call) => call.push(group),
            None => calls.push(vec![group]),
        }
    }
    let mut found: Vec<Vec<PerLoop>> = Vec::new();
    for call in calls {
        if !found.iter().any(|known| are_alike(known, &call)) {
            found.push(call);
        }
    }
    found
}

/// Whether two calls of a function read the same of the rows of the same query.
fn are_alike(known: &[PerLoop], call: &[PerLoop]) -> bool {
    let reads = |groups: &[PerLoop]| -> Option<Vec<_>> {
        let found = groups.iter().flat_map(PerLoop::all);
        let reads = found.map(|found| match &found.problem.kind {
            ProblemKind::LazyPerRow { query: Some(query), chain, .. } => {
                Some((found.function, *query, chain.clone(), found.problem.rendered.clone()))
            }
            _ => None,
        });
        let mut reads = reads.collect::<Option<Vec<_>>>()?;
        reads.sort();
        Some(reads)
    };
    reads(known).is_some_and(|known| reads(call).is_some_and(|call| known == call))
}

/// Rendered by a call in the code.
fn called(cx: &Context<'_>, out: &mut Findings<'_>, groups: &[PerLoop], wanted: &Wanted) {
    let Some(group) = groups.first() else { return };
    let first = group.first();
    let fields: Vec<Field<'_>> = groups.iter().flat_map(PerLoop::all).filter_map(Field::found).collect();
    let mut each: Vec<&str> = groups.iter().map(|group| group.around.each.as_str()).collect();
    each.dedup();
    let each = each.join("`, `");
    let Some(message) = words::of_rows(cx, &each, &fields) else { return };
    let heat = Heat::of_rendering(cx, groups);
    let key = Key::new(format!("{} {}", name_of(cx, first.function), group.around.each));
    let draft = out.add(first.span, key, message + &heat.words());
    heat.put(draft, &cx.options(&RULE));
    if group.site != first.problem.site {
        let place = Place::Expr { body: group.site.body, expr: group.site.expr };
        draft.related(cx.file, place, format!("once for each of `{}`", group.around.label));
    }
    heat.relate(cx, draft);
    cool(cx, draft, &fields);
    explain(cx, draft, &fields);
    draft.keep_related(SHOWN);
    fix(cx, draft, wanted, &fields, Some(first.function));
}

/// Rendered by a view that lists rows.
fn listed(cx: &Context<'_>, out: &mut Findings<'_>, view: &ListView, wanted: &Wanted) {
    let mut told = FxHashSet::default();
    let mut all: Vec<(&ClassRef, ClassRef, Missing)> = Vec::new();
    for serializer in &view.serializers {
        let rendering =
            flow::serializers::rendering_of_many(cx.db, cx.project, serializer, view.model.as_ref());
        let Some(model) =
            view.model.clone().or_else(|| flow::query::rendered_model(cx.db, cx.project, serializer.clone()))
        else {
            continue;
        };
        for Branch { loads, query, traits } in view.queries() {
            let query = (query, traits);
            for missing in missing_in_depth(cx.db, cx.project, &rendering, &model, &loads, query) {
                if told.insert(format!("{:?}", missing.kind)) {
                    all.push((serializer, model.clone(), missing));
                }
            }
        }
    }
    let Some((_, model, _)) = all.first() else { return };
    let below = model::query::descendants(cx.db, cx.project, view.class.clone());
    let alike: Vec<&ClassRef> = below.iter().filter(|class| inherits(cx, class, view)).collect();
    let fields: Vec<Field<'_>> = all.iter().map(|(_, _, missing)| Field::missing(missing)).collect();
    let Some(message) = words::of_rows(cx, &row_word(model), &fields) else { return };
    let key = Key::new(view.class.name.to_string());
    let draft = out.add(view_span(cx, view), key, message);
    let mut explained: Vec<&ClassRef> = Vec::new();
    for (serializer, ..) in &all {
        if !explained.contains(serializer) {
            explain_view(cx, draft, view, serializer, explained.is_empty());
            explained.push(serializer);
        }
    }
    cool(cx, draft, &fields);
    explain(cx, draft, &fields);
    if let Some((first, more)) = alike.split_first()
        && let Some((file, place)) = class_place(cx, first)
    {
        let more = if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) };
        draft.related(file, place, format!("`{}` inherits both{more}", first.name));
    }
    draft.keep_related(SHOWN);
    fix(cx, draft, wanted, &fields, None);
    let wants: Vec<Want> = fields.iter().filter_map(|field| Want::of(field.kind)).collect();
    if view.query.is_none()
        && !wants.is_empty()
        && let Some((class, site)) = &view.queryset
    {
        draft.fix(load_in_class_fix(cx, class, *site, model, &wants));
    }
}

/// Whether a base lists the same rows with the same serializers: what is missing is reported there.
fn is_listed_above(cx: &Context<'_>, view: &ListView) -> bool {
    let hierarchy = model::query::hierarchy(cx.db, cx.project);
    let Some(bases) = hierarchy.of(view.class.module, &view.class.name) else { return false };
    bases.own.iter().any(|(module, name)| {
        let base = ClassRef::new(*module, name.clone());
        let listed = flow::query::list_view(cx.db, cx.project, base);
        listed.is_some_and(|listed| lists_alike(&listed, view))
    })
}

/// Whether a view below `view` lists the same rows with the same serializers.
fn inherits(cx: &Context<'_>, class: &ClassRef, view: &ListView) -> bool {
    let below = flow::query::list_view(cx.db, cx.project, class.clone());
    below.is_some_and(|below| lists_alike(view, &below))
}

fn lists_alike(view: &ListView, below: &ListView) -> bool {
    view.model == below.model
        && view.serializers == below.serializers
        && view.queries() == below.queries()
        && view.queryset == below.queryset
}

/// Where a class is defined, if it is at module level.
fn class_place(cx: &Context<'_>, class: &ClassRef) -> Option<(File, Place)> {
    let file = cx.file_of(class.module);
    let id = python::query::definitions(cx.db, file).class_named(&class.name)?;
    Some((file, Place::Class(id)))
}

/// Rendered by the framework, from what a route returns.
fn returned(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    function: FunctionRef,
    route: &RenderedRows,
    wanted: &Wanted,
) {
    let Some(model) = route.row.model.class() else { return };
    let rendering = route.rendering(cx.db, cx.project, model);
    let loads: &Loads = &route.row.loads;
    let query = (route.query, route.row.traits);
    // One row of an async session raises at the first: `lazy-load-in-async` reports that.
    if route.row.is_async && !route.is_many {
        return;
    }
    let missing = missing_in_depth(cx.db, cx.project, &rendering, model, loads, query);
    // Of one row only what is read for each of its rows is read again and again.
    let of_one = missing.iter().find_map(|missing| missing.between.last()).filter(|_| !route.is_many);
    let each = match of_one {
        Some(of_one) => python::naming::singular(of_one).to_string(),
        None if route.is_many => row_word(model),
        None => return,
    };
    let counts = |missing: &&Missing| of_one.is_none() || missing.between.last() == of_one;
    let fields: Vec<Field<'_>> = missing.iter().filter(counts).map(Field::missing).collect();
    let Some(mut message) = words::of_rows(cx, &each, &fields) else { return };
    if route.row.is_async {
        message.push_str("; under an async session that raises `MissingGreenlet`");
    }
    let span = cx.module.spans.function_name(function.function);
    let heat = Heat::of_response(cx, function, route.is_many);
    message.push_str(&heat.words());
    let draft = out.add(span, Key::new(name_of(cx, function)), message);
    if !route.is_many {
        heat.put(draft, &cx.options(&RULE));
    }
    cool(cx, draft, &fields);
    explain(cx, draft, &fields);
    draft.keep_related(SHOWN);
    fix(cx, draft, wanted, &fields, Some(function));
}

/// One field that runs a query.
pub(super) struct Field<'m> {
    /// The serializer or schema.
    class: &'m ClassRef,
    /// Its field.
    name: &'m Name,
    /// What happens in it.
    kind: &'m ProblemKind,
    /// Where, further down the call chain.
    below: Option<(Callee, u16)>,
    /// Whether it happens only conditionally.
    is_conditional: bool,
}

impl<'m> Field<'m> {
    fn found(found: &'m Found) -> Option<Self> {
        let (class, field) = found.problem.rendered.as_ref()?;
        let Problem { kind, below, is_conditional, .. } = &found.problem;
        Some(Self { class, name: field, kind, below: *below, is_conditional: *is_conditional })
    }

    fn missing(missing: &'m Missing) -> Self {
        let Missing { class, field, kind, below, is_conditional, .. } = missing;
        Self { class, name: field, kind, below: *below, is_conditional: *is_conditional }
    }

    /// Whether what it reads lies behind another relationship, and a property of the rows reads it only of some of them.
    fn is_rare(&self, cx: &Context<'_>) -> bool {
        let is_behind = matches!(self.kind, ProblemKind::LazyPerRow { chain, .. } if chain.len() > 1);
        let is_of_row = || self.below.is_some_and(|(callee, _)| is_method_of_row(cx, callee.function));
        self.is_conditional && is_behind && is_of_row()
    }
}

/// The fix that lets each query load all that is rendered of its rows.
fn fix(
    cx: &Context<'_>,
    draft: &mut Draft,
    wanted: &Wanted,
    fields: &[Field<'_>],
    reader: Option<FunctionRef>,
) {
    let mut served: Vec<QueryRef> = Vec::new();
    for field in fields {
        let Some((query, _)) = wish(field.kind).filter(|(query, _)| !served.contains(query)) else {
            continue;
        };
        served.push(query);
        let wishes = fields.iter().filter_map(|other| wish(other.kind));
        let wants: Vec<Want> = wishes.filter(|(of, _)| *of == query).map(|(_, want)| want).collect();
        draft.fix(load_fix(cx, wanted, query, &wants, reader));
    }
}

/// Lowers the level where only some of the rows behind a relationship run a query.
fn cool(cx: &Context<'_>, draft: &mut Draft, fields: &[Field<'_>]) {
    if fields.iter().all(|field| field.is_rare(cx)) {
        draft.at_most(Level::Info);
        draft.evidence("It runs under a condition");
    }
}

/// Shows the fields, the call chains below them, the relationships and the queries.
fn explain(cx: &Context<'_>, draft: &mut Draft, fields: &[Field<'_>]) {
    for Field { class, name: field, kind, below, .. } in fields {
        if let Some((file, place)) = field_place(cx, class, field) {
            draft.related(file, place, format!("`{}.{field}` is rendered for each row", class.name));
        }
        relate_way(cx, draft, *below, kind);
    }
    relate_queries(cx, draft, fields.iter().map(|field| field.kind));
}

/// Shows what the view lists, and the serializer that renders it.
fn explain_view(cx: &Context<'_>, draft: &mut Draft, view: &ListView, serializer: &ClassRef, is_first: bool) {
    if let Some((class, site)) = view.queryset.as_ref().filter(|_| is_first) {
        let place = Place::Expr { body: site.body, expr: site.expr };
        draft.related(cx.file_of(class.module), place, format!("`{}` lists this", view.class.name));
    }
    if let Some((class, site)) = &view.choice {
        let place = Place::Expr { body: site.body, expr: site.expr };
        let text = format!("`{}` renders with `{}`", view.class.name, serializer.name);
        draft.related(cx.file_of(class.module), place, text);
    }
}

/// Where a field is declared: the variable, the method of that field, the class that names it in its `Meta`, or the
/// dictionary that holds it.
fn field_place(cx: &Context<'_>, class: &ClassRef, field: &Name) -> Option<(File, Place)> {
    let file = cx.file_of(class.module);
    let definitions = python::query::definitions(cx.db, file);
    let at = |scope: Scope, name: &Name| {
        let is_it = |variable: &python::Variable| variable.scope == scope && variable.name == *name;
        definitions.variables.iter().position(is_it).map(|index| Place::Variable(index as u32))
    };
    let own =
        definitions.classes().find(|(_, found)| found.scope == Scope::Module && found.name == class.name);
    let place = match own {
        Some((id, _)) => at(Scope::Class(id), field).unwrap_or(Place::Class(id)),
        // A dictionary of fields.
        None => at(Scope::Module, &class.name)?,
    };
    Some((file, place))
}

/// Where a view declares what it lists, if it does so in this module; its name otherwise.
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
