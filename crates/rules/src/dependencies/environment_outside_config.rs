//! The environment, read outside the modules for settings.

mod excuse;
mod platform;

use config::Layer;
use model::{Amount, Mark, PathRole, Target, Verdict};
use python::{Body, BodyId, BodyOwner, Expr, ExprId};
use view::collaborators::{self, Class, Role, Source};
use view::environment::{Read, reads};
use view::scope::Names;
use view::{
    Applicability, Context, Findings, Fix, FixKind, Group, InPresets, Key, MoveToConfig, OptionDefault,
    OptionSpec, Rule, checked_classes,
};

use self::platform::PLATFORM;
use super::shape::Shape;
use crate::imports::entry_point;

pub(crate) static RULE: Rule = Rule {
    id: "environment-outside-config",
    group: Group::Dependencies,
    summary: "environment variables read, or settings created, outside the configuration",
    level: config::Level::Off,
    since: "0.1.0",
    docs: include_str!("environment_outside_config.md"),
    options: &[OptionSpec {
        name: "allow",
        default: OptionDefault::Strings(SYSTEM),
        summary: "variables that any module may read; a trailing `*` matches anything",
    }],
    has_fix: true,
    presets: InPresets {
        strict: Some(config::Level::Warning),
        layered: Some(config::Level::Warning),
        clean: Some(config::Level::Warning),
        hexagonal: Some(config::Level::Warning),
        fastapi: Some(config::Level::Warning),
        django: Some(config::Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// Variables set by the system, the shell or the platform: not settings of the program.
const SYSTEM: &[&str] = &[
    "_*",
    "APPDATA",
    "AWS_LAMBDA_*",
    "BITBUCKET_*",
    "BUILD_*",
    "CI",
    "CI_*",
    "COLUMNS",
    "COMSPEC",
    "DISPLAY",
    "DJANGO_SETTINGS_MODULE",
    "DO_NOT_TRACK",
    "DYNO",
    "EDITOR",
    "FORCE_COLOR",
    "GITHUB_*",
    "GITLAB_*",
    "HOME",
    "HOSTNAME",
    "INVOCATION_ID",
    "JOURNAL_STREAM",
    "KUBERNETES_*",
    "LANG",
    "LC_*",
    "LINES",
    "LOCALAPPDATA",
    "LOGNAME",
    "NO_COLOR",
    "PAGER",
    "PATH",
    "PROGRAMFILES",
    "PROMETHEUS_MULTIPROC_DIR",
    "PWD",
    "PYTEST_*",
    "PYTHON*",
    "RENDER",
    "RENDER_*",
    "RUN_MAIN",
    "SHELL",
    "SYSTEMROOT",
    "TEMP",
    "TERM",
    "TMP",
    "TMPDIR",
    "TZ",
    "USER",
    "USERNAME",
    "USERPROFILE",
    "UWSGI_*",
    "VIRTUAL_ENV",
    "VISUAL",
    "WERKZEUG_*",
    "WINDIR",
    "XDG_*",
    "prometheus_multiproc_dir",
];

/// Stems of files that start programs or contain configuration.
const STEMS: &[&str] = &[
    "__main__",
    "_build",
    "asgi",
    "bootstrap",
    "build",
    "celery",
    "cli",
    "conf",
    "config",
    "configs",
    "configuration",
    "conftest",
    "consts",
    "constants",
    "env",
    "entrypoint",
    "environ",
    "environment",
    "fabfile",
    "gunicorn",
    "gunicorn_conf",
    "gunicorn_config",
    "initializer",
    "logfire",
    "logging_config",
    "main",
    "manage",
    "noxfile",
    "options",
    "prestart",
    "pshell",
    "run",
    "seed",
    "server",
    "setup",
    "settings",
    "shell",
    "startup",
    "tasks",
    "wsgi",
];

/// Folders of such files.
const FOLDERS: &[&str] = &[
    "bin",
    "ci",
    "cli",
    "commands",
    "conf",
    "config",
    "configs",
    "configuration",
    "deploy",
    "deployment",
    "devops",
    "docs",
    "loadtest",
    "noxfiles",
    "runner",
    "script",
    "scripts",
    "settings",
    "tools",
    "vendor",
    "_vendor",
];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let is_its_place = match cx.own_layer() {
        // A function that asks a library for a variable makes no configuration of its module.
        Some(Layer::Config) => cx.verdict(cx.id).is_some_and(Verdict::speaks) || reads_when_imported(cx),
        Some(Layer::Composition | Layer::Tests | Layer::Migrations) => true,
        _ => false,
    };
    if is_its_place {
        return;
    }
    let makes_settings = imports_settings(cx);
    if !makes_settings && !reads_environment(cx) || is_place_for_it(cx) || !has_config(cx) {
        return;
    }
    let signals = model::query::signals(cx.db, cx.file);
    if signals.marks.has(Mark::MainGuard)
        || entry_point::is_command_module(cx)
        || entry_point::is_test_support(cx)
    {
        return;
    }
    let names = Names::of(cx);
    let reads = reads(&names);
    if is_config_by_contents(cx, &reads, signals.functions) {
        return;
    }
    let options = cx.options(&RULE);
    let allowed = options.strings("allow");
    let is_allowed = |name: &str| allowed.iter().chain(PLATFORM).any(|pattern| matches(pattern, name));
    for read in
        reads.iter().filter(|read| !starts_up(cx, read.body) && !excuse::is_excused(&names, &reads, read))
    {
        if !is_allowed(&read.name) {
            let who = dependent(cx, read.body);
            let message = format!(
                "`{}` is read from the environment {}; read it in the configuration and pass it in",
                read.name,
                where_asked(cx, read.body)
            );
            let key = Key::new(format!("{who} {}", read.name));
            out.add(names.span(read.body, read.expr), key, message).fix(moved(cx, read));
        }
    }
    if makes_settings {
        settings(&names, out);
    }
}

/// The fix that moves the read into the configuration, where possible.
fn moved(cx: &Context<'_>, read: &Read) -> Option<Fix> {
    let kind = FixKind::MoveToConfig(MoveToConfig { body: read.body, expr: read.expr });
    refactor::is_offered(cx, &kind).then(|| Fix {
        title: format!("Read `{}` in the configuration", read.name),
        applicability: Applicability::Review,
        kind,
    })
}

/// Settings objects created outside the place that defines them.
fn settings(names: &Names<'_>, out: &mut Findings<'_>) {
    let cx = names.cx;
    for (id, body) in names.bodies() {
        let mut shape: Option<Shape> = None;
        for (index, expr) in body.exprs.list.iter().enumerate() {
            let (Expr::Call { .. }, expr) = (expr, ExprId(index as u32)) else { continue };
            let Some((collaborator, Source::Made)) = collaborators::of_call(names, id, expr) else {
                continue;
            };
            let Class::Own(class) = &collaborator.class else { continue };
            if collaborator.role != Role::Settings
                || class.module == cx.id
                || is_reported_elsewhere(cx, body)
                || starts_up(cx, id)
            {
                continue;
            }
            let shape = shape.get_or_insert_with(|| Shape::of(body, &[]));
            if shape.is_returned(body, expr) {
                continue;
            }
            let who = dependent(cx, id);
            let message = format!(
                "`{}` is created {}; create the settings in one place and pass them in",
                class.name,
                where_asked(cx, id)
            );
            let key = Key::new(format!("{who} {}", class.name));
            out.add(names.span(id, expr), key, message);
        }
    }
}

/// Whether `hidden-dependency` checks the body: a class of the inner layers that creates its settings.
fn is_reported_elsewhere(cx: &Context<'_>, body: &Body) -> bool {
    match body.owner {
        BodyOwner::Function(function) => view::checked_classes::is_inner_method(cx, function),
        _ => false,
    }
}

/// Whether a body runs at startup, or belongs to a class that assembles others.
fn starts_up(cx: &Context<'_>, body: BodyId) -> bool {
    const VERBS: &[&str] = &["bootstrap", "configure", "init", "initialize", "main", "setup", "startup"];
    let BodyOwner::Function(function) = cx.module.bodies[body].owner else { return false };
    let definitions = &cx.module.definitions;
    if let Some((class, _)) = checked_classes::class_around(cx, function) {
        return checked_classes::assembles(&definitions[class].name);
    }
    let name = definitions[function].name.trim_start_matches('_');
    VERBS.contains(&name.split('_').next().unwrap_or_default())
        || entry_point::starts_up(cx, function, entry_point::FACTORIES)
}

/// What reads: the function, or the module.
fn dependent(cx: &Context<'_>, body: BodyId) -> String {
    match cx.module.bodies[body].owner {
        BodyOwner::Function(function) => cx.qualified(function),
        BodyOwner::Class(class) => cx.module.definitions[class].name.to_string(),
        BodyOwner::Module => cx.own_name().to_owned(),
    }
}

/// The same in a message: `` in `load` ``.
fn where_asked(cx: &Context<'_>, body: BodyId) -> String {
    match cx.module.bodies[body].owner {
        BodyOwner::Module => "while this module is imported".to_owned(),
        _ => format!("in `{}`", dependent(cx, body)),
    }
}

fn reads_when_imported(cx: &Context<'_>) -> bool {
    model::query::signals(cx.db, cx.file).marks.has(Mark::ReadsEnvironment)
}

fn reads_environment(cx: &Context<'_>) -> bool {
    let imports_it = |name: &str| name == "os" || name.starts_with("os.") || name.starts_with("decouple.");
    cx.imports().any(|view| view.resolved.outside().is_some_and(|name| imports_it(name)))
        && ["environ", "getenv", "decouple"].iter().any(|word| cx.text.as_str().contains(word))
}

/// Whether any import is a settings class.
fn imports_settings(cx: &Context<'_>) -> bool {
    cx.imports().any(|view| match &view.resolved.target {
        Target::Symbol { origin, origin_name, .. } if origin_name.starts_with(char::is_uppercase) => {
            let class = model::ClassRef::new(*origin, origin_name.clone());
            cx.architecture.hierarchy.of(*origin, origin_name).is_some()
                && collaborators::of_class(cx, &class) == Some(Role::Settings)
        }
        _ => false,
    })
}

/// Whether the file starts a program, or contains settings.
fn is_place_for_it(cx: &Context<'_>) -> bool {
    let path = &cx.info().path;
    let stem = path.file_stem().unwrap_or_default();
    // Invoke's `tasks.py` is a script; a worker's holds a part of the program.
    let works = || model::query::signals(cx.db, cx.file).marks.has(Mark::Task);
    let is_stem = (STEMS.contains(&stem) && (stem != "tasks" || !works()))
        || ["_settings", "_config", "_conf", "_env", "_constants"].iter().any(|end| stem.ends_with(end))
        || ["settings_", "config_", "gunicorn"].iter().any(|start| stem.starts_with(start));
    let in_folder = || {
        let folders = path.parent().into_iter().flat_map(|folder| folder.components());
        folders
            .into_iter()
            .any(|part| FOLDERS.contains(&part.as_str()) || part.as_str().ends_with("_migrations"))
    };
    is_stem || in_folder()
}

/// Whether the project has a place for settings: without one there is nowhere to move the read to.
fn has_config(cx: &Context<'_>) -> bool {
    let root = cx.info().root;
    cx.architecture.modules.iter().any(|(id, info)| {
        info.root == root && info.role == PathRole::Code && cx.layer(id) == Some(Layer::Config)
    })
}

/// Whether a module is a settings module by its contents: constants from the environment, and little else.
fn is_config_by_contents(cx: &Context<'_>, reads: &[Read], functions: Amount) -> bool {
    const MANY: usize = 4;
    let at_top_level = reads.iter().filter(|read| read.body == BodyId(0)).count();
    let variables =
        cx.module.definitions.variables.iter().filter(|it| it.scope == python::Scope::Module).count();
    at_top_level >= MANY && at_top_level * 3 >= variables && functions < Amount::Many
}

/// `GITHUB_*` matches `GITHUB_ACTIONS`.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => pattern == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, name, expected) in [
            ("HOME", "HOME", true),
            ("HOME", "HOMEPAGE", false),
            ("LC_*", "LC_ALL", true),
            ("*", "ANY", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
