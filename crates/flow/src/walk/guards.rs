//! What happens only if a parameter is given, or only if it isn't: callers know which.
//!
//! `if processed: return`, `grants if grants is not None else load()`, `if commit: self.save()`: of what stands there, a
//! caller that passes `processed=True`, the grants or `commit=False` does the one and never the other.

use model::ClassRef;
use python::{Arg, Expr, ExprId, Literal};

use super::Walker;
use crate::{Asks, Guard, Kind, ModelRef, Path, Root, Step, Value};

/// More conditions than this around one effect say nothing more.
const MAX_GUARDS: usize = 4;

impl Walker<'_> {
    /// What a condition asks of a parameter, where it holds.
    pub(super) fn guard_of(&self, test: ExprId) -> Option<Guard> {
        let body = &self.body;
        match &body[test] {
            Expr::Name(_) => {
                Some(Guard { param: self.parameter_at(test)?, asks: Asks::Truth, is_given: true })
            }
            Expr::Unary { op, operand } if op == "not" => self.guard_of(*operand).map(Guard::negated),
            Expr::Compare { first, rest } => match &**rest {
                [(op, other)] if matches!(body[*other], Expr::Literal(Literal::None)) => {
                    let is_given = matches!(op.as_str(), "is not" | "!=");
                    Some(Guard { param: self.parameter_at(*first)?, asks: Asks::Presence, is_given })
                }
                _ => None,
            },
            Expr::Call { .. } => {
                let (subject, class) = self.kind_check(test)?;
                Some(Guard { param: self.parameter_at(subject)?, asks: Asks::Kind(class), is_given: true })
            }
            Expr::Bool { is_and: true, left, right } => {
                self.guard_of(*left).or_else(|| self.guard_of(*right))
            }
            _ => None,
        }
    }

    /// The same where the condition doesn't hold: of a condition of several parts nothing is known then.
    pub(super) fn guard_otherwise(&self, test: ExprId) -> Option<Guard> {
        match &self.body[test] {
            Expr::Bool { is_and: false, left, right } => {
                self.guard_otherwise(*left).or_else(|| self.guard_otherwise(*right))
            }
            Expr::Bool { .. } => None,
            _ => self.guard_of(test).map(Guard::negated),
        }
    }

    /// `isinstance(subject, Class)` with one class of the project.
    fn kind_check(&self, test: ExprId) -> Option<(ExprId, ClassRef)> {
        let Expr::Call { callee, args } = &self.body[test] else { return None };
        let [Arg::Positional(subject), Arg::Positional(class)] = &**args else { return None };
        let Expr::Name(name) = &self.body[*callee] else { return None };
        let Expr::Name(class) = &self.body[*class] else { return None };
        if name != "isinstance" {
            return None;
        }
        let held = match self.environment.get(class) {
            Some(held) => held.clone(),
            None => crate::names::at_head(self.db, self.project, self.function.module, class),
        };
        match held.kind {
            Kind::Class(class) => Some((*subject, class)),
            _ => None,
        }
    }

    /// Whether `isinstance` holds here, where what is asked about is known.
    pub(super) fn kind_holds(&self, test: ExprId) -> Option<bool> {
        if let Expr::Unary { op, operand } = &self.body[test]
            && op == "not"
        {
            return self.kind_holds(*operand).map(|holds| !holds);
        }
        let (subject, class) = self.kind_check(test)?;
        let held = self.environment.get(&self.body.exprs.dotted(subject)?)?;
        self.is_of_kind(held, &class)
    }

    /// Whether a value is an instance of a class. What is declared as a base may be an instance of anything below.
    fn is_of_kind(&self, value: &Value, class: &ClassRef) -> Option<bool> {
        let own = match &value.kind {
            Kind::Instance(own, _) => own,
            Kind::Entity(entity) => match &entity.model {
                ModelRef::Known(own) => own,
                ModelRef::Held(_) | ModelRef::Unknown => return None,
            },
            Kind::None => return Some(false),
            _ => return None,
        };
        let bases = |of: &ClassRef| crate::classes::bases(self.db, self.project, of);
        if own == class || bases(own).contains(class) {
            return Some(true);
        }
        // Something may inherit from both.
        (!bases(class).contains(own)).then_some(false)
    }

    /// The parameter that a name still holds.
    fn parameter_at(&self, expr: ExprId) -> Option<u16> {
        let Expr::Name(name) = &self.body[expr] else { return None };
        self.environment.get(name).and_then(of_parameter)
    }

    /// Does something under a guard.
    pub(super) fn guarded_by<T>(&mut self, guard: Option<Guard>, act: impl FnOnce(&mut Self) -> T) -> T {
        let count = self.guards.len();
        self.guards.extend(guard);
        let value = act(self);
        self.guards.truncate(count);
        value
    }

    /// The guards around, for what is written down here.
    pub(super) fn guards_here(&self) -> Vec<Guard> {
        let mut guards: Vec<Guard> = self.guards.iter().take(MAX_GUARDS).cloned().collect();
        guards.dedup();
        guards
    }

    /// What the guards of an effect of a callee are at a call with these arguments: nothing where one doesn't hold, and
    /// so the effect doesn't happen; else those that are for the caller's own callers to say.
    pub(super) fn guards_at(
        &self,
        guards: &[Guard],
        facts: Option<&python::Function>,
        exprs: &python::ExprArena,
        bound: &[Option<Value>],
    ) -> Option<Vec<Guard>> {
        let mut left = Vec::new();
        for guard in guards {
            let given = match bound.get(usize::from(guard.param)).and_then(Option::as_ref) {
                Some(value) => match of_parameter(value) {
                    Some(param) => {
                        left.push(Guard { param, ..guard.clone() });
                        continue;
                    }
                    // `identity.id if identity else None`: without the parameter nothing was read of it.
                    None if guard.is_given && value.is_unknown() && reached_from(value).is_some() => {
                        left.extend(reached_from(value).map(|param| Guard {
                            param,
                            asks: Asks::Presence,
                            is_given: true,
                        }));
                        continue;
                    }
                    None => match &guard.asks {
                        Asks::Kind(class) => self.is_of_kind(value, class),
                        Asks::Presence => is_given(value, true),
                        Asks::Truth => is_given(value, false),
                    },
                },
                None => default_is_given(facts, exprs, guard),
            };
            if given.is_some_and(|given| given != guard.is_given) {
                return None;
            }
        }
        Some(left)
    }
}

/// The parameter of the function that is walked, where the value is just that.
fn of_parameter(value: &Value) -> Option<u16> {
    match &value.path {
        Some(Path { root: Root::Param(index), steps }) if steps.is_empty() => Some(*index),
        _ => None,
    }
}

/// The parameter of which attributes were read to get a value.
fn reached_from(value: &Value) -> Option<u16> {
    let Path { root: Root::Param(index), steps } = value.path.as_ref()?;
    steps.iter().all(|step| matches!(step, Step::Attr(_))).then_some(*index)
}

/// Whether an argument that is written down is there. What is passed is taken not to be `None`; whether it is true is
/// known of what is written out and of objects.
fn is_given(value: &Value, is_of_none: bool) -> Option<bool> {
    match &value.kind {
        Kind::None => Some(false),
        Kind::Flag(flag) => Some(is_of_none || *flag),
        Kind::Text(text) => Some(is_of_none || !text.is_empty()),
        Kind::Entity(_) | Kind::Instance(..) | Kind::Class(_) | Kind::Function(_) | Kind::Session { .. } => {
            Some(true)
        }
        _ => is_of_none.then_some(true),
    }
}

/// Whether a parameter is there that no argument was given for.
fn default_is_given(
    facts: Option<&python::Function>,
    exprs: &python::ExprArena,
    guard: &Guard,
) -> Option<bool> {
    let default = facts?.parameters.get(usize::from(guard.param))?.default?;
    let is_something = match exprs.list.get(default.0 as usize)? {
        Expr::Literal(Literal::None) => return Some(false),
        Expr::Literal(Literal::Bool(flag)) => *flag,
        Expr::Literal(Literal::Str(text)) => !text.is_empty(),
        Expr::Literal(Literal::Int(number)) => *number != 0,
        Expr::Tuple(parts) | Expr::List(parts) => !parts.is_empty(),
        Expr::Dict(parts) => !parts.is_empty(),
        _ => return None,
    };
    match guard.asks {
        Asks::Truth => Some(is_something),
        Asks::Presence => Some(true),
        Asks::Kind(_) => None,
    }
}
