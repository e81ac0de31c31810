//! Whether an import inside a function can move to the top level, and what would change.
//!
//! Safe means proven: no cycle closes, nothing but definitions runs earlier or in another order, no additional
//! distribution has to be installed, and every name keeps its meaning everywhere.

use flow::import_time::{Difference, Hoist, Step, Table, import_steps_of, placed_steps};
use model::{Export, ModuleId, Target};
use python::{Body, BodyOwner, Expr, ExprId, ImportKind, Name, Scope, Stmt, UseContext, Variable};
use refactor::Changes;
use rustc_hash::FxHashSet;
use source::Span;
use view::{Context, ImportView};

use super::comment::{Remark, remark};
use super::condition::{self, Asked};
use super::{Hidden, choice, half_loaded, needed, readiness};

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
    stated(cx, hidden)
        .or_else(|| chosen(cx, hidden, &asked))
        .or_else(|| binds_over_submodule(cx, hidden))
        .or_else(|| by_its_place(cx, hidden))
        .or_else(|| unknown_yet(cx))
        .or_else(|| by_its_names(cx, hidden))
        .or_else(|| by_what_runs(cx, hidden, changes, &asked))
        .or_else(|| unreadable(cx))
        .unwrap_or(Verdict::Safe)
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

/// Reasons against the move in the import's place and form.
fn by_its_place(cx: &Context<'_>, hidden: &Hidden<'_>) -> Option<Verdict> {
    let context = |test: fn(&ImportView<'_>) -> bool| hidden.imports.iter().any(test);
    if context(|view| !matches!(view.import.context.scope, Scope::Function(_))) {
        return Some(review("it stands in a class"));
    }
    let is_used = |view: &ImportView<'_>| cx.module.uses.iter().any(|name_use| name_use.import == view.id);
    if let Some(view) = hidden.imports.iter().find(|view| !is_used(view)) {
        let target =
            view.module().map_or_else(String::new, |module| format!("`{}` ", cx.module_name(module)));
        return Some(review(format!("nothing here uses the name: {target}may be imported for what it does")));
    }
    let text = cx.text.as_str();
    if text.contains("sys.path") || text.contains("sys.modules") {
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

/// Whether a module defines `__getattr__`: then no import statement shows what importing its names runs.
pub(super) fn offers_lazily(cx: &Context<'_>, module: ModuleId) -> bool {
    model::query::exports(cx.db, cx.file_of(module)).is_dynamic
}

/// Reasons against the move in the meaning of its names elsewhere.
fn by_its_names(cx: &Context<'_>, hidden: &Hidden<'_>) -> Option<Verdict> {
    let table = flow::query::import_table(cx.db, cx.project);
    for view in &hidden.imports {
        let Some(name) = view.import.bound_name() else { continue };
        // If the text has syntax errors, definitions may be missing from the facts.
        if defines_in_text(cx.text.as_str(), name) {
            return Some(review(format!("`{name}` seems to be defined in the module too")));
        }
        if let Target::Symbol { module, name, .. } = &view.resolved.target {
            let full = format!("{}.{name}", cx.module_name(*module));
            if cx.architecture.modules.by_name(&full, cx.info().root).is_some() {
                return Some(review(format!(
                    "`{full}` is a module too, and what was loaded decides which of them it is"
                )));
            }
        }
        if let Some(package) = may_lack(cx, view) {
            return Some(review(format!("`{package}` binds `{name}` under a condition only")));
        }
        if fetches_variable(cx, view, &table) {
            return Some(review(format!("`{name}` is bound anew while the program runs")));
        }
        if let Some(place) = patched(cx, view) {
            return Some(review(format!(
                "`{place}` is replaced elsewhere, as by tests, which would no longer be seen here"
            )));
        }
        if binds_as_target(cx, name) {
            return Some(review(format!("`{name}` is the variable of a loop elsewhere in the module")));
        }
    }
    if let Some(call) = looks_at_names(cx, hidden) {
        return Some(review(format!("the code calls `{call}()`, which sees its names")));
    }
    if let Some(importer) = taken_by_star(cx) {
        return Some(review(format!("`{importer}` imports all names of this module")));
    }
    None
}

/// The module of an import that binds the name only under a condition, or for type checkers alone: at import time the
/// name may be missing.
fn may_lack<'c>(cx: &'c Context<'_>, view: &ImportView<'_>) -> Option<&'c str> {
    let Target::Symbol { module, name, origin, origin_name } = &view.resolved.target else { return None };
    let lacks = |module: ModuleId, name: &Name| {
        let file = cx.file_of(module);
        let export = model::query::exports(cx.db, file).get(name)?;
        if let Export::Import(id) = export {
            let context = python::query::imports(cx.db, file).list.get(id.0 as usize)?.context;
            return (context.type_checking || context.conditional).then(|| cx.module_name(module));
        }
        let bodies = python::query::bodies(cx.db, file);
        let body = bodies.list.first()?;
        let is_sure = body.root.iter().any(|id| match (&body[*id], export) {
            (Stmt::Class(own), Export::Class(class)) => *own == class,
            (Stmt::Function(own), Export::Function(function)) => *own == function,
            (_, Export::Variable(_)) => true,
            _ => false,
        });
        (!is_sure).then(|| cx.module_name(module))
    };
    lacks(*module, name).or_else(|| lacks(*origin, origin_name))
}

/// Whether a line starts a top-level definition of `name`, judging by the text.
fn defines_in_text(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        let defined = ["def ", "class ", "async def "].iter().find_map(|word| line.strip_prefix(word));
        let after =
            |text: &str| text.trim_start().strip_prefix(name).map(|rest| rest.trim_start().to_owned());
        match defined {
            Some(rest) => after(rest).is_some_and(|rest| rest.starts_with(['(', ':', '['])),
            None => {
                line.starts_with(name)
                    && after(line).is_some_and(|it| it.starts_with('=') && !it.starts_with("=="))
            }
        }
    })
}

/// Whether a name of the import is a variable that its module, or the program, binds more than once.
fn fetches_variable(cx: &Context<'_>, view: &ImportView<'_>, table: &Table) -> bool {
    let Target::Symbol { origin, origin_name, module, name } = &view.resolved.target else { return false };
    if table.is_rebound(*origin, origin_name) || table.is_rebound(*module, name) {
        return true;
    }
    let file = cx.file_of(*origin);
    match model::query::exports(cx.db, file).get(origin_name) {
        Some(Export::Class(_) | Export::Function(_) | Export::Import(_)) => false,
        Some(Export::Variable(_)) => {
            let bound_at_top_level = |variable: &&Variable| {
                variable.name == *origin_name && variable.scope == Scope::Module && variable.value.is_some()
            };
            python::query::definitions(cx.db, file).variables.iter().filter(bound_at_top_level).count() != 1
        }
        None => !origin_name.is_empty(),
    }
}

/// The full name that tests replace where the import looks it up on each call.
fn patched(cx: &Context<'_>, view: &ImportView<'_>) -> Option<String> {
    let (module, name): (ModuleId, Name) = match &view.resolved.target {
        Target::Symbol { module, name, .. } => (*module, name.clone()),
        // `from shop import orders` where tests replace `shop.orders` as a whole.
        Target::Module(target) if view.import.kind == ImportKind::From => {
            let info = &cx.architecture.modules[*target];
            let (package, name) = info.name.rsplit_once('.')?;
            (cx.architecture.modules.by_name(package, info.root)?, name.into())
        }
        _ => return None,
    };
    let is_patched = model::query::is_patched(cx.db, cx.project, module, name.clone());
    is_patched.then(|| format!("{}.{name}", cx.module_name(module)))
}

/// Whether a loop, a comprehension, a handler or a `with` statement anywhere in the module binds `name`.
fn binds_as_target(cx: &Context<'_>, name: &str) -> bool {
    let is_in = |body: &Body, target: ExprId| {
        let mut open = vec![target];
        while let Some(target) = open.pop() {
            match &body[target] {
                Expr::Name(bound) if bound == name => return true,
                Expr::Tuple(items) | Expr::List(items) => open.extend(items),
                Expr::Starred(inner) => open.push(*inner),
                _ => {}
            }
        }
        false
    };
    cx.module.bodies.list.iter().any(|body| {
        let by_statement = body.stmts.iter().any(|stmt| match stmt {
            Stmt::For { target, .. } => is_in(body, *target),
            Stmt::With { items, .. } => {
                items.iter().filter_map(|item| item.target).any(|target| is_in(body, target))
            }
            Stmt::Try { handlers, .. } => handlers.iter().any(|it| it.name.as_deref() == Some(name)),
            _ => false,
        });
        by_statement
            || body.exprs.list.iter().any(|expr| match expr {
                Expr::Comprehension { clauses, .. } => {
                    clauses.iter().any(|clause| is_in(body, clause.target))
                }
                _ => false,
            })
    })
}

/// A call that reads the names of the function, or of the module, as they are bound.
fn looks_at_names(cx: &Context<'_>, hidden: &Hidden<'_>) -> Option<Name> {
    let of_module = ["globals", "exec", "eval", "vars"];
    cx.module.bodies.list.iter().find_map(|body| {
        let is_own = body.owner == BodyOwner::Function(hidden.function);
        body.exprs.list.iter().find_map(|expr| {
            let Expr::Call { callee, .. } = expr else { return None };
            let Expr::Name(name) = &body[*callee] else { return None };
            (of_module.contains(&name.as_str()) || is_own && matches!(name.as_str(), "locals" | "dir"))
                .then(|| name.clone())
        })
    })
}

/// A module that imports `*` from this one, and would receive the new name as its own.
fn taken_by_star<'c>(cx: &'c Context<'_>) -> Option<&'c str> {
    if cx.module.definitions.all.is_some() {
        return None;
    }
    let importers = cx.architecture.graph.importers(cx.id);
    importers.iter().map(|edge| edge.to).find_map(|importer| {
        let file = cx.file_of(importer);
        let imports = python::query::imports(cx.db, file);
        let resolved = model::query::resolved(cx.db, cx.project, file);
        let takes =
            imports.list.iter().zip(resolved.iter()).any(|(import, resolved)| {
                import.kind == ImportKind::Star && resolved.module() == Some(cx.id)
            });
        takes.then(|| cx.module_name(importer))
    })
}

/// Reasons against the move in what runs at import time.
fn by_what_runs(cx: &Context<'_>, hidden: &Hidden<'_>, changes: &Changes, asked: &Asked) -> Option<Verdict> {
    let table = flow::query::import_table(cx.db, cx.project);
    let modules = &cx.architecture.modules;
    let loads = loads(cx, hidden);
    if loads.is_empty() {
        return None;
    }
    if let Some(reason) = readiness::reaches_what_is_not_ready(cx, &table, &loads) {
        return Some(Verdict::Wrong(reason));
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
    let verdict = takes_replaced(cx, &new).or_else(|| readiness::needs_an_app(cx, &table, &new, &before));
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

/// For an import under a condition, or after one that leaves the function by how the program is set up: whether running it always makes a visible difference, because it loads modules that
/// are not loaded anyway and that do more than define functions and classes.
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
    let is_new = |module: &&ModuleId| !anyway.contains(module) && !ready.contains(module);
    let reached = table.reached(modules, cx.id, &starts).order;
    // Modules for other versions or systems may fail to load here.
    let text = cx.text.as_str();
    let is_for_some = VERSIONS.iter().any(|word| text.contains(word));
    let schema = model::query::schema(cx.db, cx.project);
    let is_plain = |module: &ModuleId| {
        !is_for_some
            && table.only_defines(modules, *module)
            && !schema.entities.keys().any(|class| class.module == *module)
    };
    let is_seen = !reached.iter().filter(is_new).all(is_plain);
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
