//! Relationships that lead to rows which the code that builds a query holds already. A session finds a row by its key
//! among those that it has fetched, so reading such a relationship runs no query:
//! `select(Run).where(Run.project_id == project.id)`, `Run.project_id.in_([project.id for project in projects])`, also
//! where such conditions are collected in a list.

use model::{Entity, Member};
use python::{Arg, Body, Expr, ExprId, Name, Stmt};

use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, ModelRef, RowState, Value};

/// Functions that join conditions of which each holds.
const ALL_OF: &str = "and_";
/// Names and conjunctions are followed to this depth.
const MAX_DEPTH: usize = 6;

/// The to-one relationships that lead each row that matches these conditions to a row in hand.
pub(super) fn by_condition(
    walker: &mut dyn Interpreter,
    model: &ModelRef,
    arguments: &Arguments,
) -> Vec<Name> {
    let Some(entity) = model.class().and_then(|class| walker.entity(class)) else { return Vec::new() };
    let body = walker.shared_body();
    let mut conditions = Vec::new();
    let given = arguments.positional.iter().chain(&arguments.stars);
    given.for_each(|(_, expr)| each_of(&body, *expr, 0, &mut conditions));
    let mut found = Vec::new();
    for condition in conditions {
        let Some((column, keys)) = compared(&body, condition) else { continue };
        let Some(rows) = rows_of(walker, &body, keys, 0) else { continue };
        let Kind::Entity(row) = &rows.kind else { continue };
        if row.state == RowState::Detached {
            continue;
        }
        found.extend(leading_to(&entity, column, row.model.class()));
    }
    found
}

/// The conditions of which each holds, one by one: in a list under a name, joined by `and_` or `&`.
fn each_of(body: &Body, expr: ExprId, depth: usize, out: &mut Vec<ExprId>) {
    if depth > MAX_DEPTH {
        return;
    }
    match &body[expr] {
        Expr::Name(name) => {
            if let Some(value) = body.assigned_once(name) {
                each_of(body, value, depth + 1, out);
                appended(body, name, expr).for_each(|one| each_of(body, one, depth + 1, out));
            }
        }
        Expr::Starred(inner) => each_of(body, *inner, depth + 1, out),
        Expr::List(all) | Expr::Tuple(all) => all.iter().for_each(|one| each_of(body, *one, depth + 1, out)),
        Expr::Binary { left, op, right } if op == "&" => {
            each_of(body, *left, depth + 1, out);
            each_of(body, *right, depth + 1, out);
        }
        Expr::Call { callee, args } if is_called(body, *callee, ALL_OF) => {
            args.iter().for_each(|arg| each_of(body, arg.value(), depth + 1, out));
        }
        _ => out.push(expr),
    }
}

/// What the list `name` is given whatever happens before it is read at `at`. What a branch adds need not hold.
fn appended(body: &Body, name: &Name, at: ExprId) -> impl Iterator<Item = ExprId> {
    body.root.iter().filter_map(move |stmt| {
        let Stmt::Expr(call) = body[*stmt] else { return None };
        let Expr::Call { callee, args } = &body[call] else { return None };
        let (Expr::Attribute { value, name: method }, [Arg::Positional(one)]) = (&body[*callee], &**args)
        else {
            return None;
        };
        let is_it = method == "append" && matches!(&body[*value], Expr::Name(list) if list == name);
        (is_it && call < at).then_some(*one)
    })
}

/// The attribute that a condition compares, and what it equals or is among.
fn compared(body: &Body, condition: ExprId) -> Option<(&Name, ExprId)> {
    match &body[condition] {
        Expr::Compare { first, rest } => match (&body[*first], &**rest) {
            (Expr::Attribute { name, .. }, [(op, other)]) if op == "==" => Some((name, *other)),
            _ => None,
        },
        Expr::Call { callee, args } => match (&body[*callee], &**args) {
            (Expr::Attribute { value, name }, [Arg::Positional(keys)]) if name == "in_" => {
                let Expr::Attribute { name: column, .. } = &body[*value] else { return None };
                Some((column, *keys))
            }
            _ => None,
        },
        _ => None,
    }
}

/// One of the rows that `keys` are, or are keys of.
fn rows_of(walker: &mut dyn Interpreter, body: &Body, keys: ExprId, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    match &body[keys] {
        Expr::Attribute { value, name } => {
            let holder = walker.value_of(*value);
            let Kind::Entity(row) = &holder.kind else { return None };
            let facts = row.model.class().and_then(|class| walker.entity(class))?;
            match facts.members.get(name)? {
                Member::Column(column) if column.is_primary_key => Some(holder),
                _ => None,
            }
        }
        Expr::Comprehension { element, clauses, .. } => {
            let [only] = &**clauses else { return None };
            let Expr::Attribute { value, name } = &body[*element] else { return None };
            if body[*value] != body[only.target] {
                return None;
            }
            let rows = walker.value_of(only.iterable);
            let Kind::Many(row) = &rows.kind else { return None };
            let Kind::Entity(entity) = &row.kind else { return None };
            let facts = entity.model.class().and_then(|class| walker.entity(class))?;
            match facts.members.get(name)? {
                Member::Column(column) if column.is_primary_key => Some((**row).clone()),
                _ => None,
            }
        }
        Expr::Name(name) => match body.assigned_once(name) {
            Some(value) => rows_of(walker, body, value, depth + 1),
            None => Some(walker.value_of(keys)),
        },
        _ => None,
    }
}

/// The to-one relationships to `target` that `column` is, or whose key it holds.
fn leading_to(entity: &Entity, column: &Name, target: Option<&model::ClassRef>) -> Vec<Name> {
    let leads = entity.members.iter().filter_map(|(name, member)| match member {
        Member::Relationship(one)
            if !one.is_many
                && target.is_some()
                && one.target.as_ref() == target
                && (name == column || matches!(&*one.keys, [key] if key == column)) =>
        {
            Some(name.clone())
        }
        _ => None,
    });
    leads.collect()
}

fn is_called(body: &Body, callee: ExprId, function: &str) -> bool {
    matches!(&body[callee], Expr::Name(name) | Expr::Attribute { name, .. } if name == function)
}
