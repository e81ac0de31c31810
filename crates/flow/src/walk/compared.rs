//! Conditions that compare a parameter with something written out: `mode == "full"`, `detail is Detail.FULL`,
//! `mode in ("full", "all")`, `depth > 0`. Callers that pass something else, or leave it at its default, don't go there.

use model::{Head, ModuleId, Project};
use python::{Expr, ExprArena, ExprId, Literal, Pattern};

use super::Walker;
use super::guards::asked_of;
use crate::types::classes::{self, Member};
use crate::{Asks, Constant, Db, Guard, Kind, Value};

impl Walker<'_> {
    /// The condition on a parameter under which a case of `match` is taken: its pattern consists of what is written out.
    pub(super) fn case_guard(&self, subject: ExprId, pattern: &Pattern) -> Option<Guard> {
        if pattern.values.is_empty() || !pattern.bindings.is_empty() {
            return None;
        }
        let param = self.parameter_at(subject)?;
        let body = &self.body;
        let all = pattern
            .values
            .iter()
            .map(|value| constant(self.db, self.project, self.function.module, &body.exprs, *value));
        Some(Guard { param, asks: Asks::OneOf(all.collect::<Option<_>>()?), is_given: true })
    }

    /// The condition on a parameter in a comparison.
    pub(super) fn compared(&self, first: ExprId, op: &str, other: ExprId) -> Option<Guard> {
        let (subject, with, is_flipped) = match (self.subject_at(first), self.subject_at(other)) {
            (Some(subject), None) => (subject, other, false),
            (None, Some(subject)) => (subject, first, true),
            _ => return None,
        };
        let body = &self.body;
        let constant = |expr: ExprId| match &body[expr] {
            // A name of the function's own holds what was assigned to it.
            Expr::Name(name) if self.environment.get(name).is_some() => None,
            _ => constant(self.db, self.project, self.function.module, &body.exprs, expr),
        };
        let number = || match constant(with)? {
            Constant::Number(number) => Some(number),
            _ => None,
        };
        let (asks, is_given) = match (op, is_flipped) {
            ("==" | "is", _) => (Asks::OneOf([constant(with)?].into()), true),
            ("!=" | "is not", _) => (Asks::OneOf([constant(with)?].into()), false),
            ("in" | "not in", false) => {
                let (Expr::Tuple(all) | Expr::List(all) | Expr::Set(all)) = &body[with] else { return None };
                let all: Option<Vec<Constant>> = all.iter().map(|one| constant(*one)).collect();
                (Asks::OneOf(all?.into()), op == "in")
            }
            (">", false) | ("<", true) => (Asks::Above(number()?), true),
            (">=", false) | ("<=", true) => (Asks::Above(number()?.checked_sub(1)?), true),
            ("<=", false) | (">=", true) => (Asks::Above(number()?), false),
            ("<", false) | (">", true) => (Asks::Above(number()?.checked_sub(1)?), false),
            _ => return None,
        };
        Some(asked_of(subject, asks, is_given))
    }
}

/// What a condition says of an argument, as far as the argument is written out.
pub(super) fn holds_for(asks: &Asks, given: &Constant) -> Option<bool> {
    match (asks, given) {
        (Asks::OneOf(all), given) if all.contains(given) => Some(true),
        // A member of an enumeration may equal a text or a number.
        (Asks::OneOf(all), given) => all.iter().all(|one| one.is_comparable(given)).then_some(false),
        (Asks::Above(limit), Constant::Number(number)) => Some(number > limit),
        _ => None,
    }
}

/// Whether a condition compares with a sentinel, and the argument is something else. What is passed is taken not to be
/// one, unless an object without meaning is passed.
pub(super) fn is_no_sentinel(asks: &Asks, given: &Value) -> bool {
    let Asks::OneOf(all) = asks else { return false };
    let may_be = match &given.kind {
        Kind::Unknown => given.path.is_none() && given.deps == crate::Deps::NONE,
        Kind::ForeignInstance(_) | Kind::Instance(..) | Kind::Foreign(_) => true,
        _ => false,
    };
    !may_be && all.iter().all(|one| matches!(one, Constant::Sentinel(..)))
}

/// The variable of a module that an object is made for once: `UNSET = object()`.
fn sentinel(db: &dyn Db, project: Project, module: ModuleId, name: &python::Name) -> Option<Constant> {
    let Head::Variable(module, name) = model::query::head(db, project, module, name.clone()) else {
        return None;
    };
    let definitions = python::query::definitions(db, model::query::file_of(db, project, module));
    let Expr::Call { callee, .. } = definitions[definitions.bound_once(&name)?] else { return None };
    // What other calls give may equal something that callers pass.
    let is_unique = match &definitions[callee] {
        Expr::Name(class) if class == "object" => true,
        Expr::Name(class) => {
            matches!(model::query::head(db, project, module, class.clone()), Head::Class(_))
        }
        _ => false,
    };
    is_unique.then_some(Constant::Sentinel(module, name))
}

/// The constant that an argument is.
pub(super) fn constant_in(value: &Value) -> Option<Constant> {
    match &value.kind {
        Kind::Text(text) => Some(Constant::Text(text.clone())),
        Kind::Flag(flag) => Some(Constant::Flag(*flag)),
        Kind::None => Some(Constant::None),
        Kind::Written(constant) => Some(constant.clone()),
        _ => None,
    }
}

/// The constant that an expression of a module is: a literal, an attribute of a class, a text that the module keeps.
pub(super) fn constant(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    expr: ExprId,
) -> Option<Constant> {
    let at_top_level = |name: &str| crate::types::names::at_top_level(db, project, module, name);
    match &exprs[expr] {
        Expr::Literal(Literal::None) => Some(Constant::None),
        Expr::Literal(Literal::Bool(flag)) => Some(Constant::Flag(*flag)),
        Expr::Literal(Literal::Int(number)) => Some(Constant::Number(*number)),
        Expr::Literal(Literal::Str(text)) => Some(Constant::Text(text.clone())),
        Expr::Attribute { value, name } => {
            let Expr::Name(class) = &exprs[*value] else { return None };
            match at_top_level(class).kind {
                Kind::Class(class) => Some(match classes::member(db, project, &class, name) {
                    // A text is one for callers, too, who may pass it on.
                    Some(Member::Attribute(Value { kind: Kind::Text(text), .. })) => Constant::Text(text),
                    _ => Constant::Member(class, name.clone()),
                }),
                _ => None,
            }
        }
        Expr::Name(name) => constant_in(&at_top_level(name))
            .filter(|found| *found != Constant::None)
            .or_else(|| sentinel(db, project, module, name)),
        _ => None,
    }
}
