//! Values that can't smuggle in SQL: constants, numbers, names that the program itself declares, and values quoted or
//! checked before.

use std::cell::Cell;

use model::Target;
use python::{Arg, Body, BodyId, BodyOwner, Expr, ExprId, FStringPart, FunctionId, Literal, Scope, Stmt};
use view::scope::{Binding, Meaning, Names, chain};

use super::checks::{function, is_checked};
use super::enumeration::{is_in_enumeration, names_enumeration};
use super::harmless::{
    DECLARED, NUMBERS, is_declared, is_declared_by, is_harmless_type, is_input, is_quoting, is_request,
    is_upper,
};

/// Values derived in more steps than this are not followed.
const MAX_DEPTH: usize = 8;

/// A value that takes more expressions than this to follow doesn't count as constant.
const BUDGET: u32 = 2_000;

/// Whether the value of `expr` is harmless in an SQL text.
pub(super) fn is_constant(names: &Names<'_>, body: BodyId, expr: ExprId) -> bool {
    Reader { names, left: Cell::new(BUDGET) }.constant(body, expr, 0)
}

struct Reader<'a> {
    names: &'a Names<'a>,
    /// How many more expressions may be visited: names with many assignments refer to each other in many ways.
    left: Cell<u32>,
}

impl Reader<'_> {
    fn constant(&self, body: BodyId, expr: ExprId, depth: usize) -> bool {
        let left = self.left.get();
        if depth > MAX_DEPTH || left == 0 {
            return false;
        }
        self.left.set(left - 1);
        let exprs = self.names.body(body);
        let all = |ids: &[ExprId]| ids.iter().all(|id| self.constant(body, *id, depth + 1));
        match &exprs[expr] {
            Expr::Literal(_) | Expr::Compare { .. } => true,
            Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) => all(items),
            Expr::Dict(entries) => entries.iter().all(|(_, value)| self.constant(body, *value, depth + 1)),
            Expr::Unary { operand, .. } => self.constant(body, *operand, depth + 1),
            Expr::Binary { left, right, .. } | Expr::Bool { left, right, .. } => all(&[*left, *right]),
            Expr::Conditional { body: then, orelse, .. } => all(&[*then, *orelse]),
            Expr::Comprehension { element, value: None, .. } => self.constant(body, *element, depth + 1),
            Expr::FString(parts) => parts.iter().all(|part| match part {
                FStringPart::Text(_) => true,
                FStringPart::Value(value) | FStringPart::Repr(value) => {
                    self.constant(body, *value, depth + 1)
                }
            }),
            Expr::Subscript { value, .. } => self.constant(body, *value, depth + 1),
            Expr::Call { callee, args } => self.call(body, *callee, args, depth),
            Expr::Attribute { value, name } => self.attribute(body, expr, *value, name, depth),
            Expr::Name(name) => self.name(body, expr, name, depth),
            _ => false,
        }
    }

    fn call(&self, body: BodyId, callee: ExprId, args: &[Arg], depth: usize) -> bool {
        let exprs = self.names.body(body);
        let (receiver, name) = match &exprs[callee] {
            Expr::Name(name) => (None, name.as_str()),
            Expr::Attribute { value, name } => (Some(*value), name.as_str()),
            _ => return false,
        };
        if let Some(function) = function(self.names, body, callee) {
            return self.returned(function, depth);
        }
        if NUMBERS.contains(&name) || is_quoting(name) {
            return true;
        }
        let args_are = || args.iter().all(|arg| self.constant(body, arg.value(), depth + 1));
        match (receiver, name) {
            (None, "str" | "repr" | "tuple" | "list" | "set" | "sorted" | "min" | "max" | "sum" | "map") => {
                args_are()
            }
            // A method of a constant returns a constant, unless another value comes in: `TABLES.get(name, "x")` is
            // constant.
            (Some(receiver), "format" | "join") => self.constant(body, receiver, depth + 1) && args_are(),
            (Some(receiver), _) => self.constant(body, receiver, depth + 1),
            _ => false,
        }
    }

    /// Whether one part of what a function of this module returns is constant, as the text of `(text, parameters)`.
    fn unpacked(&self, body: BodyId, value: ExprId, index: usize, depth: usize) -> bool {
        let Expr::Call { callee, .. } = &self.names.body(body)[value] else { return false };
        let Some(function) = function(self.names, body, *callee) else { return false };
        let home = self.names.cx.module.definitions[function].body;
        let exprs = self.names.body(home);
        let mut returns = returned(exprs).peekable();
        returns.peek().is_some()
            && returns.all(|value| match &exprs[value] {
                Expr::Tuple(parts) => {
                    parts.get(index).is_some_and(|part| self.constant(home, *part, depth + 2))
                }
                _ => false,
            })
    }

    /// Whether a function of this module returns only constants, or values that it quoted.
    fn returned(&self, function: FunctionId, depth: usize) -> bool {
        let definition = &self.names.cx.module.definitions[function];
        let body = self.names.body(definition.body);
        let quotes = is_quoting(&definition.name) && self.quotes(definition.body);
        let mut returns = returned(body).peekable();
        quotes
            || (returns.peek().is_some()
                && returns.all(|value| self.constant(definition.body, value, depth + 2)))
    }

    /// Whether a function doubles quotes, puts them around a text, or calls a function that does.
    fn quotes(&self, id: BodyId) -> bool {
        let body = self.names.body(id);
        body.exprs.list.iter().any(|expr| match expr {
            Expr::Call { callee, args } => match &body[*callee] {
                Expr::Attribute { name, .. } if matches!(name.as_str(), "replace" | "sub") => args.iter().any(|arg| {
                    matches!(&body[arg.value()], Expr::Literal(Literal::Str(text)) if text.contains(['\'', '"', '`', '\\', '^']))
                }),
                Expr::Attribute { name, .. } => name == "translate" || is_quoting(name),
                Expr::Name(name) => is_quoting(name) && function(self.names, id, *callee).is_none(),
                _ => false,
            },
            Expr::FString(parts) => matches!(
                parts.first(),
                Some(FStringPart::Text(text)) if text.ends_with(['"', '`', '['])
            ),
            _ => false,
        })
    }

    fn attribute(&self, body: BodyId, expr: ExprId, value: ExprId, name: &str, depth: usize) -> bool {
        if self.holds_input(body, expr) {
            return false;
        }
        if is_upper(name) || DECLARED.contains(&name) || matches!(name, "id" | "pk") {
            return true;
        }
        let exprs = self.names.body(body);
        if let Some((root, attributes)) = chain(exprs, expr) {
            // The innermost attribute comes first: in `a.b.c` the receiver is `b`.
            if is_declared_by(attributes.get(1).copied().unwrap_or(root), name) {
                return true;
            }
            let through = |word: &str| attributes.contains(&word);
            if ["_meta", "__table__", "__class__", "Meta", "c"].into_iter().any(through) {
                return true;
            }
            if attributes[1..].iter().any(|attribute| is_upper(attribute)) || is_upper(root) {
                return true;
            }
            if root == "self" && matches!(name, "value" | "name") && is_in_enumeration(self.names, body) {
                return true;
            }
            if matches!(root, "self" | "cls") && attributes.len() == 1 {
                return self.class_attribute(body, name, depth);
            }
            if let Meaning::Bound(BodyId(0), _) = self.names.meaning(body, root)
                && attributes.len() == 1
                && let Some(class) =
                    self.names.cx.module.definitions.classes.iter().find(|it| it.name == root)
            {
                return self.in_class(class.body, name, depth);
            }
        }
        // An attribute of a constant: an enumeration member or its value.
        matches!(name, "value" | "name") && self.constant(body, value, depth + 1)
    }

    /// `request.GET`, `self.request.META.server`: what a client sends, though its name is that of a constant.
    fn holds_input(&self, body: BodyId, expr: ExprId) -> bool {
        let exprs = self.names.body(body);
        let mut at = expr;
        while let Expr::Attribute { value, name } = &exprs[at] {
            if is_input(name) {
                return match &exprs[*value] {
                    Expr::Attribute { name, .. } => is_request(name),
                    Expr::Name(name) => is_request(name) || self.is_parameter(body, name),
                    _ => false,
                };
            }
            at = *value;
        }
        false
    }

    /// Whether `name` is what a caller gives, the class and the instance themselves apart.
    fn is_parameter(&self, body: BodyId, name: &str) -> bool {
        !matches!(name, "self" | "cls")
            && matches!(self.names.meaning(body, name), Meaning::Bound(_, bindings)
                if bindings.iter().any(|binding| matches!(binding, Binding::Parameter(_))))
    }

    /// `self.table`, if the class body has `table = "orders"` and no method assigns it.
    fn class_attribute(&self, body: BodyId, name: &str, depth: usize) -> bool {
        let definitions = &*self.names.cx.module.definitions;
        let mut at = self.names.body(body).owner;
        for _ in 0..MAX_DEPTH {
            match at {
                BodyOwner::Module => return false,
                BodyOwner::Class(class) => {
                    let body = definitions[class].body;
                    return self.in_class(body, name, depth) && !self.is_stored(name);
                }
                BodyOwner::Function(function) => match definitions[function].scope {
                    Scope::Module => return false,
                    Scope::Class(class) => at = BodyOwner::Class(class),
                    Scope::Function(outer) => at = BodyOwner::Function(outer),
                },
            }
        }
        false
    }

    fn in_class(&self, class: BodyId, name: &str, depth: usize) -> bool {
        match self.names.meaning(class, name) {
            Meaning::Bound(home, bindings) if home == class => self.bindings(home, bindings, depth),
            _ => false,
        }
    }

    /// Whether any function of the module assigns `something.name`.
    fn is_stored(&self, name: &str) -> bool {
        self.names.bodies().any(|(_, body)| {
            body.stmts.iter().any(|stmt| {
                let Stmt::Assign { targets, .. } = stmt else { return false };
                targets.iter().any(
                    |target| matches!(&body[*target], Expr::Attribute { name: stored, .. } if stored == name),
                )
            })
        })
    }

    fn name(&self, body: BodyId, expr: ExprId, name: &str, depth: usize) -> bool {
        if is_upper(name) || is_checked(self.names, body, name, expr) {
            return true;
        }
        if let Some((iterable, index)) = self.walked(body, expr, name) {
            return self.elements(body, iterable, index, depth + 1);
        }
        match self.names.meaning(body, name) {
            Meaning::Bound(home, bindings) => self.bindings(home, bindings, depth),
            Meaning::Import(import) => match self.names.target(import) {
                Some(Target::Symbol { origin, origin_name, .. }) => {
                    let file = self.names.cx.file_of(*origin);
                    let definitions = python::query::definitions(self.names.cx.db, file);
                    is_declared(&definitions, origin_name)
                }
                _ => false,
            },
            Meaning::Free => false,
        }
    }

    /// The iterable of the comprehension around `expr` that binds `name`: the name is local there, whatever the
    /// function binds to the same name elsewhere.
    fn walked(&self, body: BodyId, expr: ExprId, name: &str) -> Option<(ExprId, Option<usize>)> {
        let exprs = self.names.body(body);
        exprs.exprs.list.iter().find_map(|outer| {
            let Expr::Comprehension { element, value, clauses, .. } = outer else { return None };
            let clause = clauses.iter().find_map(|clause| match &exprs[clause.target] {
                Expr::Name(bound) if bound == name => Some((clause.iterable, None)),
                Expr::Tuple(items) => {
                    let index = items
                        .iter()
                        .position(|item| matches!(&exprs[*item], Expr::Name(bound) if bound == name))?;
                    Some((clause.iterable, Some(index)))
                }
                _ => None,
            })?;
            let mut open = vec![*element];
            open.extend(value);
            while let Some(part) = open.pop() {
                if part == expr {
                    return Some(clause);
                }
                exprs[part].for_each_child(|child| open.push(child));
            }
            None
        })
    }

    fn bindings(&self, home: BodyId, bindings: &[Binding], depth: usize) -> bool {
        bindings.iter().all(|binding| match binding {
            Binding::Parameter(index) => self.is_harmless_parameter(home, *index, depth),
            Binding::Value(value) | Binding::Added(value) => self.constant(home, *value, depth + 1),
            Binding::Element(iterable, index) => self.elements(home, *iterable, *index, depth + 1),
            Binding::Unpacked(value, index) => self.unpacked(home, *value, *index, depth + 1),
            Binding::Managed(_) | Binding::Other => false,
        })
    }

    /// Whether the elements of `iterable` are constants.
    fn elements(&self, body: BodyId, iterable: ExprId, index: Option<usize>, depth: usize) -> bool {
        let exprs = self.names.body(body);
        if let Expr::Call { callee, args } = &exprs[iterable] {
            let first = args.first().map(Arg::value);
            match &exprs[*callee] {
                Expr::Name(name) => match (name.as_str(), index, first) {
                    ("range", ..) | ("enumerate", Some(0), _) => return true,
                    ("enumerate" | "sorted" | "reversed" | "list" | "set" | "tuple", _, Some(first)) => {
                        return self.elements(body, first, None, depth + 1);
                    }
                    ("zip", Some(index), _) => {
                        return args
                            .get(index)
                            .is_some_and(|arg| self.elements(body, arg.value(), None, depth + 1));
                    }
                    _ => {}
                },
                Expr::Attribute { value, name } if matches!(name.as_str(), "items" | "keys" | "values") => {
                    return self.constant(body, *value, depth + 1);
                }
                _ => {}
            }
        }
        depth <= MAX_DEPTH && self.constant(body, iterable, depth + 1)
    }

    /// A parameter whose annotation admits no free text.
    fn is_harmless_parameter(&self, body: BodyId, index: usize, depth: usize) -> bool {
        let BodyOwner::Function(function) = self.names.body(body).owner else { return false };
        let definitions = &*self.names.cx.module.definitions;
        let annotation = definitions[function].parameters.get(index).and_then(|it| it.annotation);
        let is_harmless = |annotation| {
            is_harmless_type(definitions, annotation, 0) || names_enumeration(self.names, annotation)
        };
        annotation.is_some_and(is_harmless) || self.is_given_constants(function, index, depth)
    }

    /// Whether the module itself calls the function, each time with a constant.
    fn is_given_constants(&self, function: FunctionId, index: usize, depth: usize) -> bool {
        if depth > MAX_DEPTH / 2 {
            return false;
        }
        let definitions = &*self.names.cx.module.definitions;
        let callee_name = &definitions[function].name;
        let parameters = &definitions[function].parameters;
        let is_bound = matches!(definitions[function].scope, Scope::Class(_))
            && parameters.first().is_some_and(|it| matches!(it.name.as_str(), "self" | "cls"));
        let Some(at) = index.checked_sub(usize::from(is_bound)) else { return false };
        let defaults_to_number = parameters[index].default.is_some_and(|default| {
            matches!(
                &definitions[default],
                Expr::Literal(Literal::Int(_) | Literal::Number(_) | Literal::Bool(_))
            )
        });
        let mut calls = 0;
        for (body, exprs) in self.names.bodies() {
            for expr in &exprs.exprs.list {
                let Expr::Call { callee, args } = expr else { continue };
                if !matches!(&exprs[*callee], Expr::Name(name) | Expr::Attribute { name, .. } if name == callee_name)
                {
                    continue;
                }
                calls += 1;
                let keyword = args.iter().find_map(|arg| match arg {
                    Arg::Keyword(name, value) if *name == parameters[index].name => Some(*value),
                    _ => None,
                });
                let given = keyword.or_else(|| match args.get(at) {
                    Some(Arg::Positional(value)) => Some(*value),
                    _ => None,
                });
                let is_constant = if let Some(given) = given {
                    self.constant(body, given, depth + 3)
                } else {
                    // A call that leaves out the argument gives the default.
                    let is_spread = |arg: &Arg| matches!(arg, Arg::Star(_) | Arg::DoubleStar(_));
                    defaults_to_number && !args.iter().any(is_spread)
                };
                if !is_constant {
                    return false;
                }
            }
        }
        calls > 0
    }
}

/// The values that a function returns.
pub(super) fn returned(body: &Body) -> impl Iterator<Item = ExprId> {
    body.stmts.iter().filter_map(|stmt| match stmt {
        Stmt::Return(Some(value)) => Some(*value),
        _ => None,
    })
}
