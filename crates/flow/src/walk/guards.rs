//! Effects that depend on whether a parameter is given, which callers know.
//!
//! `if processed: return`, `grants if grants is not None else load()`, `if commit: self.save()`: for a caller that
//! passes `processed=True`, the grants, or `commit=False`, only one of the alternatives is possible.

use model::{ClassRef, ModuleId};
use python::{Arg, Expr, ExprId, Literal};

use super::Walker;
use super::compared::{constant, constant_in, holds_for, is_no_sentinel};
use crate::{Asks, Constant, Guard, Kind, ModelRef, Path, Root, Step, Value};

/// The maximum number of parts of a condition.
const MAX_PARTS: usize = 4;
/// The maximum number of conditions kept for one effect.
const MAX_GUARDS: usize = 6;
/// The maximum number of classes that a value is known not to be of: each `if isinstance(...): return` adds one for all
/// that follows.
const MAX_OTHER_CLASSES: usize = 24;

impl Walker<'_> {
    /// The condition on a parameter that holds where `test` holds.
    pub(super) fn guard_of(&self, test: ExprId) -> Option<Guard> {
        let body = &self.body;
        match &body[test] {
            Expr::Name(_) | Expr::Attribute { .. } => {
                Some(asked_of(self.subject_at(test)?, Asks::Truth, true))
            }
            Expr::Unary { op, operand } if op == "not" => self.guard_otherwise(*operand),
            Expr::Compare { first, rest } => match &**rest {
                [(op, other)] if matches!(body[*other], Expr::Literal(Literal::None)) => {
                    let is_given = matches!(op.as_str(), "is not" | "!=");
                    Some(asked_of(self.subject_at(*first)?, Asks::Presence, is_given))
                }
                [(op, mapping)]
                    if let Expr::Literal(Literal::Str(key)) = &body[*first]
                        && matches!(op.as_str(), "in" | "not in") =>
                {
                    let asks = Asks::Key(key.clone());
                    Some(Guard { param: self.parameter_at(*mapping)?, asks, is_given: op == "in" })
                }
                [(op, other)] => self.compared(*first, op, *other),
                _ => None,
            },
            Expr::Call { callee, args } => self.asked_key(*callee, args).or_else(|| {
                let (subject, class) = self.kind_check(test)?;
                Some(Guard { param: self.parameter_at(subject)?, asks: Asks::Kind(class), is_given: true })
            }),
            // `fields and "owner" in fields`: what says more.
            Expr::Bool { is_and: false, .. } => {
                let mut parts = Vec::new();
                self.all_parts(test, false, &mut parts)?;
                Some(all(parts)?.negated())
            }
            Expr::Bool { is_and: true, left, right } => match (self.guard_of(*left), self.guard_of(*right)) {
                (Some(left), Some(right)) if matches!(left.asks, Asks::Truth | Asks::Presence) => Some(right),
                (left, right) => left.or(right),
            },
            _ => None,
        }
    }

    /// `options.get("full")`: only where the key is there.
    fn asked_key(&self, callee: ExprId, args: &[Arg]) -> Option<Guard> {
        let (Expr::Attribute { value, name }, [Arg::Positional(key)]) = (&self.body[callee], args) else {
            return None;
        };
        let Expr::Literal(Literal::Str(key)) = &self.body[*key] else { return None };
        let param = (name == "get").then(|| self.parameter_at(*value))??;
        Some(Guard { param, asks: Asks::Key(key.clone()), is_given: true })
    }

    /// The condition on a parameter that holds where `test` fails. Unknown if `test` has several parts.
    pub(super) fn guard_otherwise(&self, test: ExprId) -> Option<Guard> {
        match &self.body[test] {
            Expr::Bool { is_and: false, left, right } => {
                self.guard_otherwise(*left).or_else(|| self.guard_otherwise(*right))
            }
            Expr::Bool { .. } => {
                let mut parts = Vec::new();
                self.all_parts(test, true, &mut parts)?;
                Some(all(parts)?.negated())
            }
            Expr::Unary { op, operand } if op == "not" => self.guard_of(*operand),
            // The key may be there with something that is false.
            Expr::Call { callee, args } if self.asked_key(*callee, args).is_some() => None,
            _ => self.guard_of(test).map(Guard::negated),
        }
    }

    /// The conditions on parameters of the parts of a conjunction, or those that hold where the parts of a disjunction
    /// fail. `None` if one isn't known.
    fn all_parts(&self, test: ExprId, is_and: bool, out: &mut Vec<Guard>) -> Option<()> {
        match &self.body[test] {
            Expr::Bool { is_and: joined, left, right } if *joined == is_and => {
                self.all_parts(*left, is_and, out)?;
                self.all_parts(*right, is_and, out)
            }
            _ if out.len() >= MAX_PARTS => None,
            _ => {
                out.push(if is_and { self.guard_of(test)? } else { self.guard_otherwise(test)? });
                Some(())
            }
        }
    }

    /// `isinstance(subject, Class)` with a single project class.
    pub(super) fn kind_check(&self, test: ExprId) -> Option<(ExprId, ClassRef)> {
        let Expr::Call { callee, args } = &self.body[test] else { return None };
        let [Arg::Positional(subject), Arg::Positional(class)] = &**args else { return None };
        let Expr::Name(name) = &self.body[*callee] else { return None };
        let Expr::Name(class) = &self.body[*class] else { return None };
        if name != "isinstance" {
            return None;
        }
        let held = match self.environment.get(class) {
            Some(held) => held.clone(),
            None => crate::types::names::at_top_level(self.db, self.project, self.function.module, class),
        };
        match held.kind {
            Kind::Class(class) => Some((*subject, class)),
            _ => None,
        }
    }

    /// Whether an `isinstance` check holds here, if the subject's class is known.
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

    /// Whether a value is an instance of a class. A value declared as a base may be an instance of any subclass.
    fn is_of_kind(&self, value: &Value, class: &ClassRef) -> Option<bool> {
        let own = match &value.kind {
            Kind::Instance(own, _) | Kind::Holder(own, _) => own,
            Kind::Entity(entity) => match &entity.model {
                ModelRef::Known(own) => own,
                ModelRef::Held(_) | ModelRef::Unknown => return None,
            },
            Kind::None => return Some(false),
            _ => return None,
        };
        let bases = |of: &ClassRef| crate::types::classes::bases(self.db, self.project, of);
        if own == class || bases(own).contains(class) {
            return Some(true);
        }
        // A class may inherit from both.
        (!bases(class).contains(own)).then_some(false)
    }

    /// The parameter whose value a name still holds.
    pub(super) fn parameter_at(&self, expr: ExprId) -> Option<u16> {
        let Expr::Name(name) = &self.body[expr] else { return None };
        self.environment.get(name).and_then(of_parameter)
    }

    /// Runs `act` under a guard.
    pub(super) fn guarded_by<T>(&mut self, guard: Option<Guard>, act: impl FnOnce(&mut Self) -> T) -> T {
        let count = self.around.guards.len();
        self.around.guards.extend(guard);
        let value = act(self);
        self.around.guards.truncate(count);
        value
    }

    /// The surrounding guards, for an effect recorded here.
    pub(super) fn guards_here(&self) -> Vec<Guard> {
        let is_other = |guard: &&Guard| !guard.is_given && matches!(guard.asks, Asks::Kind(_));
        let all = &self.around.guards;
        // The branch that is taken says more than those that aren't.
        let mut guards: Vec<Guard> =
            all.iter().filter(|guard| !is_other(guard)).take(MAX_GUARDS).cloned().collect();
        guards.extend(all.iter().filter(is_other).take(MAX_OTHER_CLASSES).cloned());
        guards.dedup();
        guards
    }

    /// Evaluates the guards of a callee's effect at a call with these arguments. `None` if one fails, so that the
    /// effect doesn't happen; otherwise the guards that depend on this function's own callers.
    pub(super) fn guards_at(
        &self,
        guards: &[Guard],
        module: ModuleId,
        facts: Option<&python::Function>,
        exprs: &python::ExprArena,
        bound: &[Option<Value>],
    ) -> Option<Vec<Guard>> {
        let mut left = Vec::new();
        for guard in guards {
            match self.verdict(guard, module, facts, exprs, bound) {
                Verdict::Fails => return None,
                Verdict::OfCallers(guard) => left.push(guard),
                Verdict::Holds | Verdict::Open => {}
            }
        }
        Some(left)
    }

    /// Evaluates one condition at a call with these arguments.
    pub(super) fn verdict(
        &self,
        guard: &Guard,
        module: ModuleId,
        facts: Option<&python::Function>,
        exprs: &python::ExprArena,
        bound: &[Option<Value>],
    ) -> Verdict {
        if let Asks::All(parts) = &guard.asks {
            return self.verdict_of_all(parts, guard.is_given, (module, facts, exprs), bound);
        }
        if let Asks::Field(name, asks) = &guard.asks {
            let parameter = facts.and_then(|facts| facts.parameters.get(usize::from(guard.param)));
            let default = parameter.and_then(|it| it.default).map(|default| (module, exprs, default));
            let given = bound.get(usize::from(guard.param)).and_then(Option::as_ref);
            return self.verdict_of_field((name, &**asks), guard, default, given);
        }
        let is_compared = matches!(guard.asks, Asks::OneOf(_) | Asks::Above(_));
        let given = match bound.get(usize::from(guard.param)).and_then(Option::as_ref) {
            Some(value) => {
                if let Some(param) = of_parameter(value) {
                    return Verdict::OfCallers(Guard { param, ..guard.clone() });
                }
                if guard.is_given && value.is_unknown() {
                    // `identity.id if identity else None`: without the parameter nothing was read of it.
                    if let Some(param) = reached_from(value) {
                        return Verdict::OfCallers(Guard { param, asks: Asks::Presence, is_given: true });
                    }
                    // `kwargs.get("owner")` is nothing where nobody gives it.
                    if let Some(guard) = key_of(value) {
                        return Verdict::OfCallers(guard);
                    }
                }
                match &guard.asks {
                    Asks::Key(key) => has_key(value, key),
                    Asks::Kind(class) => self.is_of_kind(value, class),
                    Asks::Presence => is_given(value, true),
                    Asks::Truth => is_given(value, false),
                    Asks::All(_) | Asks::Field(..) => None,
                    asks => match constant_in(value) {
                        Some(given) => holds_for(asks, &given),
                        None => is_no_sentinel(asks, value).then_some(false),
                    },
                }
            }
            None if is_compared => {
                let default = facts.and_then(|facts| facts.parameters.get(usize::from(guard.param))?.default);
                let default =
                    default.and_then(|default| constant(self.db, self.project, module, exprs, default));
                default.and_then(|given| holds_for(&guard.asks, &given))
            }
            None => default_is_given(facts, exprs, guard),
        };
        match given {
            Some(given) if given == guard.is_given => Verdict::Holds,
            Some(_) => Verdict::Fails,
            None => Verdict::Open,
        }
    }
}

impl Walker<'_> {
    /// Evaluates a condition of several parts at a call with these arguments.
    fn verdict_of_all(
        &self,
        parts: &[Guard],
        is_given: bool,
        (module, facts, exprs): (ModuleId, Option<&python::Function>, &python::ExprArena),
        bound: &[Option<Value>],
    ) -> Verdict {
        let (mut of_callers, mut is_open) = (Vec::new(), false);
        for part in parts {
            match self.verdict(part, module, facts, exprs, bound) {
                Verdict::Holds => {}
                Verdict::Fails if is_given => return Verdict::Fails,
                Verdict::Fails => return Verdict::Holds,
                Verdict::OfCallers(part) => of_callers.push(part),
                Verdict::Open => is_open = true,
            }
        }
        match all(of_callers) {
            _ if is_open => Verdict::Open,
            Some(left) => Verdict::OfCallers(if is_given { left } else { left.negated() }),
            None if is_given => Verdict::Holds,
            None => Verdict::Fails,
        }
    }
}

/// A condition on a parameter, or on an attribute of it.
pub(super) fn asked_of((param, field): (u16, Option<python::Name>), asks: Asks, is_given: bool) -> Guard {
    let asks = match field {
        Some(name) => Asks::Field(name, asks.into()),
        None => asks,
    };
    Guard { param, asks, is_given }
}

/// The condition that all of these hold; `None` without any.
pub(super) fn all(mut parts: Vec<Guard>) -> Option<Guard> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Guard { param: parts[0].param, asks: Asks::All(parts.into()), is_given: true }),
    }
}

/// What a call's arguments say of a condition on a parameter of the callee.
pub(super) enum Verdict {
    /// It holds.
    Holds,
    /// It doesn't.
    Fails,
    /// The caller's own callers know: the condition on its parameter.
    OfCallers(Guard),
    /// It can't be told.
    Open,
}

/// The parameter of the current function, if the value is exactly that.
pub(super) fn of_parameter(value: &Value) -> Option<u16> {
    match &value.path {
        Some(Path { root: Root::Param(index), steps }) if steps.is_empty() => Some(*index),
        _ => None,
    }
}

/// The condition that a mapping has the key under which a value was looked up in it.
fn key_of(value: &Value) -> Option<Guard> {
    let Path { root: Root::Param(param), steps } = value.path.as_ref()?;
    let [Step::Get(key)] = &**steps else { return None };
    Some(Guard { param: *param, asks: Asks::Key(key.clone()), is_given: true })
}

/// Whether a mapping has a key, or a collection a text, if all of them are written out.
fn has_key(value: &Value, key: &str) -> Option<bool> {
    match &value.kind {
        Kind::Record(entries) => Some(entries.iter().any(|(name, _)| name == key)),
        Kind::Tuple(parts) if parts.iter().all(|part| matches!(part.kind, Kind::Text(_))) => {
            Some(parts.iter().any(|part| matches!(&part.kind, Kind::Text(text) if text == key)))
        }
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
        Kind::Written(Constant::Number(number)) => Some(is_of_none || *number != 0),
        Kind::Written(_)
        | Kind::Entity(_)
        | Kind::Instance(..)
        | Kind::Holder(..)
        | Kind::Class(_)
        | Kind::Function(_)
        | Kind::Session { .. } => Some(true),
        _ => is_of_none.then_some(true),
    }
}

/// Whether the default of a parameter without an argument satisfies the condition.
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
        Asks::Kind(_) | Asks::OneOf(_) | Asks::Above(_) | Asks::Field(..) | Asks::All(_) => None,
        Asks::Key(_) => (!is_something).then_some(false),
    }
}
