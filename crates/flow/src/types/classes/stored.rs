//! The values that `__init__` and similar methods assign on `self`, derived from simple expressions in their bodies.

use std::cell::RefCell;

use model::{ClassRef, Project};
use python::{Arg, Body, Expr, ExprId, FunctionId, Name, ParameterKind, Stmt, StmtId};
use rustc_hash::FxHashMap;

use super::{MethodKind, lookup};
use crate::query::types as queries;
use crate::types::annotation::{self, Parameter};
use crate::types::names::{self, Evaluator, Locals};
use crate::{Db, FunctionRef, Kind, Value};

/// Blocks nested deeper than this are not read.
const MAX_DEPTH: usize = 16;
/// Statements beyond this number are not read.
const MAX_STATEMENTS: usize = 400;

/// The effect of a class's initializing methods.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Sorted by name.
    attributes: Box<[(Name, Source)]>,
    /// The arguments that `__init__` passes to the base's `__init__`.
    pub(super) passed: Option<Passed>,
}

/// The source of an assigned value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A known value.
    Known(Value),
    /// A parameter, passed through unchanged.
    Parameter(FunctionRef, u16),
}

/// Arguments of `super().__init__(...)`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Passed {
    positional: Vec<Source>,
    keywords: Vec<(Name, Source)>,
}

impl Passed {
    /// The argument passed to the parameter at `index` (counting `self`) with the name `name`.
    pub(super) fn get(&self, index: usize, name: &str) -> Option<&Source> {
        let keyword = self.keywords.iter().find(|(keyword, _)| keyword == name).map(|(_, source)| source);
        keyword.or_else(|| self.positional.get(index.checked_sub(1)?))
    }
}

impl Stored {
    /// The value assigned to `name`.
    pub(super) fn get(&self, name: &str) -> Option<&Source> {
        let index = self.attributes.binary_search_by(|(candidate, _)| candidate.as_str().cmp(name)).ok()?;
        Some(&self.attributes[index].1)
    }
}

/// Collects what the initializing methods of a class assign.
pub(crate) fn stored(db: &dyn Db, project: Project, class: &ClassRef) -> Stored {
    let file = model::query::file_of(db, project, class.module);
    let classes = queries::classes(db, file);
    let functions = classes.get(&class.name).map(|own| own.initializers().collect()).unwrap_or_default();
    read(db, project, class, functions)
}

/// Collects what one method assigns.
pub(crate) fn stored_by(db: &dyn Db, project: Project, function: FunctionRef) -> Stored {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    match annotation::own_class(&definitions, function) {
        Some(class) => read(db, project, &class, vec![function.function]),
        None => Stored::default(),
    }
}

fn read(db: &dyn Db, project: Project, class: &ClassRef, functions: Vec<FunctionId>) -> Stored {
    let file = model::query::file_of(db, project, class.module);
    let definitions = python::query::definitions(db, file);
    let attributes: RefCell<FxHashMap<Name, Source>> = RefCell::default();
    let mut passed = None;
    for id in functions {
        let Some(body) = python::query::body(db, file, definitions[id].body) else { continue };
        let mut reader = Reader {
            db,
            project,
            class,
            function: FunctionRef { module: class.module, function: id },
            parameters: &definitions[id].parameters,
            body: &body,
            locals: RefCell::default(),
            attributes: &attributes,
            passed: None,
            left: MAX_STATEMENTS,
        };
        reader.block(&body.root, 0);
        if definitions[id].name == "__init__" {
            passed = reader.passed;
        }
    }
    let mut attributes: Vec<(Name, Source)> = attributes.into_inner().into_iter().collect();
    attributes.sort_by(|(left, _), (right, _)| left.cmp(right));
    Stored { attributes: attributes.into(), passed }
}

struct Reader<'a> {
    db: &'a dyn Db,
    project: Project,
    class: &'a ClassRef,
    function: FunctionRef,
    parameters: &'a [python::Parameter],
    body: &'a Body,
    locals: RefCell<FxHashMap<Name, Source>>,
    attributes: &'a RefCell<FxHashMap<Name, Source>>,
    passed: Option<Passed>,
    left: usize,
}

impl Reader<'_> {
    fn block(&mut self, stmts: &[StmtId], depth: usize) {
        if depth == MAX_DEPTH {
            return;
        }
        for stmt in stmts {
            let Some(left) = self.left.checked_sub(1) else { return };
            self.left = left;
            match &self.body[*stmt] {
                Stmt::Assign { targets, annotation, value } => self.assign(targets, *annotation, *value),
                Stmt::Expr(expr) => self.expression(*expr),
                Stmt::If { body, orelse, .. } => {
                    self.block(body, depth + 1);
                    self.block(orelse, depth + 1);
                }
                Stmt::Try { body, handlers, orelse, finally } => {
                    self.block(body, depth + 1);
                    for handler in handlers {
                        self.block(&handler.body, depth + 1);
                    }
                    self.block(orelse, depth + 1);
                    self.block(finally, depth + 1);
                }
                Stmt::With { items, body, .. } => {
                    for item in items {
                        if let Some(target) = item.target {
                            let source = self.source(item.manager);
                            self.bind(target, source);
                        }
                    }
                    self.block(body, depth + 1);
                }
                Stmt::Import(ids) => ids.iter().for_each(|id| self.import(*id)),
                _ => {}
            }
        }
    }

    fn import(&self, id: python::ImportId) {
        let file = model::query::file_of(self.db, self.project, self.class.module);
        let imports = python::query::imports(self.db, file);
        if let Some(name) = imports.list.get(id.0 as usize).and_then(python::Import::bound_name) {
            let value = names::imported(self.db, self.project, self.class.module, id);
            self.locals.borrow_mut().insert(name.into(), Source::Known(value));
        }
    }

    fn assign(&mut self, targets: &[ExprId], annotation: Option<ExprId>, value: Option<ExprId>) {
        let module = self.class.module;
        let annotated = annotation
            .map(|expr| annotation::value(self.db, self.project, module, &self.body.exprs, expr))
            .filter(|value| !value.is_unknown());
        // `self.orders, self.items = orders, items`
        if let ([target], Some(value)) = (targets, value)
            && let (Expr::Tuple(targets), Expr::Tuple(values)) = (&self.body[*target], &self.body[value])
            && targets.len() == values.len()
        {
            let sources: Vec<Source> = values.iter().map(|value| self.source(*value)).collect();
            for (target, source) in targets.iter().zip(sources) {
                self.bind(*target, source);
            }
            return;
        }
        let source = match (annotated, value) {
            (Some(value), _) => Source::Known(value),
            (None, Some(value)) => self.source(value),
            (None, None) => return,
        };
        for target in targets {
            self.bind(*target, source.clone());
        }
    }

    fn bind(&mut self, target: ExprId, source: Source) {
        match &self.body[target] {
            Expr::Name(name) => {
                self.locals.borrow_mut().insert(name.clone(), source);
            }
            Expr::Attribute { value, name } if self.is_self(*value) => {
                let mut attributes = self.attributes.borrow_mut();
                let is_poor = |known: &Source| {
                    matches!(known, Source::Known(Value { kind: Kind::Unknown | Kind::None, .. }))
                };
                match attributes.get(name) {
                    Some(known) if !is_poor(known) => {}
                    _ => {
                        attributes.insert(name.clone(), source);
                    }
                }
            }
            _ => {}
        }
    }

    fn is_self(&self, expr: ExprId) -> bool {
        let Expr::Name(name) = &self.body[expr] else { return false };
        self.parameters.first().is_some_and(|first| first.name == *name)
    }

    /// `super().__init__(...)`, `Base.__init__(self, ...)`
    fn expression(&mut self, expr: ExprId) {
        let expr = match &self.body[expr] {
            Expr::Await(inner) => *inner,
            _ => expr,
        };
        let Expr::Call { callee, args } = &self.body[expr] else { return };
        let Expr::Attribute { value, name } = &self.body[*callee] else { return };
        if name != "__init__" {
            return;
        }
        let skip = match &self.body[*value] {
            Expr::Call { callee, .. } if matches!(&self.body[*callee], Expr::Name(name) if name == "super") => {
                0
            }
            Expr::Name(_) | Expr::Attribute { .. } => 1,
            _ => return,
        };
        let mut passed = Passed::default();
        let mut is_plain = true;
        for arg in args.iter().skip(skip) {
            match arg {
                Arg::Positional(value) if is_plain => passed.positional.push(self.source(*value)),
                Arg::Keyword(name, value) => passed.keywords.push((name.clone(), self.source(*value))),
                _ => is_plain = false,
            }
        }
        self.passed.get_or_insert(passed);
    }

    /// The source of an expression's value.
    fn source(&self, expr: ExprId) -> Source {
        match &self.body[expr] {
            Expr::Name(name) => {
                if let Some(source) = self.locals.borrow().get(name) {
                    return source.clone();
                }
                if let Some(index) = self.parameter(name) {
                    return Source::Parameter(self.function, index);
                }
            }
            // Filled later with unknown elements.
            Expr::List(_) | Expr::Set(_) | Expr::Comprehension { .. } => {
                return Source::Known(Value::UNKNOWN.many());
            }
            Expr::Dict(items) if items.is_empty() => {
                return Source::Known(Value::of(Kind::Mapping(Value::UNKNOWN.into())));
            }
            // `session or Session()`: the injected value is the more informative one.
            Expr::Bool { is_and: false, left, right } => {
                return match self.source(*left) {
                    source if self.is_rich(&source) => source,
                    poor => match self.source(*right) {
                        source if self.is_rich(&source) => source,
                        _ => poor,
                    },
                };
            }
            Expr::Conditional { body, orelse, .. } => {
                return match self.source(*body) {
                    source if self.is_rich(&source) => source,
                    _ => self.source(*orelse),
                };
            }
            _ => {}
        }
        let evaluator = Evaluator::new(self.db, self.project, self.class.module, &self.body.exprs);
        Source::Known(match evaluator.with_locals(self).value(expr) {
            // A literal's text doesn't determine values assigned later.
            Value { kind: Kind::Text(_), .. } => Value::of(Kind::Plain),
            value => value,
        })
    }

    fn is_rich(&self, source: &Source) -> bool {
        !matches!(self.known(source).kind, Kind::Unknown | Kind::None)
    }

    fn parameter(&self, name: &str) -> Option<u16> {
        let index = self.parameters.iter().position(|parameter| parameter.name == name)?;
        let is_one =
            !matches!(self.parameters[index].kind, ParameterKind::Args | ParameterKind::Kwargs) && index > 0;
        is_one.then_some(index as u16)
    }

    fn known(&self, source: &Source) -> Value {
        match source {
            Source::Known(value) => value.clone(),
            Source::Parameter(function, index) => {
                match annotation::parameter(self.db, self.project, *function, usize::from(*index)) {
                    Parameter::Known(value) => value,
                    Parameter::Provider(_) | Parameter::Unknown => Value::UNKNOWN,
                }
            }
        }
    }
}

impl Locals for Reader<'_> {
    fn name(&self, name: &str) -> Option<Value> {
        if let Some(source) = self.locals.borrow().get(name).cloned() {
            return Some(self.known(&source));
        }
        let index = self.parameters.iter().position(|parameter| parameter.name == name)?;
        Some(self.known(&Source::Parameter(self.function, index as u16)))
    }

    /// `self.session`: the value assigned before, in this method or in an earlier one.
    fn attribute(&self, of: &str, name: &str) -> Option<Value> {
        let Self { db, project, class, .. } = *self;
        if self.parameters.first().is_none_or(|first| first.name != of) {
            return None;
        }
        if let Some(source) = self.attributes.borrow().get(name).cloned() {
            return Some(self.known(&source));
        }
        if let Some((function, kind)) = lookup::method_of(db, project, class, name) {
            let receiver = Value::of(Kind::Instance(class.clone(), [].into()));
            let method = Value::of(Kind::Method(receiver.into(), function));
            let is_property = kind == MethodKind::Property;
            return Some(if is_property { super::called(db, project, &method) } else { method });
        }
        Some(lookup::before(db, project, class, name).unwrap_or_default())
    }
}
