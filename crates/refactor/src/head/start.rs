//! Calls at the top of a module that must run before other imports: `monkey.patch_all()`, `sys.path.insert(…)`.

use libraries::ComesFirst;
use python::{Body, BodyId, Expr, Scope, Stmt, StmtId};
use view::Context;

/// The last statement with such a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// Its index among the statements of the module.
    pub(super) index: usize,
    /// The end of its text.
    pub(super) end: u32,
    /// What comes below it.
    pub(super) concerns: ComesFirst,
}

/// The last such call above the module's definitions.
pub(super) fn start(cx: &Context<'_>) -> Option<Start> {
    let body = cx.module.bodies.list.first()?;
    let defines = |id: &StmtId| matches!(body[*id], Stmt::Class(_) | Stmt::Function(_));
    let head = body.root.iter().position(defines).unwrap_or(body.root.len());
    let calls = body.root[..head].iter().enumerate().filter_map(|(index, id)| {
        let concerns = called_first(cx, body, *id)?;
        Some(Start { index, end: cx.module.spans.stmt(BodyId(0), *id).end, concerns })
    });
    // What patches concerns all imports, wherever the others stand.
    let calls: Vec<Start> = calls.collect();
    let last = calls.last()?;
    let concerns = calls.iter().map(|call| call.concerns).max()?;
    Some(Start { concerns, ..*last })
}

/// What must come below the calls of a statement, or of the blocks of a condition.
fn called_first(cx: &Context<'_>, body: &Body, id: StmtId) -> Option<ComesFirst> {
    match &body[id] {
        Stmt::Expr(expr) => {
            let Expr::Call { callee, .. } = &body[*expr] else { return None };
            libraries::comes_first(&full_name(cx, &body.exprs.dotted(*callee)?))
        }
        Stmt::If { body: inner, orelse, .. } | Stmt::Try { body: inner, orelse, .. } => {
            inner.iter().chain(orelse).filter_map(|id| called_first(cx, body, *id)).max()
        }
        _ => None,
    }
}

/// A dotted name with the import of its first part put in.
pub(crate) fn full_name(cx: &Context<'_>, dotted: &str) -> String {
    let (first, rest) = dotted.split_at(dotted.find('.').unwrap_or(dotted.len()));
    let imports = cx.imports().filter(|view| view.import.context.scope == Scope::Module);
    let bound = imports.filter(|view| view.import.bound_name() == Some(first)).last();
    match bound {
        // `import a.b` binds `a`, by which the call names the rest.
        Some(view) if view.import.kind == python::ImportKind::Module && view.import.alias.is_none() => {
            dotted.to_owned()
        }
        Some(view) => format!("{}{rest}", view.resolved.absolute),
        None => dotted.to_owned(),
    }
}
