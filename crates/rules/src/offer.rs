//! Imports that nobody has written yet: what the rules would say of one. For completion, so that what is offered is judged
//! as it will be once it is there.

use std::sync::Arc;

use model::ModuleId;
use python::{DirectiveScope, Import, ImportContext, ImportKind, ImportSpans, Imports, Name};
use source::Span;
use view::facts::Lazy;
use view::{Context, Finding, Rule};

use crate::{check, layers};

/// The rules that judge an import by where it leads.
const RULES: [&Rule; 3] =
    [&layers::forbidden_import::RULE, &layers::layer_violation::RULE, &layers::private_module_import::RULE];

/// Judges services that import each other: less is said by it than by the cycle that they make.
const SIBLINGS: [&Rule; 1] = [&layers::sibling_service_import::RULE];

/// What speaks against an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// A rule would report it.
    Reported(Box<Finding>),
    /// It would close a cycle at import time.
    ClosesCycle,
}

/// What speaks against `from module import name` (or `import module`) at the top level of the module of `cx`; nothing
/// where the rules have no objection. Ignore comments for the whole file, levels and options count as they would then.
pub fn objection(cx: &Context<'_>, module: &str, name: Option<&str>) -> Option<Objection> {
    let import = Import {
        kind: if name.is_some() { ImportKind::From } else { ImportKind::Module },
        level: 0,
        module: module.into(),
        name: name.map(Name::from),
        alias: None,
        statement: 0,
        context: ImportContext {
            scope: python::Scope::Module,
            function: None,
            type_checking: false,
            optional: false,
            conditional: false,
            lazy: false,
            main: false,
        },
    };
    let there = with_import(cx, import);
    let target = there.import(python::ImportId(0))?.module()?;
    if target == cx.id {
        return None;
    }
    let reported = |rules: &[&'static Rule]| {
        let finding = check::with_rules(&there, rules).into_iter().next()?;
        Some(Objection::Reported(Box::new(finding)))
    };
    reported(&RULES)
        .or_else(|| closes_cycle(cx, target).then_some(Objection::ClosesCycle))
        .or_else(|| reported(&SIBLINGS))
}

/// The same module with this import in place of its own.
fn with_import<'a>(cx: &Context<'a>, import: Import) -> Context<'a> {
    let imports = Imports { list: Box::new([import]) };
    let resolved = model::query::resolve(cx.db, cx.project, cx.file, &imports);
    let mut there = cx.clone();
    there.module.imports = Lazy::ready(Arc::new(imports));
    let start = Span::new(0, 0);
    let spans = ImportSpans { statement: start, module: start, name: start, item: start };
    there.module.import_spans = Lazy::ready(Arc::from([spans]));
    // Uses name imports by their index, and comments for one statement speak of another one.
    there.module.uses = Lazy::ready(Arc::from([]));
    let for_all = cx.module.directives.iter().filter(|it| it.scope == DirectiveScope::File);
    there.module.directives = Lazy::ready(for_all.cloned().collect());
    there.resolved = Lazy::ready(resolved);
    there
}

/// Whether the rule about cycles would report it: it is on, and the module runs as part of the program.
fn closes_cycle(cx: &Context<'_>, target: ModuleId) -> bool {
    let rule = &layers::circular_import::RULE;
    cx.options(rule).level() != config::Level::Off
        && rule.judges.contains(&cx.role())
        && model::query::would_close_cycle(cx.db, cx.project, cx.id, target)
}
