//! Entities, value objects and dataclasses of the domain with side effects outside the process.

mod library;
mod reached;

use config::Level;
use flow::{Callee, EffectKind, FunctionRef, Site};
use model::ClassRef;
use python::{BodyId, BodyOwner, ClassId, Expr, FunctionId, Scope};
use view::class_kind::{ClassKind, Subject, is_domain, is_made_of_values};
use view::scope::{Binding, Meaning, Names, chain};
use view::{
    Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule, checked_classes,
};

use crate::queries::problems::{analysis, hops};

pub(crate) static RULE: Rule = Rule {
    id: "side-effect-in-model",
    group: Group::Domain,
    summary: "I/O in an entity, a value object or a dataclass of the domain",
    level: Level::Off,
    since: "0.1.0",
    docs: include_str!("side_effect_in_model.md"),
    options: &[
        OptionSpec {
            name: "allow",
            default: OptionDefault::Strings(&[]),
            summary: "calls that are allowed, by name: `subprocess.run`; a name ending in `.` allows all below it",
        },
        OptionSpec {
            name: "clock",
            default: OptionDefault::Bool(false),
            summary: "whether reading the clock or generating random values counts",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// A side effect of a method outside the process.
struct SideEffect {
    site: Site,
    /// What is called: `requests.get`, `session.execute`.
    what: String,
    /// The function down the call chain that causes it.
    below: Option<(Callee, u16)>,
    /// Helpers that lead to it, each with the call that goes on, where the chain isn't known by its effects.
    way: Vec<(FunctionRef, Site)>,
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut kinds = vec![ClassKind::Entity, ClassKind::ValueObject, ClassKind::Message, ClassKind::Data];
    if is_domain(cx.own_name()) {
        // In the domain, a mutable pydantic model is more than a schema.
        kinds.push(ClassKind::Schema);
    }
    let mut classes = super::of_domain(cx, &kinds);
    classes.extend(ordinary(cx));
    if classes.is_empty() {
        return;
    }
    let options = cx.options(&RULE);
    let (allowed, with_clock) = (options.strings("allow"), options.bool("clock"));
    let is_allowed = |what: &str| {
        allowed.iter().any(|entry| *entry == what || (entry.ends_with('.') && what.starts_with(*entry)))
    };
    let names = Names::of(cx);
    for (id, _) in classes {
        let methods = cx.module.definitions.functions().filter(|(_, it)| it.scope == Scope::Class(id));
        let methods: Vec<FunctionId> = methods.map(|(method, _)| method).collect();
        let mut all = Vec::new();
        for method in &methods {
            let mut effects = direct(&names, *method, with_clock);
            effects.extend(through(&names, *method));
            let known: Vec<Site> = effects.iter().map(|effect| effect.site).collect();
            effects.extend(by_helpers(&names, *method).filter(|effect| !known.contains(&effect.site)));
            effects.retain(|effect| !is_allowed(&effect.what));
            effects.sort_by_key(|effect| (effect.site, effect.below.is_some()));
            all.extend(effects.into_iter().map(|effect| (*method, effect)));
        }
        // One finding per class: the first side effect, with the others as related places.
        if let Some(((method, first), others)) = all.split_first()
            && !forwards(&names, &methods)
        {
            report(cx, out, *method, first, others);
        }
    }
}

/// Ordinary classes of a module that is called the domain: they are made of values, and neither inherit nor implement
/// anything. Others may be services, or stand for something outside.
fn ordinary(cx: &Context<'_>) -> Vec<(ClassId, ClassRef)> {
    if !is_domain(cx.own_name()) {
        return Vec::new();
    }
    let mut others = super::of_domain(cx, &[ClassKind::Other]);
    others.retain(|(id, class)| {
        let facts = &cx.module.definitions[*id];
        let is_alone = facts.bases.is_empty() && facts.decorators.is_empty();
        is_alone
            && !checked_classes::is_double(&class.name)
            && !stands_outside(&python::naming::snake(&class.name))
            && model::query::ports_of(cx.db, cx.project, class.clone()).is_empty()
            && Subject::of(cx.db, cx.project, class).is_some_and(|subject| is_made_of_values(&subject))
    });
    others
}

/// Whether a class is called after what it does with other systems: it is in the wrong layer, rather than a model.
fn stands_outside(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "exporter",
        "fetcher",
        "gateway",
        "importer",
        "loader",
        "provider",
        "publisher",
        "reader",
        "sender",
        "storage",
        "store",
        "writer",
    ];
    names_client(name) || name.split('_').any(|word| WORDS.contains(&word))
}

/// Whether most methods forward to one client that the object keeps: whatever its name, that is an adapter.
fn forwards(names: &Names<'_>, methods: &[FunctionId]) -> bool {
    let definitions = &names.cx.module.definitions;
    let plain = methods.iter().filter(|method| !definitions[**method].name.starts_with("__"));
    let (mut of, mut handing) = (0, 0);
    for method in plain {
        of += 1;
        let body = names.body(definitions[*method].body);
        let hands_on = body.exprs.list.iter().any(|expr| {
            let Expr::Call { callee, .. } = expr else { return false };
            let Some(("self", attributes)) = chain(body, *callee) else { return false };
            attributes.len() > 1 && attributes.last().is_some_and(|name| names_client(name))
        });
        handing += usize::from(hands_on);
    }
    handing > 1 && handing * 2 > of
}

/// Whether a name suggests communication with other systems.
fn names_client(name: &str) -> bool {
    const WORDS: &[&str] = &["api", "client", "conn", "connection", "http", "session", "socket", "transport"];
    name.split('_').any(|word| WORDS.contains(&word))
}

fn report(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    method: FunctionId,
    first: &SideEffect,
    others: &[(FunctionId, SideEffect)],
) {
    let asker = cx.qualified(method);
    let way = hops(cx, first.below);
    let last = way.last().map(|last| last.callee.clone());
    let last = last.or_else(|| first.way.last().map(|(function, _)| short_name(cx, *function)));
    let message = match last {
        Some(last) => format!("`{asker}` does I/O in the domain: `{last}` calls `{}`", first.what),
        None => format!("`{asker}` does I/O in the domain: it uses `{}`", first.what),
    };
    let span = cx.module.spans.expr(first.site.body, first.site.expr);
    let draft = out.add(span, Key::new(format!("{asker} {}", first.what)), message);
    for hop in way {
        let does = hop.called.unwrap_or_else(|| format!("`{}`", first.what));
        let place = Place::Expr { body: hop.site.body, expr: hop.site.expr };
        draft.related(hop.file, place, format!("`{}` calls {does}", hop.callee));
    }
    for (index, (function, site)) in first.way.iter().enumerate() {
        let does = first.way.get(index + 1).map_or_else(|| first.what.clone(), |next| short_name(cx, next.0));
        let place = Place::Expr { body: site.body, expr: site.expr };
        let by = short_name(cx, *function);
        draft.related(cx.file_of(function.module), place, format!("`{by}` calls `{does}`"));
    }
    let mut told = vec![first.site];
    for (_, effect) in others {
        if !told.contains(&effect.site) {
            told.push(effect.site);
            let place = Place::Expr { body: effect.site.body, expr: effect.site.expr };
            draft.related(cx.file, place, format!("so does `{}`", effect.what));
        }
    }
}

fn short_name(cx: &Context<'_>, function: FunctionRef) -> String {
    let definitions = python::query::definitions(cx.db, cx.file_of(function.module));
    definitions.short_name(function.function)
}

/// Calls of libraries written in the method itself.
fn direct(names: &Names<'_>, method: FunctionId, with_clock: bool) -> Vec<SideEffect> {
    let mut effects = Vec::new();
    for (id, body) in names.bodies().filter(|(_, body)| is_within(names, body.owner, method)) {
        for (index, expr) in body.exprs.list.iter().enumerate() {
            let site = Site { body: id, expr: python::ExprId(index as u32) };
            let full = match expr {
                Expr::Call { callee, .. } => names.outside(id, *callee),
                Expr::Attribute { .. } => names.outside(id, site.expr).filter(|full| full == "os.environ"),
                _ => None,
            };
            if let Some(full) = full
                && library::reaches_out(&full, with_clock)
            {
                let what = full.trim_start_matches("builtins.").to_owned();
                effects.push(SideEffect { site, what, below: None, way: Vec::new() });
            }
        }
    }
    effects
}

/// Calls of functions of the project that reach outside.
fn by_helpers<'a>(names: &'a Names<'_>, method: FunctionId) -> impl Iterator<Item = SideEffect> + 'a {
    let bodies = names.bodies().filter(move |(_, body)| is_within(names, body.owner, method));
    bodies.flat_map(move |(id, body)| {
        body.exprs.list.iter().enumerate().filter_map(move |(index, expr)| {
            let Expr::Call { callee, .. } = expr else { return None };
            let found = reached::reached(names.cx, reached::called(names, id, *callee)?)?;
            let what = found.what.trim_start_matches("builtins.").to_owned();
            let site = Site { body: id, expr: python::ExprId(index as u32) };
            Some(SideEffect { site, what, below: None, way: found.way })
        })
    })
}

/// Results of flow analysis: queries, and blocking calls of this method and of project functions that it calls.
fn through(names: &Names<'_>, method: FunctionId) -> Vec<SideEffect> {
    let cx = names.cx;
    let known = analysis(cx, FunctionRef { module: cx.id, function: method });
    let mut effects = Vec::new();
    for (effect, (site, below)) in known.summary.effects.iter().zip(&known.hops) {
        let what = match &effect.kind {
            EffectKind::Query { what, .. } | EffectKind::Blocks { what, .. } => what.as_str(),
            EffectKind::Touch(_)
            | EffectKind::Iterates(_)
            | EffectKind::Loads { .. }
            | EffectKind::Renders { .. }
            | EffectKind::Calls { .. } => continue,
        };
        if is_a_wait(what) || (below.is_some() && is_asked_of_another(names, *site)) {
            continue;
        }
        if below.is_some() && is_of_constructor(cx, *below) {
            continue;
        }
        effects.push(SideEffect { site: *site, what: what.to_owned(), below: *below, way: Vec::new() });
    }
    effects
}

/// Whether the call chain leads through the constructor of another class: that object is only assembled there, and the
/// connection it opens may never be used.
fn is_of_constructor(cx: &Context<'_>, below: Option<(Callee, u16)>) -> bool {
    hops(cx, below).iter().any(|hop| hop.callee.ends_with(".__init__") || hop.callee.ends_with(".__new__"))
}

/// Waiting is not I/O.
fn is_a_wait(what: &str) -> bool {
    what == "time.sleep"
}

/// Whether the receiver of a call was passed to the method: what a port does is not the model's side effect.
fn is_asked_of_another(names: &Names<'_>, site: Site) -> bool {
    let body = names.body(site.body);
    let Expr::Call { callee, .. } = &body[site.expr] else { return true };
    let Some((root, attributes)) = chain(body, *callee) else { return true };
    if matches!(root, "self" | "cls") {
        return attributes.len() > 1;
    }
    let is_given = |binding: &Binding| !matches!(binding, Binding::Value(_));
    match names.meaning(site.body, root) {
        Meaning::Bound(at, bindings) => at != BodyId(0) && bindings.iter().any(is_given),
        Meaning::Import(_) | Meaning::Free => false,
    }
}

/// Whether a body is that of the method, or of a function nested in it.
fn is_within(names: &Names<'_>, owner: BodyOwner, method: FunctionId) -> bool {
    const MAX_DEPTH: usize = 32;
    let BodyOwner::Function(mut at) = owner else { return false };
    for _ in 0..MAX_DEPTH {
        if at == method {
            return true;
        }
        match names.cx.module.definitions[at].scope {
            Scope::Function(outer) => at = outer,
            Scope::Module | Scope::Class(_) => return false,
        }
    }
    false
}
