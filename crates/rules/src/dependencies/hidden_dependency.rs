//! A class of the application or the domain that builds or fetches its dependencies instead of receiving them.

mod lazy;
mod nature;
mod wrapper;

use config::Level;
use model::{ClassRef, ModuleId};
use python::{Body, BodyId, BodyOwner, ClassId, Expr, ExprId, FunctionId, Name, Scope, Stmt};
use view::collaborators::{self, Class, Collaborator, Role, Source};
use view::scope::{Names, chain};
use view::{
    Applicability, Context, Findings, Fix, FixKind, Group, InPresets, InjectCollaborator, Key, OptionDefault,
    OptionSpec, Place, Rule, checked_classes,
};

use super::shape::{Shape, takes_self};
use crate::layers::target;

pub(crate) static RULE: Rule = Rule {
    id: "hidden-dependency",
    group: Group::Dependencies,
    summary: "an application or domain class that creates or fetches a collaborator instead of receiving it",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("hidden_dependency.md"),
    options: &[
        OptionSpec {
            name: "allow",
            default: OptionDefault::Strings(&[]),
            summary: "names of classes that may be created anywhere",
        },
        OptionSpec {
            name: "fallbacks",
            default: OptionDefault::Bool(false),
            summary: "also report what replaces an argument that was not passed",
        },
        OptionSpec {
            name: "context-managed",
            default: OptionDefault::Bool(false),
            summary: "also report what a `with` statement opens and closes",
        },
        OptionSpec {
            name: "per-call",
            default: OptionDefault::Bool(false),
            summary: "report as info instead of as a hint what is created for each call, from its arguments or from a session opened there",
        },
    ],
    has_fix: true,
    presets: InPresets {
        strict: Some(Level::Warning),
        layered: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        fastapi: Some(Level::Warning),
        django: Some(Level::Off),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// Methods that initialize their object, or that a framework calls to do so.
const LIFECYCLE: &[&str] = &[
    "__aenter__",
    "__enter__",
    "configure",
    "connect",
    "init_app",
    "on_startup",
    "open",
    "ready",
    "setup",
    "start",
    "startup",
];

/// One place where a collaborator is built or fetched.
struct Found {
    class: ClassId,
    /// `None` if the class body creates it.
    method: Option<FunctionId>,
    body: BodyId,
    expr: ExprId,
    collaborator: Collaborator,
    source: Source,
    /// Its name in messages.
    shown: String,
    /// Whether it is created from arguments of the method and nothing else.
    is_of_call: bool,
    /// Whether the class body creates it, once for all instances.
    is_shared: bool,
    /// Whether a property creates it when it is read.
    is_lazy: bool,
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(own) = checked_classes::inner(cx) else { return };
    let definitions = &*cx.module.definitions;
    if definitions.classes.is_empty() {
        return;
    }
    let mut judged: Vec<bool> = definitions
        .classes
        .iter()
        .map(|class| checked_classes::is_of(own, class) && checked_classes::is_checked(cx, class))
        .collect();
    if !judged.contains(&true) {
        return;
    }
    let names = Names::of(cx);
    nature::leave_out(&names, &mut judged);
    let mut found: Vec<Found> = Vec::new();
    for (id, body) in names.bodies() {
        let BodyOwner::Function(function) = body.owner else { continue };
        let Some((class, method)) = checked_classes::class_around(cx, function) else { continue };
        if judged[class.0 as usize] && !LIFECYCLE.contains(&definitions[method].name.as_str()) {
            collect(&names, class, method, (id, body), &mut found);
        }
    }
    in_class_bodies(&names, &judged, &mut found);
    found.sort_by_key(|it| names.span(it.body, it.expr));
    let evidence = target::because(cx, cx.id, own);
    let mut told: Vec<(ClassId, String)> = Vec::new();
    for it in &found {
        let key = (it.class, it.shown.clone());
        if told.contains(&key) {
            continue;
        }
        told.push(key);
        tell(&names, it, &found, &evidence, out);
    }
}

/// The collaborators that a body builds or fetches.
fn collect(
    names: &Names<'_>,
    class: ClassId,
    method: FunctionId,
    (id, body): (BodyId, &Body),
    found: &mut Vec<Found>,
) {
    let cx = names.cx;
    let options = cx.options(&RULE);
    let definitions = &*cx.module.definitions;
    let of_function =
        |function: FunctionId| definitions[function].parameters.iter().map(|it| it.name.clone());
    let inside = match body.owner {
        BodyOwner::Function(function) if function != method => Some(function),
        _ => None,
    };
    let parameters: Vec<Name> = of_function(method).chain(inside.into_iter().flat_map(of_function)).collect();
    let method_name = definitions[method].name.as_str();
    let mut shape: Option<Shape> = None;
    for (index, expr) in body.exprs.list.iter().enumerate() {
        let expr_id = ExprId(index as u32);
        let hit = match expr {
            Expr::Call { callee, args } => {
                let Some((collaborator, source)) = collaborators::of_call(names, id, expr_id) else {
                    continue;
                };
                let is_fetched = matches!(source, Source::Fetched(..));
                // A function with an argument that selects what to return makes a choice, which only the caller can
                // make.
                if takes_self(body, args) || is_fetched && !args.is_empty() {
                    continue;
                }
                let Some(shown) = shown(body, *callee, &collaborator, &source) else { continue };
                (collaborator, source, shown)
            }
            Expr::Attribute { value, .. } => {
                let Some((collaborator, source)) = collaborators::of_global(names, id, *value) else {
                    continue;
                };
                let is_singleton = is_singleton_role(collaborator.role);
                let Some((root, _)) = chain(body, *value).filter(|_| is_singleton) else { continue };
                (collaborator, source, root.to_owned())
            }
            _ => continue,
        };
        let (collaborator, source, shown) = hit;
        if nature::is_session_factory(&collaborator) {
            continue;
        }
        let is_allowed = |name: &str| options.strings("allow").contains(&name);
        if collaborator.name().is_some_and(is_allowed) || !is_foreign_to(cx, class, &collaborator) {
            continue;
        }
        let shape = shape.get_or_insert_with(|| {
            let mut shape = Shape::of(body, &parameters);
            shape.fall_back_for(body, &nature::given_attributes(names, class));
            shape.follow_call(body, &parameters, |value| {
                collaborators::of_call(names, id, value).is_some_and(|(it, _)| it.role == Role::Session)
            });
            shape
        });
        let makes = |callee: ExprId| makes_instance(names, id, callee);
        // What an attribute makes when it is read is the object's own, like what its constructor makes.
        let is_lazy = source == Source::Made
            && collaborator.role.reaches_outside()
            && shape.is_returned(body, expr_id)
            && lazy::is_attribute(names, class, method);
        let is_excused = shape.is_deferred(expr_id)
            || shape.is_returned(body, expr_id) && !is_lazy
            || shape.goes_into_returned(body, expr_id, makes)
            || !options.bool("fallbacks") && shape.is_fallback(body, expr_id, &parameters)
            || !options.bool("context-managed") && shape.is_managed(body, expr_id);
        let is_part_returned = matches!(source, Source::Fetched(..))
            && collaborator.role == Role::Settings
            && shape.is_part_returned(body, expr_id);
        if !is_excused
            && !is_part_returned
            && !wraps_argument(body, expr, &collaborator, method_name, &parameters)
        {
            // A constructor runs once: what it creates from its arguments could be injected instead.
            let is_of_call =
                (method_name != "__init__" || inside.is_some()) && shape.is_made_of_call(body, expr_id);
            let is_kept_short = !options.bool("context-managed") && shape.is_made_of_managed(body, expr_id);
            let is_told = options.bool("per-call") || is_worth_a_hint(&collaborator);
            if is_kept_short || is_of_call && !is_told {
                continue;
            }
            found.push(Found {
                is_of_call,
                is_shared: false,
                is_lazy,
                class,
                method: Some(method),
                body: id,
                expr: expr_id,
                collaborator,
                source,
                shown,
            });
        }
    }
}

/// Whether another design would be better: what a method creates from its arguments could come from an injected
/// factory. A session that lives for one call is rightly opened there.
fn is_worth_a_hint(collaborator: &Collaborator) -> bool {
    matches!(collaborator.class, Class::Own(_))
        && !matches!(collaborator.role, Role::Session | Role::Settings)
}

/// Collaborators that class bodies create: shared by all instances, and not replaceable.
fn in_class_bodies(names: &Names<'_>, judged: &[bool], found: &mut Vec<Found>) {
    let cx = names.cx;
    let definitions = &*cx.module.definitions;
    let allowed = cx.options(&RULE);
    let allowed = allowed.strings("allow");
    for (id, body) in names.bodies() {
        let BodyOwner::Class(class) = body.owner else { continue };
        if !judged.get(class.0 as usize).copied().unwrap_or_default()
            || definitions[class].scope != Scope::Module
        {
            continue;
        }
        for stmt in &body.stmts {
            let Stmt::Assign { value: Some(value), .. } = stmt else { continue };
            for expr in lazy::parts(body, *value) {
                let Some((collaborator, source, shown)) = shared(names, id, expr) else { continue };
                if nature::is_session_factory(&collaborator)
                    || collaborator.name().is_some_and(|name| allowed.contains(&name))
                    || !is_foreign_to(cx, class, &collaborator)
                {
                    continue;
                }
                found.push(Found {
                    is_of_call: false,
                    is_shared: true,
                    is_lazy: false,
                    class,
                    method: None,
                    body: id,
                    expr,
                    collaborator,
                    source,
                    shown,
                });
            }
        }
    }
}

/// The collaborator that an expression of a class body gives to all instances.
fn shared(names: &Names<'_>, id: BodyId, expr: ExprId) -> Option<(Collaborator, Source, String)> {
    let body = names.body(id);
    let Expr::Call { callee, .. } = &body[expr] else {
        // `orders = _orders`
        let (collaborator, source) = collaborators::of_global(names, id, expr)?;
        let (root, _) = chain(body, expr).filter(|_| is_singleton_role(collaborator.role))?;
        return Some((collaborator, source, root.to_owned()));
    };
    let (collaborator, source) = collaborators::of_call(names, id, expr)?;
    let is_shared = match source {
        Source::Made => collaborator.role.reaches_outside(),
        Source::Fetched(..) => collaborator.role.reaches_outside() || collaborator.role == Role::Settings,
        Source::Global(..) => false,
    };
    let shown = shown(body, *callee, &collaborator, &source).filter(|_| is_shared)?;
    Some((collaborator, source, shown))
}

/// Whether one object of the role is rightly passed in, where a module keeps it: a session is opened per request.
fn is_singleton_role(role: Role) -> bool {
    role.reaches_outside() && role != Role::Session
}

/// An adapter that wraps an argument of the method is created for that purpose: `BlockAdapter(block)`.
fn wraps_argument(
    body: &Body,
    expr: &Expr,
    collaborator: &Collaborator,
    method: &str,
    parameters: &[Name],
) -> bool {
    let Expr::Call { args, .. } = expr else { return false };
    let is_parameter =
        |arg: &python::Arg| matches!(&body[arg.value()], Expr::Name(name) if parameters.contains(name));
    collaborator.role == Role::Adapter
        && method != "__init__"
        && collaborator.name().is_some_and(|name| name.ends_with("Adapter"))
        && args.iter().any(is_parameter)
}

/// Whether the class is not the one that creates it, nor a private part of its module.
fn is_foreign_to(cx: &Context<'_>, class: ClassId, collaborator: &Collaborator) -> bool {
    let Class::Own(own) = &collaborator.class else { return true };
    let maker = &cx.module.definitions[class].name;
    own.module != cx.id || own.name != *maker && !own.name.starts_with('_')
}

/// Whether calling `callee` instantiates a class of the project.
fn makes_instance(names: &Names<'_>, body: BodyId, callee: ExprId) -> bool {
    if matches!(&names.body(body)[callee], Expr::Name(name) if name == "cls") {
        return true;
    }
    let value = collaborators::head_value(names, body, callee);
    value.is_some_and(|value| matches!(value.kind, flow::Kind::Class(_)))
}

/// `OrderRepository`, `httpx.AsyncClient`, `SessionLocal()`, `get_settings()`
fn shown(body: &Body, callee: ExprId, collaborator: &Collaborator, source: &Source) -> Option<String> {
    let written = || body.exprs.dotted(callee);
    match (&collaborator.class, source) {
        (_, Source::Fetched(..)) | (Class::Unknown, _) => Some(format!("{}()", written()?)),
        (Class::Own(class), _) => Some(class.name.to_string()),
        (Class::Library(full), _) => Some(full.to_string()),
    }
}

fn tell(names: &Names<'_>, it: &Found, all: &[Found], evidence: &str, out: &mut Findings<'_>) {
    let cx = names.cx;
    let class = &cx.module.definitions[it.class].name;
    let dependent = it.method.map_or_else(|| class.to_string(), |method| cx.qualified(method));
    let role = it.collaborator.role.words();
    let alike = || all.iter().filter(|other| other.class == it.class && other.shown == it.shown);
    let is_of_call = alike().all(|other| other.is_of_call);
    let advice = "inject it via `__init__`";
    let message = match &it.source {
        Source::Made if is_of_call => {
            let itself = role.trim_start_matches("a ").trim_start_matches("an ");
            format!(
                "`{dependent}` creates `{}` on every call; inject a factory or the {itself} itself",
                it.shown
            )
        }
        Source::Made if it.is_shared => {
            format!("`{class}` shares one `{}` among all instances; {advice}", it.shown)
        }
        Source::Made if it.collaborator.class == Class::Unknown => {
            format!("`{class}` opens {role} with `{}`; {advice}", it.shown)
        }
        Source::Made if nature::is_singleton(cx, &it.collaborator) => {
            format!("`{class}` fetches the process-wide `{}`; {advice}", it.shown)
        }
        Source::Made => format!("`{class}` creates its own `{}`; {advice}", it.shown),
        Source::Fetched(..) => match it.collaborator.name() {
            Some(name) => format!("`{class}` fetches `{name}` with `{}`; {advice}", it.shown),
            None => format!("`{class}` fetches {role} with `{}`; {advice}", it.shown),
        },
        Source::Global(module, name) => {
            format!("`{class}` uses the global `{name}` of `{}`; {advice}", cx.module_name(*module))
        }
    };
    let key = Key::new(format!("{class} {}", it.shown));
    let draft = out.add(names.span(it.body, it.expr), key, message);
    draft.evidence(evidence);
    if is_of_call {
        let is_asked_for = cx.options(&RULE).bool("per-call");
        draft.at_most(if is_asked_for { Level::Info } else { Level::Hint });
    }
    if let Class::Own(own) = &it.collaborator.class {
        let place = class_place(cx, own);
        draft.related(cx.file_of(own.module), place, format!("`{}` is {role}", own.name));
    }
    // A constructor can't set what a property computes.
    if !it.is_shared && !alike().any(|other| other.is_lazy) {
        draft.fix(injection(cx, it, alike()));
    }
    for other in alike() {
        if (other.body, other.expr) != (it.body, it.expr) {
            let place = Place::Expr { body: other.body, expr: other.expr };
            let maker = other.method.map_or_else(|| class.to_string(), |method| cx.qualified(method));
            draft.related(cx.file, place, format!("`{maker}` does so too"));
        }
    }
}

/// The fix that injects it through the constructor, where the class allows that.
fn injection<'f>(cx: &Context<'_>, it: &Found, alike: impl Iterator<Item = &'f Found>) -> Option<Fix> {
    let places = alike.map(|other| (other.body, other.expr)).collect();
    let kind = FixKind::InjectCollaborator(InjectCollaborator { places });
    refactor::is_offered(cx, &kind).then_some(())?;
    let class = &cx.module.definitions[it.class].name;
    let what = it.collaborator.name().unwrap_or(&it.shown);
    Some(Fix { title: format!("Inject `{what}` into `{class}`"), applicability: Applicability::Review, kind })
}

fn class_place(cx: &Context<'_>, class: &ClassRef) -> Place {
    let module: ModuleId = class.module;
    let definitions = python::query::definitions(cx.db, cx.file_of(module));
    let found = definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == class.name);
    found.map_or(Place::File, |(id, _)| Place::Class(id))
}
