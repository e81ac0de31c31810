//! Imports that don't exist yet: what the rules would report about one. For completion, so that what is offered is
//! checked as it will be once inserted.

use std::sync::Arc;

use model::ModuleId;
use python::{DirectiveScope, Import, ImportContext, ImportKind, ImportSpans, Imports, Name};
use source::Span;
use view::facts::Lazy;
use view::{Context, Finding, Rule};

use crate::{check, layers};

/// The rules that check an import by its target.
const RULES: [&Rule; 3] =
    [&layers::forbidden_import::RULE, &layers::layer_violation::RULE, &layers::private_module_import::RULE];

/// Checks services that import each other; reported only if they don't form a cycle, which is worse.
const SIBLINGS: [&Rule; 1] = [&layers::sibling_service_import::RULE];

/// A reason against an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// A rule would report it.
    Reported(Box<Finding>),
    /// It would close a cycle at import time.
    ClosesCycle,
}

/// The reason against `from module import name` (or `import module`) at the top level of the module of `cx`; `None` if
/// the rules have no objection. File-wide ignore comments, levels and options apply as they would to the inserted
/// import.
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

/// The same module with this import in place of its own imports.
fn with_import<'a>(cx: &Context<'a>, import: Import) -> Context<'a> {
    let imports = Imports { list: Box::new([import]) };
    let resolved = model::query::resolve(cx.db, cx.project, cx.file, &imports);
    let mut there = cx.clone();
    there.module.imports = Lazy::ready(Arc::new(imports));
    let start = Span::new(0, 0);
    let spans = ImportSpans { statement: start, module: start, name: start, item: start };
    there.module.import_spans = Lazy::ready(Arc::from([spans]));
    // Uses refer to imports by index, and statement comments apply to other statements.
    there.module.uses = Lazy::ready(Arc::from([]));
    let for_all = cx.module.directives.iter().filter(|it| it.scope == DirectiveScope::File);
    there.module.directives = Lazy::ready(for_all.cloned().collect());
    there.resolved = Lazy::ready(resolved);
    there
}

/// Whether the rule about cycles would report it: it is on, and the module is part of the running program.
fn closes_cycle(cx: &Context<'_>, target: ModuleId) -> bool {
    let rule = &layers::circular_import::RULE;
    cx.options(rule).level() != config::Level::Off
        && rule.judges.contains(&cx.role())
        && model::query::would_close_cycle(cx.db, cx.project, cx.id, target)
}
