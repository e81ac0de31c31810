//! Checks before a name is used: the name is harmless if only allowed values get that far.
//!
//! What the code does decides. That a name is compared somewhere, or passed to a function called `check_access`, proves
//! nothing about its text.

use python::{Arg, Body, BodyId, BodyOwner, Expr, ExprId, FunctionId, Literal, Scope, Stmt, StmtId};
use view::scope::{Meaning, Names};

/// Conditions nested deeper, and checks behind more calls, are not followed.
const MAX_DEPTH: usize = 6;

/// Methods that return true only for texts without quotes and spaces.
const METHODS: &[&str] = &["isidentifier", "isalnum", "isdigit", "isnumeric", "isdecimal", "isalpha"];

/// Parts of the names of functions that may check their argument.
const CHECKING: &[&str] = &["valid", "check", "sanit", "verify"];

/// The outcomes of a condition in which a name is known to be harmless.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Accepts {
    if_true: bool,
    if_false: bool,
}

impl Accepts {
    const TRUE: Self = Self { if_true: true, if_false: false };
    const FALSE: Self = Self { if_true: false, if_false: true };

    fn negated(self) -> Self {
        Self { if_true: self.if_false, if_false: self.if_true }
    }
}

/// Whether only allowed values of `name` reach the expression `used` of `body`.
pub(super) fn is_checked(names: &Names<'_>, body: BodyId, name: &str, used: ExprId) -> bool {
    Checks { names, body, name, used: Some(used), depth: 0 }.any(&names.body(body).root)
        || in_expressions(names, body, name, used)
}

/// Whether `body` passes `name` to a function of another module that may check it, by its name.
pub(super) fn may_be_checked(names: &Names<'_>, body: BodyId, name: &str) -> bool {
    let exprs = names.body(body);
    exprs.exprs.list.iter().any(|expr| {
        let Expr::Call { callee, args } = expr else { return false };
        let (Expr::Name(called) | Expr::Attribute { name: called, .. }) = &exprs[*callee] else {
            return false;
        };
        CHECKING.iter().any(|word| called.contains(word))
            && function(names, body, *callee).is_none()
            && args.iter().any(|arg| is_name(exprs, arg.value(), name))
    })
}

/// The function of this module that an expression names: a top-level one, or a method of the same class.
pub(super) fn function(names: &Names<'_>, body: BodyId, callee: ExprId) -> Option<FunctionId> {
    let exprs = names.body(body);
    let definitions = &*names.cx.module.definitions;
    let (called, scope) = match &exprs[callee] {
        Expr::Name(name) => {
            // A parameter or a local of the same name is another function.
            let is_of_module =
                matches!(names.meaning(body, name), Meaning::Bound(BodyId(0), _) | Meaning::Free);
            if !is_of_module {
                return None;
            }
            (name, Scope::Module)
        }
        Expr::Attribute { value, name } => {
            let of_own_class = ["self", "cls"].iter().any(|own| is_name(exprs, *value, own));
            let BodyOwner::Function(at) = exprs.owner else { return None };
            let scope = definitions[at].scope;
            if !of_own_class || !matches!(scope, Scope::Class(_)) {
                return None;
            }
            (name, scope)
        }
        _ => return None,
    };
    let found = definitions.functions.iter().position(|it| it.scope == scope && it.name == *called)?;
    Some(FunctionId(u32::try_from(found).ok()?))
}

/// The parameter of `function` that receives `name`.
fn parameter<'a>(
    names: &Names<'a>,
    function: FunctionId,
    body: &Body,
    args: &[Arg],
    name: &str,
) -> Option<&'a str> {
    let definition = &names.cx.module.definitions[function];
    let first = definition.parameters.first();
    let is_bound = matches!(definition.scope, Scope::Class(_))
        && first.is_some_and(|it| matches!(it.name.as_str(), "self" | "cls"));
    args.iter().enumerate().find_map(|(index, arg)| match arg {
        Arg::Positional(value) if is_name(body, *value, name) => {
            definition.parameters.get(index + usize::from(is_bound)).map(|it| it.name.as_str())
        }
        Arg::Keyword(keyword, value) if is_name(body, *value, name) => {
            definition.parameters.iter().find(|it| it.name == *keyword).map(|it| it.name.as_str())
        }
        _ => None,
    })
}

fn is_name(body: &Body, expr: ExprId, name: &str) -> bool {
    matches!(&body[expr], Expr::Name(other) if other == name)
}

/// `column if column in COLUMNS else "id"`, and the conditions of comprehensions.
fn in_expressions(names: &Names<'_>, body: BodyId, name: &str, used: ExprId) -> bool {
    let checks = Checks { names, body, name, used: Some(used), depth: 0 };
    names.body(body).exprs.list.iter().any(|expr| match expr {
        Expr::Conditional { test, body: then, orelse } => {
            let accepts = checks.accepts(*test, 0);
            (accepts.if_true && *then == used) || (accepts.if_false && *orelse == used)
        }
        Expr::Comprehension { clauses, .. } => clauses
            .iter()
            .flat_map(|clause| clause.conditions.iter())
            .any(|condition| checks.accepts(*condition, 0).if_true),
        _ => false,
    })
}

/// Searches one body for checks of one name.
#[derive(Clone, Copy)]
struct Checks<'a> {
    names: &'a Names<'a>,
    body: BodyId,
    name: &'a str,
    /// Where the name is used; `None` means after the body, as for a function that checks its parameter.
    used: Option<ExprId>,
    /// Depth of the call chain.
    depth: usize,
}

impl Checks<'_> {
    /// Whether any of the statements, or those nested in them, lets only allowed values pass.
    fn any(&self, block: &[StmtId]) -> bool {
        block.iter().any(|stmt| self.statement(*stmt))
    }

    fn statement(&self, stmt: StmtId) -> bool {
        let exprs = self.names.body(self.body);
        match &exprs[stmt] {
            Stmt::If { test, body, orelse } => {
                let accepts = self.accepts(*test, 0);
                (accepts.if_false && (self.ends(body) || self.holds_use(orelse)))
                    || (accepts.if_true && (self.ends(orelse) || self.holds_use(body)))
                    || self.any(body)
                    || self.any(orelse)
            }
            Stmt::Assert { test, .. } => self.accepts(*test, 0).if_true,
            Stmt::Expr(expr) => self.is_refused_by(*expr),
            Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } => {
                self.any(body) || self.any(orelse)
            }
            Stmt::With { body, .. } => self.any(body),
            Stmt::Try { body, handlers, orelse, finally } => {
                self.any(body)
                    || handlers.iter().any(|handler| self.any(&handler.body))
                    || self.any(orelse)
                    || self.any(finally)
            }
            Stmt::Match { cases, .. } => cases.iter().any(|case| self.any(&case.body)),
            _ => false,
        }
    }

    /// Whether a block leaves the enclosing one, or rebinds the name.
    fn ends(&self, block: &[StmtId]) -> bool {
        let exprs = self.names.body(self.body);
        let assigns = block.iter().any(|stmt| {
            matches!(&exprs[*stmt], Stmt::Assign { targets, .. } if targets.iter().any(|it| is_name(exprs, *it, self.name)))
        });
        let Some(last) = block.last() else { return false };
        assigns
            || match &exprs[*last] {
                Stmt::Return(_) | Stmt::Raise { .. } | Stmt::Continue | Stmt::Break => true,
                // `abort(404)`, `self.fail(...)`, `sys.exit(1)`: a lone call in a rejecting branch.
                Stmt::Expr(expr) => matches!(
                    &exprs[*expr],
                    Expr::Call { callee, .. } if matches!(
                        &exprs[*callee],
                        Expr::Name(name) | Expr::Attribute { name, .. } if matches!(name.as_str(), "abort" | "fail" | "exit")
                    )
                ),
                Stmt::If { body, orelse, .. } => self.ends(body) && self.ends(orelse),
                _ => false,
            }
    }

    /// Whether the use is inside a block.
    fn holds_use(&self, block: &[StmtId]) -> bool {
        let Some(used) = self.used else { return false };
        let exprs = self.names.body(self.body);
        let mut statements: Vec<StmtId> = block.to_vec();
        let mut open: Vec<ExprId> = Vec::new();
        while let Some(stmt) = statements.pop() {
            open.extend(roots(&exprs[stmt], &mut statements));
            while let Some(expr) = open.pop() {
                if expr == used {
                    return true;
                }
                exprs[expr].for_each_child(|child| open.push(child));
            }
        }
        false
    }

    /// `validate(name)`, if the function raises unless the name is allowed.
    fn is_refused_by(&self, expr: ExprId) -> bool {
        let exprs = self.names.body(self.body);
        let expr = match &exprs[expr] {
            Expr::Await(inner) => *inner,
            _ => expr,
        };
        let Expr::Call { callee, args } = &exprs[expr] else { return false };
        self.inside(*callee, args).is_some_and(|inside| inside.any(&inside.names.body(inside.body).root))
    }

    /// The same check in a function of this module that receives the name.
    fn inside(&self, callee: ExprId, args: &[Arg]) -> Option<Checks<'_>> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        let function = function(self.names, self.body, callee)?;
        let name = parameter(self.names, function, self.names.body(self.body), args, self.name)?;
        let body = self.names.cx.module.definitions[function].body;
        Some(Checks { names: self.names, body, name, used: None, depth: self.depth + 1 })
    }

    /// The outcomes of `test` in which the name is harmless.
    fn accepts(&self, test: ExprId, depth: usize) -> Accepts {
        let exprs = self.names.body(self.body);
        if depth > MAX_DEPTH {
            return Accepts::default();
        }
        match &exprs[test] {
            Expr::Unary { op, operand } if op == "not" => self.accepts(*operand, depth + 1).negated(),
            Expr::Bool { is_and, left, right } => {
                let (left, right) = (self.accepts(*left, depth + 1), self.accepts(*right, depth + 1));
                if *is_and {
                    Accepts {
                        if_true: left.if_true || right.if_true,
                        if_false: left.if_false && right.if_false,
                    }
                } else {
                    Accepts {
                        if_true: left.if_true && right.if_true,
                        if_false: left.if_false || right.if_false,
                    }
                }
            }
            Expr::Compare { first, rest } => match &rest[..] {
                [(op, right)] => self.compared(*first, op, *right, depth),
                _ => Accepts::default(),
            },
            Expr::Call { callee, args } => self.called(*callee, args, depth),
            Expr::Walrus { value, .. } => self.accepts(*value, depth + 1),
            _ => Accepts::default(),
        }
    }

    fn compared(&self, left: ExprId, op: &str, right: ExprId, depth: usize) -> Accepts {
        let exprs = self.names.body(self.body);
        let is_text = |id: ExprId| matches!(&exprs[id], Expr::Literal(Literal::Str(_)));
        let is_number =
            |id: ExprId| matches!(&exprs[id], Expr::Literal(Literal::Int(_) | Literal::Number(_)));
        let is_none = |id: ExprId| matches!(&exprs[id], Expr::Literal(Literal::None));
        if is_name(exprs, left, self.name) {
            return match op {
                "in" => Accepts::TRUE,
                "not in" => Accepts::FALSE,
                "==" if !is_none(right) => Accepts::TRUE,
                "!=" if !is_none(right) => Accepts::FALSE,
                "<" | "<=" | ">" | ">=" if is_number(right) => Accepts { if_true: true, if_false: true },
                _ => Accepts::default(),
            };
        }
        // `if "'" in name: raise ...`
        if is_text(left) && is_name(exprs, right, self.name) {
            return match op {
                "in" => Accepts::FALSE,
                "not in" => Accepts::TRUE,
                _ => Accepts::default(),
            };
        }
        // `re.fullmatch(...) is None`
        match op {
            "is" | "==" if is_none(right) => self.accepts(left, depth + 1).negated(),
            "is not" | "!=" if is_none(right) => self.accepts(left, depth + 1),
            _ => Accepts::default(),
        }
    }

    fn called(&self, callee: ExprId, args: &[Arg], depth: usize) -> Accepts {
        let exprs = self.names.body(self.body);
        if let Expr::Attribute { value, name } = &exprs[callee] {
            if METHODS.contains(&name.as_str()) && is_name(exprs, *value, self.name) {
                return Accepts::TRUE;
            }
            let is_given = args.iter().any(|arg| is_name(exprs, arg.value(), self.name));
            let pattern = args.iter().find_map(|arg| match &exprs[arg.value()] {
                Expr::Literal(Literal::Str(text)) => Some(text.as_str()),
                _ => None,
            });
            // The ends of a pattern compiled elsewhere are unknown.
            let is_whole = match (name.as_str(), pattern) {
                ("fullmatch", _) | ("match", None) => true,
                ("match", Some(pattern)) => ends_text(pattern),
                ("search", Some(pattern)) => pattern.starts_with(['^']) && ends_text(pattern),
                _ => false,
            };
            if is_given && is_whole {
                return Accepts::TRUE;
            }
        }
        // A function of the module that returns a boolean.
        let Some(inside) = self.inside(callee, args) else { return Accepts::default() };
        let body = inside.names.body(inside.body);
        let mut accepts = Accepts::default();
        for stmt in &body.stmts {
            if let Stmt::Return(Some(value)) = stmt {
                accepts.if_true |= inside.accepts(*value, depth + 1).if_true;
            }
        }
        accepts.if_true |= inside.any(&body.root);
        accepts
    }
}

fn ends_text(pattern: &str) -> bool {
    pattern.ends_with('$') || pattern.ends_with("\\Z") || pattern.ends_with("\\z")
}

/// The expressions that a statement contains directly; nested statements are pushed to `open`.
fn roots(stmt: &Stmt, open: &mut Vec<StmtId>) -> Vec<ExprId> {
    match stmt {
        Stmt::Expr(expr) => vec![*expr],
        Stmt::Assign { value, .. } | Stmt::Return(value) => value.iter().copied().collect(),
        Stmt::AugAssign { value, .. } => vec![*value],
        Stmt::Raise { exception, .. } => exception.iter().copied().collect(),
        Stmt::If { test, body, orelse } | Stmt::While { test, body, orelse } => {
            open.extend(body.iter().chain(orelse.iter()));
            vec![*test]
        }
        Stmt::For { iterable, body, orelse, .. } => {
            open.extend(body.iter().chain(orelse.iter()));
            vec![*iterable]
        }
        Stmt::With { items, body, .. } => {
            open.extend(body.iter());
            items.iter().map(|item| item.manager).collect()
        }
        Stmt::Try { body, handlers, orelse, finally } => {
            open.extend(body.iter().chain(orelse.iter()).chain(finally.iter()));
            open.extend(handlers.iter().flat_map(|handler| handler.body.iter()));
            Vec::new()
        }
        Stmt::Match { subject, cases } => {
            open.extend(cases.iter().flat_map(|case| case.body.iter()));
            vec![*subject]
        }
        _ => Vec::new(),
    }
}
