//! The attributes that the code of a file assigns, and their receivers. Derived from a single file while its bodies are
//! available.
//!
//! The receiver's class is known only if the function itself determines it: its own instance, an annotated parameter, a
//! name bound to a construction. Otherwise only the word before the dot is recorded, which indicates how plausible a
//! match is, and nothing more.

use python::{
    Arg, Body, BodyOwner, Definitions, Expr, ExprId, FunctionId, Literal, Module, Name, Scope, Stmt,
};
use rustc_hash::FxHashMap;

/// The attributes that a file assigns.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Writes {
    /// Sorted, without duplicates.
    pub list: Box<[Write]>,
}

/// An attribute that is assigned (or deleted, or set by `setattr` with a literal name).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Write {
    /// The attribute.
    pub attribute: Name,
    /// The receiver.
    pub on: Receiver,
    /// The function that assigns it; `None` in the body of the module or of a class.
    pub function: Option<FunctionId>,
}

/// The receiver of an assignment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Receiver {
    /// The method's own instance, by the name of the class in its module.
    Own(Name),
    /// A parameter annotated with a class of this name, without its module.
    Class(Name),
    /// An instance that the function constructs, by the name of its class without the module.
    Made(Name),
    /// Something with this name: the last name before the dot.
    Called(Name),
    /// Something without a name.
    Unknown,
}

/// Represents an attribute whose name is computed.
pub const ANY: &str = "*";

/// Hand-written targets are not nested deeper than this.
const MAX_DEPTH: usize = 16;

impl Writes {
    /// Collects them from a module.
    pub(crate) fn of(module: &Module) -> Self {
        let mut list = Vec::new();
        for body in &module.bodies.list {
            let function = match body.owner {
                BodyOwner::Function(function) => Some(function),
                BodyOwner::Module | BodyOwner::Class(_) => None,
            };
            let mut found =
                Found { definitions: &module.definitions, body, function, bound: None, list: &mut list };
            found.statements();
            found.calls();
        }
        list.sort();
        list.dedup();
        Self { list: list.into() }
    }
}

/// The writes of one body.
struct Found<'a> {
    definitions: &'a Definitions,
    body: &'a Body,
    function: Option<FunctionId>,
    /// Names bound only to constructions, with the class. Computed on demand.
    bound: Option<FxHashMap<&'a Name, Option<&'a Name>>>,
    list: &'a mut Vec<Write>,
}

impl<'a> Found<'a> {
    fn statements(&mut self) {
        let body = self.body;
        for stmt in &body.stmts {
            match stmt {
                Stmt::Assign { targets, value: Some(_), .. } => {
                    targets.iter().for_each(|target| self.target(*target, 0));
                }
                Stmt::AugAssign { target, .. } | Stmt::For { target, .. } => self.target(*target, 0),
                Stmt::With { items, .. } => {
                    items.iter().filter_map(|item| item.target).for_each(|target| self.target(target, 0));
                }
                Stmt::Delete(targets) => targets.iter().for_each(|target| self.target(*target, 0)),
                _ => {}
            }
        }
    }

    /// `setattr(order, "state", ...)`; with a computed name it may be any attribute.
    fn calls(&mut self) {
        let body = self.body;
        for expr in &body.exprs.list {
            let Expr::Call { callee, args } = expr else { continue };
            let is_setter =
                matches!(&body[*callee], Expr::Name(name) if name == "setattr" || name == "delattr");
            if let (true, [Arg::Positional(on), Arg::Positional(name), ..]) = (is_setter, &args[..]) {
                match &body[*name] {
                    Expr::Literal(Literal::Str(name)) => self.add(name.clone(), *on),
                    _ => self.add(Name::new_static(ANY), *on),
                }
            }
        }
    }

    fn target(&mut self, target: ExprId, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match &self.body[target] {
            Expr::Attribute { value, name } => self.add(name.clone(), *value),
            Expr::Tuple(parts) | Expr::List(parts) => {
                parts.iter().for_each(|part| self.target(*part, depth + 1));
            }
            Expr::Starred(inner) => self.target(*inner, depth + 1),
            _ => {}
        }
    }

    fn add(&mut self, attribute: Name, on: ExprId) {
        let on = self.receiver(on);
        self.list.push(Write { attribute, on, function: self.function });
    }

    fn receiver(&mut self, on: ExprId) -> Receiver {
        match &self.body[on] {
            Expr::Name(name) => self.named(name),
            Expr::Attribute { name, .. } => Receiver::Called(name.clone()),
            Expr::Subscript { value, .. } => match self.receiver(*value) {
                Receiver::Called(name) => Receiver::Called(python::naming::singular(&name)),
                _ => Receiver::Unknown,
            },
            _ => Receiver::Unknown,
        }
    }

    fn named(&mut self, name: &'a Name) -> Receiver {
        if let Some(function) = self.function {
            let facts = &self.definitions[function];
            let index = facts.parameters.iter().position(|parameter| parameter.name == *name);
            if index == Some(0)
                && let Scope::Class(class) = facts.scope
            {
                return Receiver::Own(self.definitions[class].name.clone());
            }
            let annotation = index.and_then(|index| facts.parameters[index].annotation);
            if let Some(class) = annotation.and_then(|annotation| class_in(self.definitions, annotation, 0))
                && !self.bound().contains_key(name)
            {
                return Receiver::Class(class);
            }
        }
        match self.bound().get(name) {
            Some(Some(class)) => Receiver::Made((*class).clone()),
            _ => Receiver::Called(name.clone()),
        }
    }

    /// The class that each name of the body is bound to, if all of its bindings construct that class.
    fn bound(&mut self) -> &FxHashMap<&'a Name, Option<&'a Name>> {
        let body = self.body;
        self.bound.get_or_insert_with(|| {
            let mut bound: FxHashMap<&Name, Option<&Name>> = FxHashMap::default();
            let mut bind = |target: ExprId, class: Option<&'a Name>| {
                if let Expr::Name(name) = &body[target] {
                    bound
                        .entry(name)
                        .and_modify(|known| *known = (*known).filter(|it| Some(*it) == class))
                        .or_insert(class);
                }
            };
            for stmt in &body.stmts {
                match stmt {
                    Stmt::Assign { targets, value: Some(value), .. } => {
                        targets.iter().for_each(|target| bind(*target, constructed(body, *value)));
                    }
                    Stmt::For { target, .. } => bind(*target, None),
                    Stmt::With { items, .. } => {
                        items.iter().filter_map(|item| item.target).for_each(|target| bind(target, None));
                    }
                    _ => {}
                }
            }
            bound
        })
    }
}

/// The class that a call constructs, recognized by its capital letter.
fn constructed(body: &Body, value: ExprId) -> Option<&Name> {
    let Expr::Call { callee, .. } = &body[value] else { return None };
    let (Expr::Name(name) | Expr::Attribute { name, .. }) = &body[*callee] else { return None };
    name.starts_with(char::is_uppercase).then_some(name)
}

/// The only class that an annotation names: `Order`, `shop.Order`, `"Order"`, `Order | None`, `Optional[Order]`.
fn class_in(definitions: &Definitions, annotation: ExprId, depth: usize) -> Option<Name> {
    if depth > MAX_DEPTH {
        return None;
    }
    let last = |text: &str| Name::from(text.rsplit('.').next().unwrap_or_default());
    let says = |name: &Name| {
        let is_open = matches!(name.as_str(), "Any" | "Self" | "None") || name.len() < 2;
        (!is_open && name.starts_with(char::is_uppercase)).then(|| name.clone())
    };
    match &definitions[annotation] {
        Expr::Name(name) | Expr::Attribute { name, .. } => says(name),
        Expr::Literal(Literal::Str(text)) => text
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '_' | '.'))
            .then(|| last(text))
            .and_then(|it| says(&it)),
        Expr::Binary { op, left, right } if op == "|" => match (&definitions[*left], &definitions[*right]) {
            (_, Expr::Literal(Literal::None)) => class_in(definitions, *left, depth + 1),
            (Expr::Literal(Literal::None), _) => class_in(definitions, *right, depth + 1),
            _ => None,
        },
        Expr::Subscript { value, index } => {
            let head = definitions.exprs.dotted(*value)?;
            match head.rsplit('.').next()? {
                "Optional" => class_in(definitions, *index, depth + 1),
                "Annotated" => match &definitions[*index] {
                    Expr::Tuple(parts) => class_in(definitions, *parts.first()?, depth + 1),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writes(text: &str) -> Vec<(String, Receiver)> {
        let module = python::lower(text, &python::parse(text));
        Writes::of(&module).list.iter().map(|write| (write.attribute.to_string(), write.on.clone())).collect()
    }

    #[test]
    fn what_stands_before_the_dot_is_known_where_the_function_says_it() {
        for (text, expected) in [
            ("class A:\n    def f(self):\n        self.x = 1\n", Receiver::Own("A".into())),
            ("def f(order: Order):\n    order.x += 1\n", Receiver::Class("Order".into())),
            ("def f(order: 'shop.Order | None'):\n    order.x = 1\n", Receiver::Called("order".into())),
            ("def f(order: Order | None):\n    order.x = 1\n", Receiver::Class("Order".into())),
            ("def f():\n    it = Order()\n    it.x = 1\n", Receiver::Made("Order".into())),
            ("def f():\n    it = Order()\n    it = get()\n    it.x = 1\n", Receiver::Called("it".into())),
            ("def f(order: Any):\n    order.x = 1\n", Receiver::Called("order".into())),
            ("def f(a):\n    a.order.x = 1\n", Receiver::Called("order".into())),
            ("def f(orders):\n    orders[0].x = 1\n", Receiver::Called("order".into())),
            ("def f(orders):\n    get().x = 1\n", Receiver::Unknown),
            ("def f(order):\n    setattr(order, 'x', 1)\n", Receiver::Called("order".into())),
            ("def f(order):\n    del order.x\n", Receiver::Called("order".into())),
            ("def f(order):\n    (order.x, b) = 1, 2\n", Receiver::Called("order".into())),
        ] {
            assert_eq!(writes(text), [("x".to_owned(), expected)], "{text}");
        }
    }

    #[test]
    fn reading_and_declaring_writes_nothing() {
        assert_eq!(writes("def f(a):\n    a.x: int\n    b = a.x\n"), []);
    }

    #[test]
    fn a_computed_name_may_be_any_attribute() {
        assert_eq!(
            writes("def f(order, name):\n    setattr(order, name, 1)\n"),
            [(ANY.to_owned(), Receiver::Called("order".into()))]
        );
    }
}
