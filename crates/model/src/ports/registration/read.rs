//! Reads the registrations of one file.

use python::{
    Arg, Body, BodyOwner, Class, Definitions, Expr, ExprArena, ExprId, FunctionId, Module, Name, Scope, Stmt,
};
use rustc_hash::FxHashMap;

use super::{Argument, Registration, Registrations, Taker};

/// Nested expressions are searched to this depth.
const MAX_DEPTH: usize = 8;

/// Methods that bind an interface to a class: `container.bind(Orders, SqlOrders)`. Sorted.
const BINDERS: &[&str] = &[
    "add",
    "add_instance",
    "add_scoped",
    "add_singleton",
    "add_transient",
    "alias",
    "bind",
    "bind_to_constructor",
    "bind_to_instance",
    "bind_to_provider",
    "define",
    "override",
    "provide",
    "register",
    "register_factory",
    "register_instance",
    "register_scoped",
    "register_singleton",
    "register_transient",
    "register_type",
    "register_value",
    "scoped",
    "set",
    "singleton",
    "transient",
];
/// Their keywords for the interface.
const PORTS: &[&str] = &["interface", "provides", "as_type", "service_type", "abstract"];
/// Their keywords for the implementation.
const MAKERS: &[&str] =
    &["to", "instance", "factory", "implementation", "concrete", "impl", "source", "concrete_type"];
/// Calls that wrap the class whose instance they provide: `providers.Singleton(SqlOrders)`. Sorted.
const WRAPPERS: &[&str] = &[
    "AnyOf",
    "Callable",
    "CallableProvider",
    "ClassProvider",
    "ContextLocalResource",
    "ContextLocalSingleton",
    "Coroutine",
    "DelegatedFactory",
    "DelegatedSingleton",
    "Factory",
    "InstanceProvider",
    "Object",
    "Provide",
    "Resource",
    "Scoped",
    "Singleton",
    "ThreadLocalSingleton",
    "ThreadSafeSingleton",
    "Transient",
    "WithParents",
    "cast",
    "partial",
];

impl Registrations {
    /// Collects them from a module.
    pub fn of(module: &Module) -> Self {
        let mut list = Vec::new();
        for class in &module.definitions.classes {
            decorated(&module.definitions, class, &mut list);
        }
        for body in &module.bodies.list {
            Reader::new(&module.definitions, body).read(&mut list);
        }
        list.sort();
        list.dedup();
        Self { list: list.into() }
    }
}

/// `@Orders.register`, `@implementer(Orders)`, `@service(as_type=Orders)` on a class.
fn decorated(definitions: &Definitions, class: &Class, out: &mut Vec<Registration>) {
    let exprs = &definitions.exprs;
    let mut bind = |port: ExprId| {
        if let Some(port) = named(exprs, port) {
            out.push(Registration::Bound { port, what: class.name.clone() });
        }
    };
    for decorator in &class.decorators {
        match &definitions[*decorator] {
            Expr::Attribute { value, name } if name == "register" => bind(*value),
            Expr::Call { callee, args } => {
                let says_what = matches!(last(exprs, *callee), Some("implementer" | "implements"));
                for arg in args {
                    match arg {
                        Arg::Positional(port) if says_what => bind(*port),
                        Arg::Keyword(name, port) if PORTS.contains(&name.as_str()) => bind(*port),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

struct Reader<'a> {
    definitions: &'a Definitions,
    body: &'a Body,
    /// The values of names that this body assigns exactly once.
    locals: FxHashMap<&'a Name, Option<ExprId>>,
}

impl<'a> Reader<'a> {
    fn new(definitions: &'a Definitions, body: &'a Body) -> Self {
        let mut locals: FxHashMap<&Name, Option<ExprId>> = FxHashMap::default();
        for stmt in &body.stmts {
            let Stmt::Assign { targets, value: Some(value), .. } = stmt else { continue };
            for target in targets {
                if let Expr::Name(name) = &body[*target] {
                    locals.entry(name).and_modify(|known| *known = None).or_insert(Some(*value));
                }
            }
        }
        Self { definitions, body, locals }
    }

    fn read(&self, out: &mut Vec<Registration>) {
        for stmt in &self.body.stmts {
            match (stmt, self.body.owner) {
                (Stmt::Return(Some(value)), BodyOwner::Function(function)) => {
                    self.returned(function, *value, out);
                }
                (Stmt::Assign { targets, annotation, value: Some(value) }, _) => {
                    if let Some(port) = annotation.and_then(|annotation| named(&self.body.exprs, annotation))
                        && !self.is_factory(*value)
                    {
                        self.bind(&port, *value, out);
                    }
                    for target in targets {
                        self.item(*target, *value, out);
                    }
                }
                _ => {}
            }
        }
        for expr in &self.body.exprs.list {
            match (expr, self.body.owner) {
                (Expr::Yield(Some(value)), BodyOwner::Function(function)) => {
                    self.returned(function, *value, out);
                }
                (Expr::Call { callee, args }, _) => {
                    self.binder(*callee, args, out);
                    self.given(*callee, args, out);
                }
                _ => {}
            }
        }
    }

    fn returned(&self, function: FunctionId, value: ExprId, out: &mut Vec<Registration>) {
        if self.is_factory(value) {
            return;
        }
        self.made(value, 0, &mut |what, is_called| {
            if is_called && is_class(&what) {
                out.push(Registration::Made { function, what });
            }
        });
    }

    fn bind(&self, port: &Name, value: ExprId, out: &mut Vec<Registration>) {
        self.made(value, 0, &mut |what, _| out.push(Registration::Bound { port: port.clone(), what }));
    }

    /// `container[Orders] = SqlOrders`, `app.dependency_overrides[get_orders] = get_sql_orders`
    fn item(&self, target: ExprId, value: ExprId, out: &mut Vec<Registration>) {
        let Expr::Subscript { value: container, index } = &self.body[target] else { return };
        let Some(port) = named(&self.body.exprs, *index) else { return };
        if is_class(&port) || last(&self.body.exprs, *container) == Some("dependency_overrides") {
            self.bind(&port, value, out);
        }
    }

    /// `container.bind(Orders, SqlOrders)`, `provide(SqlOrders, provides=Orders)`, `Orders.register(SqlOrders)`
    fn binder(&self, callee: ExprId, args: &[Arg], out: &mut Vec<Registration>) {
        let exprs = &self.body.exprs;
        let keyword = |wanted: &[&str]| {
            args.iter().find_map(|arg| match arg {
                Arg::Keyword(name, value) if wanted.contains(&name.as_str()) => Some(*value),
                _ => None,
            })
        };
        let positional: Vec<ExprId> = args
            .iter()
            .filter_map(|arg| match arg {
                Arg::Positional(value) => Some(*value),
                _ => None,
            })
            .collect();
        let is_binder = last(exprs, callee).is_some_and(|name| BINDERS.binary_search(&name).is_ok());
        let (port, what) = match (keyword(PORTS), keyword(MAKERS), positional.as_slice()) {
            (Some(port), Some(what), _) if is_binder => (port, what),
            // `Singleton(SqlOrders, interface=Orders)` isn't a method call.
            (Some(port), None, [what, ..]) => (port, *what),
            (None, Some(what), [port, ..]) if is_binder => (*port, what),
            (None, None, [port, what, ..]) if is_binder => (*port, *what),
            (None, None, [what]) if is_binder => match &self.body[callee] {
                Expr::Attribute { value, .. } => (*value, *what),
                _ => return,
            },
            _ => return,
        };
        let ports = match &self.body[port] {
            Expr::List(ports) | Expr::Tuple(ports) => ports.to_vec(),
            Expr::Subscript { value, index } if last(exprs, *value) == Some("AnyOf") => {
                match &self.body[*index] {
                    Expr::Tuple(ports) => ports.to_vec(),
                    _ => vec![*index],
                }
            }
            _ => vec![port],
        };
        for port in ports {
            if let Some(port) = named(exprs, port) {
                self.bind(&port, what, out);
            }
        }
    }

    /// `Service(orders=SqlOrders())`, `providers.Factory(Service, orders=orders)`
    fn given(&self, callee: ExprId, args: &[Arg], out: &mut Vec<Registration>) {
        let exprs = &self.body.exprs;
        let mut args = args;
        let mut taker = named(exprs, callee).map(Taker::Named).or_else(|| self.base(callee));
        let is_wrapped = last(exprs, callee).is_some_and(|name| WRAPPERS.binary_search(&name).is_ok());
        if is_wrapped {
            let Some((Arg::Positional(first), rest)) = args.split_first() else { return };
            (taker, args) = (named(exprs, *first).map(Taker::Named), rest);
        }
        let Some(taker) = taker else { return };
        for (index, arg) in args.iter().enumerate() {
            let (argument, value) = match arg {
                Arg::Positional(value) => (Argument::Position(index as u16), *value),
                Arg::Keyword(name, value) => (Argument::Keyword(name.clone()), *value),
                Arg::Star(_) => return,
                Arg::DoubleStar(_) => continue,
            };
            if !is_wrapped && self.is_factory(value) {
                continue;
            }
            let mut give = |what: Name| {
                if is_class(&what) && !matches!(&taker, Taker::Named(name) if *name == what) {
                    let (taker, argument) = (taker.clone(), argument.clone());
                    out.push(Registration::Given { taker, argument, what });
                }
            };
            match self.parameter(value) {
                Some(what) => give(what),
                None => self.made(value, 0, &mut |what, is_called| {
                    // A class passed directly isn't an instance, unless a container creates one.
                    if is_called || is_wrapped {
                        give(what);
                    }
                }),
            }
        }
    }

    /// `super().__init__`
    fn base(&self, callee: ExprId) -> Option<Taker> {
        let Expr::Attribute { value, name } = &self.body[callee] else { return None };
        let Expr::Call { callee, .. } = &self.body[*value] else { return None };
        let is_super =
            name == "__init__" && matches!(&self.body[*callee], Expr::Name(name) if name == "super");
        let BodyOwner::Function(function) = self.body.owner else { return None };
        match self.definitions[function].scope {
            Scope::Class(class) if is_super => Some(Taker::BaseOf(self.definitions[class].name.clone())),
            _ => None,
        }
    }

    /// The annotation of the parameter that `expr` names, if it is never reassigned.
    fn parameter(&self, expr: ExprId) -> Option<Name> {
        let (Expr::Name(name), BodyOwner::Function(function)) = (&self.body[expr], self.body.owner) else {
            return None;
        };
        if self.locals.contains_key(name) {
            return None;
        }
        let parameters = &self.definitions[function].parameters;
        let annotation = parameters.iter().find(|parameter| parameter.name == *name)?.annotation?;
        named(&self.definitions.exprs, annotation)
    }

    /// Whether `expr` is a function that makes something rather than what it makes: `lambda: SqlOrders()`,
    /// `partial(SqlOrders, url)`.
    fn is_factory(&self, expr: ExprId) -> bool {
        let value = match &self.body[expr] {
            Expr::Name(name) => self.locals.get(name).copied().flatten().unwrap_or(expr),
            _ => expr,
        };
        match &self.body[value] {
            Expr::Lambda { .. } => true,
            Expr::Call { callee, .. } => last(&self.body.exprs, *callee) == Some("partial"),
            _ => false,
        }
    }

    /// Calls `found` with the class or function whose result `expr` is or refers to, and whether it is called here.
    fn made(&self, expr: ExprId, depth: usize, found: &mut dyn FnMut(Name, bool)) {
        if depth > MAX_DEPTH {
            return;
        }
        let exprs = &self.body.exprs;
        match &self.body[expr] {
            Expr::Call { callee, args } => {
                let is_wrapper =
                    last(exprs, *callee).is_some_and(|name| WRAPPERS.binary_search(&name).is_ok());
                match args.iter().rfind(|arg| matches!(arg, Arg::Positional(_))) {
                    // `cast(Orders, orders)`
                    Some(Arg::Positional(last_one)) if is_wrapper && last(exprs, *callee) == Some("cast") => {
                        self.made(*last_one, depth + 1, found);
                    }
                    Some(_) if is_wrapper => {
                        if let Some(Arg::Positional(first)) = args.first() {
                            self.made(*first, depth + 1, &mut |what, _| found(what, true));
                        }
                    }
                    _ => {
                        if let Some(name) = named(exprs, *callee) {
                            found(name, true);
                        }
                    }
                }
            }
            Expr::Name(name) => match self.locals.get(name) {
                Some(Some(value)) if *value != expr => self.made(*value, depth + 1, found),
                Some(_) => {}
                None => found(name.clone(), false),
            },
            Expr::Attribute { .. } => {
                if let Some(name) = named(exprs, expr) {
                    found(name, false);
                }
            }
            Expr::Subscript { value, index } if last(exprs, *value) == Some("WithParents") => {
                self.made(*index, depth + 1, &mut |what, _| found(what, true));
            }
            Expr::Lambda { body, .. } => self.made(*body, depth + 1, found),
            Expr::Await(value) => self.made(*value, depth + 1, found),
            Expr::Conditional { body, orelse, .. } => {
                self.made(*body, depth + 1, found);
                self.made(*orelse, depth + 1, found);
            }
            Expr::Bool { right, .. } => self.made(*right, depth + 1, found),
            _ => {}
        }
    }
}

/// The dotted name, without type arguments.
fn named(exprs: &ExprArena, expr: ExprId) -> Option<Name> {
    match &exprs[expr] {
        Expr::Name(name) => Some(name.clone()),
        Expr::Attribute { .. } => exprs.dotted(expr).map(Name::from),
        Expr::Subscript { value, .. } => exprs.dotted(*value).map(Name::from),
        _ => None,
    }
}

/// The last segment of a dotted name.
fn last(exprs: &ExprArena, expr: ExprId) -> Option<&str> {
    match &exprs[expr] {
        Expr::Name(name) | Expr::Attribute { name, .. } => Some(name),
        Expr::Subscript { value, .. } => last(exprs, *value),
        _ => None,
    }
}

/// Whether a dotted name is capitalized like a class.
fn is_class(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    last.trim_start_matches('_').starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(BINDERS.is_sorted());
        assert!(WRAPPERS.is_sorted());
    }
}
