//! Binding: names, attributes, tuples.

use std::sync::Arc;

use python::{Expr, ExprId, Literal, Name};

use super::{MAX_ATTRIBUTES, Walker};
use crate::{Entity, Kind, ModelRef, Root, Step, Value};

/// The maximum number of assignments to attributes of other objects kept for one function.
const MAX_CHANGES: usize = 64;

/// The maximum number of entries of one dictionary that are tracked separately.
const MAX_ENTRIES: usize = 32;

/// Containers in containers are followed this deep.
const MAX_CONTAINERS: usize = 3;

impl Walker<'_> {
    /// Binds a target to a value.
    pub(crate) fn bind(&mut self, target: ExprId, value: Value) {
        let body = Arc::clone(&self.body);
        match &body[target] {
            Expr::Name(name) => self.environment.set(name.clone(), value),
            Expr::Attribute { value: base, name } => {
                let Some(chain) = body.exprs.dotted(target) else { return };
                if let Expr::Name(own) = &body[*base] {
                    let path = self.environment.get(own).and_then(|holder| holder.path.as_ref());
                    let is_self =
                        path.is_some_and(|path| path.root == Root::Param(0) && path.steps.is_empty());
                    if is_self && self.around.inner == 0 && !self.is_static_method() {
                        self.answer.attributes.retain(|(known, _)| known != name);
                        if self.answer.attributes.len() < MAX_ATTRIBUTES {
                            self.answer.attributes.push((name.clone(), crate::bind::without_loops(&value)));
                        }
                    }
                }
                self.changes_instance(target, *base, name);
                self.changes_column(target, *base, Some(name), value.deps);
                self.changes_holder(*base, name, &value);
                self.notes_given(*base, name);
                self.environment.set(chain.into(), value);
                // A relationship that is set is in memory.
                self.gives(*base, Some(name));
            }
            Expr::Tuple(parts) | Expr::List(parts) => self.unpack(parts, &value),
            Expr::Starred(inner) => self.bind(*inner, value.many()),
            // What is written out with its keys is so afterwards.
            Expr::Subscript { value: container, index } if self.stores_entry(*container, *index, &value) => {}
            Expr::Subscript { value: container, .. } => self.stores_within(*container, &value, mapping),
            _ => {}
        }
    }

    /// Evaluates what a target reads before it is assigned or deleted: `names[order.customer.name] = order`,
    /// `order.customer.name = ""`.
    pub(super) fn reads_in_target(&mut self, target: ExprId) {
        let body = Arc::clone(&self.body);
        let mut reads = |expr: ExprId| {
            if !matches!(body[expr], Expr::Name(_)) {
                self.eval(expr);
            }
        };
        match &body[target] {
            Expr::Attribute { value, .. } => reads(*value),
            Expr::Subscript { value, index } => {
                reads(*value);
                match &body[*index] {
                    Expr::Slice(parts) => parts.iter().flatten().copied().for_each(reads),
                    _ => reads(*index),
                }
            }
            Expr::Tuple(parts) | Expr::List(parts) => {
                parts.iter().for_each(|part| self.reads_in_target(*part));
            }
            Expr::Starred(inner) => self.reads_in_target(*inner),
            _ => {}
        }
    }

    /// Records an assignment to an attribute of a project instance.
    fn changes_instance(&mut self, target: ExprId, base: ExprId, name: &Name) {
        let Some(holder) = self.body.exprs.dotted(base) else { return };
        let held = self.environment.get(&holder).map(|held| &held.kind);
        let Some(
            Kind::Instance(class, _)
            | Kind::Holder(class, _)
            | Kind::Entity(Entity { model: ModelRef::Known(class), .. }),
        ) = held
        else {
            return;
        };
        let is_own = self.own_class().as_ref() == Some(class) && matches!(self.body[base], Expr::Name(_));
        let change = (self.site(target), class.clone(), name.clone());
        if !is_own && self.recorder.changes.len() < MAX_CHANGES && !self.recorder.changes.contains(&change) {
            self.recorder.changes.push(change);
        }
    }

    /// What an object was made with is another value from here on.
    fn changes_holder(&mut self, base: ExprId, name: &Name, value: &Value) {
        let Expr::Name(holder) = &self.body[base] else { return };
        let Some(held) = self.environment.get(holder) else { return };
        let Kind::Holder(class, fields) = &held.kind else { return };
        if !fields.iter().any(|(known, _)| known == name) {
            return;
        }
        let mut fields: Vec<(Name, Value)> = fields.iter().cloned().collect();
        fields.retain(|(known, _)| known != name);
        fields.push((name.clone(), value.clone()));
        let held = Value { kind: Kind::Holder(class.clone(), fields.into()), ..held.clone() };
        let holder = holder.clone();
        self.environment.refine(&holder, held);
    }

    fn unpack(&mut self, parts: &[ExprId], value: &Value) {
        for (index, part) in parts.iter().enumerate() {
            let element = match &value.kind {
                Kind::Tuple(elements) if elements.len() == parts.len() => elements[index].clone(),
                Kind::Tuple(elements) => {
                    elements.iter().cloned().reduce(|all, element| all.join(&element)).unwrap_or_default()
                }
                // A named tuple.
                Kind::Holder(_, fields) if fields.len() == parts.len() => fields[index].1.clone(),
                Kind::Many(element) => (**element).clone(),
                Kind::Unknown => {
                    Value::UNKNOWN.at(value.path.as_ref().and_then(|path| path.then(Step::Each)))
                }
                _ => Value::UNKNOWN,
            };
            self.bind(*part, element.with_deps(value.deps));
        }
    }

    /// `container[key] = value`, `container.append(value)`: joins the value with the container's elements.
    pub(super) fn stores(&mut self, container: ExprId, value: &Value) {
        let Some(name) = self.body.exprs.dotted(container) else { return };
        self.stores_in(name.into(), value);
    }

    /// `context["orders"] = orders`, where `context` is written out with its keys; whether it is so.
    fn stores_entry(&mut self, container: ExprId, key: ExprId, value: &Value) -> bool {
        let Expr::Literal(Literal::Str(key)) = &self.body[key] else { return false };
        let Some(name) = self.body.exprs.dotted(container) else { return false };
        let Some(held) = self.environment.get(&name) else { return false };
        let Kind::Record(entries) = &held.kind else { return false };
        if entries.len() >= MAX_ENTRIES {
            return false;
        }
        let mut entries: Vec<(Name, Value)> =
            entries.iter().filter(|(known, _)| known != key).cloned().collect();
        entries.push((key.clone(), value.clone()));
        let deps = held.deps | value.deps;
        self.environment.set(name.into(), Value::of(Kind::Record(entries.into())).with_deps(deps));
        true
    }

    /// The same where the container may lie in another: `groups[key].append(value)`. `inner` makes a container like the
    /// one that is filled.
    pub(super) fn stores_within(&mut self, container: ExprId, value: &Value, inner: impl Fn(Value) -> Value) {
        let mut value = value.clone();
        let mut at = container;
        for depth in 0..MAX_CONTAINERS {
            let Some(outer) = self.holder_of(at) else { break };
            value = if depth == 0 { inner(value) } else { mapping(value) };
            at = outer;
        }
        self.stores(at, &value);
    }

    /// `groups` for `groups[key]` and `groups.setdefault(key, [])`.
    fn holder_of(&self, container: ExprId) -> Option<ExprId> {
        match &self.body[container] {
            Expr::Subscript { value, .. } => Some(*value),
            Expr::Call { callee, .. } => match &self.body[*callee] {
                Expr::Attribute { value, name } if name == "setdefault" => Some(*value),
                _ => None,
            },
            _ => None,
        }
    }

    fn stores_in(&mut self, name: Name, value: &Value) {
        let Some(held) = self.environment.get(&name) else { return };
        let filled = match &held.kind {
            Kind::Tuple(parts) => {
                parts.iter().cloned().fold(value.clone(), |all, part| all.join(&part)).many()
            }
            Kind::Many(element) => element.join(value).many(),
            Kind::Record(parts) => mapping(parts.iter().fold(value.clone(), |all, (_, part)| all.join(part))),
            Kind::Mapping(element) => mapping(element.join(value)),
            _ => return,
        };
        let deps = held.deps | value.deps;
        self.environment.set(name, filled.with_deps(deps));
    }
}

/// A mapping with this value type.
pub(super) fn mapping(value: Value) -> Value {
    let deps = value.deps;
    Value::of(Kind::Mapping(value.into())).with_deps(deps)
}
