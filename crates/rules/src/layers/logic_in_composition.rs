//! Business logic where a program should only be assembled: in a factory, a container, a provider.

use config::Layer;
use model::Mark;
use python::{Expr, FunctionId, Scope};
use rustc_hash::FxHashSet;
use view::scope::Names;
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Rule};

use super::business::measure;
use super::fat_controller::places;
use super::handlers::handlers;
use super::target;

pub(crate) static RULE: Rule = Rule {
    id: "logic-in-composition",
    group: Group::Layers,
    summary: "decisions and calculations on entities in a factory, a container or a provider",
    level: config::Level::Off,
    since: "0.1.0",
    docs: include_str!("logic_in_composition.md"),
    options: &[OptionSpec {
        name: "logic",
        default: OptionDefault::Integer(2),
        summary: "minimum number of decisions, calculations and changing loops together in a reported function",
    }],
    has_fix: false,
    presets: InPresets {
        strict: Some(config::Level::Warning),
        clean: Some(config::Level::Warning),
        hexagonal: Some(config::Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let composing = composing(cx);
    if composing.is_empty() {
        return;
    }
    let handlers = handlers(cx);
    let wanted = usize::try_from(cx.options(&RULE).integer("logic")).unwrap_or(0).max(1);
    let names = Names::of(cx);
    for (id, why) in composing {
        if handlers.contains(&id) || is_hook(cx, id) {
            continue;
        }
        let found = measure(&names, id, false);
        // A provider that only inspects what it returns decides nothing.
        if found.logic() < wanted || found.changes() + found.calculations.len() == 0 {
            continue;
        }
        let function = cx.qualified(id);
        let message = format!(
            "`{function}` contains business logic ({}) in wiring code; move it to a service or the domain",
            found.in_words()
        );
        let draft = out.add(cx.module.spans.function_name(id), Key::new(function), message);
        draft.evidence(why);
        let body = cx.module.definitions[id].body;
        for (file, place, words) in places(&names, body, &found) {
            draft.related(file, place, words);
        }
    }
}

/// The functions of the checked module that assemble the program, each with the reason: all functions of a composition
/// module, factories in modules named after them, and the dependencies of routes.
fn composing(cx: &Context<'_>) -> Vec<(FunctionId, String)> {
    let marks = model::query::signals(cx.db, cx.file).marks;
    let is_entry = [Mark::CliCommand, Mark::Task, Mark::Receiver].iter().any(|mark| marks.has(*mark));
    let definitions = &*cx.module.definitions;
    let own = target::sure(cx, cx.id).filter(|verdict| verdict.layer == Layer::Composition && !is_entry);
    let last = cx.own_name().rsplit('.').next().unwrap_or_default();
    // Factories of test data don't count.
    if cx
        .own_name()
        .split('.')
        .any(|segment| ["fake", "fixture", "test"].iter().any(|word| segment.contains(word)))
    {
        return Vec::new();
    }
    let builds = !is_entry && last.split('_').any(|word| MODULES.contains(&word));
    let routes = model::query::routes(cx.db, cx.project);
    let provided: FxHashSet<FunctionId> = routes
        .list
        .iter()
        .flat_map(|route| &route.dependencies)
        .filter(|(module, _)| *module == cx.id)
        .map(|(_, function)| *function)
        .collect();
    definitions
        .functions()
        .filter_map(|(id, function)| {
            if let Some(own) = own {
                return Some((id, target::because(cx, cx.id, own)));
            }
            if provided.contains(&id) {
                return Some((id, format!("`{}` is a dependency of routes", function.name)));
            }
            let is_factory = builds && FACTORIES.iter().any(|start| function.name.starts_with(start));
            is_factory.then(|| (id, format!("`{}` is a factory in `{}`", function.name, cx.own_name())))
        })
        .collect()
}

/// Names of modules that assemble objects.
const MODULES: [&str; 12] = [
    "bootstrap",
    "composition",
    "container",
    "containers",
    "dependencies",
    "deps",
    "di",
    "factories",
    "factory",
    "ioc",
    "providers",
    "wiring",
];

/// Prefixes of factory names.
const FACTORIES: [&str; 7] = ["build_", "create_", "get_", "make_", "new_", "provide_", "setup_"];

/// Whether a framework calls the function around requests or at startup and shutdown: middleware, lifespan, error
/// handlers, commands.
fn is_hook(cx: &Context<'_>, id: FunctionId) -> bool {
    const NAMES: [&str; 6] = ["lifespan", "startup", "shutdown", "dispatch", "__call__", "main"];
    const HOOKS: [&str; 16] = [
        "after_request",
        "asynccontextmanager",
        "before_request",
        "cli",
        "command",
        "context_processor",
        "contextmanager",
        "errorhandler",
        "event",
        "exception_handler",
        "group",
        "listens_for",
        "middleware",
        "on_event",
        "on_startup",
        "teardown_appcontext",
    ];
    let definitions = &*cx.module.definitions;
    let function = &definitions[id];
    NAMES.contains(&function.name.as_str())
        || matches!(function.scope, Scope::Function(outer) if outer != id && is_hook_by_name(&definitions[outer].name))
        || function.decorators.iter().any(|decorator| {
            let callee = match &definitions[*decorator] {
                Expr::Call { callee, .. } => *callee,
                _ => *decorator,
            };
            matches!(&definitions[callee], Expr::Name(name) | Expr::Attribute { name, .. } if HOOKS.contains(&name.as_str()))
        })
}

fn is_hook_by_name(name: &str) -> bool {
    name.contains("middleware") || name.contains("lifespan")
}
