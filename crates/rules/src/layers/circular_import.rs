//! Modules or packages with cyclic imports: none can be understood, tested or moved without the others.

mod packages;

pub(super) use packages::contract_cycles;

use config::Level;
use model::{Component, EdgeKind, ModuleId};
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule, wording};

pub(crate) static RULE: Rule = Rule {
    id: "circular-import",
    group: Group::Layers,
    summary: "modules that import each other in a cycle",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("circular_import.md"),
    options: &[
        OptionSpec {
            name: "report-deferred",
            default: OptionDefault::Bool(true),
            summary: "report cycles that are closed only by imports inside functions (as info)",
        },
        OptionSpec {
            name: "ignore-smaller-than",
            default: OptionDefault::Integer(2),
            summary: "minimum number of modules in a reported cycle",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        layered: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for component in reported(cx) {
        if component.shortest.first() == Some(&cx.id) {
            report(cx, out, component);
        }
    }
    packages::check(cx, out);
}

/// The groups of modules around the checked module whose cycle is reported.
fn reported<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = &'a Component> {
    let options = cx.options(&RULE);
    let smallest = usize::try_from(options.integer("ignore-smaller-than")).unwrap_or(0);
    let (is_on, with_deferred) = (options.level() != Level::Off, options.bool("report-deferred"));
    cx.architecture.cycles.of(cx.id).filter(move |component| {
        is_on && (component.at_import_time || with_deferred) && component.modules.len() >= smallest
    })
}

/// Whether a reported cycle goes through an import of `to` in the checked module. That finding shows the import, so no
/// other rule needs to report the cycle.
pub(crate) fn shows(cx: &Context<'_>, to: ModuleId) -> bool {
    reported(cx).any(|component| {
        let cycle = &component.shortest;
        let is_checked =
            cycle.first().is_some_and(|first| RULE.judges.contains(&cx.architecture.modules[*first].role));
        let mut edges = cycle.iter().zip(cycle.iter().cycle().skip(1));
        is_checked && edges.any(|(from, next)| (*from, *next) == (cx.id, to))
    })
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, component: &Component) {
    let cycle = &component.shortest;
    let next = cycle.get(1).copied().unwrap_or(cx.id);
    let Some(import) = cx.import_between(cx.id, next).and_then(|id| cx.import(id)) else { return };
    let names: Vec<&str> = component.modules.iter().map(|id| cx.module_name(*id)).collect();
    let draft = out.add(import.mark(), key(cx, component), words(cx, component));
    draft.modules(names);
    if let Some(group) = group(cx, component) {
        draft.evidence(group);
    }
    if !component.at_import_time {
        draft.at_most(Level::Info);
    }
    for (index, from) in cycle.iter().copied().enumerate() {
        let to = cycle[(index + 1) % cycle.len()];
        let place = cx.import_between(from, to).map_or(Place::File, Place::Import);
        draft.related(
            cx.file_of(from),
            place,
            format!("`{}` imports `{}`", cx.module_name(from), cx.module_name(to)),
        );
    }
}

fn words(cx: &Context<'_>, component: &Component) -> String {
    let chain = cx.cycle(&component.shortest);
    let deferred = if component.at_import_time { "" } else { deferral(cx, component) };
    let cut = cheapest_on_cycle(cx, component);
    format!("Circular import {chain}{deferred}{cut}")
}

/// What keeps a cycle open while its modules are imported.
fn deferral(cx: &Context<'_>, component: &Component) -> &'static str {
    let cycle = &component.shortest;
    let edges = cycle.iter().copied().zip(cycle.iter().copied().cycle().skip(1));
    let (mut in_functions, mut under_main) = (false, false);
    for (from, to) in edges {
        let imports = python::query::imports(cx.db, cx.file_of(from));
        let import = cx.import_between(from, to).and_then(|id| imports.list.get(id.0 as usize));
        if let Some(import) = import.filter(|import| EdgeKind::of(import) == EdgeKind::Deferred) {
            let is_main = import.context.main && import.context.function.is_none();
            under_main |= is_main;
            in_functions |= !is_main;
        }
    }
    match (in_functions, under_main) {
        (false, true) => ", closed only under `if __name__ == \"__main__\":`",
        (true, true) => ", hidden by function-level imports and the main guard",
        _ => ", hidden by function-level imports",
    }
}

/// The import of the cycle that is cheapest to remove.
fn cheapest_on_cycle(cx: &Context<'_>, component: &Component) -> String {
    let cycle = &component.shortest;
    let edges = || cycle.iter().copied().zip(cycle.iter().copied().cycle().skip(1));
    match component.cuts.iter().find(|cut| edges().any(|edge| edge == **cut)) {
        None => String::new(),
        Some(cut) if edges().next() == Some(*cut) => "; easiest to break at this import".to_owned(),
        Some((from, to)) => {
            format!("; easiest to break: {}", wording::way(&[cx.module_name(*from), cx.module_name(*to)]))
        }
    }
}

/// The size of the group whose shortest cycle this is, and what breaks all of its cycles.
fn group(cx: &Context<'_>, component: &Component) -> Option<String> {
    const SHOWN: usize = 3;
    let count = component.modules.len();
    if count == component.shortest.len() {
        return None;
    }
    let shown = component.cuts.iter().take(SHOWN);
    let cuts: Vec<String> =
        shown.map(|(from, to)| wording::way(&[cx.module_name(*from), cx.module_name(*to)])).collect();
    let cuts = wording::list(&cuts);
    let all = component.cuts.len();
    Some(if all > SHOWN {
        format!(
            "The shortest cycle among {count} modules that all reach each other; {all} imports have to go, first {cuts}"
        )
    } else {
        format!(
            "The shortest cycle among {count} modules that all reach each other; to break them all cut {cuts}"
        )
    })
}

/// The shortest cycle identifies the relationship: another module that joins the component doesn't make it a new
/// finding.
fn key(cx: &Context<'_>, component: &Component) -> Key {
    let when = if component.at_import_time { "at import" } else { "deferred" };
    let names: Vec<&str> = component.shortest.iter().map(|id| cx.module_name(*id)).collect();
    Key::new(format!("{when} {}", names.join(" ")))
}
