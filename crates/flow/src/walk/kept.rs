//! What an object or a module keeps: `if self._total is None: self._total = ...`. Loops over other things compute it once.

use python::{Expr, ExprId, Literal, Stmt, StmtId};

use super::Walker;
use crate::types::classes::MethodKind;
use crate::{FunctionRef, Kept, Value};

impl Walker<'_> {
    /// How long a block keeps what it computes, if it assigns what `test` finds to be missing.
    pub(super) fn keeps_itself(&self, test: ExprId, block: &[StmtId]) -> Option<Kept> {
        let body = &self.body;
        let chain = self.missing(test)?;
        let is_assigned = block.iter().any(|id| match &body[*id] {
            Stmt::Assign { targets, .. } => {
                targets.iter().any(|target| body.exprs.dotted(*target).is_some_and(|it| it == chain))
            }
            _ => false,
        });
        if !is_assigned {
            return None;
        }
        match chain.split_once('.') {
            Some((holder, rest)) if !rest.contains('.') => {
                let path = self.environment.get(holder)?.path.as_ref();
                self.is_receiver(path).then_some(Kept::WithReceiver)
            }
            Some(_) => None,
            None => body.declares_global(&chain).then_some(Kept::ForGood),
        }
    }

    /// What a condition finds to be missing: `x is None`, `not x`, `not hasattr(self, "x")`.
    fn missing(&self, test: ExprId) -> Option<String> {
        let body = &self.body;
        match &body[test] {
            Expr::Compare { first, rest } => match &**rest {
                [(op, other)] if op == "is" && body[*other] == Expr::Literal(Literal::None) => {
                    body.exprs.dotted(*first)
                }
                _ => None,
            },
            Expr::Unary { op, operand } if op == "not" => match &body[*operand] {
                Expr::Call { callee, args } => {
                    let is_question = matches!(&body[*callee], Expr::Name(name) if name == "hasattr");
                    let [holder, name] = &**args else { return None };
                    let Expr::Literal(Literal::Str(name)) = &body[name.value()] else { return None };
                    let holder = body.exprs.dotted(holder.value()).filter(|_| is_question)?;
                    Some(format!("{holder}.{name}"))
                }
                _ => body.exprs.dotted(*operand),
            },
            _ => None,
        }
    }

    /// Whether an effect of a callee, called at `expr`, happens once in all rounds of the loops around the call, and how
    /// long what it gives is kept for callers of the function being walked.
    pub(super) fn kept_here(&self, expr: ExprId, kept: Kept, bound: &[Option<Value>]) -> (bool, Kept) {
        match kept {
            Kept::No => (false, self.around.kept),
            Kept::ForGood => (true, Kept::ForGood),
            Kept::WithReceiver => {
                let Some(Some(receiver)) = bound.first() else { return (false, self.around.kept) };
                let is_own = self.is_receiver(receiver.path.as_ref());
                let kept = if is_own { Kept::WithReceiver } else { self.around.kept };
                (receiver.deps.loops == 0 && self.is_older_than_loops(expr), kept)
            }
        }
    }

    /// Whether the object whose attribute is read or called at `expr` was there before the surrounding loops.
    fn is_older_than_loops(&self, expr: ExprId) -> bool {
        let body = &self.body;
        let attribute = match &body[expr] {
            Expr::Call { callee, .. } => *callee,
            _ => expr,
        };
        let Expr::Attribute { value, .. } = &body[attribute] else { return false };
        let Some(chain) = body.exprs.dotted(*value) else { return false };
        let root = chain.split('.').next().unwrap_or_default();
        let held = self.environment.get(root);
        self.around.loop_starts.iter().all(|start| start.get(root) == held)
    }

    /// Whether a function that is called is a property of an object.
    pub(super) fn is_property_of_receiver(&self, function: FunctionRef, receiver: Option<&Value>) -> bool {
        receiver.is_some()
            && crate::heir::kind_of(self.db, self.project, function) == Some(MethodKind::Property)
    }
}
