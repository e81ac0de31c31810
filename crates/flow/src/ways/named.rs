//! Functions that are handed on only to be named: a queue of the project's own notes the name, and a worker calls it.

use model::{ClassRef, Project};
use python::{Arg, Body, Definitions, Expr, ExprId, Function, Literal, ParameterKind, Scope};

use crate::{Db, FunctionRef};

/// How far a parameter is followed into other functions.
const MAX_DEPTH: usize = 4;

/// Whether `function` does nothing with `callback` but hand it to project functions that only ask for its name.
pub(crate) fn is_only_named(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
    callback: FunctionRef,
) -> bool {
    let Some(name) = read(db, project, callback, |facts| facts.name.clone()) else { return false };
    let is_it =
        |expr: &Expr| matches!(expr, Expr::Name(it) | Expr::Attribute { name: it, .. } if *it == name);
    let Some(body) = body(db, project, function) else { return false };
    let uses = uses(&body, is_it);
    !uses.is_empty()
        && uses.iter().all(|(at, by)| only_names(db, project, function, &body, (*at, *by), MAX_DEPTH))
}

/// The expressions that match, each with the expression that it is part of.
fn uses(body: &Body, is_it: impl Fn(&Expr) -> bool) -> Vec<(ExprId, Option<ExprId>)> {
    let mut found: Vec<(ExprId, Option<ExprId>)> = Vec::new();
    for (expr, id) in body.exprs.list.iter().zip(0..) {
        if is_it(expr) {
            found.push((ExprId(id), None));
        }
    }
    for (expr, id) in body.exprs.list.iter().zip(0..) {
        expr.for_each_child(|child| {
            if let Some((_, by)) = found.iter_mut().find(|(at, _)| *at == child) {
                *by = Some(ExprId(id));
            }
        });
    }
    found
}

/// Whether one use of a function in a body only asks for its name.
fn only_names(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
    body: &Body,
    (at, by): (ExprId, Option<ExprId>),
    depth: usize,
) -> bool {
    let Some(by) = by else { return false };
    match &body[by] {
        Expr::Attribute { name, .. } => is_name(name),
        Expr::Compare { .. } | Expr::FString(_) => true,
        Expr::Call { callee, args } if *callee != at => {
            let known = crate::query::analysis(db, project, function.module, function.function);
            let mut called =
                known.calls.iter().filter(|(site, _)| site.expr == by).map(|(_, called)| *called).peekable();
            if called.peek().is_none() {
                return asks_for_name(body, *callee, args);
            }
            depth > 0 && called.all(|called| takes_name(db, project, called, (at, args), depth - 1))
        }
        _ => false,
    }
}

/// Whether a project function only asks for the name of what it is given as the argument `at`.
fn takes_name(
    db: &dyn Db,
    project: Project,
    called: FunctionRef,
    (at, args): (ExprId, &[Arg]),
    depth: usize,
) -> bool {
    let file = model::query::file_of(db, project, called.module);
    let definitions = python::query::definitions(db, file);
    let Some(facts) = definitions.functions.get(called.function.0 as usize) else { return false };
    let Some(parameter) = parameter(facts, args, at) else { return false };
    let Some(body) = body(db, project, called) else { return false };
    // What is nested in it, or stands in its place, may do anything with what it is given.
    if facts.is_stub || has_inner(&definitions, called) || has_heirs(db, project, &definitions, called, facts)
    {
        return false;
    }
    let uses = uses(&body, |expr| matches!(expr, Expr::Name(name) if *name == parameter));
    uses.iter().all(|(at, by)| only_names(db, project, called, &body, (*at, *by), depth))
}

/// The parameter that the argument `at` is bound to.
fn parameter(facts: &Function, args: &[Arg], at: ExprId) -> Option<python::Name> {
    let is_it = |arg: &&Arg| arg.value() == at;
    match args.iter().find(is_it)? {
        Arg::Keyword(name, _) => {
            facts.parameters.iter().find(|it| it.name == *name).map(|it| it.name.clone())
        }
        Arg::Positional(_) => {
            let is_spread = |arg: &Arg| matches!(arg, Arg::Star(_) | Arg::DoubleStar(_));
            let index = args.iter().position(|arg| arg.value() == at)?;
            if args[..index].iter().any(is_spread) {
                return None;
            }
            let receivers = facts.parameters.first().is_some_and(|it| {
                matches!(facts.scope, Scope::Class(_)) && matches!(it.name.as_str(), "self" | "cls")
            });
            let parameter = facts.parameters.get(index + usize::from(receivers))?;
            let is_plain = matches!(parameter.kind, ParameterKind::Normal | ParameterKind::PositionalOnly);
            is_plain.then(|| parameter.name.clone())
        }
        _ => None,
    }
}

/// `str(function)`, `getattr(function, "__name__")`
fn asks_for_name(body: &Body, callee: ExprId, args: &[Arg]) -> bool {
    let Expr::Name(name) = &body[callee] else { return false };
    match name.as_str() {
        "str" | "repr" | "isinstance" | "callable" | "hash" | "id" => true,
        "getattr" | "hasattr" => args.get(1).is_some_and(
            |arg| matches!(&body[arg.value()], Expr::Literal(Literal::Str(text)) if is_name(text)),
        ),
        _ => false,
    }
}

fn is_name(attribute: &str) -> bool {
    matches!(attribute, "__name__" | "__qualname__" | "__module__" | "__doc__")
}

/// Whether subclasses may override a method.
fn has_heirs(
    db: &dyn Db,
    project: Project,
    definitions: &Definitions,
    function: FunctionRef,
    facts: &Function,
) -> bool {
    let Scope::Class(class) = facts.scope else { return false };
    let class = ClassRef::new(function.module, definitions[class].name.clone());
    !model::query::descendants(db, project, class).is_empty()
}

/// Whether functions are defined in `function`.
fn has_inner(definitions: &Definitions, function: FunctionRef) -> bool {
    definitions.functions.iter().any(|it| it.scope == Scope::Function(function.function))
}

fn body(db: &dyn Db, project: Project, function: FunctionRef) -> Option<Body> {
    let id = read(db, project, function, |facts| facts.body)?;
    python::query::body(db, model::query::file_of(db, project, function.module), id)
}

fn read<T>(db: &dyn Db, project: Project, function: FunctionRef, part: impl Fn(&Function) -> T) -> Option<T> {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    definitions.functions.get(function.function.0 as usize).map(part)
}
