//! Reads literal values in class bodies: names, calls, lists of names.

use std::sync::Arc;

use model::{ClassRef, ModuleId, Project};
use python::{Arg, ClassId, Definitions, Expr, ExprId, Literal, Name, Scope, Variable};

use crate::query::types;
use crate::{Db, Kind, Value};

/// Expressions are followed to this depth.
const MAX_DEPTH: usize = 16;

/// A class with the definitions of its module.
#[derive(Clone)]
pub(crate) struct Written {
    pub(crate) class: ClassRef,
    pub(crate) id: ClassId,
    pub(crate) definitions: Arc<Definitions>,
}

impl Written {
    /// The module-level class.
    pub(crate) fn of(db: &dyn Db, project: Project, class: &ClassRef) -> Option<Self> {
        let file = model::query::file_of(db, project, class.module);
        let definitions = python::query::definitions(db, file);
        let is_it =
            |(_, found): &(ClassId, &python::Class)| found.scope == Scope::Module && found.name == class.name;
        let (id, _) = definitions.classes().filter(is_it).last()?;
        Some(Self { class: class.clone(), id, definitions })
    }

    /// The head of a module, for names that no class knows.
    pub(super) fn of_module(db: &dyn Db, project: Project, module: ModuleId) -> Self {
        let file = model::query::file_of(db, project, module);
        let definitions = python::query::definitions(db, file);
        Self { class: ClassRef::new(module, ""), id: ClassId(u32::MAX), definitions }
    }

    /// The class and its ancestors in the project, nearest first.
    pub(crate) fn with_ancestors(db: &dyn Db, project: Project, class: &ClassRef) -> Vec<Self> {
        let ancestors = types::ancestors(db, project, class.module, class.name.clone());
        ancestors.iter().filter_map(|ancestor| Written::of(db, project, &ancestor.class)).collect()
    }

    /// The class `name` in its body.
    pub(crate) fn inner(&self, name: &str) -> Option<ClassId> {
        let is_it = |(_, found): &(ClassId, &python::Class)| {
            found.scope == Scope::Class(self.id) && found.name == name
        };
        self.definitions.classes().find(is_it).map(|(id, _)| id)
    }

    /// The variables in its body, in order.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.variables_of(self.id)
    }

    /// The variables in the body of a class in its body.
    pub(crate) fn variables_of(&self, class: ClassId) -> impl Iterator<Item = &Variable> {
        self.definitions.variables.iter().filter(move |variable| variable.scope == Scope::Class(class))
    }

    /// The last variable `name` in its body.
    pub(crate) fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables().filter(|variable| variable.name == name).last()
    }

    /// The method `name` in its body.
    pub(crate) fn method(&self, name: &str) -> Option<crate::FunctionRef> {
        let is_it = |(_, found): &(python::FunctionId, &python::Function)| {
            found.scope == Scope::Class(self.id) && found.name == name
        };
        let (function, _) = self.definitions.functions().filter(is_it).last()?;
        Some(crate::FunctionRef { module: self.class.module, function })
    }

    /// What an expression of names and attributes means.
    pub(crate) fn value(&self, db: &dyn Db, project: Project, expr: ExprId) -> Value {
        value(db, project, self.class.module, &self.definitions, expr, 0)
    }

    /// The class that an expression or a string names.
    pub(crate) fn class_at(&self, db: &dyn Db, project: Project, expr: ExprId) -> Option<ClassRef> {
        let value = match &self.definitions[expr] {
            // `Nested("ItemSchema")`, with or without the module before it.
            Expr::Literal(Literal::Str(name)) => {
                let name = name.rsplit('.').next().unwrap_or_default();
                crate::types::names::at_top_level(db, project, self.class.module, name)
            }
            // `Nested(lambda: ItemSchema(only=("id",)))`
            Expr::Lambda { body, .. } => return self.class_at(db, project, *body),
            Expr::Call { callee, .. } => self.value(db, project, *callee),
            _ => self.value(db, project, expr),
        };
        match value.kind {
            Kind::Class(class) => Some(class),
            _ => None,
        }
    }
}

fn value(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    definitions: &Definitions,
    expr: ExprId,
    depth: usize,
) -> Value {
    if depth > MAX_DEPTH {
        return Value::UNKNOWN;
    }
    match &definitions[expr] {
        Expr::Name(name) => crate::types::names::at_top_level(db, project, module, name),
        Expr::Attribute { value: base, name } => {
            match value(db, project, module, definitions, *base, depth + 1).kind {
                Kind::Module(module) => crate::types::names::at_top_level(db, project, module, name),
                // An extension is an instance that provides classes: `ma = Marshmallow(app)`, `ma.Nested`.
                Kind::Foreign(full) | Kind::ForeignInstance(full) => {
                    Value::of(Kind::Foreign(format!("{full}.{name}").into()))
                }
                _ => Value::UNKNOWN,
            }
        }
        _ => Value::UNKNOWN,
    }
}

/// The arguments of a call as written.
pub(crate) struct Call<'a> {
    pub(crate) callee: ExprId,
    args: &'a [Arg],
    definitions: &'a Definitions,
}

impl<'a> Call<'a> {
    /// The call at `expr`, if it is one.
    pub(crate) fn at(definitions: &'a Definitions, expr: ExprId) -> Option<Self> {
        match &definitions[expr] {
            Expr::Call { callee, args } => Some(Self { callee: *callee, args, definitions }),
            _ => None,
        }
    }

    /// The keyword `name`.
    pub(crate) fn keyword(&self, name: &str) -> Option<ExprId> {
        self.args.iter().find_map(|arg| match arg {
            Arg::Keyword(keyword, value) if keyword == name => Some(*value),
            _ => None,
        })
    }

    /// The positional argument at `index`, or the keyword `name`.
    pub(crate) fn argument(&self, index: usize, name: &str) -> Option<ExprId> {
        let positional = self.args.iter().filter_map(|arg| match arg {
            Arg::Positional(value) => Some(*value),
            _ => None,
        });
        positional.clone().nth(index).or_else(|| self.keyword(name))
    }

    /// Whether the keyword `name` is `True`.
    pub(crate) fn is_true(&self, name: &str) -> bool {
        let value = self.keyword(name).map(|value| &self.definitions[value]);
        matches!(value, Some(Expr::Literal(Literal::Bool(true))))
    }

    /// The text of an argument.
    pub(crate) fn text(&self, index: usize, name: &str) -> Option<&'a Name> {
        text(self.definitions, self.argument(index, name)?)
    }
}

/// A string literal.
pub(crate) fn text(definitions: &Definitions, expr: ExprId) -> Option<&Name> {
    match &definitions[expr] {
        Expr::Literal(Literal::Str(text)) => Some(text),
        _ => None,
    }
}

/// The parts of a dotted path.
pub(crate) fn parts(path: &str) -> Vec<Name> {
    path.split('.').filter(|part| !part.is_empty()).map(Name::from).collect()
}
