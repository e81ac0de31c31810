//! Reads of environment variables with literal names.

use python::{Arg, Body, BodyId, Expr, ExprId, Literal, Name, Stmt};

use crate::scope::Names;

/// One read of a variable.
pub struct Read {
    /// The variable.
    pub name: Name,
    /// The body that contains it.
    pub body: BodyId,
    /// The complete expression.
    pub expr: ExprId,
    /// What it does if the variable isn't set.
    pub missing: Missing,
}

/// What a read does if its variable isn't set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Raises.
    Fails,
    /// Returns `None`.
    None,
    /// Returns this value.
    Default(ExprId),
    /// Only tests whether it is set.
    Checked,
}

/// All reads of environment variables with literal names in a module.
pub fn reads(names: &Names<'_>) -> Vec<Read> {
    let mut reads = Vec::new();
    for (id, body) in names.bodies() {
        let written = written(body);
        for index in 0..body.exprs.list.len() {
            let expr = ExprId(index as u32);
            if let Some((name, missing)) = read(names, id, expr).filter(|_| !written.contains(&expr)) {
                reads.push(Read { name, body: id, expr, missing });
            }
        }
    }
    reads.sort_by_key(|read| names.span(read.body, read.expr));
    reads
}

fn read(names: &Names<'_>, id: BodyId, expr: ExprId) -> Option<(Name, Missing)> {
    let body = names.body(id);
    let text = |expr: ExprId| match &body[expr] {
        Expr::Literal(Literal::Str(text)) => Some(text.clone()),
        _ => None,
    };
    match &body[expr] {
        Expr::Call { callee, args } => {
            let full = names.outside(id, *callee)?;
            if !matches!(full.as_str(), "os.getenv" | "os.environ.get" | "decouple.config") {
                return None;
            }
            let Some(Arg::Positional(name)) = args.first() else { return None };
            let missing = match args.get(1) {
                None if full == "decouple.config" => Missing::Fails,
                None => Missing::None,
                Some(Arg::Positional(default)) => Missing::Default(*default),
                Some(Arg::Keyword(keyword, default)) if keyword == "default" => Missing::Default(*default),
                Some(_) => Missing::Fails,
            };
            Some((text(*name)?, missing))
        }
        Expr::Subscript { value, index } => {
            (names.outside(id, *value)? == "os.environ").then_some(())?;
            Some((text(*index)?, Missing::Fails))
        }
        Expr::Compare { first, rest } => match &rest[..] {
            [(op, right)] if op == "in" || op == "not in" => {
                (names.outside(id, *right)? == "os.environ").then_some(())?;
                Some((text(*first)?, Missing::Checked))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The variables that a module sets for the process it runs in.
pub fn writes(names: &Names<'_>) -> Vec<Name> {
    let mut found = Vec::new();
    for (id, body) in names.bodies() {
        let text = |expr: ExprId| match &body[expr] {
            Expr::Literal(Literal::Str(text)) => Some(text.clone()),
            _ => None,
        };
        let targets = body.stmts.iter().flat_map(|stmt| match stmt {
            Stmt::Assign { targets, value: Some(_), .. } => &targets[..],
            _ => &[],
        });
        for target in targets {
            if let Expr::Subscript { value, index } = &body[*target]
                && names.outside(id, *value).is_some_and(|it| it == "os.environ")
            {
                found.extend(text(*index));
            }
        }
        for expr in &body.exprs.list {
            if let Expr::Call { callee, args } = expr
                && let Some(Arg::Positional(name)) = args.first()
                && names
                    .outside(id, *callee)
                    .is_some_and(|it| matches!(it.as_str(), "os.environ.setdefault" | "os.putenv"))
            {
                found.extend(text(*name));
            }
        }
    }
    found
}

/// Targets of assignments and deletions, which aren't reads.
fn written(body: &Body) -> Vec<ExprId> {
    let mut written = Vec::new();
    for stmt in &body.stmts {
        match stmt {
            Stmt::Assign { targets, .. } | Stmt::Delete(targets) => written.extend(targets),
            Stmt::AugAssign { target, .. } => written.push(*target),
            _ => {}
        }
    }
    written
}
