//! Arguments, as they are evaluated at a call and as they are bound to parameters.

use python::{Arg, Expr, ExprId};

use super::Walker;
use super::targets::mapping;
use crate::interpreter::Arguments;
use crate::{Deps, Kind, Value};

impl Walker<'_> {
    /// Evaluates the arguments in Python's order.
    pub(super) fn arguments(&mut self, args: &[Arg]) -> Arguments {
        let mut arguments = Arguments::default();
        for arg in args {
            let id = arg.value();
            let value = self.eval(id);
            let value = match &self.body[id] {
                Expr::Name(name) => self.with_reads(Some(name), value),
                _ => value,
            };
            match arg {
                Arg::Positional(_) => arguments.positional.push((value, id)),
                Arg::Keyword(name, _) => arguments.keywords.push((name.clone(), value, id)),
                Arg::Star(_) => match &value.kind {
                    Kind::Tuple(values) if arguments.stars.is_empty() => {
                        let deps = value.deps;
                        arguments
                            .positional
                            .extend(values.iter().map(|one| (one.clone().with_deps(deps), id)));
                    }
                    _ => arguments.stars.push((value, id)),
                },
                Arg::DoubleStar(_) => {
                    arguments.has_double_star = true;
                    arguments.spread = arguments.spread | value.deps;
                }
            }
        }
        arguments
    }

    /// `list.append(value)`: the value held by a name changes.
    pub(super) fn fill(
        &mut self,
        container: ExprId,
        base: &Value,
        name: &str,
        arguments: &Arguments,
    ) -> Option<Value> {
        let inner = match &base.kind {
            Kind::Tuple(_) | Kind::Many(_) => Value::many,
            Kind::Record(_) | Kind::Mapping(_) => mapping,
            _ => return None,
        };
        let second = || arguments.positional.get(1).map(|(value, _)| value.clone()).unwrap_or_default();
        let first = arguments.positional.first().map(|(value, id)| (value.clone(), *id));
        let (filled, given) = match (name, first) {
            ("append" | "add" | "appendleft", Some((value, _))) => {
                (self.parts_a_round(value), Value::of(Kind::None))
            }
            ("extend" | "update" | "extendleft", Some((values, id))) => {
                let element = match &values.kind {
                    Kind::Mapping(element) => (**element).clone(),
                    Kind::Record(_) => Value::UNKNOWN,
                    _ => self.element(id, &values),
                };
                (element, Value::of(Kind::None))
            }
            ("insert", _) => (second(), Value::of(Kind::None)),
            ("setdefault", _) => {
                let held = match &base.kind {
                    Kind::Mapping(held) => held.join(&second()),
                    _ => second(),
                };
                (second(), held)
            }
            _ => return None,
        };
        self.stores_within(container, &filled, inner);
        Some(given)
    }
}

/// What `**kwargs` holds: the arguments by name that no parameter takes.
fn rest_of(facts: &python::Function, arguments: &Arguments) -> Value {
    if arguments.has_double_star {
        return mapping(Value::UNKNOWN);
    }
    let is_taken = |name: &python::Name| {
        facts.parameters.iter().any(|parameter| {
            parameter.name == *name
                && matches!(
                    parameter.kind,
                    python::ParameterKind::Normal | python::ParameterKind::KeywordOnly
                )
        })
    };
    let rest = arguments.keywords.iter().filter(|(name, ..)| !is_taken(name));
    Value::of(Kind::Record(rest.map(|(name, value, _)| (name.clone(), value.clone())).collect()))
}

/// Binds arguments to parameters.
pub(super) fn bind_arguments(
    facts: &python::Function,
    receiver: Option<&Value>,
    arguments: &Arguments,
) -> Vec<Option<Value>> {
    let mut positional = receiver.into_iter().chain(arguments.positional.iter().map(|(value, _)| value));
    let star = arguments.stars.first().map(|(value, _)| value);
    let mut bound = Vec::with_capacity(facts.parameters.len());
    for parameter in &facts.parameters {
        let value = match parameter.kind {
            python::ParameterKind::PositionalOnly | python::ParameterKind::Normal => positional
                .next()
                .cloned()
                .or_else(|| arguments.keyword(&parameter.name).cloned())
                .or_else(|| star.map(|star| Value::UNKNOWN.with_deps(star.deps))),
            python::ParameterKind::KeywordOnly => arguments.keyword(&parameter.name).cloned(),
            python::ParameterKind::Args => {
                let rest: Vec<Value> = positional.by_ref().cloned().collect();
                let deps = rest.iter().fold(Deps::NONE, |all, value| all | value.deps);
                Some(match star {
                    Some(star) => star.clone(),
                    None => Value::of(Kind::Tuple(rest.into())).with_deps(deps),
                })
            }
            python::ParameterKind::Kwargs => Some(rest_of(facts, arguments).with_deps(arguments.deps())),
        };
        bound.push(value);
    }
    bound
}
