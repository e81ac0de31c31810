//! Code that starts programs. It imports late on purpose: so that `--help` responds at once, so that settings are read
//! first, or because a framework calls it after everything else is loaded.

use config::Layer;
use model::{ModuleId, PathRole};
use python::{Class, Expr, ExprId, FunctionId, Scope};
use view::Context;

/// Functions that assemble an application, called by servers or by the application's main module.
pub(crate) const FACTORIES: &[&str] = &[
    "app_factory",
    "application_factory",
    "build_app",
    "build_application",
    "create_app",
    "create_application",
    "get_app",
    "get_application",
    "init_app",
    "main",
    "make_app",
    "make_application",
    "make_shell_context",
];

/// Prefixes of the names of functions that assemble a program.
const WIRING: &[&str] = &[
    "bootstrap",
    "build",
    "configure",
    "connect",
    "init",
    "inject",
    "install",
    "load",
    "register",
    "run",
    "setup",
    "start",
    "wire",
];

/// Whether the module serves tests although it is among the production code: fixtures and plugins of pytest.
pub(crate) fn is_test_support(cx: &Context<'_>) -> bool {
    let is_pytest = |module: &str| matches!(module.split('.').next(), Some("pytest" | "_pytest"));
    cx.module.imports.list.iter().any(|import| import.level == 0 && is_pytest(&import.module))
}

/// Whether the module contains commands: everything in it serves a command line.
pub(crate) fn is_command_module(cx: &Context<'_>) -> bool {
    let path = cx.info().path.as_str();
    let definitions = &cx.module.definitions;
    path.contains("management/commands/")
        || definitions
            .classes()
            .any(|(_, class)| has_base(cx, class, &["BaseCommand", "AppCommand", "LabelCommand"]))
        || definitions
            .functions()
            .any(|(_, function)| function.decorators.iter().any(|id| makes_command(cx, *id)))
}

/// Whether `function`, or one around it, starts the program or is called by a framework during startup.
pub(crate) fn starts_up(cx: &Context<'_>, function: FunctionId, factories: &[&str]) -> bool {
    let definitions = &cx.module.definitions;
    let mut scope = Scope::Function(function);
    loop {
        match scope {
            Scope::Module => return false,
            Scope::Class(id) => scope = definitions[id].scope,
            Scope::Function(id) => {
                let function = &definitions[id];
                let name = function.name.as_str();
                if factories.contains(&name) || name.starts_with("pytest_") || puts_together(cx, id) {
                    return true;
                }
                if function.scope == Scope::Module && is_server_hook(cx, name) {
                    return true;
                }
                match function.scope {
                    Scope::Module if name == "__getattr__" || name == "__dir__" => return true,
                    Scope::Class(class)
                        if name == "ready" && has_base(cx, &definitions[class], &["AppConfig"]) =>
                    {
                        return true;
                    }
                    around => scope = around,
                }
            }
        }
    }
}

/// Whether a function assembles a program, by its name and its place: in a module that does nothing else (the layer
/// `composition`), or with as many imports as such functions typically have.
fn puts_together(cx: &Context<'_>, function: FunctionId) -> bool {
    const MANY: usize = 8;
    let name = cx.module.definitions[function].name.trim_start_matches('_');
    let verb = name.split('_').next().unwrap_or_default();
    let imports_many = || {
        let inside = cx.imports().filter(|view| view.import.context.function == Some(function));
        let mut targets: Vec<ModuleId> = inside.filter_map(|view| view.module()).collect();
        targets.sort_unstable();
        targets.dedup();
        targets.len() >= MANY
    };
    WIRING.contains(&verb)
        && (cx.own_layer() == Some(Layer::Composition) || imports_many() || is_part_of_program(cx))
}

/// Whether the module only starts what the program's own module, `__main__`, runs: nothing else imports it, and it
/// consists of functions that start or assemble something.
pub(crate) fn is_part_of_program(cx: &Context<'_>) -> bool {
    let modules = &cx.architecture.modules;
    let is_main = |id: ModuleId| modules[id].name.rsplit('.').next() == Some("__main__");
    let importers = cx.architecture.graph.importers(cx.id).iter().map(|edge| edge.to);
    let mut importers = importers.filter(|id| modules[*id].role != PathRole::Tests).peekable();
    let definitions = &cx.module.definitions;
    let starts =
        |name: &str| WIRING.contains(&name.trim_start_matches('_').split('_').next().unwrap_or_default());
    importers.peek().is_some()
        && importers.all(is_main)
        && definitions.classes().next().is_none()
        && definitions
            .functions()
            .all(|(_, function)| function.scope != Scope::Module || starts(&function.name))
}

/// Whether a function is a hook in a configuration file of gunicorn, which is read before the application is there and
/// before the workers are forked: what the hook imports belongs into the worker.
fn is_server_hook(cx: &Context<'_>, name: &str) -> bool {
    let file = cx.info().path.as_str().rsplit('/').next().unwrap_or_default();
    let sets = || {
        let variables = &cx.module.definitions.variables;
        variables.iter().any(|it| it.scope == Scope::Module && libraries::is_server_setting(&it.name))
    };
    libraries::is_server_hook(name) && (file.contains("gunicorn") || sets())
}

/// `@click.command()`, `@cli.command("name")`, `@manager.command`, `@app.callback()`, `@cli.group()`.
fn makes_command(cx: &Context<'_>, decorator: ExprId) -> bool {
    let exprs = &cx.module.definitions.exprs;
    let callee = match &exprs[decorator] {
        Expr::Call { callee, .. } => *callee,
        _ => decorator,
    };
    match &exprs[callee] {
        Expr::Attribute { name, .. } => {
            name == "command" || name == "group" || name == "callback" && imports_typer(cx)
        }
        Expr::Name(name) => name == "command" || name == "group",
        _ => false,
    }
}

fn imports_typer(cx: &Context<'_>) -> bool {
    cx.module
        .imports
        .list
        .iter()
        .any(|import| import.level == 0 && import.module.split('.').next() == Some("typer"))
}

/// Whether a class inherits from one of these, directly or through classes of the project.
fn has_base(cx: &Context<'_>, class: &Class, names: &[&str]) -> bool {
    let exprs = &cx.module.definitions.exprs;
    let directly = class.bases.iter().any(|base| match &exprs[base.value()] {
        Expr::Name(name) | Expr::Attribute { name, .. } => names.contains(&name.as_str()),
        _ => false,
    });
    let ancestors = || cx.architecture.hierarchy.by_class.get(&(cx.id, class.name.clone()));
    let last = |name: &'_ python::Name| name.rsplit('.').next().is_some_and(|name| names.contains(&name));
    directly || ancestors().is_some_and(|ancestors| ancestors.foreign.iter().any(last))
}
