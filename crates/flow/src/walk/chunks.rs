//! Chunks: lists that hold some rows at a time. What is done with one is done once for each chunk, not for each row.

use python::{Arg, Expr, ExprId, Name, Stmt, StmtId};

use super::Walker;
use crate::Bound;

/// Conditions are followed to this depth.
const MAX_DEPTH: usize = 8;

impl Walker<'_> {
    /// `if len(batch) >= 100:` with a block that empties the list: its effects, from these on, happen once a chunk.
    pub(super) fn once_a_chunk(
        &mut self,
        test: ExprId,
        block: &[StmtId],
        (first_effect, first_problem): (usize, usize),
    ) {
        let Some(at) = self.around.frames.iter().rposition(|frame| !frame.is_below) else { return };
        let frame = &self.around.frames[at];
        if frame.info.bound != Bound::Data || !self.fills_up(test, block, 0) {
            return;
        }
        let (info, site) = (frame.info.clone(), frame.site);
        for effect in self.recorder.effects.iter_mut().skip(first_effect) {
            if let Some(around) = effect.loops.get_mut(at).filter(|around| **around == info) {
                around.bound = Bound::Fixed;
            }
        }
        let mut index = 0;
        self.recorder.problems.retain(|problem| {
            index += 1;
            index <= first_problem || problem.around.as_ref().is_none_or(|(around, _)| *around != site)
        });
    }

    /// Whether a condition asks how long a list is that the block empties, or whether it is the turn of one in many
    /// rounds: `number % 500 == 0`, a counter that the block sets back.
    fn fills_up(&self, test: ExprId, block: &[StmtId], depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        let body = &self.body;
        let inside = |expr: ExprId| self.fills_up(expr, block, depth + 1);
        match &body[test] {
            Expr::Bool { left, right, .. } => inside(*left) || inside(*right),
            Expr::Compare { first, rest } => {
                inside(*first)
                    || rest.iter().any(|(_, other)| inside(*other))
                    || matches!(&**rest, [(op, _)] if matches!(op.as_str(), ">" | ">=" | "==")
                        && self.sets_back(*first, block))
            }
            Expr::Unary { op, operand } if op == "not" => inside(*operand),
            Expr::Binary { op, right, .. } if op == "%" => !matches!(self.number(*right), Some(0 | 1)),
            Expr::Call { callee, args } => match (&body[*callee], &**args) {
                (Expr::Name(len), [Arg::Positional(list)]) if len == "len" => match &body[*list] {
                    Expr::Name(list) => block.iter().any(|stmt| self.empties(*stmt, list)),
                    _ => false,
                },
                _ => false,
            },
            _ => false,
        }
    }

    /// `pending = 0` in a block, of what the function counts: `pending += 1`.
    fn sets_back(&self, counter: ExprId, block: &[StmtId]) -> bool {
        let body = &self.body;
        let Expr::Name(counter) = &body[counter] else { return false };
        let is_it = |expr: ExprId| matches!(&body[expr], Expr::Name(name) if name == counter);
        let is_reset = |stmt: &StmtId| match &body[*stmt] {
            Stmt::Assign { targets, value: Some(value), .. } => {
                self.number(*value) == Some(0) && targets.iter().any(|target| is_it(*target))
            }
            _ => false,
        };
        let counts = |stmt: &Stmt| matches!(stmt, Stmt::AugAssign { target, op, .. } if op.starts_with('+') && is_it(*target));
        block.iter().any(is_reset) && body.stmts.iter().any(counts)
    }

    /// `batch.clear()`, `batch = []`
    fn empties(&self, stmt: StmtId, list: &Name) -> bool {
        let body = &self.body;
        let is_it = |expr: ExprId| matches!(&body[expr], Expr::Name(name) if name == list);
        match &body[stmt] {
            Stmt::Assign { targets, value: Some(value), .. } => {
                let is_empty = match &body[*value] {
                    Expr::List(parts) | Expr::Set(parts) => parts.is_empty(),
                    Expr::Dict(entries) => entries.is_empty(),
                    _ => false,
                };
                is_empty && targets.iter().any(|target| is_it(*target))
            }
            Stmt::Expr(call) => match &body[*call] {
                Expr::Call { callee, .. } => {
                    matches!(&body[*callee], Expr::Attribute { value, name } if name == "clear" && is_it(*value))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// `batches.append(keys[at : at + size])`: the list holds chunks.
    pub(super) fn holds_chunks(&self, list: &Name) -> bool {
        let body = &self.body;
        body.exprs.list.iter().any(|expr| match expr {
            Expr::Call { callee, args } => match (&body[*callee], &**args) {
                (Expr::Attribute { value, name }, [Arg::Positional(given)]) => {
                    name == "append"
                        && matches!(&body[*value], Expr::Name(name) if name == list)
                        && matches!(&body[*given], Expr::Subscript { index, .. } if matches!(body[*index], Expr::Slice(_)))
                }
                _ => false,
            },
            _ => false,
        })
    }
}
