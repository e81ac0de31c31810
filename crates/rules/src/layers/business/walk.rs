//! Counts the business logic of a body.

use python::{Body, Expr, ExprId, Literal, Stmt, StmtId};
use view::scope::chain;

use super::Measure;
use super::guard::{commands, only_refuses};
use super::subject::{Subjects, keeps_rows};
use crate::security::words::{has, names_identity};

/// Blocks nested deeper than this are not found in hand-written code.
const MAX_DEPTH: usize = 32;

/// Measures a body.
pub(super) fn walk(subjects: &Subjects<'_>) -> Measure {
    let body = subjects.exprs();
    let mut walk = Walk { subjects, body, measure: Measure::default(), commands: 0 };
    walk.block(&body.root, 0);
    let mut measure = walk.measure;
    let spans = |id: &ExprId| subjects.names.span(subjects.body, *id);
    for list in [
        &mut measure.decisions,
        &mut measure.refusals,
        &mut measure.calculations,
        &mut measure.loops,
        &mut measure.writes,
        &mut measure.assignments,
    ] {
        list.sort_by_key(spans);
        list.dedup();
    }
    measure
}

struct Walk<'w> {
    subjects: &'w Subjects<'w>,
    body: &'w Body,
    measure: Measure,
    /// Calls whose result is unused.
    commands: usize,
}

impl Walk<'_> {
    fn block(&mut self, block: &[StmtId], depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for id in block {
            self.statement(*id, depth);
        }
    }

    fn statement(&mut self, id: StmtId, depth: usize) {
        match &self.body[id] {
            Stmt::Expr(value) => {
                self.commands += usize::from(commands(self.body, *value));
                self.expression(*value);
            }
            Stmt::Return(Some(value)) => self.expression(*value),
            Stmt::Assign { targets, value: Some(value), .. } => {
                for target in targets {
                    self.target(*target);
                }
                self.expression(*value);
            }
            Stmt::AugAssign { target, op, value } => {
                self.target(*target);
                self.expression(*value);
                let changes_entity =
                    matches!(&self.body[*target], Expr::Attribute { .. }) && self.subjects.is_domain(*target);
                if matches!(op.as_str(), "+" | "-" | "*" | "/") && changes_entity {
                    self.measure.calculations.push(*target);
                }
            }
            Stmt::If { test, body, orelse } => {
                self.branch(*test, body, orelse, depth);
                self.block(body, depth + 1);
                self.block(orelse, depth + 1);
            }
            Stmt::While { body, orelse, .. } => {
                self.block(body, depth + 1);
                self.block(orelse, depth + 1);
            }
            Stmt::For { iterable, body, orelse, .. } => {
                let before = self.measure.changes();
                self.expression(*iterable);
                self.block(body, depth + 1);
                if self.measure.changes() > before && self.subjects.is_domain(*iterable) {
                    self.measure.loops.push(*iterable);
                }
                self.block(orelse, depth + 1);
            }
            Stmt::With { body, .. } => self.block(body, depth + 1),
            Stmt::Try { body, orelse, finally, .. } => {
                // Exception handlers map errors.
                self.block(body, depth + 1);
                self.block(orelse, depth + 1);
                self.block(finally, depth + 1);
            }
            Stmt::Match { subject, cases } => {
                let before = self.measure.changes() + self.measure.calculations.len();
                for case in cases {
                    self.block(&case.body, depth + 1);
                }
                let has_effect = self.measure.changes() + self.measure.calculations.len() > before;
                if has_effect && self.speaks_of_state(*subject) {
                    self.measure.decisions.push(*subject);
                }
            }
            _ => {}
        }
    }

    /// A branch on the state of an entity with an effect in it.
    fn branch(&mut self, test: ExprId, body: &[StmtId], orelse: &[StmtId], depth: usize) {
        let decides = |block: &[StmtId]| !block.is_empty() && !only_refuses(self.body, block);
        if !self.speaks_of_state(test) {
            return;
        }
        if !decides(body) && !decides(orelse) {
            self.measure.refusals.push(test);
            return;
        }
        let mut inner =
            Walk { subjects: self.subjects, body: self.body, measure: Measure::default(), commands: 0 };
        inner.block(body, depth + 1);
        // An `elif` has its own test.
        if !matches!(orelse, [only] if matches!(&self.body[*only], Stmt::If { .. })) {
            inner.block(orelse, depth + 1);
        }
        if inner.measure.changes() + inner.measure.calculations.len() + inner.commands > 0 {
            self.measure.decisions.push(test);
        }
    }

    /// Whether a test reads the state of an entity: not whether it exists, and not whose it is.
    fn speaks_of_state(&self, test: ExprId) -> bool {
        let mut open = vec![test];
        let mut found = false;
        // Children come before parents, so the walk terminates.
        while let Some(id) = open.pop() {
            match &self.body[id] {
                Expr::Compare { first, rest } => {
                    if rest.iter().all(|(op, _)| matches!(op.as_str(), "is" | "is not")) {
                        continue;
                    }
                    let sides: Vec<ExprId> =
                        std::iter::once(*first).chain(rest.iter().map(|(_, id)| *id)).collect();
                    // Comparing sent with existing values is how a form is saved.
                    if sides.iter().any(|side| self.subjects.is_input(*side)) {
                        continue;
                    }
                    found |= sides.iter().any(|side| {
                        matches!(&self.body[*side], Expr::Name(_)) && self.subjects.is_domain(*side)
                    });
                    open.extend(sides);
                }
                Expr::Call { callee, args } => {
                    if matches!(&self.body[*callee], Expr::Name(name) if matches!(name.as_str(), "isinstance" | "hasattr" | "getattr" | "callable" | "len"))
                    {
                        continue;
                    }
                    if matches!(&self.body[*callee], Expr::Attribute { name, .. } if matches!(name.as_str(), "exists" | "is_valid" | "first" | "scalar"))
                    {
                        continue;
                    }
                    open.push(*callee);
                    open.extend(args.iter().map(python::Arg::value));
                }
                Expr::Attribute { value, name } => {
                    if names_identity(name) || has(name, NO_STATE) {
                        return false;
                    }
                    found |= self.subjects.is_domain(*value);
                    open.push(*value);
                }
                other => other.for_each_child(|child| open.push(child)),
            }
        }
        found
    }

    /// A target of an assignment: an attribute of an entity is a change.
    fn target(&mut self, target: ExprId) {
        if let Expr::Attribute { value, name } = &self.body[target]
            && self.subjects.is_domain(*value)
            && !name.starts_with('_')
        {
            self.measure.assignments.push(target);
        }
    }

    /// Calculations and writes in an expression.
    fn expression(&mut self, expr: ExprId) {
        let mut open = vec![expr];
        while let Some(id) = open.pop() {
            match &self.body[id] {
                Expr::Lambda { .. } => continue,
                Expr::Binary { op, .. } if matches!(op.as_str(), "+" | "-" | "*" | "/" | "//" | "**") => {
                    if self.is_calculation(id) {
                        self.measure.calculations.push(id);
                    }
                    // The parts of one calculation don't count again; calls in it may still write.
                    continue;
                }
                Expr::Call { callee, args } if self.is_write(*callee, args) => self.measure.writes.push(id),
                _ => {}
            }
            self.body[id].for_each_child(|child| open.push(child));
        }
    }

    /// Arithmetic with an attribute of an entity; operations on texts, lists, dates and pages don't count.
    fn is_calculation(&self, expr: ExprId) -> bool {
        let (mut open, mut found) = (vec![expr], false);
        while let Some(id) = open.pop() {
            match &self.body[id] {
                Expr::Literal(Literal::Str(_) | Literal::Bytes)
                | Expr::FString(_)
                | Expr::List(_)
                | Expr::Tuple(_)
                | Expr::Dict(_)
                | Expr::Set(_) => return false,
                Expr::Name(name) if has(name, NO_FIGURES) => return false,
                Expr::Attribute { value, name } => {
                    if has(name, NO_FIGURES) {
                        return false;
                    }
                    found |= self.subjects.is_domain(*value);
                }
                _ => {}
            }
            self.body[id].for_each_child(|child| open.push(child));
        }
        found
    }

    /// Whether a call writes a row: through a session, a manager, a repository, or the row itself.
    fn is_write(&self, callee: ExprId, args: &[python::Arg]) -> bool {
        let Expr::Attribute { value, name } = &self.body[callee] else { return false };
        if !has(name, WRITES) {
            return false;
        }
        if let Some((root, attributes)) = chain(self.body, *value) {
            let last = attributes.first().copied().unwrap_or(root);
            if matches!(root, "form" | "serializer" | "formset" | "request") || last == "form" {
                return false;
            }
            if keeps_rows(last) {
                // Ending a unit of work registers nothing.
                return !args.is_empty();
            }
        }
        self.subjects.is_domain(*value)
    }
}

/// Attributes that identify an owner, or carry no state.
const NO_STATE: &[&str] =
    &["author", "creator", "email", "id", "language", "locale", "pk", "user", "username"];

/// Names of values that are not business figures.
const NO_FIGURES: &[&str] = &[
    "body",
    "content",
    "description",
    "filename",
    "html",
    "key",
    "limit",
    "message",
    "name",
    "offset",
    "page",
    "path",
    "prefix",
    "size",
    "skip",
    "slug",
    "start",
    "text",
    "title",
    "url",
];

/// Words in the names of methods that write.
const WRITES: &[&str] = &[
    "acreate", "add", "asave", "bulk", "create", "delete", "insert", "merge", "persist", "remove", "save",
    "set", "store", "update", "upsert",
];
