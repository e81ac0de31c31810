//! A concrete class of the infrastructure, or a driver, injected into the application or the domain without a port
//! between.

use config::{Layer, Level, Style};
use flow::Kind;
use flow::types::classes::{Member, MethodKind};
use model::{ClassRef, InjectionPlace, PortKind, Verdict};
use python::{Expr, ExprId, Name, Scope};
use refactor::that_fits;
use source::Span;
use view::collaborators::{self, Role};
use view::{
    Applicability, Context, ExtractProtocol, Findings, Fix, FixKind, Group, InPresets, Key, OptionDefault,
    OptionSpec, Options, Rule, wording,
};

use super::drivers::{self, Handle};
use super::{injection_site, stand_in};
use crate::layers::{practice, target, words};

pub(crate) static RULE: Rule = Rule {
    id: "missing-protocol",
    group: Group::Interfaces,
    summary: "application or domain code that depends on a concrete infrastructure class without a port",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("missing_protocol.md"),
    options: &[
        OptionSpec {
            name: "allow",
            default: OptionDefault::Strings(&[]),
            summary: "classes, by name or qualified name, that need no port",
        },
        OptionSpec {
            name: "layered",
            default: OptionDefault::Bool(false),
            summary: "whether services of layered code need ports too",
        },
    ],
    has_fix: true,
    presets: InPresets {
        layered: Some(Level::Off),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        django: Some(Level::Off),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// Annotations nested deeper than this are not found in hand-written code.
const MAX_DEPTH: usize = 16;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let options = cx.options(&RULE);
    let claim = Claim::of(cx, &options);
    let Some(own) = target::sure(cx, cx.id) else { return };
    if !matches!(own.layer, Layer::Application | Layer::Domain)
        || !target::is_placed(own)
        || target::is_in_mixed_folder(cx, cx.id, own)
    {
        return;
    }
    let works_off = words::works_off(cx.own_name());
    if claim != Claim::None || !works_off {
        classes(cx, own, claim, &options, out);
    }
    if claim != Claim::None && !works_off {
        libraries(cx, own, &options, out);
    }
}

/// Whether the project claims to have ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// By its style.
    Style,
    /// By its configuration.
    Option,
    /// It doesn't: then a port is an improvement, not an obligation.
    None,
}

impl Claim {
    fn of(cx: &Context<'_>, options: &Options<'_>) -> Self {
        match cx.style() {
            Some(Style::Clean | Style::Hexagonal) => Claim::Style,
            _ if options.bool("layered") => Claim::Option,
            _ => Claim::None,
        }
    }
}

/// Checks classes of the project.
fn classes(cx: &Context<'_>, own: &Verdict, claim: Claim, options: &Options<'_>, out: &mut Findings<'_>) {
    let allowed = options.strings("allow");
    // Without a claim to have ports, each class is reported once per file.
    let mut hinted: Vec<ClassRef> = Vec::new();
    for asked in model::query::injection_sites(cx.db, cx.project, cx.file).iter() {
        let class = &asked.class;
        let Some(other) = target::sure(cx, class.module) else { continue };
        let full = format!("{}.{}", cx.module_name(class.module), class.name);
        if other.layer != Layer::Infrastructure
            || class.module == cx.id
            || !target::is_placed(other)
            // A service that is part of an adapter does not belong to the application.
            || target::lies_in_same_layer(cx.own_name(), cx.module_name(class.module), other)
            || allowed.iter().any(|name| *name == class.name || *name == full)
            || is_behind_port(cx, class)
            || injection_site::is_data(cx, class)
            || injection_site::is_factory(cx, asked.place)
            || claim == Claim::None
                && (!is_of_class(cx, asked.place)
                    || hinted.contains(class)
                    || !reaches_outside(cx, class)
                    || !is_shared(cx, class))
        {
            continue;
        }
        let dependent = injection_site::dependent(cx, asked.place);
        let usage = flow::query::usage(cx.db, cx.project, cx.id, asked.place);
        let used = usage.members.iter().map(|used| &used.name);
        let used: Vec<_> = used.filter(|name| !name.starts_with("__")).collect();
        if claim == Claim::None && !usage.escapes && gives_session_alone(cx, class, &used) {
            continue;
        }
        let fix = extraction(cx, class, asked.place);
        if claim == Claim::None {
            if fix.is_none() {
                continue;
            }
            hinted.push(class.clone());
        }
        let uses = match (usage.escapes, &used[..]) {
            (true, _) | (_, []) => String::new(),
            (false, used) => format!(" and only uses {}", wording::codes(used)),
        };
        let message =
            format!("`{dependent}` depends on the concrete `{}`{uses}; put a port in between", class.name);
        let key = Key::new(format!("{dependent} {}", class.name));
        let draft = out.add(injection_site::span(cx, asked.place, class), key, message);
        draft.modules([cx.own_name(), cx.module_name(class.module)]);
        let mut evidence =
            format!("{}; {}", target::because(cx, cx.id, own), target::because(cx, class.module, other));
        if claim == Claim::None {
            evidence.push_str("; a hint, since the project doesn't claim to have ports");
            draft.at_most(Level::Hint);
        } else if practice::broken_by_most(cx, own.layer, Layer::Infrastructure).is_some()
            && !is_first_dependent(cx, class, own.layer)
        {
            evidence.push_str("; most modules of its layer do the same, and the first is reported in full");
            draft.at_most(Level::Info);
        }
        draft.evidence(evidence);
        draft.fix(fix);
        draft.related(
            cx.file_of(class.module),
            injection_site::class_place(cx, class),
            format!("`{}` is defined here", class.name),
        );
    }
}

/// Whether no module of `layer` before this one depends on the class: one port fixes them all.
fn is_first_dependent(cx: &Context<'_>, class: &ClassRef, layer: Layer) -> bool {
    let dependents = model::query::dependents(cx.db, cx.project, class.clone());
    let mut modules = dependents.iter().map(|(module, _)| *module);
    modules.find(|module| cx.layer(*module) == Some(layer)).is_none_or(|first| first == cx.id)
}

/// Whether the injection site belongs to a class, not to a free function.
fn is_of_class(cx: &Context<'_>, place: InjectionPlace) -> bool {
    match place {
        InjectionPlace::Field { .. } => true,
        InjectionPlace::Parameter { function, .. } => {
            matches!(cx.module.definitions[function].scope, Scope::Class(_))
        }
    }
}

/// Whether enough modules of the inner layers depend on a class for each to gain from a narrower port. A repository
/// that only one service uses is hidden well enough.
fn is_shared(cx: &Context<'_>, class: &ClassRef) -> bool {
    const MANY: usize = 3;
    let dependents = model::query::dependents(cx.db, cx.project, class.clone());
    let is_inner = |module| matches!(cx.layer(module), Some(Layer::Application | Layer::Domain));
    let mut modules: Vec<_> =
        dependents.iter().map(|(module, _)| *module).filter(|module| is_inner(*module)).collect();
    modules.sort_unstable();
    modules.dedup();
    modules.len() >= MANY
}

/// Whether a class stores, sends or fetches, judging by its bases, its name and its layer.
fn reaches_outside(cx: &Context<'_>, class: &ClassRef) -> bool {
    collaborators::of_class(cx, class).is_some_and(Role::reaches_outside)
}

/// Whether the only member used is the session that the class holds: a port for that would hide nothing.
fn gives_session_alone(cx: &Context<'_>, class: &ClassRef, used: &[&Name]) -> bool {
    let is_session = |name: &Name| match flow::types::classes::member(cx.db, cx.project, class, name) {
        Some(Member::Attribute(value)) => collaborators::of_value(cx, &value)
            .map_or_else(|| name == "session", |it| it.role == Role::Session),
        Some(Member::Method { kind: MethodKind::Property, .. }) | None => name == "session",
        Some(Member::Method { .. }) => false,
    };
    !used.is_empty() && used.iter().all(|name| is_session(name))
}

/// The fix that extracts a Protocol with the members used.
fn extraction(cx: &Context<'_>, class: &ClassRef, place: InjectionPlace) -> Option<Fix> {
    let kind = FixKind::ExtractProtocol(ExtractProtocol {
        class: class.clone(),
        only_used: true,
        runtime_checkable: false,
        for_place: Some(place),
    });
    let title = format!("Extract a Protocol for what is used of `{}`", class.name);
    that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}

/// Whether a class is a port, implements one, or inherits from a class that the inner layers define.
fn is_behind_port(cx: &Context<'_>, class: &ClassRef) -> bool {
    model::query::port(cx.db, cx.project, class.clone()).is_some()
        || model::query::ports_of(cx.db, cx.project, class.clone())
            .iter()
            .any(|port| stand_in::stands_for(cx, &port.class, class))
        || flow::types::classes::bases(cx.db, cx.project, class).iter().any(|base| {
            matches!(cx.layer(base.module), Some(Layer::Application | Layer::Domain))
                || model::query::port(cx.db, cx.project, base.clone())
                    .is_some_and(|port| port.kind != PortKind::Stubs)
        })
}

/// Checks library classes: drivers and clients.
fn libraries(cx: &Context<'_>, own: &Verdict, options: &Options<'_>, out: &mut Findings<'_>) {
    let allowed = options.strings("allow");
    let definitions = &*cx.module.definitions;
    let inward = matches!(cx.style(), Some(Style::Clean | Style::Hexagonal));
    // If the domain has its own classes, sessions are reported where they are used: see `orm-leak`.
    let tells_sessions = inward && !cx.architecture.layers.inventory(cx.id).has_domain();
    // A nested function is a part of the one around it.
    let functions = definitions.functions().filter(|(_, it)| !matches!(it.scope, Scope::Function(_)));
    let parameters = functions.flat_map(|(function, facts)| {
        facts.parameters.iter().enumerate().filter_map(move |(index, parameter)| {
            let parameter_index = u16::try_from(index).ok()?;
            Some((InjectionPlace::Parameter { function, parameter: parameter_index }, parameter.annotation?))
        })
    });
    let fields = definitions.variables.iter().enumerate().filter_map(|(index, variable)| {
        let Scope::Class(class) = variable.scope else { return None };
        let place = InjectionPlace::Field { class, variable: u32::try_from(index).ok()? };
        Some((place, variable.annotation.filter(|_| injection_site::is_dataclass(definitions, class))?))
    });
    for (place, annotation) in parameters.chain(fields) {
        let Some((full, span)) = driver(cx, annotation, 0) else { continue };
        let last = full.rsplit('.').next().unwrap_or(&full);
        let wanted = match drivers::handle(&full) {
            Some(Handle::Session) => tells_sessions,
            Some(Handle::Outside) => true,
            None => false,
        };
        if !wanted
            || allowed.iter().any(|name| *name == last || *name == full)
            || injection_site::is_factory(cx, place)
        {
            continue;
        }
        let dependent = injection_site::dependent(cx, place);
        let draft = out.add(
            span,
            Key::new(format!("{dependent} {full}")),
            format!("`{dependent}` depends on `{full}`; put a port between {} and the library", own.layer),
        );
        draft.modules([cx.own_name(), &full]);
        draft.evidence(target::because(cx, cx.id, own));
    }
}

/// The first library class in an annotation that connects to the outside: its full name, and where it is named.
fn driver(cx: &Context<'_>, annotation: ExprId, depth: usize) -> Option<(String, Span)> {
    if depth > MAX_DEPTH {
        return None;
    }
    let exprs = &cx.module.definitions.exprs;
    match &exprs[annotation] {
        Expr::Name(_) | Expr::Attribute { .. } => {
            let Kind::Foreign(full) = injection_site::named(cx, annotation)?.kind else { return None };
            drivers::handle(&full)?;
            Some((full.to_string(), cx.module.spans.signature(annotation)))
        }
        // `Database | None`, `Optional[Database]`, `Annotated[Database, ...]`, `Database[Document]`: but not the
        // parameters or results of a callable.
        Expr::Subscript { value, index } => {
            if let Some(found) = driver(cx, *value, depth + 1) {
                return Some(found);
            }
            let holder = exprs.dotted(*value)?;
            match holder.rsplit('.').next() {
                Some("Optional" | "Union" | "FromDishka") => driver(cx, *index, depth + 1),
                Some("Annotated") => match &exprs[*index] {
                    Expr::Tuple(parts) => driver(cx, *parts.first()?, depth + 1),
                    _ => None,
                },
                _ => None,
            }
        }
        Expr::Tuple(parts) => parts.iter().find_map(|part| driver(cx, *part, depth + 1)),
        Expr::Binary { left, right, .. } => {
            driver(cx, *left, depth + 1).or_else(|| driver(cx, *right, depth + 1))
        }
        _ => None,
    }
}
