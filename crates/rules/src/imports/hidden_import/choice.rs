//! Imports in branches that compare one value: each run loads only the chosen one.

use python::{Body, Expr, ExprId, ImportId, Stmt, StmtId};
use view::Context;

use super::Hidden;

/// From this many branches with imports on, they are a choice.
const FEW: usize = 2;

/// Whether the import is in one of several branches that each load something, chosen by the value of one variable.
pub(super) fn is_chosen(cx: &Context<'_>, hidden: &Hidden<'_>) -> bool {
    let import = hidden.imports[0].id;
    hidden.imports[0].import.context.conditional
        && cx.module.bodies.list.iter().any(|body| chooses(body, import))
}

/// Whether a body has `import` in one of several such branches.
fn chooses(body: &Body, import: ImportId) -> bool {
    let holds = |block: &[StmtId]| {
        block.iter().any(|id| matches!(&body[*id], Stmt::Import(ids) if ids.contains(&import)))
    };
    let loads = |block: &[StmtId]| block.iter().any(|id| matches!(&body[*id], Stmt::Import(_)));
    let mut subjects: Vec<(String, bool)> = Vec::new();
    for stmt in &body.stmts {
        match stmt {
            Stmt::If { test, body: then, orelse } => {
                let Some(subject) = compared(body, *test) else { continue };
                for block in [then, orelse] {
                    if loads(block) {
                        subjects.push((subject.clone(), holds(block)));
                    }
                }
            }
            Stmt::Match { cases, .. } => {
                let blocks = || cases.iter().map(|case| &case.body);
                if blocks().any(|block| holds(block)) {
                    return blocks().filter(|block| loads(block)).count() >= FEW;
                }
            }
            _ => {}
        }
    }
    let own = subjects.iter().find(|(_, is_own)| *is_own).map(|(subject, _)| subject);
    own.is_some_and(|own| subjects.iter().filter(|(subject, _)| subject == own).count() >= FEW)
}

/// The side of a test that is compared with a value: `kind` of `kind == "s3"` and of `kind in ("s3", "gcs")`.
fn compared(body: &Body, test: ExprId) -> Option<String> {
    let Expr::Compare { first, rest } = &body[test] else { return None };
    let [(op, _)] = &rest[..] else { return None };
    matches!(op.as_str(), "==" | "in" | "is").then(|| body.exprs.dotted(*first))?
}
