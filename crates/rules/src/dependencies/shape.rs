//! The context of the expressions of one body: what is returned, what a `with` closes, what is a fallback for a missing
//! argument, what runs later. Computed once per body.

use python::{Arg, Body, Expr, ExprId, Literal, Name, Stmt, StmtId};
use rustc_hash::{FxHashMap, FxHashSet};

/// Expressions and statements nested deeper than this are not found in hand-written code.
const MAX_DEPTH: usize = 64;

/// The context of the expressions.
#[derive(Debug, Default)]
pub(super) struct Shape {
    parents: FxHashMap<ExprId, ExprId>,
    /// Returned or yielded expressions, and values bound to a name that is returned or yielded.
    returned: FxHashSet<ExprId>,
    /// Expressions that a `with` opens.
    managed: FxHashSet<ExprId>,
    /// Values assigned under `if parameter is None:`.
    fallbacks: FxHashSet<ExprId>,
    /// Bodies of lambdas.
    deferred: FxHashSet<ExprId>,
    /// Names bound by `with ... as name`.
    opened: FxHashSet<Name>,
    /// Names of values that exist only during one call: its arguments, sessions opened in it, and values made from
    /// those.
    of_call: FxHashSet<Name>,
    /// Assignment targets by the value as written: names and attributes of `self`.
    stored: FxHashMap<ExprId, Vec<ExprId>>,
}

impl Shape {
    pub(super) fn of(body: &Body, parameters: &[Name]) -> Self {
        let mut shape = Self::default();
        for (index, expr) in body.exprs.list.iter().enumerate() {
            let id = ExprId(index as u32);
            expr.for_each_child(|child| {
                shape.parents.insert(child, id);
            });
            match expr {
                Expr::Lambda { body, .. } => {
                    shape.deferred.insert(*body);
                }
                Expr::Yield(Some(value)) => {
                    shape.returned.insert(*value);
                }
                _ => {}
            }
        }
        let mut names: Vec<&str> = Vec::new();
        for stmt in &body.stmts {
            match stmt {
                Stmt::Return(Some(value)) => {
                    shape.returned.insert(*value);
                }
                Stmt::With { items, .. } => {
                    shape.managed.extend(items.iter().map(|item| item.manager));
                    for target in items.iter().filter_map(|item| item.target) {
                        if let Expr::Name(name) = &body[target] {
                            shape.opened.insert(name.clone());
                        }
                    }
                }
                Stmt::Assign { targets, value: Some(value), .. } => {
                    shape.stored.entry(*value).or_default().extend(targets);
                }
                Stmt::If { test, body: block, .. }
                    if tests_absence(body, *test, |id| is_one_of(body, id, parameters)) =>
                {
                    shape.fall_back(body, block, 0);
                }
                _ => {}
            }
        }
        for value in &shape.returned {
            if let Expr::Name(name) = &body[*value] {
                names.push(name);
            }
        }
        let bound: Vec<ExprId> = shape
            .stored
            .iter()
            .filter(|(_, targets)| {
                targets.iter().any(
                    |target| matches!(&body[*target], Expr::Name(name) if names.contains(&name.as_str())),
                )
            })
            .map(|(value, _)| *value)
            .collect();
        shape.returned.extend(bound);
        shape
    }

    /// Follows values that exist only during one call through the names they are assigned to. `opens` recognizes calls
    /// that open a session.
    pub(super) fn follow_call(&mut self, body: &Body, parameters: &[Name], opens: impl Fn(ExprId) -> bool) {
        let is_given = |name: &&Name| *name != "self" && *name != "cls";
        self.of_call.extend(parameters.iter().filter(is_given).cloned());
        self.of_call.extend(self.opened.iter().cloned());
        for stmt in &body.stmts {
            if let Stmt::For { target, .. } = stmt {
                self.of_call.extend(name_of(body, *target).cloned());
            }
        }
        // Every round except the last adds a name.
        for _ in 0..MAX_DEPTH {
            let before = self.of_call.len();
            for (value, targets) in &self.stored {
                let Some(name) = targets.iter().find_map(|target| name_of(body, *target)) else { continue };
                let inner = awaited(body, *value);
                let is_session =
                    matches!(body[inner], Expr::Call { .. }) && (names_session(name) || opens(inner));
                if !self.of_call.contains(name) && (is_session || mentions_any(body, inner, &self.of_call)) {
                    self.of_call.insert(name.clone());
                }
            }
            if self.of_call.len() == before {
                return;
            }
        }
    }

    /// Counts what is made for attributes that the constructor can be given: `if self.client is None: …`.
    pub(super) fn fall_back_for(&mut self, body: &Body, attributes: &[Name]) {
        let is_one = |id: ExprId| {
            matches!(&body[id], Expr::Attribute { value, name } if attributes.contains(name)
                && matches!(&body[*value], Expr::Name(root) if root == "self"))
        };
        for stmt in &body.stmts {
            if let Stmt::If { test, body: block, .. } = stmt
                && tests_absence(body, *test, is_one)
            {
                self.fall_back(body, block, 0);
            }
        }
    }

    fn fall_back(&mut self, body: &Body, block: &[StmtId], depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for stmt in block {
            match &body[*stmt] {
                Stmt::Assign { value: Some(value), .. } => {
                    self.fallbacks.insert(*value);
                }
                Stmt::Try { body: inner, .. } | Stmt::With { body: inner, .. } => {
                    self.fall_back(body, inner, depth + 1);
                }
                _ => {}
            }
        }
    }

    /// The expression itself and its enclosing expressions, from the inside out.
    pub(super) fn around(&self, expr: ExprId) -> impl Iterator<Item = ExprId> + '_ {
        std::iter::successors(Some(expr), |id| self.parents.get(id).copied()).take(MAX_DEPTH)
    }

    /// Whether the expression itself is returned, possibly awaited or as one of several alternatives.
    pub(super) fn is_returned(&self, body: &Body, expr: ExprId) -> bool {
        self.around(expr)
            .take_while(|id| *id == expr || is_transparent(body, *id))
            .any(|id| self.returned.contains(&id))
    }

    /// Whether it is passed to something that is constructed and returned: `return cls(Repository())`.
    pub(super) fn goes_into_returned(
        &self,
        body: &Body,
        expr: ExprId,
        makes: impl Fn(ExprId) -> bool,
    ) -> bool {
        self.around(expr).skip(1).any(|id| {
            matches!(&body[id], Expr::Call { callee, .. } if makes(*callee)) && self.is_returned(body, id)
        })
    }

    /// Whether a `with` opens and closes it.
    pub(super) fn is_managed(&self, body: &Body, expr: ExprId) -> bool {
        self.around(expr).any(|id| {
            self.managed.contains(&id)
                || matches!(&body[id], Expr::Call { callee, .. }
                    if matches!(&body[*callee], Expr::Attribute { name, .. } if name == "enter_context" || name == "enter_async_context"))
        })
    }

    /// Whether it is only the fallback for a missing argument: `repository or Repository()`.
    pub(super) fn is_fallback(&self, body: &Body, expr: ExprId, parameters: &[Name]) -> bool {
        let is_parameter = |id: ExprId| matches!(&body[id], Expr::Name(name) if parameters.contains(name));
        let mut inside = expr;
        for id in self.around(expr) {
            let falls_back = match &body[id] {
                Expr::Bool { is_and: false, left, right } => *right == inside && is_parameter(*left),
                Expr::Conditional { test, body: then, orelse } => {
                    (*orelse == inside || *then == inside) && mentions(body, *test, parameters)
                }
                _ => false,
            };
            if falls_back || self.fallbacks.contains(&id) {
                return true;
            }
            inside = id;
        }
        false
    }

    /// Whether an attribute of it is returned: `return get_settings().orders`.
    pub(super) fn is_part_returned(&self, body: &Body, expr: ExprId) -> bool {
        self.around(expr)
            .take_while(|id| *id == expr || matches!(body[*id], Expr::Attribute { .. }))
            .any(|id| self.returned.contains(&id))
    }

    /// Whether an argument of the call is an argument of the method or is created in it: the call can't happen earlier.
    pub(super) fn is_made_of_call(&self, body: &Body, expr: ExprId) -> bool {
        arguments(body, expr).any(|value| mentions_any(body, value, &self.of_call))
    }

    /// Whether an argument of the call was opened by a `with`: it lives no longer than that.
    pub(super) fn is_made_of_managed(&self, body: &Body, expr: ExprId) -> bool {
        arguments(body, expr)
            .any(|value| matches!(&body[value], Expr::Name(name) if self.opened.contains(name)))
    }

    /// Whether it runs not here but when a lambda is called.
    pub(super) fn is_deferred(&self, expr: ExprId) -> bool {
        self.around(expr).any(|id| self.deferred.contains(&id))
    }
}

/// Expressions that pass a value through: `await x`, `x or y`, `x if c else y`, `(y := x)`.
fn is_transparent(body: &Body, expr: ExprId) -> bool {
    matches!(&body[expr], Expr::Await(_) | Expr::Bool { .. } | Expr::Conditional { .. } | Expr::Walrus { .. })
}

fn is_one_of(body: &Body, expr: ExprId, names: &[Name]) -> bool {
    matches!(&body[expr], Expr::Name(name) if names.contains(name))
}

/// `parameter is None`, `not parameter`
fn tests_absence(body: &Body, test: ExprId, is_parameter: impl Fn(ExprId) -> bool) -> bool {
    match &body[test] {
        Expr::Unary { op, operand } => op == "not" && is_parameter(*operand),
        Expr::Compare { first, rest } => {
            let is_none = |(op, right): &(Name, ExprId)| {
                op == "is" && matches!(body[*right], Expr::Literal(Literal::None))
            };
            is_parameter(*first) && matches!(&rest[..], [only] if is_none(only))
        }
        _ => false,
    }
}

fn arguments(body: &Body, call: ExprId) -> impl Iterator<Item = ExprId> + '_ {
    let args: &[Arg] = match &body[call] {
        Expr::Call { args, .. } => args,
        _ => &[],
    };
    args.iter().map(Arg::value)
}

fn mentions(body: &Body, expr: ExprId, names: &[Name]) -> bool {
    mentions_one(body, expr, |name| names.contains(name))
}

fn mentions_any(body: &Body, expr: ExprId, names: &FxHashSet<Name>) -> bool {
    mentions_one(body, expr, |name| names.contains(name))
}

fn mentions_one(body: &Body, expr: ExprId, is_one: impl Fn(&Name) -> bool) -> bool {
    let mut open = vec![expr];
    while let Some(id) = open.pop() {
        if matches!(&body[id], Expr::Name(name) if is_one(name)) {
            return true;
        }
        body[id].for_each_child(|child| open.push(child));
    }
    false
}

fn name_of(body: &Body, target: ExprId) -> Option<&Name> {
    match &body[target] {
        Expr::Name(name) => Some(name),
        _ => None,
    }
}

/// `await x` as `x`.
pub(super) fn awaited(body: &Body, expr: ExprId) -> ExprId {
    match &body[expr] {
        Expr::Await(inner) => *inner,
        _ => expr,
    }
}

/// Whether a name refers to a session or a connection.
fn names_session(name: &str) -> bool {
    name.split('_').any(|word| matches!(word, "conn" | "connection" | "cursor" | "session" | "transaction"))
}

/// Whether an argument of a call is exactly `self` or `cls`.
pub(super) fn takes_self(body: &Body, args: &[Arg]) -> bool {
    args.iter().any(|arg| matches!(&body[arg.value()], Expr::Name(name) if name == "self" || name == "cls"))
}
