//! First-party code imported by a string: a dependency that the import statements don't show.

mod lookup;

use config::{Layer, Level};
use model::ModuleId;
use python::ImportKind;
use view::{
    Applicability, Context, Findings, Fix, FixKind, Group, ImportView, InPresets, Key, OptionDefault,
    OptionSpec, Rule,
};

use super::entry_point;

pub(crate) static RULE: Rule = Rule {
    id: "dynamic-import",
    group: Group::Imports,
    summary: "first-party code imported by a literal string",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("dynamic_import.md"),
    options: &[OptionSpec {
        name: "entry-points",
        default: OptionDefault::Strings(entry_point::FACTORIES),
        summary: "functions that start the program and may import by string",
    }],
    has_fix: true,
    presets: InPresets { strict: Some(Level::Warning), ..InPresets::KEEP },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let starts_programs = cx.own_layer() == Some(Layer::Composition) || entry_point::is_command_module(cx);
    if starts_programs || entry_point::is_test_support(cx) {
        return;
    }
    let options = cx.options(&RULE);
    let entry_points = options.strings("entry-points");
    for view in cx.imports().filter(|view| view.import.kind == ImportKind::Dynamic) {
        let context = view.import.context;
        let starts_up =
            context.function.is_some_and(|function| entry_point::starts_up(cx, function, &entry_points));
        if context.optional || context.type_checking || starts_up {
            continue;
        }
        // A module that imports itself, or a package around itself, looks for its own location.
        let around = cx.architecture.modules.packages_around(cx.id);
        let is_own = |target: &ModuleId| *target == cx.id || around.contains(target);
        let Some(target) = view.module().filter(|target| !is_own(target)) else { continue };
        if lookup::is_by_computed_name(cx, view.spans.statement) {
            continue;
        }
        report(cx, out, &view, cx.module_name(target));
    }
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, view: &ImportView<'_>, target: &str) {
    let place = match view.import.context.function {
        Some(function) => format!(" in {}", cx.qualified(function)),
        None => String::new(),
    };
    let message =
        format!("`{target}` is imported by a string; an import statement would show the dependency");
    let fix = refactor::that_fits(
        cx,
        Fix {
            title: "Replace with an import statement".to_owned(),
            applicability: Applicability::Review,
            kind: FixKind::MakeStatic { import: view.id },
        },
    );
    out.add(view.spans.statement, Key::new(format!("{target}{place}")), message)
        .modules([cx.own_name(), target])
        .fix(fix);
}
