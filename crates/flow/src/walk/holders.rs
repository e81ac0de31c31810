//! Objects that hold rows: dataclasses and named tuples made with them, and classes whose `__init__` keeps them.

use model::ClassRef;
use python::{Name, Scope};

use super::Walker;
use super::arguments::bind_arguments;
use crate::interpreter::Arguments;
use crate::types::classes::Member;
use crate::{Deps, Entries, FunctionRef, Kind, Path, Value};

/// Rows are found this deep in what a field is given.
const MAX_DEPTH: usize = 3;

impl Walker<'_> {
    /// The new instance with what its fields were given, if rows are among it.
    pub(super) fn with_fields(
        &mut self,
        expr: python::ExprId,
        class: &ClassRef,
        made: Value,
        arguments: &Arguments,
    ) -> Value {
        // What a schema is given is rendered there.
        if crate::serializers::library_of(self.db, self.project, class).is_some() {
            return made;
        }
        let holds = |value: &Value| holds_rows(value, 0);
        let is_rows = arguments.values().any(holds);
        if !matches!(made.kind, Kind::Instance(..)) || !(is_rows || self.is_of_project(class)) {
            return made;
        }
        let init = crate::types::classes::member(self.db, self.project, class, "__init__");
        let fields = match init {
            Some(Member::Method { function, .. }) => self.kept_by(expr, class, function, &made, arguments),
            _ => self.given_to_fields(class, arguments),
        };
        // What it was told decides what it does.
        let is_told = |value: &Value| matches!(value.kind, Kind::Flag(_) | Kind::Text(_));
        if !fields.iter().any(|(_, value)| (is_rows && holds(value)) || is_told(value)) {
            return made;
        }
        Value { kind: Kind::Holder(class.clone(), fields.into()), ..made }
    }

    /// What `__init__` stores of its arguments, and nothing else does.
    fn kept_by(
        &mut self,
        expr: python::ExprId,
        class: &ClassRef,
        init: FunctionRef,
        made: &Value,
        arguments: &Arguments,
    ) -> Vec<(Name, Value)> {
        let definitions = self.definitions_of(init);
        let Some(facts) = definitions.functions.get(init.function.0 as usize) else { return Vec::new() };
        let bound = bind_arguments(facts, Some(made), arguments);
        let summary = crate::query::summary(self.db, self.project, init.module, init.function);
        let (db, project) = (self.db, self.project);
        let is_shared = super::apply::is_shared(db, project);
        let is_only = |name: &Name| crate::types::classes::storing(db, project, class, name) == [init];
        let kept = summary.attributes.iter().filter(|(name, _)| is_only(name));
        kept.map(|(name, value)| {
            if let Some(written) = self.written_for(value, &bound, facts, init) {
                return (name.clone(), written);
            }
            let mut reached = |path: &Path| self.reach(expr, path, &bound, Deps::NONE);
            (name.clone(), crate::bind::with_arguments(value, &bound, &is_shared, &mut reached))
        })
        .collect()
    }

    /// The constant that a parameter was given, or that it is by default, where `__init__` stores just that.
    fn written_for(
        &self,
        stored: &Value,
        bound: &[Option<Value>],
        facts: &python::Function,
        init: FunctionRef,
    ) -> Option<Value> {
        let index = usize::from(super::guards::of_parameter(stored)?);
        if let Some(given) = bound.get(index)? {
            return super::compared::constant_in(given).map(|_| given.clone());
        }
        let definitions = self.definitions_of(init);
        let default = facts.parameters.get(index)?.default?;
        let default =
            super::compared::constant(self.db, self.project, init.module, &definitions.exprs, default);
        default.map(super::fields::value_of)
    }

    /// Whether a class has no base outside of the project.
    fn is_of_project(&self, class: &ClassRef) -> bool {
        let (db, project) = (self.db, self.project);
        crate::query::types::foreign_ancestors(db, project, class.module, class.name.clone()).is_empty()
    }

    /// The annotated names of a class without an `__init__` of its own, in order, with the arguments for them.
    fn given_to_fields(&self, class: &ClassRef, arguments: &Arguments) -> Vec<(Name, Value)> {
        let mut names: Vec<Name> = Vec::new();
        let bases = crate::types::classes::bases(self.db, self.project, class);
        for class in bases.iter().rev().chain([class]) {
            let file = model::query::file_of(self.db, self.project, class.module);
            let definitions = python::query::definitions(self.db, file);
            let fields = definitions.variables.iter().filter(|variable| {
                matches!(variable.scope, Scope::Class(id)
                    if definitions[id].scope == Scope::Module && definitions[id].name == class.name)
                    && variable.annotation.is_some()
            });
            for field in fields {
                if !names.contains(&field.name) {
                    names.push(field.name.clone());
                }
            }
        }
        let given = |(index, name): (usize, Name)| {
            let value = arguments.get(index, &name).cloned().or_else(|| {
                let is_changed =
                    !crate::types::classes::storing(self.db, self.project, class, &name).is_empty();
                let default = self.default_of_field(class, &name).filter(|_| !is_changed);
                default.map(super::fields::value_of)
            });
            (name, value.unwrap_or_default())
        };
        names.into_iter().enumerate().map(given).collect()
    }
}

/// The value of a field.
pub(super) fn field(fields: &Entries, name: &str) -> Option<Value> {
    let (_, value) = fields.iter().find(|(known, _)| known == name)?;
    (!value.is_unknown() || value.path.is_some()).then(|| value.clone())
}

/// Whether a value is a row, or a query or a collection of rows.
fn holds_rows(value: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match &value.kind {
        Kind::Entity(_) | Kind::Query(_) | Kind::Holder(..) => true,
        Kind::Many(one) | Kind::Mapping(one) => holds_rows(one, depth + 1),
        Kind::Tuple(parts) => parts.iter().any(|part| holds_rows(part, depth + 1)),
        _ => false,
    }
}
