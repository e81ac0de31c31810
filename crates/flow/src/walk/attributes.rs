//! Attributes: their values, and the effects of reading them.

use python::{ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::types::classes::{Member, MethodKind};
use crate::{Constant, Entity, Fetch, Kind, ReadKind, Touch, Value};

/// The maximum number of methods that are searched for assignments.
const MAX_STORING: usize = 4;

impl Walker<'_> {
    /// Reads the attribute `name` of a value at `expr`.
    pub(crate) fn attribute(&mut self, expr: ExprId, base: &Value, name: &Name) -> Value {
        // The row that it was reached from is the same object for all of them.
        if let Kind::Entity(row) = &base.kind
            && let Some(back) = row.back.as_ref().filter(|back| back.0 == *name && !back.1.is_unknown())
        {
            return (*back.1).clone();
        }
        if name == "__class__"
            && let Some(class) = class_of(base)
        {
            return class;
        }
        let known = match &base.kind {
            Kind::Module(_) | Kind::Foreign(_) => {
                let value = crate::types::names::attribute(self.db, self.project, base, name);
                let value =
                    if value.is_unknown() { self.query_of(base, name).unwrap_or(value) } else { value };
                return value.with_deps(base.deps);
            }
            Kind::Entity(entity) if entity.model.class().is_some() => self
                .read_member(expr, base, entity, name)
                .or_else(|| crate::library::attribute(self, expr, base, name))
                .or_else(|| self.member(expr, base, entity.model.class()?, name))
                .or_else(|| {
                    // The base of all models: callers know which one it is.
                    let facts = self.entity(entity.model.class()?)?;
                    if facts.is_abstract { self.mixed_in(expr, base, name) } else { None }
                }),
            Kind::Class(class) => crate::library::attribute(self, expr, base, name)
                .or_else(|| self.member_of_class(base, class, name)),
            Kind::Holder(_, fields) if let Some(value) = super::holders::field(fields, name) => {
                return value.with_deps(base.deps);
            }
            Kind::Instance(class, _) | Kind::Holder(class, _) => {
                match crate::library::linked(self, expr, base, name)
                    .or_else(|| self.member(expr, base, class, name))
                {
                    // What a library keeps there is no caller's.
                    None => match crate::library::attribute(self, expr, base, name) {
                        Some(kept) => return kept.with_deps(base.deps),
                        None => self.mixed_in(expr, base, name),
                    },
                    known => known,
                }
            }
            Kind::Awaitable(_)
            | Kind::None
            | Kind::Plain
            | Kind::Written(_)
            | Kind::Column(_)
            | Kind::Text(_) => None,
            Kind::Unknown | Kind::Entity(_) => {
                if let Some(known) = crate::library::attribute(self, expr, base, name) {
                    return known;
                }
                if let Some(path) = base.path.as_ref().and_then(|path| path.attr(name)) {
                    if let Some(loaded) = loaded_besides(base, name) {
                        return loaded.at(Some(path)).with_deps(base.deps);
                    }
                    if model::query::relationship_names(self.db, self.project).contains(name)
                        || crate::query::querying_properties(self.db, self.project).contains(name)
                    {
                        self.touch(
                            expr,
                            Touch { path: path.clone(), is_refined: false, asked: ReadKind::Rows },
                            base.deps,
                        );
                    }
                    return Value::UNKNOWN.at(Some(path)).with_deps(base.deps);
                }
                None
            }
            _ => crate::library::attribute(self, expr, base, name),
        };
        let value = known.unwrap_or_else(|| match &base.kind {
            Kind::Plain | Kind::Written(_) | Kind::Text(_) => Value::of(Kind::Plain),
            Kind::Column(walks) => Value::of(Kind::Column(*walks)),
            Kind::Instance(..)
            | Kind::Holder(..)
            | Kind::Entity(_)
            | Kind::None
            | Kind::Unknown
            | Kind::Awaitable(_) => Value::UNKNOWN,
            _ => Value::of(Kind::ForeignMethod(base.clone().into(), name.clone())),
        });
        let is_own = self.is_built_by_class(base, &value, name);
        let outer = base.path.as_ref().filter(|_| !is_own);
        let path = value.path.clone().or_else(|| outer.and_then(|path| path.attr(name)));
        value.at(path).with_deps(base.deps)
    }

    /// The query that a module holds by this name: `statements.PLAIN`.
    fn query_of(&self, base: &Value, name: &Name) -> Option<Value> {
        let Kind::Module(module) = &base.kind else { return None };
        self.query_of_module(&model::query::head_member(self.db, self.project, *module, name))
    }

    /// Whether an attribute that a method reads of its receiver is a query that the class itself builds, in a property, in
    /// its body or in one method. Callers know no more of it; for classes that override it the method is walked again.
    fn is_built_by_class(&self, base: &Value, value: &Value, name: &Name) -> bool {
        let (Kind::Instance(class, _), Kind::Query(query)) = (&base.kind, &value.kind) else { return false };
        self.is_receiver(base.path.as_ref())
            && query.base.is_none()
            && query.related.is_none()
            && !query.loads.is_open
            && query.model.class().is_some()
            && self.is_built_in_one_place(class, name)
    }

    /// Whether a property gives the attribute, or one method or the body of the class assigns it.
    fn is_built_in_one_place(&self, class: &model::ClassRef, name: &Name) -> bool {
        use crate::types::classes::{assigning, member, storing};
        let (db, project) = (self.db, self.project);
        let is_method = matches!(member(db, project, class, name), Some(Member::Method { .. }));
        let in_body = usize::from(assigning(db, project, class, name).is_some());
        is_method || in_body + storing(db, project, class, name).len() == 1
    }

    /// Reads, in a mixin, an attribute of the classes that it is mixed into.
    fn mixed_in(&mut self, expr: ExprId, base: &Value, name: &Name) -> Option<Value> {
        let path = base.path.as_ref()?.attr(name)?;
        if model::query::relationship_names(self.db, self.project).contains(name) {
            self.touch(
                expr,
                Touch { path: path.clone(), is_refined: false, asked: ReadKind::Rows },
                base.deps,
            );
        }
        Some(Value::UNKNOWN.at(Some(path)))
    }

    /// Reads a member of an instance: a property is called, a method is bound.
    fn member(&mut self, expr: ExprId, base: &Value, class: &model::ClassRef, name: &Name) -> Option<Value> {
        let arguments: &[Value] = match &base.kind {
            Kind::Instance(_, arguments) => arguments,
            _ => &[],
        };
        let member = crate::types::classes::member_with(self.db, self.project, class, arguments, name);
        let says_nothing = match &member {
            None => true,
            Some(Member::Attribute(value)) => is_vague(value),
            Some(Member::Method { .. }) => false,
        };
        if says_nothing
            && let Some(value) = self.stored(class, name).or_else(|| self.assigned_in_body(class, name))
        {
            return Some(value);
        }
        match member? {
            Member::Attribute(value) => Some(value),
            Member::Method { function, kind: MethodKind::Property } => {
                let method = Value::of(Kind::Method(base.clone().into(), function));
                Some(self.call(expr, &method, &Arguments::default()))
            }
            Member::Method { function, kind } => Some(Value::of(match kind {
                MethodKind::Static => Kind::Function(function),
                MethodKind::Class => Kind::Method(Value::of(Kind::Class(class.clone())).into(), function),
                MethodKind::Instance | MethodKind::Property => Kind::Method(base.clone().into(), function),
            })),
        }
    }

    /// The value that another method assigns to `name` on the instance, found by walking that method.
    fn stored(&self, class: &model::ClassRef, name: &Name) -> Option<Value> {
        let storing = crate::types::classes::storing(self.db, self.project, class, name);
        storing.iter().filter(|function| **function != self.function).take(MAX_STORING).find_map(|function| {
            let summary = crate::query::summary(self.db, self.project, function.module, function.function);
            let (_, value) = summary.attributes.iter().find(|(attribute, _)| attribute == name)?;
            let value = crate::bind::without_paths(value);
            (!value.is_unknown() && value.kind != Kind::None).then_some(value)
        })
    }

    /// The value that a class body assigns to `name` with the help of a library: a query, options, or a collection of
    /// them. Other library calls there (fields, columns) declare what instances have, not what the attribute is.
    fn assigned_in_body(&self, class: &model::ClassRef, name: &Name) -> Option<Value> {
        let body = crate::types::classes::assigning(self.db, self.project, class, name)?;
        if body == self.function {
            return None;
        }
        let summary = crate::query::summary(self.db, self.project, body.module, body.function);
        let (_, value) = summary.attributes.iter().find(|(attribute, _)| attribute == name)?;
        let is_kept = matches!(
            value.kind,
            Kind::Query(_)
                | Kind::Manager(..)
                | Kind::Option(_)
                | Kind::Tuple(_)
                | Kind::Many(_)
                | Kind::Record(_)
                | Kind::Mapping(_)
        );
        is_kept.then(|| crate::bind::without_paths(value))
    }

    /// Reads a member of a class.
    fn member_of_class(&mut self, base: &Value, class: &model::ClassRef, name: &Name) -> Option<Value> {
        match crate::types::classes::member(self.db, self.project, class, name)? {
            Member::Attribute(value)
                if !matches!(value.kind, Kind::Text(_))
                    && self.is_choices(class)
                    && self.is_member(class, name) =>
            {
                Some(Value::of(Kind::Written(Constant::Member(class.clone(), name.clone()))))
            }
            Member::Attribute(value) if is_vague(&value) => {
                Some(self.assigned_in_body(class, name).unwrap_or(value))
            }
            Member::Attribute(value) => Some(value),
            Member::Method { function, kind } => Some(Value::of(match kind {
                MethodKind::Class => Kind::Method(base.clone().into(), function),
                MethodKind::Static | MethodKind::Instance => Kind::Function(function),
                MethodKind::Property => return None,
            })),
        }
    }
}

/// What a relationship leads to that the function itself loads for rows of a query that it is given:
/// `for row in rows.select_related("group"): row.group`. Callers aren't asked for it.
fn loaded_besides(base: &Value, name: &Name) -> Option<Value> {
    let Kind::Entity(row) = &base.kind else { return None };
    let loads = row.loads.get(name)?.clone();
    Some(match loads.fetch {
        // A JOIN leads to one row.
        Fetch::Joined => Value::of(Kind::Entity(Entity { loads, back: None, ..row.clone() })),
        _ => Value::of(Kind::Plain),
    })
}

/// The class of a row or of another instance: `order.__class__`, `type(order)`. Callers may know a subclass.
fn class_of(instance: &Value) -> Option<Value> {
    let class = instance.instance_of()?.clone();
    let path = instance.path.as_ref().and_then(|path| path.attr("__class__"));
    Some(Value::of(Kind::Class(class)).at(path).with_deps(instance.deps))
}

/// Whether the value, or one of its parts, is unknown.
fn is_vague(value: &Value) -> bool {
    match &value.kind {
        Kind::Unknown => true,
        Kind::Many(part) => part.is_unknown(),
        Kind::Tuple(parts) => parts.iter().any(Value::is_unknown),
        _ => false,
    }
}
