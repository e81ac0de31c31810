//! The meanings of names in the bodies of one module, as far as the module and its imports determine them.
//!
//! Sufficient for rules that look at one function: the values assigned to a name, and the external function that a
//! dotted name refers to. Rules that need the behaviour of callees use `flow`. A name bound in a way that can't be read
//! is [`Binding::Other`], about which nothing is reported.

use model::Target;
use python::{Body, BodyId, BodyOwner, Expr, ExprId, FunctionId, ImportId, Name, Scope, Stmt};
use rustc_hash::FxHashMap;

use crate::Context;

/// Hand-written chains are not longer than this.
const MAX_DEPTH: usize = 32;

/// How a name was bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// A parameter of the function, by its index.
    Parameter(usize),
    /// `name = value`
    Value(ExprId),
    /// `name += value`
    Added(ExprId),
    /// A target of a loop or comprehension over this; with its index if several are unpacked.
    Element(ExprId, Option<usize>),
    /// `with manager as name`
    Managed(ExprId),
    /// One of several that are unpacked from a value, by its index: `name, other = value`.
    Unpacked(ExprId, usize),
    /// Anything else: nested unpacking, `except ... as`, a nested function, a lambda's parameter.
    Other,
}

/// The meaning of a name at a place.
#[derive(Debug, Clone, Copy)]
pub enum Meaning<'n> {
    /// Bound in a body: that of the function, an enclosing one, or the module's.
    Bound(BodyId, &'n [Binding]),
    /// Imported.
    Import(ImportId),
    /// A builtin, or unresolved.
    Free,
}

/// The meanings of names in one module.
pub struct Names<'a> {
    /// The module.
    pub cx: &'a Context<'a>,
    imports: FxHashMap<&'a str, Vec<ImportId>>,
    /// By body.
    bound: Vec<FxHashMap<&'a str, Vec<Binding>>>,
}

impl<'a> Names<'a> {
    /// Reads the module that `cx` checks.
    pub fn of(cx: &'a Context<'a>) -> Self {
        let mut imports: FxHashMap<&str, Vec<ImportId>> = FxHashMap::default();
        for (id, import) in cx.module.imports.iter() {
            if let Some(name) = import.bound_name() {
                imports.entry(name).or_default().push(id);
            }
        }
        let bound = cx.module.bodies.list.iter().map(|body| bindings(cx, body)).collect();
        Self { cx, imports, bound }
    }

    /// The bodies with their ids.
    pub fn bodies(&self) -> impl Iterator<Item = (BodyId, &'a Body)> {
        let list = &self.cx.module.bodies.list;
        list.iter().enumerate().map(|(index, body)| (BodyId(index as u32), &**body))
    }

    /// A body.
    pub fn body(&self, id: BodyId) -> &'a Body {
        &self.cx.module.bodies[id]
    }

    /// The meaning of `name` in `body`.
    pub fn meaning(&self, body: BodyId, name: &str) -> Meaning<'_> {
        let mut at = body;
        for _ in 0..MAX_DEPTH {
            let own = self.body(at);
            let function = match own.owner {
                BodyOwner::Module => break,
                BodyOwner::Class(class) => {
                    // The names of a class body are visible only in that body.
                    if at == body
                        && let Some(bindings) = self.bindings(at, name)
                        && !is_of_namesake(own, bindings, name)
                    {
                        return Meaning::Bound(at, bindings);
                    }
                    at = self.around(self.cx.module.definitions[class].scope);
                    continue;
                }
                BodyOwner::Function(function) => function,
            };
            if !own.declares_global(name) {
                if let Some(bindings) = self.bindings(at, name) {
                    return Meaning::Bound(at, bindings);
                }
                if let Some(import) = self.import(name, Some(function)) {
                    return Meaning::Import(import);
                }
            }
            at = self.around(self.cx.module.definitions[function].scope);
        }
        if let Some(import) = self.import(name, None) {
            return Meaning::Import(import);
        }
        match self.bindings(BodyId(0), name) {
            Some(bindings) => Meaning::Bound(BodyId(0), bindings),
            None => Meaning::Free,
        }
    }

    /// The full name outside the project of an expression that starts at an imported name or a builtin:
    /// `sqlalchemy.text`, `time.sleep`, `builtins.open`.
    pub fn outside(&self, body: BodyId, expr: ExprId) -> Option<String> {
        let (root, attributes) = chain(self.body(body), expr)?;
        let start = match self.meaning(body, root) {
            Meaning::Import(import) => self.outside_import(import)?,
            Meaning::Free => format!("builtins.{root}"),
            Meaning::Bound(..) => return None,
        };
        Some(attributes.iter().rev().fold(start, |name, attribute| name + "." + attribute))
    }

    /// The full name outside the project of what an import binds.
    pub fn outside_import(&self, import: ImportId) -> Option<String> {
        let view = self.cx.import(import)?;
        let full = view.resolved.outside()?;
        Some(if view.import.binds_first() { full.split('.').next()?.to_owned() } else { full.to_string() })
    }

    /// The target of an import.
    pub fn target(&self, import: ImportId) -> Option<&Target> {
        self.cx.resolved.get(import.0 as usize).map(|resolved| &resolved.target)
    }

    /// The position of an expression.
    pub fn span(&self, body: BodyId, expr: ExprId) -> source::Span {
        self.cx.module.spans.expr(body, expr)
    }

    fn bindings(&self, body: BodyId, name: &str) -> Option<&[Binding]> {
        self.bound.get(body.0 as usize)?.get(name).map(Vec::as_slice)
    }

    /// The import that binds `name` in `function`, or at module level.
    fn import(&self, name: &str, function: Option<FunctionId>) -> Option<ImportId> {
        let ids = self.imports.get(name)?;
        ids.iter().copied().find(|id| self.cx.module.imports[*id].context.function == function)
    }

    fn around(&self, scope: Scope) -> BodyId {
        match scope {
            Scope::Module => BodyId(0),
            Scope::Class(class) => self.cx.module.definitions[class].body,
            Scope::Function(function) => self.cx.module.definitions[function].body,
        }
    }
}

/// `redis = redis.Redis()`: the class body reads the name of the module around it before it binds its own.
fn is_of_namesake(body: &Body, bindings: &[Binding], name: &str) -> bool {
    let [Binding::Value(value)] = bindings else { return false };
    let callee = match &body[*value] {
        Expr::Call { callee, .. } => *callee,
        _ => *value,
    };
    chain(body, callee).is_some_and(|(root, _)| root == name)
}

/// Splits `a.b.c` into its first name and the attributes, with the last attribute first.
pub fn chain(body: &Body, expr: ExprId) -> Option<(&str, Vec<&str>)> {
    let mut attributes: Vec<&str> = Vec::new();
    let mut at = expr;
    for _ in 0..MAX_DEPTH {
        match &body[at] {
            Expr::Name(name) => return Some((name, attributes)),
            Expr::Attribute { value, name } => {
                attributes.push(name);
                at = *value;
            }
            _ => return None,
        }
    }
    None
}

/// `x` of `self.x`.
pub fn of_self(body: &Body, expr: ExprId) -> Option<&Name> {
    let Expr::Attribute { value, name } = &body[expr] else { return None };
    matches!(&body[*value], Expr::Name(receiver) if receiver == "self").then_some(name)
}

fn bindings<'a>(cx: &'a Context<'a>, body: &'a Body) -> FxHashMap<&'a str, Vec<Binding>> {
    let mut found = Found { body, names: FxHashMap::default() };
    if let BodyOwner::Function(function) = body.owner {
        for (index, parameter) in cx.module.definitions[function].parameters.iter().enumerate() {
            found.add(&parameter.name, Binding::Parameter(index));
        }
    }
    // Children precede parents in the list of statements, which is irrelevant here: only the bindings matter.
    for stmt in &body.stmts {
        match stmt {
            Stmt::Assign { targets, value: Some(value), .. } => {
                for target in targets {
                    found.target(*target, &Binding::Value(*value), 0);
                }
            }
            Stmt::AugAssign { target, op, value } => {
                let binding = if op == "+" { Binding::Added(*value) } else { Binding::Other };
                found.target(*target, &binding, 0);
            }
            Stmt::For { target, iterable, .. } => {
                found.target(*target, &Binding::Element(*iterable, None), 0);
            }
            Stmt::With { items, .. } => {
                for item in items {
                    if let Some(target) = item.target {
                        found.target(target, &Binding::Managed(item.manager), 0);
                    }
                }
            }
            Stmt::Try { handlers, .. } => {
                for name in handlers.iter().filter_map(|handler| handler.name.as_deref()) {
                    found.add(name, Binding::Other);
                }
            }
            Stmt::Match { cases, .. } => {
                for name in cases.iter().flat_map(|case| &case.pattern.bindings) {
                    found.add(name, Binding::Other);
                }
            }
            Stmt::Function(id) => found.add(&cx.module.definitions[*id].name, Binding::Other),
            Stmt::Class(id) => found.add(&cx.module.definitions[*id].name, Binding::Other),
            _ => {}
        }
    }
    for expr in &body.exprs.list {
        match expr {
            Expr::Comprehension { clauses, .. } => {
                for clause in clauses {
                    found.target(clause.target, &Binding::Element(clause.iterable, None), 0);
                }
            }
            Expr::Walrus { target, value } => found.add(target, Binding::Value(*value)),
            Expr::Lambda { parameters, .. } => {
                for name in parameters {
                    found.add(name, Binding::Other);
                }
            }
            _ => {}
        }
    }
    found.names
}

struct Found<'a> {
    body: &'a Body,
    names: FxHashMap<&'a str, Vec<Binding>>,
}

impl<'a> Found<'a> {
    fn add(&mut self, name: &'a str, binding: Binding) {
        self.names.entry(name).or_default().push(binding);
    }

    fn target(&mut self, target: ExprId, binding: &Binding, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match &self.body[target] {
            Expr::Name(name) => self.add(name, *binding),
            Expr::Tuple(parts) | Expr::List(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    let part_binding = match binding {
                        Binding::Element(iterable, None) => Binding::Element(*iterable, Some(index)),
                        // `a, b = 1, 2` is equivalent to two assignments.
                        Binding::Value(value) => match &self.body[*value] {
                            Expr::Tuple(values) if values.len() == parts.len() => {
                                Binding::Value(values[index])
                            }
                            // What follows a star has another index.
                            _ if parts[..index]
                                .iter()
                                .all(|it| !matches!(self.body[*it], Expr::Starred(_))) =>
                            {
                                Binding::Unpacked(*value, index)
                            }
                            _ => Binding::Other,
                        },
                        _ => Binding::Other,
                    };
                    self.target(*part, &part_binding, depth + 1);
                }
            }
            Expr::Starred(value) => self.target(*value, &Binding::Other, depth + 1),
            _ => {}
        }
    }
}
