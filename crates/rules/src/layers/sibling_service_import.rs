//! Services of one layer that import each other, and `independence` contracts.

use config::{Layer, Level};
use model::{ClassRef, EdgeKind, Export, ModuleId, Target};
use python::UseContext;
use view::{Context, Findings, Group, ImportView, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use super::aim::{Aim, first_party};
use super::{contracts, target, way, words};

pub(crate) static RULE: Rule = Rule {
    id: "sibling-service-import",
    group: Group::Layers,
    summary: "services of one layer that import each other",
    level: Level::Info,
    since: "0.1.0",
    docs: include_str!("sibling_service_import.md"),
    options: &[OptionSpec {
        name: "when",
        default: OptionDefault::String("mutual"),
        summary: "`mutual`, `injected` or `contracts`",
    }],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        layered: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        options: &[
            ("strict", "when", OptionDefault::String("injected")),
            ("layered", "when", OptionDefault::String("injected")),
        ],
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    contracts::tell(cx, out, contracts::independence(cx));
    let options = cx.options(&RULE);
    let when = options.string("when");
    if when == "contracts" || !is_service(cx, cx.id) {
        return;
    }
    for aim in first_party(cx) {
        if aim.is_type_checking() || !is_service(cx, aim.to) || !takes_service(cx, &aim) {
            continue;
        }
        if imports(cx, aim.to, cx.id) {
            if is_lower(cx, aim.to) {
                mutual(cx, &aim, out);
            }
        } else if when == "injected" {
            injected(cx, &aim, out);
        }
    }
}

fn mutual(cx: &Context<'_>, aim: &Aim<'_, ModuleId>, out: &mut Findings<'_>) {
    let (own, other) = (cx.own_name(), cx.module_name(aim.to));
    let message = format!("Services import each other: `{other}` imports this module too");
    let draft = out.add(aim.span(), Key::modules([own, other]), message);
    draft.modules([own, other]);
    way::show(cx, draft, &[aim.to, cx.id]);
}

/// Whether the checked module is the one of the two that more modules depend on. The pair is reported there, once: the
/// more modules depend on a module, the fewer it should depend on itself (R. C. Martin's stable dependencies
/// principle).
fn is_lower(cx: &Context<'_>, other: ModuleId) -> bool {
    let rank = |id: ModuleId| (cx.architecture.graph.importers(id).len(), id);
    rank(cx.id) > rank(other)
}

/// A concrete service of another bounded context that a constructor depends on.
fn injected(cx: &Context<'_>, aim: &Aim<'_, ModuleId>, out: &mut Findings<'_>) {
    let contexts = (cx.bounded_context(cx.id), cx.bounded_context(aim.to));
    if !matches!(contexts, (Some(own), Some(other)) if own != other) {
        return;
    }
    for item in &aim.items {
        let asked = cx.module.uses.iter().find(|used| {
            let constructor = used
                .function
                .and_then(|id| cx.module.definitions.functions.get(id.0 as usize))
                .is_none_or(|function| function.name == "__init__");
            used.import == item.id && used.context == UseContext::Annotation && constructor
        });
        let Some(asked) = asked.filter(|_| !is_port(cx, item)) else { continue };
        let service = item.import.bound_name().unwrap_or_default();
        let message = format!(
            "`{service}` is a concrete service of another context, `{}`; depend on a port of your own",
            cx.module_name(aim.to)
        );
        out.add(aim.span(), Key::new(service), message)
            .modules([cx.own_name(), cx.module_name(aim.to)])
            .related(cx.file, Place::Span(asked.span), format!("`{service}` is injected here"));
        return;
    }
}

/// Whether a class is an interface, including one that is abstract through its base.
fn is_port(cx: &Context<'_>, item: &ImportView<'_>) -> bool {
    match &item.resolved.target {
        Target::Symbol { origin, origin_name, .. } => {
            let class = ClassRef::new(*origin, origin_name.clone());
            model::query::port(cx.db, cx.project, class).is_some()
        }
        _ => false,
    }
}

/// Whether a module contains application services.
fn is_service(cx: &Context<'_>, id: ModuleId) -> bool {
    let name = cx.module_name(id);
    target::sure(cx, id).is_some_and(|verdict| verdict.layer == Layer::Application)
        && words::serves(name)
        && !is_beside_services(words::stem(name))
}

/// Modules among services that are not services: code that all of them share.
fn is_beside_services(stem: &str) -> bool {
    const WORDS: [&str; 16] = [
        "base",
        "abc",
        "interface",
        "interfaces",
        "ports",
        "port",
        "protocols",
        "types",
        "enums",
        "constants",
        "dto",
        "dtos",
        "common",
        "shared",
        "events",
        "config",
    ];
    WORDS.contains(&stem)
        || stem.starts_with("base_")
        || words::holds_errors(stem)
        || words::holds_schemas(stem)
}

/// Whether the import takes a service itself, not a base class, an error or data beside it.
fn takes_service(cx: &Context<'_>, aim: &Aim<'_, ModuleId>) -> bool {
    aim.items.iter().any(|item| match &item.resolved.target {
        Target::Module(module) => takes_of(cx, item, *module),
        Target::Symbol { origin, origin_name, .. } => {
            !is_only_base(cx, item) && is_service_name(cx, *origin, origin_name)
        }
        _ => false,
    })
}

/// Whether the code takes a service of a module that it imports whole; also where it isn't seen what it takes.
fn takes_of(cx: &Context<'_>, item: &ImportView<'_>, module: ModuleId) -> bool {
    let mut uses = cx.module.uses.iter().filter(|used| used.import == item.id).peekable();
    uses.peek().is_none()
        || uses.any(|used| {
            let mut attributes = used.attributes.split('.').filter(|segment| !segment.is_empty());
            // `import shop.orders` binds `shop`.
            let is_direct =
                item.import.alias.is_some() || item.import.bound_name() == item.import.name.as_deref();
            match attributes.next() {
                Some(name) if is_direct => is_service_name(cx, module, name),
                _ => true,
            }
        })
}

fn is_only_base(cx: &Context<'_>, item: &ImportView<'_>) -> bool {
    let mut uses = cx.module.uses.iter().filter(|used| used.import == item.id).peekable();
    uses.peek().is_some() && uses.all(|used| used.context == UseContext::Base)
}

fn is_service_name(cx: &Context<'_>, module: ModuleId, name: &str) -> bool {
    match model::query::exports(cx.db, cx.file_of(module)).get(name) {
        Some(Export::Function(_)) => true,
        Some(Export::Class(_)) => {
            ["Service", "UseCase", "Interactor", "Manager", "Handler"].iter().any(|end| name.ends_with(end))
        }
        Some(Export::Variable(_)) => name.ends_with("service"),
        Some(Export::Import(_)) | None => false,
    }
}

/// Whether one module imports another at run time.
fn imports(cx: &Context<'_>, importer: ModuleId, imported: ModuleId) -> bool {
    let edges = cx.architecture.graph.imports(importer);
    edges.iter().any(|edge| edge.to == imported && edge.kind > EdgeKind::TypeChecking)
}
