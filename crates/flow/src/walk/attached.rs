//! What queries put on rows besides their columns: prefetched rows under a name of their own, annotations. Code asks for
//! it first (`hasattr`), or reads it and does without it where it isn't there (`except AttributeError`).

use python::{Expr, ExprId, Handler, Literal, Name, Stmt, StmtId};

use super::Walker;
use super::environment::Environment;
use crate::types::classes;
use crate::{Kind, Value};

/// Hand-written conditions aren't nested deeper than this.
const MAX_DEPTH: usize = 8;

impl Walker<'_> {
    /// Whether a condition tests for rows that some query of the project prefetches (`hasattr(self, "open_items")`).
    /// Code that cares about the cost has prefetched them.
    pub(super) fn is_kept(&self, test: ExprId) -> Option<bool> {
        self.is_kept_within(test, 0)
    }

    fn is_kept_within(&self, test: ExprId, depth: usize) -> Option<bool> {
        const CACHE: &str = "_prefetched_objects_cache";
        let body = &self.body;
        match &body[test] {
            _ if depth > MAX_DEPTH => None,
            Expr::Unary { op, operand } if op == "not" => {
                self.is_kept_within(*operand, depth + 1).map(|kept| !kept)
            }
            // `hasattr(self, "_prefetched_objects_cache") and "items" in self._prefetched_objects_cache`,
            // `hasattr(self, "open_items") and self.open_items`
            Expr::Bool { is_and: true, left, right } => {
                let is_read = self.asked_name(*left).is_some_and(
                    |asked| matches!(&body[*right], Expr::Attribute { name, .. } if name == asked),
                );
                let right = if is_read { Some(true) } else { self.is_kept_within(*right, depth + 1) };
                let sides = (self.is_kept_within(*left, depth + 1), right);
                (sides == (Some(true), Some(true))).then_some(true)
            }
            Expr::Call { .. } => {
                let name = self.asked_name(test)?;
                let is_put = name == CACHE || crate::eager::mentions(self.db, self.project).contains(name);
                is_put.then_some(true)
            }
            Expr::Compare { rest, .. } => {
                let [(op, holder)] = &**rest else { return None };
                let is_cache = match &body[*holder] {
                    Expr::Attribute { name, .. } => name == CACHE,
                    // `getattr(self, "_prefetched_objects_cache", {})`
                    Expr::Call { args, .. } => args.get(1).is_some_and(
                        |name| matches!(&body[name.value()], Expr::Literal(Literal::Str(name)) if name == CACHE),
                    ),
                    _ => false,
                };
                match op.as_str() {
                    "in" if is_cache => Some(true),
                    "not in" if is_cache => Some(false),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether a class has what `hasattr(cls, "PREFETCH")` asks for, in a class method that is walked for that class.
    pub(super) fn has_attribute(&self, test: ExprId) -> Option<bool> {
        if let Expr::Unary { op, operand } = &self.body[test]
            && op == "not"
        {
            return self.has_attribute(*operand).map(|has| !has);
        }
        let name = self.asked_name(test)?;
        let Expr::Call { args, .. } = &self.body[test] else { return None };
        let holder = self.body.exprs.dotted(args.first()?.value())?;
        let held = self.environment.get(&holder)?;
        let Kind::Class(class) = &held.kind else { return None };
        let is_exact = self.heir.is_some() && self.is_receiver(held.path.as_ref());
        is_exact.then(|| classes::member(self.db, self.project, class, name).is_some())
    }

    /// Whether a list in the body of a class has elements: `if self.prefetch:`, in a method that is walked for that class.
    pub(super) fn lists_something(&self, test: ExprId) -> Option<bool> {
        let Expr::Attribute { value, name } = &self.body[test] else { return None };
        let held = self.environment.get(&self.body.exprs.dotted(*value)?)?;
        let Kind::Instance(class, _) = &held.kind else { return None };
        let is_exact = self.heir.is_some() && self.is_receiver(held.path.as_ref());
        if !is_exact || !classes::storing(self.db, self.project, class, name).is_empty() {
            return None;
        }
        match classes::member(self.db, self.project, class, name)? {
            classes::Member::Attribute(Value { kind: Kind::Tuple(parts), .. }) => Some(!parts.is_empty()),
            _ => None,
        }
    }

    /// The name that `hasattr(self, "open_items")` asks for.
    fn asked_name(&self, test: ExprId) -> Option<&Name> {
        let Expr::Call { callee, args } = &self.body[test] else { return None };
        let Expr::Literal(Literal::Str(name)) = &self.body[args.get(1)?.value()] else { return None };
        matches!(&self.body[*callee], Expr::Name(name) if name == "hasattr").then_some(name)
    }

    /// Whether a handler stands in for something that some query of the project puts on the rows: the block reads an
    /// attribute that their class doesn't have.
    pub(super) fn does_without(&self, before: &Environment, block: &[StmtId], handler: &Handler) -> bool {
        let is_missing = handler
            .exception
            .is_some_and(|caught| matches!(&self.body[caught], Expr::Name(name) if name == "AttributeError"));
        is_missing
            && block.iter().any(|stmt| match &self.body[*stmt] {
                Stmt::Return(Some(value)) | Stmt::Expr(value) | Stmt::Assign { value: Some(value), .. } => {
                    self.reads_kept(before, *value, 0)
                }
                _ => false,
            })
    }

    fn reads_kept(&self, before: &Environment, expr: ExprId, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        if let Expr::Attribute { value, name } = &self.body[expr]
            && self.is_put_by_queries(before, *value, name)
        {
            return true;
        }
        let mut is_read = false;
        self.body[expr]
            .for_each_child(|child| is_read = is_read || self.reads_kept(before, child, depth + 1));
        is_read
    }

    /// Whether an attribute of a row is one that only queries give it.
    fn is_put_by_queries(&self, before: &Environment, row: ExprId, name: &Name) -> bool {
        let held = self.body.exprs.dotted(row).and_then(|row| before.get(&row));
        let Some(Kind::Entity(row)) = held.map(|held| &held.kind) else { return false };
        let Some(class) = row.model.class() else { return false };
        self.entity(class).is_some_and(|entity| !entity.members.contains_key(name))
            && classes::member(self.db, self.project, class, name).is_none()
            && crate::eager::mentions(self.db, self.project).contains(name)
    }
}
