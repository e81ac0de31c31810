//! Whether an import inside a function can move to the top level, and what would change.
//!
//! Safe means proven: no cycle closes, nothing but definitions runs earlier or in another order, no additional
//! distribution has to be installed, and every name keeps its meaning everywhere.

use flow::import_time::{Difference, Hoist, Step, Table, import_steps_of, placed_steps};
use model::{ModuleId, Target};
use python::{ImportKind, Name, Scope, UseContext};
use refactor::Changes;
use rustc_hash::FxHashSet;
use source::Span;
use view::{Context, ImportView};

use super::comment::{Remark, remark};
use super::condition::{self, Asked};
use super::{Hidden, choice, configured, half_loaded, names, needed, readiness, search_path};

/// The result of checking a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The program's behaviour doesn't change.
    Safe,
    /// Behaviour may change in this way.
    Review(Name),
    /// The import is here on purpose, for this reason.
    Intended(Name),
    /// The move can't be right; completes "at the top level …".
    Wrong(String),
    /// A cycle would close at import time.
    Cycle(Vec<ModuleId>),
}

impl Verdict {
    /// Whether the import has a reason to be where it is.
    pub(super) fn is_by_intent(&self) -> bool {
        matches!(self, Verdict::Intended(_) | Verdict::Wrong(_))
    }
}

pub(super) fn review(caution: impl Into<Name>) -> Verdict {
    Verdict::Review(caution.into())
}

/// Whether the import can run at the top level instead, where `changes` would put it.
pub(super) fn at_top_level(cx: &Context<'_>, hidden: &Hidden<'_>, changes: &Changes) -> Verdict {
    let asked = condition::asked(cx, hidden);
    // What the head imports already is loaded there, in whatever order.
    let loads = !only_removes(cx, changes);
    stated(cx, hidden)
        .or_else(|| chosen(cx, hidden, &asked))
        .or_else(|| binds_over_submodule(cx, hidden))
        .or_else(|| too_early(cx, hidden).filter(|_| loads))
        .or_else(|| by_its_place(cx, hidden, loads))
        .or_else(|| unknown_yet(cx))
        .or_else(|| names::by_its_names(cx, hidden))
        .or_else(|| by_what_runs(cx, hidden, changes, &asked).filter(|_| loads))
        .or_else(|| unreadable(cx))
        .unwrap_or(Verdict::Safe)
}

/// Whether the changes write nothing at the top of the module: the names of the import are there already.
pub(super) fn only_removes(cx: &Context<'_>, changes: &Changes) -> bool {
    let own = changes.edits.iter().filter(|edit| edit.file == cx.file);
    own.flat_map(|edit| &edit.edits).all(|edit| edit.insert.trim().is_empty())
}

/// Whether the import can be dropped at run time.
pub(super) fn without_running(cx: &Context<'_>, hidden: &Hidden<'_>) -> Verdict {
    if let Some(verdict) = stated(cx, hidden).or_else(|| unknown_yet(cx)) {
        return verdict;
    }
    let table = flow::query::import_table(cx.db, cx.project);
    let loads = loads(cx, hidden);
    let is_loaded_anyway = || {
        hidden.targets.iter().all(|target| {
            cx.imports().any(|view| {
                let context = view.import.context;
                context.at_import_time()
                    && !context.conditional
                    && !context.optional
                    && view.module() == Some(*target)
            })
        })
    };
    let skipped = || {
        if is_loaded_anyway() {
            return None;
        }
        let (module, effect) = table.skipped(&cx.architecture.modules, cx.id, &loads)?;
        Some(review(format!(
            "`{}` is no longer imported here, and {}",
            cx.module_name(module),
            effect.words()
        )))
    };
    skipped().or_else(|| unreadable(cx)).unwrap_or(Verdict::Safe)
}

/// Before the project is known nothing is proven: what modules do at import time, and what tests replace, is in files
/// that haven't been read yet.
fn unknown_yet(cx: &Context<'_>) -> Option<Verdict> {
    cx.is_early.then(|| review("the project isn't known yet"))
}

/// A reason written beside the import comes first.
fn stated(cx: &Context<'_>, hidden: &Hidden<'_>) -> Option<Verdict> {
    Some(Verdict::Intended(match remark(cx, hidden)? {
        Remark::Reason => "a comment says why the import is here".into(),
        Remark::Accepted(comment) => format!("`# {comment}` accepts the import here").into(),
    }))
}

/// An import chosen by a value among several is meant to leave the others unloaded.
fn chosen(cx: &Context<'_>, hidden: &Hidden<'_>, asked: &Asked) -> Option<Verdict> {
    if let Some(package) = hidden.targets.iter().find_map(|target| asked.package_of(cx.module_name(*target)))
    {
        return Some(Verdict::Intended(format!("a condition before it tests for `{package}`").into()));
    }
    choice::is_chosen(cx, hidden).then(|| {
        Verdict::Intended("the branches beside it load others, and each run needs one of them".into())
    })
}

/// A part of the file that can't be read may bind or use any name.
fn unreadable(cx: &Context<'_>) -> Option<Verdict> {
    (!cx.module.spans.is_whole).then(|| review("a part of the file can't be read"))
}

/// In a package's `__init__`, binding a name shadows the submodule of that name for all other modules.
fn binds_over_submodule(cx: &Context<'_>, hidden: &Hidden<'_>) -> Option<Verdict> {
    if !cx.info().is_package {
        return None;
    }
    let modules = &cx.architecture.modules;
    hidden.imports.iter().find_map(|view| {
        let name = view.import.bound_name()?;
        let submodule = modules.by_name(&format!("{}.{name}", cx.own_name()), cx.info().root)?;
        let is_it = view.import.kind == ImportKind::From && view.resolved.target == Target::Module(submodule);
        (!is_it).then(|| {
            Verdict::Wrong(format!("the name would hide the submodule `{}`", cx.module_name(submodule)))
        })
    })
}

/// What surely fails comes before what is only uncertain.
fn too_early(cx: &Context<'_>, hidden: &Hidden<'_>) -> Option<Verdict> {
    if cx.is_early {
        return None;
    }
    let table = flow::query::import_table(cx.db, cx.project);
    readiness::reaches_what_is_not_ready(cx, &table, &loads(cx, hidden)).map(Verdict::Wrong)
}

/// Reasons against the move in the import's place and form; some hold only if it `loads` anything.
fn by_its_place(cx: &Context<'_>, hidden: &Hidden<'_>, loads: bool) -> Option<Verdict> {
    let context = |test: fn(&ImportView<'_>) -> bool| hidden.imports.iter().any(test);
    if context(|view| !matches!(view.import.context.scope, Scope::Function(_))) {
        return Some(review("it stands in a class"));
    }
    if loads && let Some(view) = hidden.imports.iter().find(|view| !is_used(cx, view)) {
        let target =
            view.module().map_or_else(String::new, |module| format!("`{}` ", cx.module_name(module)));
        return Some(review(format!("nothing here uses the name: {target}may be imported for what it does")));
    }
    if loads && search_path::changes_it(cx) {
        return Some(review("the module changes where modules are found"));
    }
    let modules = &cx.architecture.modules;
    let lazy = std::iter::once(cx.id)
        .chain(hidden.targets.iter().copied())
        .flat_map(|module| modules.packages_around(module).into_iter().chain([module]))
        .find(|module| offers_lazily(cx, *module));
    if let Some(package) = lazy {
        return Some(review(format!("`{}` loads names on demand", cx.module_name(package))));
    }
    None
}

/// Whether anything uses a name of the import. A use counts for each import of the function that binds the name to the
/// same thing: in two branches it is imported twice.
fn is_used(cx: &Context<'_>, view: &ImportView<'_>) -> bool {
    cx.module.uses.iter().filter_map(|name_use| cx.import(name_use.import)).any(|used| {
        used.id == view.id
            || used.import.context.scope == view.import.context.scope
                && used.import.bound_name() == view.import.bound_name()
                && used.resolved.absolute == view.resolved.absolute
    })
}

/// Whether a module defines `__getattr__`: then no import statement shows what importing its names runs.
pub(super) fn offers_lazily(cx: &Context<'_>, module: ModuleId) -> bool {
    model::query::exports(cx.db, cx.file_of(module)).is_dynamic
}

/// Reasons against the move in what runs at import time.
fn by_what_runs(cx: &Context<'_>, hidden: &Hidden<'_>, changes: &Changes, asked: &Asked) -> Option<Verdict> {
    let table = flow::query::import_table(cx.db, cx.project);
    let modules = &cx.architecture.modules;
    let loads = loads(cx, hidden);
    if loads.is_empty() {
        return None;
    }
    if let Some(verdict) = half_loaded::verdict(cx, &table, &loads) {
        return Some(verdict);
    }
    let ready = readiness::loaded_before(cx, &table);
    let mut hoist = Hoist { importer: cx.id, loads: &loads, after: 0, ready: &ready };
    let mut difference = table.difference(modules, hoist);
    if matches!(difference, Some(Difference::Earlier(..) | Difference::Entry(_))) {
        // The order depends on the exact position of the import.
        hoist.after = steps_before(cx, changes);
        difference = table.difference(modules, hoist);
    }
    match difference {
        Some(Difference::Cycle(cycle)) => return Some(Verdict::Cycle(cycle)),
        Some(Difference::Submodule(module)) => {
            return Some(review(format!(
                "importing `{}` binds its name in its package over what is bound there",
                cx.module_name(module)
            )));
        }
        Some(Difference::Entry(module)) => {
            return Some(review(format!(
                "`{}` is part of an import cycle, which may be entered here first",
                cx.module_name(module)
            )));
        }
        _ => {}
    }
    if let Some(module) = own_submodule(cx, &table, &loads) {
        return Some(review(format!(
            "`{}` would be loaded while its package is not yet done",
            cx.module_name(module)
        )));
    }
    let before = table.loaded_with(modules, cx.id, &ready);
    let new = newly_loaded(cx, &table, &loads, &before);
    let verdict = readiness::asks_for_users(cx, &table, (&loads, &new), &before)
        .map(Verdict::Wrong)
        .or_else(|| takes_replaced(cx, &new))
        .or_else(|| readiness::needs_an_app(cx, &table, &new, &before))
        .or_else(|| configured::verdict(cx, &table, &new, &before));
    if verdict.is_some() {
        return verdict;
    }
    let outside = table.newly_needed(modules, hoist);
    if let Some(package) = outside.iter().find_map(|(_, name)| asked.package_of(name)) {
        return Some(Verdict::Intended(format!("a condition before it tests for `{package}`").into()));
    }
    if let Some(reason) = needed::new_distribution(cx, &outside) {
        return Some(Verdict::Intended(reason.into()));
    }
    match difference {
        Some(Difference::Earlier(module, effect)) => {
            Some(review(format!("`{}` {} when it is imported", cx.module_name(module), effect.words())))
        }
        _ => under_a_condition(cx, hidden, &table, (&loads, &ready), asked),
    }
}

/// The modules that the import loads and that are not loaded by then anyway.
fn newly_loaded(
    cx: &Context<'_>,
    table: &Table,
    loads: &[Step],
    before: &FxHashSet<ModuleId>,
) -> Vec<ModuleId> {
    let modules = &cx.architecture.modules;
    let starts: Vec<ModuleId> = loads
        .iter()
        .filter_map(|step| match step {
            Step::Load { module, .. } => Some(*module),
            _ => None,
        })
        .collect();
    let reached = table.reached(modules, cx.id, &starts).order;
    reached.into_iter().filter(|module| !before.contains(module)).collect()
}

/// The verdict where a module that would be loaded earlier takes a name that tests replace: loaded later, it may get the
/// replacement.
fn takes_replaced(cx: &Context<'_>, new: &[ModuleId]) -> Option<Verdict> {
    new.iter().find_map(|module| {
        let (from, name) = crate::query::takes_replaced(cx.db, cx.project, *module)?;
        Some(review(format!(
            "`{}` takes `{}.{name}` when it is imported, which is replaced elsewhere, as by tests",
            cx.module_name(*module),
            cx.module_name(from)
        )))
    })
}

/// For an import under a condition, or after one that leaves the function by how the program is set up: whether running
/// it always makes a difference, because it loads modules that are not loaded anyway and that do more than define
/// functions and classes, or that the setup decides about.
fn under_a_condition(
    cx: &Context<'_>,
    hidden: &Hidden<'_>,
    table: &Table,
    (loads, ready): (&[Step], &[ModuleId]),
    asked: &Asked,
) -> Option<Verdict> {
    if !asked.is_about_setup && !hidden.imports.iter().any(|view| view.import.context.conditional) {
        return None;
    }
    let modules = &cx.architecture.modules;
    let starts: Vec<ModuleId> = loads
        .iter()
        .filter_map(|step| match step {
            Step::Load { module, .. } => Some(*module),
            _ => None,
        })
        .collect();
    let anyway = table.surely_loaded(modules, cx.id);
    // What a module that is loaded anyway may load, it has loaded by then.
    let is_loaded = |module: ModuleId| anyway.contains(&module) || ready.contains(&module);
    let reached = table.reached_beyond(modules, cx.id, &starts, is_loaded).order;
    // Whoever turns a feature off doesn't want its modules loaded, whatever they do.
    if asked.is_about_setup && !reached.is_empty() {
        return Some(review("how the program is set up decides whether it is loaded"));
    }
    // Modules for other versions or systems may fail to load here.
    let text = cx.text.as_str();
    let is_for_some = VERSIONS.iter().any(|word| text.contains(word));
    let schema = model::query::schema(cx.db, cx.project);
    let is_plain = |module: &ModuleId| {
        !is_for_some
            && table.only_defines(modules, *module)
            && !schema.entities.keys().any(|class| class.module == *module)
    };
    let is_seen = !reached.iter().all(is_plain);
    is_seen.then(|| review("it runs under a condition only"))
}

/// Signs of code for certain Python versions or systems.
const VERSIONS: [&str; 5] = ["version_info", "hexversion", "sys.platform", "os.name", "platform.system"];

/// If this is a package's `__init__`: a submodule among those that the import can load. It may need names of the
/// package, or the package itself, that exist only once the package is loaded.
fn own_submodule(cx: &Context<'_>, table: &Table, loads: &[Step]) -> Option<ModuleId> {
    if !cx.info().is_package {
        return None;
    }
    let starts: Vec<ModuleId> = loads
        .iter()
        .filter_map(|step| match step {
            Step::Load { module, .. } => Some(*module),
            _ => None,
        })
        .collect();
    let prefix = format!("{}.", cx.own_name());
    let reached = table.reached(&cx.architecture.modules, cx.id, &starts);
    reached.order.into_iter().find(|module| cx.module_name(*module).starts_with(&prefix))
}

/// The load steps of the import, in order.
fn loads(cx: &Context<'_>, hidden: &Hidden<'_>) -> Vec<Step> {
    let steps = hidden.imports.iter();
    let steps = steps.filter(|view| {
        cx.module.uses.iter().any(|it| it.import == view.id && it.context != UseContext::Annotation)
            || view.import.context.function.is_some()
    });
    let mut loads: Vec<Step> = Vec::new();
    for view in steps {
        for step in import_steps_of(cx.db, cx.project, cx.id, view.resolved) {
            if !loads.contains(&step) {
                loads.push(step);
            }
        }
    }
    loads
}

/// How many steps of the module's own top level come before the position where the changes put the import.
fn steps_before(cx: &Context<'_>, changes: &Changes) -> usize {
    let own = changes.edits.iter().filter(|edit| edit.file == cx.file);
    let inserted = own.flat_map(|edit| &edit.edits).filter(|edit| !edit.insert.trim().is_empty());
    let Some(offset) = inserted.map(|edit| edit.span.start).min() else { return 0 };
    // If the text differs from the file's, its statements differ too.
    if cx.text.as_str() != source::query::text(cx.db, cx.file).as_str() {
        return 0;
    }
    let spans = cx.module.spans.bodies.first().map(|spans| &spans.stmts);
    // Within a statement it may come before the other names.
    let ends_before = |span: Option<&Span>| span.is_some_and(|span| span.end <= offset);
    placed_steps(cx.db, cx.project, cx.id)
        .iter()
        .take_while(|(_, at)| ends_before(spans.and_then(|spans| spans.get(at.0 as usize))))
        .count()
}
