//! Containers that stand in for a store that isn't there: `if redis: redis.set(…) else: known[key] = …`.

use python::{Body, BodyId, Expr, ExprId, Stmt, StmtId};
use rustc_hash::FxHashSet;
use view::scope::{Binding, Meaning, Names, chain};

/// The statements of a body that run where the store isn't there.
#[derive(Debug, Default)]
pub(super) struct Fallback {
    statements: FxHashSet<StmtId>,
}

/// Collects them.
pub(super) fn of(names: &Names<'_>, id: BodyId) -> Fallback {
    let mut found = Fallback::default();
    let body = names.body(id);
    read(names, id, &body.root, &mut found);
    for stmt in &body.stmts {
        for block in blocks(stmt) {
            read(names, id, block, &mut found);
        }
    }
    found
}

impl Fallback {
    /// Whether a changing expression is in one of them.
    pub(super) fn holds(&self, body: &Body, expr: ExprId) -> bool {
        let is_in = |id: &StmtId| {
            let mut open: Vec<ExprId> = match &body[*id] {
                Stmt::Expr(value) | Stmt::Return(Some(value)) => vec![*value],
                Stmt::Assign { targets, value, .. } => targets.iter().copied().chain(*value).collect(),
                Stmt::AugAssign { target, value, .. } => vec![*target, *value],
                Stmt::Delete(targets) => targets.to_vec(),
                _ => return false,
            };
            while let Some(at) = open.pop() {
                if at == expr {
                    return true;
                }
                body[at].for_each_child(|child| open.push(child));
            }
            false
        };
        self.statements.iter().any(is_in)
    }
}

/// Finds conditions on a store in one block, with what runs without it.
fn read(names: &Names<'_>, id: BodyId, block: &[StmtId], found: &mut Fallback) {
    let body = names.body(id);
    for (index, stmt) in block.iter().enumerate() {
        let Stmt::If { test, body: then, orelse } = &body[*stmt] else { continue };
        let Some((store, is_there)) = tested(names, id, *test) else { continue };
        let (with, without) = if is_there { (then, orelse) } else { (orelse, then) };
        let rest = &block[index + 1..];
        let leaves =
            |block: &[StmtId]| block.last().is_some_and(|last| matches!(body[*last], Stmt::Return(_)));
        if uses(body, with, &store) {
            add(body, without, found);
            if leaves(with) {
                add(body, rest, found);
            }
        } else if with.is_empty() && leaves(without) && uses(body, rest, &store) {
            add(body, without, found);
        }
    }
}

/// The dotted name that a condition asks for, and whether it is there where the condition holds: `redis`, `not
/// self.redis`, `redis is None`. What is given to the function is no store.
fn tested(names: &Names<'_>, id: BodyId, test: ExprId) -> Option<(String, bool)> {
    let body = names.body(id);
    let (at, is_there) = match &body[test] {
        Expr::Unary { op, operand } if op == "not" => (*operand, false),
        Expr::Compare { first, rest } => match &rest[..] {
            [(op, right)] if matches!(&body[*right], Expr::Literal(python::Literal::None)) => {
                (*first, op == "is not")
            }
            _ => return None,
        },
        _ => (test, true),
    };
    let (root, attributes) = chain(body, at)?;
    let is_given = |it: &Binding| matches!(it, Binding::Parameter(_) | Binding::Element(..));
    let is_own = root == "self" || root == "cls";
    match names.meaning(id, root) {
        Meaning::Bound(home, bindings) if home == id && (!is_own || attributes.is_empty()) => {
            bindings.iter().all(|it| !is_given(it)).then_some(())?;
        }
        _ => {}
    }
    Some((body.exprs.dotted(at)?, is_there))
}

/// Whether statements call a method of the store with arguments.
fn uses(body: &Body, block: &[StmtId], store: &str) -> bool {
    let mut inside = FxHashSet::default();
    add_all(body, block, &mut inside);
    let prefix = format!("{store}.");
    inside.iter().any(|id| {
        let mut open: Vec<ExprId> = match &body[*id] {
            Stmt::Expr(value) | Stmt::Return(Some(value)) | Stmt::Assign { value: Some(value), .. } => {
                vec![*value]
            }
            _ => return false,
        };
        while let Some(at) = open.pop() {
            if let Expr::Call { callee, args } = &body[at]
                && !args.is_empty()
                && body.exprs.dotted(*callee).is_some_and(|called| called.starts_with(&prefix))
            {
                return true;
            }
            body[at].for_each_child(|child| open.push(child));
        }
        false
    })
}

fn add(body: &Body, block: &[StmtId], found: &mut Fallback) {
    add_all(body, block, &mut found.statements);
}

fn add_all(body: &Body, block: &[StmtId], found: &mut FxHashSet<StmtId>) {
    let mut open = block.to_vec();
    while let Some(id) = open.pop() {
        found.insert(id);
        open.extend(blocks(&body[id]).into_iter().flatten());
    }
}

/// The blocks of a statement.
fn blocks(stmt: &Stmt) -> Vec<&[StmtId]> {
    match stmt {
        Stmt::If { body, orelse, .. } | Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } => {
            vec![body, orelse]
        }
        Stmt::With { body, .. } => vec![body],
        Stmt::Try { body, handlers, orelse, finally } => {
            let handlers = handlers.iter().map(|handler| &*handler.body);
            [&**body, orelse, finally].into_iter().chain(handlers).collect()
        }
        _ => Vec::new(),
    }
}
