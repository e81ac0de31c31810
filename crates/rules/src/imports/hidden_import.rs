//! First-party code imported inside a function: a dependency that the top of the module doesn't show.

mod choice;
mod comment;
mod condition;
mod configured;
mod half_loaded;
mod names;
mod needed;
mod platform;
mod readiness;
mod search_path;
mod verdict;

use config::Level;
use model::{ModuleId, PathRole, Target};
use python::{FunctionId, ImportKind, UseContext};
use refactor::Abilities;
use source::Span;
use view::ImportView;
use view::{
    Applicability, Context, Draft, Findings, Fix, FixKind, Group, InPresets, Key, OptionDefault, OptionSpec,
    Place, Rule, wording,
};

use self::verdict::{Verdict, offers_lazily};
use super::entry_point;
use crate::layers::circular_import;

pub(crate) use readiness::{DjangoModules, django_modules};

pub(crate) static RULE: Rule = Rule {
    id: "hidden-import",
    group: Group::Imports,
    summary: "first-party code imported inside a function",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("hidden_import.md"),
    options: &[
        OptionSpec {
            name: "entry-points",
            default: OptionDefault::Strings(entry_point::FACTORIES),
            summary: "functions that start the program and may import late",
        },
        OptionSpec {
            name: "report-cycle-breaking",
            default: OptionDefault::Bool(true),
            summary: "report imports that would close a cycle at the top level (as info)",
        },
    ],
    has_fix: true,
    presets: InPresets { strict: Some(Level::Warning), django: Some(Level::Info), ..InPresets::KEEP },
    judges: Rule::CODE,
    check,
};

/// The names that one statement inside a function imports from the project.
struct Hidden<'a> {
    function: FunctionId,
    imports: Vec<ImportView<'a>>,
    targets: Vec<ModuleId>,
    span: Span,
}

/// Why the import is inside the function; decides the message and the fix.
enum Reason {
    /// The cycle that the import would close at module level: each module imports the next, the last the first.
    BreaksCycle(Vec<ModuleId>),
    /// Used in annotations only.
    TypeOnly,
    /// Nothing prevents a module-level import.
    Needless,
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    if entry_point::is_command_module(cx) || entry_point::is_test_support(cx) {
        return;
    }
    let options = cx.options(&RULE);
    let entry_points = options.strings("entry-points");
    let mut told: Vec<(Vec<ModuleId>, Span)> = Vec::new();
    for hidden in hidden_imports(cx) {
        if entry_point::starts_up(cx, hidden.function, &entry_points) || platform::chooses(cx, &hidden) {
            continue;
        }
        match reason(cx, &hidden) {
            Reason::BreaksCycle(cycle) if options.bool("report-cycle-breaking") => {
                breaks_cycle(cx, out, &hidden, &cycle);
            }
            Reason::BreaksCycle(_) => {}
            Reason::TypeOnly => type_only(cx, out, &hidden),
            Reason::Needless => {
                // One import at the top level replaces those of all functions.
                let first = told.iter().find(|(targets, _)| *targets == hidden.targets).map(|it| it.1);
                if needless(cx, out, &hidden, first) {
                    told.push((hidden.targets, hidden.span));
                }
            }
        }
    }
}

fn hidden_imports<'a>(cx: &'a Context<'_>) -> Vec<Hidden<'a>> {
    let mut found: Vec<(u32, Hidden<'a>)> = Vec::new();
    for view in cx.imports() {
        let context = view.import.context;
        let Some(function) = context.function else { continue };
        if view.import.kind == ImportKind::Dynamic
            || context.optional
            || context.type_checking
            || context.lazy
        {
            continue;
        }
        let Some(target) = view.module() else { continue };
        if cx.architecture.modules[target].role == PathRole::Tests {
            continue;
        }
        let number = view.import.statement;
        if found.last().is_none_or(|(last, _)| *last != number) {
            let hidden = Hidden { function, imports: Vec::new(), targets: Vec::new(), span: view.mark() };
            found.push((number, hidden));
        }
        let Some((_, hidden)) = found.last_mut() else { continue };
        hidden.imports.push(view);
        if !hidden.targets.contains(&target) {
            hidden.targets.push(target);
            if hidden.targets.len() > 1 {
                let names = hidden.imports.iter().map(|view| view.spans.name);
                hidden.span = names.reduce(Span::cover).unwrap_or(hidden.span);
            }
        }
    }
    found.into_iter().map(|(_, hidden)| hidden).collect()
}

fn reason(cx: &Context<'_>, hidden: &Hidden<'_>) -> Reason {
    if is_type_only(cx, hidden) {
        return Reason::TypeOnly;
    }
    let (graph, modules) = (&cx.architecture.graph, &cx.architecture.modules);
    // A package that exports its names lazily (PEP 562) loads the module behind a name as soon as it is imported at
    // module level.
    let behind = hidden.imports.iter().filter_map(|view| match view.resolved.target {
        Target::Symbol { module, origin, .. } if origin != module && offers_lazily(cx, module) => {
            Some(origin)
        }
        _ => None,
    });
    let targets = hidden.targets.iter().copied().chain(behind);
    let cycles = targets.filter_map(|target| model::closes_cycle(graph, modules, cx.id, target));
    match cycles.min_by_key(Vec::len) {
        Some(cycle) => Reason::BreaksCycle(cycle),
        None => Reason::Needless,
    }
}

fn is_type_only(cx: &Context<'_>, hidden: &Hidden<'_>) -> bool {
    hidden.imports.iter().all(|view| {
        let mut uses = cx.module.uses.iter().filter(|name_use| name_use.import == view.id).peekable();
        uses.peek().is_some() && uses.all(|name_use| name_use.context == UseContext::Annotation)
    })
}

fn draft<'f>(cx: &Context<'_>, out: &'f mut Findings<'_>, hidden: &Hidden<'_>, why: &str) -> &'f mut Draft {
    let targets: Vec<&str> = hidden.targets.iter().map(|id| cx.module_name(*id)).collect();
    let verb = if hidden.targets.len() == 1 { "is" } else { "are" };
    let function = cx.qualified(hidden.function);
    let key = Key::new(format!("{} in {function}", targets.join(", ")));
    let message = format!("{} {verb} imported inside `{function}`{why}", wording::codes(&targets));
    out.add(hidden.span, key, message)
        .modules(std::iter::once(cx.id).chain(hidden.targets.iter().copied()).map(|id| cx.module_name(id)))
}

fn breaks_cycle(cx: &Context<'_>, out: &mut Findings<'_>, hidden: &Hidden<'_>, cycle: &[ModuleId]) {
    let why = format!("; at the top level it would close the cycle {}", cx.cycle(cycle));
    let draft = draft(cx, out, hidden, &why);
    draft.at_most(Level::Info);
    if hidden.targets.iter().any(|to| circular_import::shows(cx, *to)) {
        draft.repeated();
    }
    if let Some(package) = cycle.get(1).filter(|package| !hidden.targets.contains(package)) {
        draft.evidence(format!("Importing it runs the package `{}` first", cx.module_name(*package)));
    }
    // The first hop is the import itself.
    for (index, from) in cycle.iter().copied().enumerate().skip(1) {
        let to = cycle[(index + 1) % cycle.len()];
        let (importer, imported) = (cx.module_name(from), cx.module_name(to));
        let (message, place) = match cx.import_between(from, to) {
            Some(import) => (format!("`{importer}` imports `{imported}`"), Place::Import(import)),
            None => (format!("importing `{importer}` runs `{imported}` first"), Place::File),
        };
        draft.related(cx.file_of(from), place, message);
    }
}

fn type_only(cx: &Context<'_>, out: &mut Findings<'_>, hidden: &Hidden<'_>) {
    let verdict = verdict::without_running(cx, hidden);
    let kind = |caution| FixKind::MoveUnderTypeChecking { import: hidden.imports[0].id, caution };
    let fix = offered(cx, "Move the import under `TYPE_CHECKING`", &verdict, kind);
    let draft =
        draft(cx, out, hidden, " for annotations only; import it at the top level under `TYPE_CHECKING`");
    if verdict.is_by_intent() {
        draft.at_most(Level::Info);
    }
    draft.fix(fix);
}

/// Reports an import that nothing requires to be inside its function; whether it is more than an info. `first` is where
/// another function imports the same and is told so.
fn needless(cx: &Context<'_>, out: &mut Findings<'_>, hidden: &Hidden<'_>, first: Option<Span>) -> bool {
    let kind = |caution| FixKind::HoistImport { import: hidden.imports[0].id, caution };
    let edits = refactor::changes(cx, &review("", kind(None)), Abilities::ALL);
    let verdict = match &edits {
        Some(changes) => verdict::at_top_level(cx, hidden, changes),
        None => Verdict::Review(python::Name::default()),
    };
    if let Verdict::Cycle(cycle) = &verdict {
        if cx.options(&RULE).bool("report-cycle-breaking") {
            breaks_cycle(cx, out, hidden, cycle);
        }
        return false;
    }
    let is_known = edits.as_ref().is_some_and(|changes| verdict::only_removes(cx, changes));
    let fix = edits.and_then(|_| offer("Move the import to the top level", &verdict, kind));
    let why = match (&verdict, &fix) {
        (Verdict::Wrong(reason), _) => format!("; at the top level {reason}"),
        (Verdict::Safe, Some(_)) if is_known => "; the top level imports the same already".to_owned(),
        (Verdict::Safe, Some(_)) => "; a top-level import is safe (no cycle)".to_owned(),
        _ => "; no import cycle requires that".to_owned(),
    };
    let draft = draft(cx, out, hidden, &why);
    // Who turns a feature off doesn't load what it needs.
    let is_by_setting = verdict != Verdict::Safe && condition::asked(cx, hidden).reads_setting;
    if verdict.is_by_intent() || is_by_setting {
        draft.at_most(Level::Info);
    }
    if let Some(first) = first {
        draft.at_most(Level::Info);
        draft.related(cx.file, Place::Span(first), "the same is imported here first");
    }
    draft.fix(fix);
    !(verdict.is_by_intent() || is_by_setting)
}

/// The fix that the verdict allows, if it fits the text.
fn offered(
    cx: &Context<'_>,
    title: &str,
    verdict: &Verdict,
    kind: impl Fn(Option<python::Name>) -> FixKind,
) -> Option<Fix> {
    offer(title, verdict, kind).and_then(|fix| refactor::that_fits(cx, fix))
}

/// The fix that the verdict allows.
fn offer(title: &str, verdict: &Verdict, kind: impl Fn(Option<python::Name>) -> FixKind) -> Option<Fix> {
    match verdict {
        Verdict::Safe => Some(Fix { applicability: Applicability::Safe, ..review(title, kind(None)) }),
        Verdict::Review(caution) | Verdict::Intended(caution) => {
            Some(review(title, kind(Some(caution.clone()))))
        }
        Verdict::Wrong(_) | Verdict::Cycle(_) => None,
    }
}

fn review(title: &str, kind: FixKind) -> Fix {
    Fix { title: title.to_owned(), applicability: Applicability::Review, kind }
}
