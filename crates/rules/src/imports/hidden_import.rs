//! First-party code imported inside a function: a dependency that the head of the module doesn't show.

use config::Level;
use model::{Export, ModuleId, PathRole, Target};
use python::{FunctionId, ImportKind, Scope, UseContext, Variable};
use source::Span;

use super::entry_point;
use crate::context::ImportView;
use crate::layers::circular_import;
use crate::{
    Applicability, Context, Draft, Findings, Fix, FixKind, Group, OptionDefault, OptionSpec, Place, Rule,
    fix, wording,
};

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
            summary: "functions that start the program up and may import late",
        },
        OptionSpec {
            name: "report-cycle-breaking",
            default: OptionDefault::Bool(true),
            summary: "report imports that would close a cycle at the top level (as info)",
        },
    ],
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

/// Why the import stands where it stands; decides the words and how it can be mended.
enum Reason {
    /// The cycle that the import would close at the head: each module imports the next, the last the first.
    BreaksCycle(Vec<ModuleId>),
    /// Used in annotations alone.
    TypeOnly,
    /// Nothing keeps it from the head.
    Needless,
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    if entry_point::is_command_module(cx) || entry_point::is_test_support(cx) {
        return;
    }
    let options = cx.options(&RULE);
    let entry_points = options.strings("entry-points");
    for hidden in hidden_imports(cx) {
        if entry_point::starts_up(cx, hidden.function, &entry_points) {
            continue;
        }
        match reason(cx, &hidden) {
            Reason::BreaksCycle(cycle) if options.bool("report-cycle-breaking") => {
                breaks_cycle(cx, out, &hidden, &cycle);
            }
            Reason::BreaksCycle(_) => {}
            Reason::TypeOnly => type_only(cx, out, &hidden),
            Reason::Needless => needless(cx, out, &hidden),
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
    // A package that offers its names lazily (PEP 562) runs the module behind the name at once when asked at the head.
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
    out.add(hidden.span, format!("{} {verb} imported inside `{function}`{why}", wording::codes(&targets)))
        .key(format!("{} in {function}", targets.join(", ")))
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
    let fix = fix::that_fits(
        cx,
        Fix {
            title: "Move the import under `TYPE_CHECKING`".to_owned(),
            applicability: Applicability::Safe,
            kind: FixKind::MoveUnderTypeChecking { import: hidden.imports[0].id },
        },
    );
    draft(cx, out, hidden, " for annotations only; import it at the top level under `TYPE_CHECKING`")
        .fix(fix);
}

fn needless(cx: &Context<'_>, out: &mut Findings<'_>, hidden: &Hidden<'_>) {
    let applicability = applicability(cx, hidden);
    let fix = fix::that_fits(
        cx,
        Fix {
            title: "Move the import to the top level".to_owned(),
            applicability,
            kind: FixKind::HoistImport { import: hidden.imports[0].id },
        },
    );
    let why = match &fix {
        Some(_) if applicability == Applicability::Safe => "; a top-level import is safe (no cycle)",
        _ => "; no import cycle requires that",
    };
    draft(cx, out, hidden, why).fix(fix);
}

/// Hoisting runs the imported module earlier and binds its names once. That is the same program unless the import runs
/// only sometimes, serves its side effects alone, or fetches a variable that may be bound anew between two calls. Who
/// wrote a reason beside the import is asked first.
fn applicability(cx: &Context<'_>, hidden: &Hidden<'_>) -> Applicability {
    let is_plain = hidden.imports.iter().all(|view| {
        !view.import.context.conditional
            && matches!(view.import.context.scope, Scope::Function(_))
            && cx.module.uses.iter().any(|name_use| name_use.import == view.id)
            && !fetches_variable(cx, view)
    });
    if is_plain && !has_stated_reason(cx, hidden) && !may_run_lazily(cx, hidden) {
        Applicability::Safe
    } else {
        Applicability::Review
    }
}

/// Whether a package on the way defines `__getattr__`: what an import of its names runs is then in no import statement,
/// and a cycle could close unseen.
fn may_run_lazily(cx: &Context<'_>, hidden: &Hidden<'_>) -> bool {
    let modules = &cx.architecture.modules;
    std::iter::once(cx.id)
        .chain(hidden.targets.iter().copied())
        .flat_map(|module| modules.packages_around(module).into_iter().chain([module]))
        .any(|module| offers_lazily(cx, module))
}

fn offers_lazily(cx: &Context<'_>, module: ModuleId) -> bool {
    model::query::exports(cx.db, cx.file_of(module)).is_dynamic
}

/// Whether a comment on the import's lines or the line above says why it stands here. Directives to linters don't.
fn has_stated_reason(cx: &Context<'_>, hidden: &Hidden<'_>) -> bool {
    const REASONS: &[&str] = &[
        "after", "avoid", "before", "circular", "cycl", "depend", "heavy", "import", "late", "lazy", "only",
        "side", "slow",
    ];
    let text = cx.text.as_str();
    let statement = hidden.imports[0].spans.statement;
    let (above, from) = text.split_at_checked(statement.start as usize).unwrap_or_default();
    let above = above.lines().rev().nth(1).map(str::trim).filter(|line| line.starts_with('#'));
    let lines = from.get(..statement.len() as usize).map_or(0, |statement| statement.lines().count());
    let beside = from.lines().take(lines).filter_map(|line| line.find('#').map(|at| &line[at..]));
    above.into_iter().chain(beside).any(|comment| {
        let comment = comment.to_ascii_lowercase();
        let is_directive = ["noqa", "pylint:", "type:", "pyright:", "architrave:"];
        !is_directive.iter().any(|word| comment.contains(word))
            && REASONS.iter().any(|word| comment.contains(word))
    })
}

/// Whether a name of the import is a variable that its module binds more than once.
fn fetches_variable(cx: &Context<'_>, view: &ImportView<'_>) -> bool {
    let Target::Symbol { origin, origin_name, .. } = &view.resolved.target else { return false };
    let file = cx.file_of(*origin);
    match model::query::exports(cx.db, file).get(origin_name) {
        Some(Export::Class(_) | Export::Function(_) | Export::Import(_)) => false,
        Some(Export::Variable(_)) => {
            let bound_at_head = |variable: &&Variable| {
                variable.name == *origin_name && variable.scope == Scope::Module && variable.value.is_some()
            };
            python::query::definitions(cx.db, file).variables.iter().filter(bound_at_head).count() != 1
                || python::query::bodies(cx.db, file)
                    .list
                    .iter()
                    .any(|body| body.declares_global(origin_name))
        }
        None => true,
    }
}
