//! The occurrences of a name in one body, and how the surrounding code uses each of them. Follows the parents of
//! expressions instead of descending from statements, so that nested code needs no recursion.

use python::{Arg, Body, ComprehensionClause, Expr, ExprId, Literal, Name, Stmt, WithItem};
use rustc_hash::FxHashMap;

use super::words;

/// The role of an expression in its statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// At most its truth value is used.
    Looked,
    /// It is the value of an assignment.
    Assigned,
    /// It is assigned to.
    Target,
    /// It is deleted.
    Deleted,
    /// `for ... in`
    Walked { is_async: bool },
    /// `with`
    Managed { is_async: bool },
    /// It leaves the function.
    Returned,
    /// Any other use.
    Gone,
}

/// How the surrounding code uses an occurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Use {
    /// Accesses a member.
    Member { name: Name, at: ExprId, is_called: bool, is_written: bool },
    /// Binds it to another name in this body.
    Alias(Name),
    /// Stores it on the object `of`: `self.orders = orders`.
    Stored { of: Name, name: Name },
    /// Enters it as a context manager, and binds the result to a name.
    Entered { is_async: bool, at: ExprId, target: Option<Name> },
    /// Passes it to a call.
    Forwarded { call: ExprId, arg: usize },
    /// Returns it.
    Returned,
    /// Uses it in a way that can't be followed.
    Escapes,
}

/// A body with the parents of its expressions.
pub(super) struct Surroundings<'a> {
    pub(super) body: &'a Body,
    pub(super) parents: Vec<Option<ExprId>>,
    roles: FxHashMap<ExprId, (Role, usize)>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn of(body: &'a Body) -> Self {
        let mut parents = vec![None; body.exprs.list.len()];
        for (index, expr) in body.exprs.list.iter().enumerate() {
            expr.for_each_child(|child| {
                if let Some(slot) = parents.get_mut(child.0 as usize) {
                    *slot = Some(ExprId(index as u32));
                }
            });
        }
        let mut roles = FxHashMap::default();
        for (index, stmt) in body.stmts.iter().enumerate() {
            roles_in(stmt, &mut |expr, role| {
                roles.insert(expr, (role, index));
            });
        }
        Self { body, parents, roles }
    }

    /// The occurrences of the name `name`.
    pub(super) fn of_name<'n>(&'n self, name: &'n str) -> impl Iterator<Item = ExprId> + 'n {
        self.all(move |_, expr| matches!(expr, Expr::Name(own) if own == name))
    }

    /// The occurrences of `of.name`.
    pub(super) fn of_attribute<'n>(
        &'n self,
        of: &'n str,
        name: &'n str,
    ) -> impl Iterator<Item = ExprId> + 'n {
        self.all(move |body, expr| {
            matches!(expr, Expr::Attribute { value, name: own }
                if own == name && matches!(&body[*value], Expr::Name(holder) if holder == of))
        })
    }

    fn all<'n>(&'n self, is_it: impl Fn(&Body, &Expr) -> bool + 'n) -> impl Iterator<Item = ExprId> + 'n {
        let exprs = self.body.exprs.list.iter().enumerate();
        exprs.filter(move |(_, expr)| is_it(self.body, expr)).map(|(index, _)| ExprId(index as u32))
    }

    /// Whether a name of the body is bound to a single value, `None` aside.
    pub(super) fn is_bound_once(&self, name: &str) -> bool {
        let is_none = |target: ExprId| {
            let Some((Role::Target, stmt)) = self.roles.get(&target) else { return false };
            matches!(&self.body.stmts[*stmt], Stmt::Assign { value: Some(value), .. }
                if self.body[*value] == Expr::Literal(Literal::None))
        };
        let named = self.of_name(name).filter(|expr| self.is_target(*expr) && !is_none(*expr)).count();
        let walrus = |expr: &&Expr| matches!(expr, Expr::Walrus { target, .. } if target == name);
        named + self.body.exprs.list.iter().filter(walrus).count() <= 1
    }

    /// The statement that directly contains an expression.
    pub(super) fn stmt_of(&self, expr: ExprId) -> Option<&'a Stmt> {
        self.roles.get(&expr).map(|(_, stmt)| &self.body.stmts[*stmt])
    }

    /// Whether an occurrence is the target of an assignment.
    pub(super) fn is_stored(&self, expr: ExprId) -> bool {
        self.is_target(expr)
    }

    /// Calls `found` for each use of the value of `expr`.
    pub(super) fn uses_of(&self, expr: ExprId, found: &mut dyn FnMut(Use)) {
        let mut at = expr;
        // Parents have higher ids than their children, so this terminates.
        while let Some(parent) = self.parents[at.0 as usize] {
            if parent <= at {
                return;
            }
            match self.step(at, parent, found) {
                Some(same) => at = same,
                None => return,
            }
        }
        if let Some((role, stmt)) = self.roles.get(&at) {
            self.ending(at, *role, *stmt, found);
        }
    }

    /// Records how the parent expression uses a value. Returns the expression whose value may be the same object.
    fn step(&self, at: ExprId, parent: ExprId, found: &mut dyn FnMut(Use)) -> Option<ExprId> {
        let mut special = |name: &'static str| {
            found(Use::Member {
                name: Name::new_static(name),
                at: parent,
                is_called: true,
                is_written: false,
            });
            None
        };
        match &self.body[parent] {
            Expr::Attribute { name, .. } => {
                let is_called = matches!(self.parents[parent.0 as usize].map(|it| &self.body[it]),
                    Some(Expr::Call { callee, .. }) if *callee == parent);
                let is_written = self.is_target(parent);
                found(Use::Member { name: name.clone(), at: parent, is_called, is_written });
                None
            }
            Expr::Call { callee, .. } if *callee == at => special("__call__"),
            Expr::Call { args, .. } => match args.iter().position(|arg| arg.value() == at) {
                Some(index) if matches!(args[index], Arg::Star(_)) => special("__iter__"),
                Some(index) if matches!(args[index], Arg::DoubleStar(_)) => special("keys"),
                Some(index) => {
                    found(Use::Forwarded { call: parent, arg: index });
                    self.same_after(parent)
                }
                None => None,
            },
            Expr::Subscript { value, .. } if *value == at => match self.roles.get(&parent) {
                Some((Role::Target, _)) => special("__setitem__"),
                Some((Role::Deleted, _)) => special("__delitem__"),
                _ => special("__getitem__"),
            },
            Expr::Await(_) => special("__await__"),
            Expr::YieldFrom(_) | Expr::Starred(_) => special("__iter__"),
            Expr::Yield(_) => {
                found(Use::Returned);
                None
            }
            Expr::Tuple(_) | Expr::List(_) if self.is_target(parent) => None,
            Expr::Tuple(parts)
                if self.roles.get(&parent).is_some_and(|(role, _)| *role == Role::Assigned) =>
            {
                self.in_parallel(at, parent, parts, found);
                None
            }
            Expr::Tuple(_) | Expr::List(_) | Expr::Set(_) | Expr::Dict(_) | Expr::Lambda { .. } => {
                found(Use::Escapes);
                None
            }
            Expr::Comprehension { element, value, clauses, .. } => {
                if let Some(clause) = clauses.iter().find(|clause| clause.iterable == at) {
                    let ComprehensionClause { is_async, .. } = clause;
                    return special(if *is_async { "__aiter__" } else { "__iter__" });
                }
                if *element == at || *value == Some(at) {
                    found(Use::Escapes);
                }
                None
            }
            Expr::Binary { op, left, .. } if *left == at => words::operator(op).and_then(special),
            Expr::Unary { op, .. } => words::unary(op).and_then(special),
            Expr::Bool { is_and, right, .. } => (!is_and || *right == at).then_some(parent),
            Expr::Compare { first, rest } => self.compared(at, *first, rest).and_then(special),
            Expr::Conditional { test, .. } => (*test != at).then_some(parent),
            Expr::Walrus { target, .. } => {
                found(Use::Alias(target.clone()));
                Some(parent)
            }
            _ => None,
        }
    }

    /// The expression that evaluates to the same object if a call returns its argument: `cast(Orders, orders)`,
    /// `await stack.enter_async_context(orders)`.
    fn same_after(&self, call: ExprId) -> Option<ExprId> {
        let Expr::Call { callee, .. } = &self.body[call] else { return None };
        let (Expr::Name(name) | Expr::Attribute { name, .. }) = &self.body[*callee] else { return None };
        match name.as_str() {
            "cast" | "enter_context" => Some(call),
            "enter_async_context" => {
                self.parents[call.0 as usize].filter(|parent| matches!(self.body[*parent], Expr::Await(_)))
            }
            _ => None,
        }
    }

    fn is_target(&self, expr: ExprId) -> bool {
        let role = |expr: ExprId| self.roles.get(&expr).map(|(role, _)| *role);
        let is_one = |expr: ExprId| matches!(role(expr), Some(Role::Target | Role::Deleted));
        is_one(expr)
            || self.parents[expr.0 as usize].is_some_and(|parent| {
                matches!(self.body[parent], Expr::Tuple(_) | Expr::List(_)) && is_one(parent)
            })
    }

    /// The special method that implements a comparison.
    fn compared(&self, at: ExprId, first: ExprId, rest: &[(Name, ExprId)]) -> Option<&'static str> {
        let is_none = |expr: ExprId| matches!(self.body[expr], Expr::Literal(Literal::None));
        if let Some((op, _)) = rest.iter().find(|(_, operand)| *operand == at) {
            return matches!(op.as_str(), "in" | "not in").then_some("__contains__");
        }
        let (op, other) = rest.first()?;
        if first == at && !is_none(*other) { words::comparison(op) } else { None }
    }

    /// `self.orders, self.mail = orders, mail`
    fn in_parallel(&self, at: ExprId, values: ExprId, parts: &[ExprId], found: &mut dyn FnMut(Use)) {
        let Some(index) = parts.iter().position(|part| *part == at) else { return };
        let Some((_, stmt)) = self.roles.get(&values) else { return };
        let Stmt::Assign { targets, .. } = &self.body.stmts[*stmt] else { return };
        for target in targets {
            match &self.body[*target] {
                Expr::Tuple(targets) | Expr::List(targets) if targets.len() == parts.len() => {
                    self.assigned(targets[index], found);
                }
                _ => found(Use::Escapes),
            }
        }
    }

    /// Records the assignment to `target`.
    fn assigned(&self, target: ExprId, found: &mut dyn FnMut(Use)) {
        match &self.body[target] {
            Expr::Name(name) => found(Use::Alias(name.clone())),
            Expr::Attribute { value, name } => match &self.body[*value] {
                Expr::Name(of) => found(Use::Stored { of: of.clone(), name: name.clone() }),
                _ => found(Use::Escapes),
            },
            Expr::Tuple(_) | Expr::List(_) => {
                let name = Name::new_static("__iter__");
                found(Use::Member { name, at: target, is_called: true, is_written: false });
            }
            _ => found(Use::Escapes),
        }
    }

    /// Records how a statement uses it.
    fn ending(&self, at: ExprId, role: Role, stmt: usize, found: &mut dyn FnMut(Use)) {
        let special = |name: &'static str| Use::Member {
            name: Name::new_static(name),
            at,
            is_called: true,
            is_written: false,
        };
        match (role, &self.body.stmts[stmt]) {
            (Role::Assigned, Stmt::Assign { targets, .. }) => {
                for target in targets {
                    self.assigned(*target, found);
                }
            }
            (Role::Walked { is_async }, _) => found(special(if is_async { "__aiter__" } else { "__iter__" })),
            (Role::Managed { is_async }, Stmt::With { items, .. }) => {
                let target = items.iter().find(|item| item.manager == at).and_then(|item| item.target);
                let target = target.and_then(|target| match &self.body[target] {
                    Expr::Name(name) => Some(name.clone()),
                    _ => None,
                });
                found(Use::Entered { is_async, at, target });
            }
            (Role::Returned, _) => found(Use::Returned),
            (Role::Gone, _) => found(Use::Escapes),
            _ => {}
        }
    }
}

/// Calls `found` for the expressions directly contained in a statement.
fn roles_in(stmt: &Stmt, found: &mut dyn FnMut(ExprId, Role)) {
    match stmt {
        Stmt::Expr(expr) | Stmt::If { test: expr, .. } | Stmt::While { test: expr, .. } => {
            found(*expr, Role::Looked);
        }
        Stmt::Assign { targets, value, .. } => {
            targets.iter().for_each(|target| found(*target, Role::Target));
            if let Some(value) = value {
                found(*value, Role::Assigned);
            }
        }
        Stmt::AugAssign { target, value, .. } => {
            found(*target, Role::Target);
            found(*value, Role::Gone);
        }
        Stmt::Return(Some(value)) => found(*value, Role::Returned),
        Stmt::Raise { exception, cause } => {
            exception.iter().chain(cause).for_each(|expr| found(*expr, Role::Gone));
        }
        Stmt::For { is_async, target, iterable, .. } => {
            found(*target, Role::Target);
            found(*iterable, Role::Walked { is_async: *is_async });
        }
        Stmt::With { is_async, items, .. } => {
            for WithItem { manager, target } in items {
                found(*manager, Role::Managed { is_async: *is_async });
                if let Some(target) = target {
                    found(*target, Role::Target);
                }
            }
        }
        Stmt::Delete(targets) => targets.iter().for_each(|target| found(*target, Role::Deleted)),
        Stmt::Assert { test, message } => {
            found(*test, Role::Looked);
            if let Some(message) = message {
                found(*message, Role::Looked);
            }
        }
        _ => {}
    }
}
