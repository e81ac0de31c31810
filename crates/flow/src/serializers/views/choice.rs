//! The serializers that may render what a view answers with.

use model::{ClassRef, Project};
use python::{Body, Expr, ExprId, Literal, Name, Stmt, StmtId};

use super::super::written::Written;
use super::super::{Library, library_of};
use super::asked::{Asked, class_of};
use crate::{Db, Kind};

/// The attribute that holds the serializer, unless a method returns it.
const ATTRIBUTE: &str = "serializer_class";
/// The method that returns the serializer.
const METHOD: &str = "get_serializer_class";
/// Blocks and expressions are followed to this depth.
const MAX_DEPTH: usize = 32;
/// The methods of requests that only read.
const SAFE: &[&str] = &["GET", "HEAD", "OPTIONS"];
/// The maximum number of serializers of one view.
const MAX_CHOICES: usize = 4;

/// The serializers of a view for what it is asked; the view's own class comes first in `classes`.
pub(super) fn serializers(
    db: &dyn Db,
    project: Project,
    classes: &[Written],
    asked: &Asked,
) -> Vec<ClassRef> {
    let mut reader = Reader { db, project, classes, asked, out: Vec::new() };
    reader.method_from(0);
    if reader.out.is_empty() {
        // The method can't be read; usually it returns the attribute.
        return reader.attribute().into_iter().collect();
    }
    reader.out.truncate(MAX_CHOICES);
    reader.out
}

struct Reader<'a> {
    db: &'a dyn Db,
    project: Project,
    classes: &'a [Written],
    asked: &'a Asked,
    out: Vec<ClassRef>,
}

impl Reader<'_> {
    /// Collects what the method returns in the first class from `index` on that defines it.
    fn method_from(&mut self, index: usize) {
        let found = self.classes.iter().enumerate().skip(index);
        let mut found = found.filter_map(|(index, class)| Some((index, class.method(METHOD)?)));
        let Some((index, function)) = found.next() else {
            if let Some(class) = self.attribute() {
                self.add(class);
            }
            return;
        };
        let class = &self.classes[index];
        let file = model::query::file_of(self.db, self.project, class.class.module);
        let id = class.definitions[function.function].body;
        let Some(body) = python::query::body(self.db, file, id) else { return };
        self.block(&body, &body.root.clone(), index, 0);
    }

    fn add(&mut self, class: ClassRef) {
        let is_serializer = library_of(self.db, self.project, &class) == Some(Library::RestFramework);
        if is_serializer && !self.out.contains(&class) {
            self.out.push(class);
        }
    }

    /// The class in the attribute.
    fn attribute(&self) -> Option<ClassRef> {
        class_of(self.db, self.project, self.classes, self.asked, ATTRIBUTE)
    }

    /// Evaluates a block for the request. Returns whether it certainly returns.
    fn block(&mut self, body: &Body, block: &[StmtId], class: usize, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        for stmt in block {
            match &body[*stmt] {
                Stmt::Return(Some(value)) => {
                    self.value(body, *value, class, depth + 1);
                    return true;
                }
                Stmt::Return(None) | Stmt::Raise { .. } => return true,
                Stmt::If { test, body: then, orelse } => {
                    let holds =
                        holds_for(self.asked, body, *test, 0).or_else(|| self.lists_action(body, *test));
                    let returns = match holds {
                        Some(true) => self.block(body, then, class, depth + 1),
                        Some(false) => self.block(body, orelse, class, depth + 1),
                        None => {
                            let then = self.block(body, then, class, depth + 1);
                            self.block(body, orelse, class, depth + 1) && then
                        }
                    };
                    if returns {
                        return true;
                    }
                }
                Stmt::With { body: inner, .. } if self.block(body, inner, class, depth + 1) => return true,
                Stmt::Try { body: inner, handlers, .. } => {
                    let known = self.out.len();
                    let returns = self.block(body, inner, class, depth + 1);
                    let gives = self.out.len() > known || handlers.is_empty();
                    // A table without the action raises.
                    let mut raised = handlers.iter().filter(|_| returns && !gives);
                    if (returns && gives) || raised.any(|it| self.block(body, &it.body, class, depth + 1)) {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// Whether `self.action in self.serializers` holds for the request; `None` if a condition asks something else.
    fn lists_action(&self, body: &Body, test: ExprId) -> Option<bool> {
        let Expr::Compare { first, rest } = &body[test] else { return None };
        let [(op, table)] = &**rest else { return None };
        let table = match &body[*table] {
            Expr::Call { callee, args } if args.is_empty() => match &body[*callee] {
                Expr::Attribute { value, name } if name == "keys" => *value,
                _ => return None,
            },
            _ => *table,
        };
        let Expr::Attribute { name, .. } = &body[table] else { return None };
        if now(self.asked, body, *first) != Some(&self.asked.action)
            || !self.classes.iter().any(|it| it.variable(name).is_some())
        {
            return None;
        }
        let is_listed = self.of_table(name).is_some();
        match op.as_str() {
            "in" => Some(is_listed),
            "not in" => Some(!is_listed),
            _ => None,
        }
    }

    /// The class for the action in the table that a class keeps under this name.
    fn of_table(&self, name: &str) -> Option<ClassRef> {
        for class in self.classes {
            let Some(value) = class.variable(name).and_then(|variable| variable.value) else { continue };
            let Expr::Dict(entries) = &class.definitions[value] else { continue };
            let found = entries.iter().find_map(|(key, value)| {
                let action = super::super::written::text(&class.definitions, (*key)?)?;
                (*action == self.asked.action).then(|| class.class_at(self.db, self.project, *value))?
            });
            // `{**Base.serializers, "retrieve": OrderDetail}`
            if found.is_some() || !entries.iter().any(|(key, _)| key.is_none()) {
                return found;
            }
        }
        None
    }

    /// Collects what an expression gives for the request. Returns whether it gives something.
    fn value(&mut self, body: &Body, value: ExprId, class: usize, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        let known = self.out.len();
        match &body[value] {
            Expr::Name(name) => {
                let module = self.classes[class].class.module;
                let held = crate::types::names::at_top_level(self.db, self.project, module, name).kind;
                match (body.assigned_once(name), held) {
                    (Some(value), _) => return self.value(body, value, class, depth + 1),
                    (None, Kind::Class(class)) => self.add(class),
                    _ => {}
                }
            }
            // `self.serializers.get(self.action) or self.serializer_class`
            Expr::Bool { is_and: false, left, right } => {
                return self.value(body, *left, class, depth + 1)
                    || self.value(body, *right, class, depth + 1);
            }
            Expr::Attribute { name, .. } if name == ATTRIBUTE => {
                if let Some(class) = self.attribute() {
                    self.add(class);
                }
            }
            Expr::Attribute { value: module, name } => {
                let own = self.classes[class].class.module;
                let module = match &body[*module] {
                    Expr::Name(module) => {
                        crate::types::names::at_top_level(self.db, self.project, own, module).kind
                    }
                    _ => Kind::Unknown,
                };
                if let Kind::Module(module) = module
                    && let Kind::Class(class) =
                        crate::types::names::at_top_level(self.db, self.project, module, name).kind
                {
                    self.add(class);
                }
            }
            Expr::Call { callee, args } => match &body[*callee] {
                // `super().get_serializer_class()`
                Expr::Attribute { name, .. } if name == METHOD => self.method_from(class + 1),
                // `self.serializers.get(self.action, self.serializer_class)`
                Expr::Attribute { value: table, name } if name == "get" => {
                    let is_found = self.table(body, *table, class, depth);
                    return is_found
                        || args.get(1).is_some_and(|it| self.value(body, it.value(), class, depth + 1));
                }
                _ => {}
            },
            // `self.serializers[self.action]`
            Expr::Subscript { value: table, .. } => return self.table(body, *table, class, depth),
            Expr::Conditional { test, body: then, orelse } => {
                let holds = holds_for(self.asked, body, *test, 0);
                if holds != Some(false) {
                    self.value(body, *then, class, depth + 1);
                }
                if holds != Some(true) {
                    self.value(body, *orelse, class, depth + 1);
                }
            }
            _ => {}
        }
        self.out.len() > known
    }

    /// The entry for the action in a table in the class body: `serializers = {"list": OrderSerializer}`.
    fn table(&mut self, body: &Body, table: ExprId, class: usize, depth: usize) -> bool {
        let written = match &body[table] {
            Expr::Dict(entries) => Some(&**entries),
            Expr::Name(name) => dictionary(body, name),
            _ => None,
        };
        if let Some(entries) = written {
            let is_action = |key: &Option<ExprId>| {
                key.is_some_and(|key| text(body, key).is_some_and(|key| *key == self.asked.action))
            };
            let entry = entries.iter().find(|(key, _)| is_action(key));
            if let Some((_, value)) = entry {
                self.value(body, *value, class, depth + 1);
            }
            return entry.is_some();
        }
        let Expr::Attribute { name, .. } = &body[table] else { return false };
        let found = self.of_table(name);
        let is_found = found.is_some();
        if let Some(class) = found {
            self.add(class);
        }
        is_found
    }
}

/// The dictionary literal that a body assigns to a name, if there is only one.
fn dictionary<'b>(body: &'b Body, name: &Name) -> Option<&'b [(Option<ExprId>, ExprId)]> {
    match &body[body.assigned_once(name)?] {
        Expr::Dict(entries) => Some(entries),
        _ => None,
    }
}

/// Whether a condition on the action or the request method holds for a list request; `None` if it concerns something
/// else.
pub(crate) fn holds_for_list(body: &Body, test: ExprId, depth: usize) -> Option<bool> {
    holds_for(&Asked::list(), body, test, depth)
}

/// The same for any request.
fn holds_for(asked: &Asked, body: &Body, test: ExprId, depth: usize) -> Option<bool> {
    if depth > MAX_DEPTH {
        return None;
    }
    match &body[test] {
        // `self.detail`
        Expr::Attribute { value, name } if name == "detail" => {
            matches!(&body[*value], Expr::Name(holder) if holder == "self").then_some(asked.is_detail)
        }
        Expr::Unary { op, operand } if op == "not" => {
            holds_for(asked, body, *operand, depth + 1).map(|holds| !holds)
        }
        Expr::Bool { is_and, left, right } => {
            let (left, right) =
                (holds_for(asked, body, *left, depth + 1), holds_for(asked, body, *right, depth + 1));
            match (is_and, left, right) {
                (true, Some(false), _) | (true, _, Some(false)) => Some(false),
                (false, Some(true), _) | (false, _, Some(true)) => Some(true),
                (_, Some(left), Some(right)) => Some(if *is_and { left && right } else { left || right }),
                _ => None,
            }
        }
        Expr::Compare { first, rest } => {
            let [(op, right)] = &**rest else { return None };
            let now = now(asked, body, *first)?;
            let is_read = SAFE.contains(&now.as_str());
            let holds = match op.as_str() {
                "==" | "!=" => text(body, *right)? == now,
                "in" | "not in" => match &body[*right] {
                    Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) => {
                        let texts: Option<Vec<&Name>> = items.iter().map(|item| text(body, *item)).collect();
                        texts?.contains(&now)
                    }
                    Expr::Name(name) | Expr::Attribute { name, .. } if name == "SAFE_METHODS" => is_read,
                    _ => return None,
                },
                _ => return None,
            };
            Some(if matches!(op.as_str(), "!=" | "not in") { !holds } else { holds })
        }
        _ => None,
    }
}

/// Whether a condition on the request's method holds for a request that reads (`request.method == "GET"`); `None` if it
/// concerns something else.
pub(crate) fn holds_for_reading(body: &Body, test: ExprId) -> Option<bool> {
    asks_method(body, test, 0).then(|| holds_for_list(body, test, 0)).flatten()
}

/// Whether the request's method is part of a condition, and the action of a viewset isn't.
fn asks_method(body: &Body, test: ExprId, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match &body[test] {
        Expr::Unary { op, operand } if op == "not" => asks_method(body, *operand, depth + 1),
        Expr::Bool { left, right, .. } => {
            [left, right].iter().any(|side| asks_method(body, **side, depth + 1))
        }
        Expr::Compare { first, rest } => {
            let is_method = matches!(&body[*first], Expr::Attribute { name, .. } if name == "method");
            let [(_, right)] = &**rest else { return false };
            let are_methods = match &body[*right] {
                Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) => {
                    items.iter().all(|item| http_method(body, *item).is_some())
                }
                Expr::Name(name) | Expr::Attribute { name, .. } => name == "SAFE_METHODS",
                _ => http_method(body, *right).is_some(),
            };
            is_method && are_methods
        }
        _ => false,
    }
}

/// A literal that is the name of an HTTP method.
pub(crate) fn http_method(body: &Body, expr: ExprId) -> Option<&Name> {
    const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    text(body, expr).filter(|text| METHODS.contains(&text.as_str()))
}

/// The values of `self.action` and `self.request.method` for a request.
fn now<'a>(asked: &'a Asked, body: &Body, expr: ExprId) -> Option<&'a Name> {
    match &body[expr] {
        Expr::Attribute { name, .. } if name == "action" => Some(&asked.action),
        Expr::Attribute { name, .. } if name == "method" => Some(&asked.method),
        Expr::Call { args, .. } => match args.get(1).map(|arg| &body[arg.value()]) {
            Some(Expr::Literal(Literal::Str(name))) if name == "action" => Some(&asked.action),
            _ => None,
        },
        _ => None,
    }
}

fn text(body: &Body, expr: ExprId) -> Option<&Name> {
    match &body[expr] {
        Expr::Literal(Literal::Str(text)) => Some(text),
        _ => None,
    }
}
