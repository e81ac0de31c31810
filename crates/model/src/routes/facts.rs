//! Route facts of one file: the registrations in its bodies, and the definitions decorated as handlers.
//!
//! They insulate the routes of the project from changes in bodies. They contain calls that register something, lists of
//! routes, and the values of the names used in them; any other statement of a body can change without effect.

mod handed;

use python::{
    Arg, Body, BodyOwner, ClassId, Definitions, Expr, ExprArena, ExprId, FunctionId, Literal, Module, Name,
    Scope, Stmt,
};

use super::copy::copy;

/// The registrations of one file. Names are as written.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct RouteFacts {
    /// The expressions of the items.
    pub exprs: ExprArena,
    /// In the order of the bodies.
    pub items: Box<[RouteItem]>,
    /// Functions with a decorator that may make them handlers.
    pub functions: Box<[FunctionId]>,
    /// Classes with such a decorator.
    pub classes: Box<[ClassId]>,
    /// Module-level variables whose value is created by something that makes routers or applications, and lists of
    /// routes.
    pub made: Box<[Name]>,
}

/// One registration, with the scope that contains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteItem {
    /// A name in a function (`router`), an attribute of an instance (`self.router`, in [`Scope::Class`]), or the return
    /// value of a function (under the name `return`), with its value.
    Bind {
        /// The scope of the binding.
        scope: Scope,
        /// The name.
        name: Name,
        /// Its value.
        value: ExprId,
        /// Whether the name is bound to each element of the value: a loop target.
        is_each: bool,
    },
    /// More elements for a list: `urlpatterns += [...]`.
    Extend {
        /// The scope.
        scope: Scope,
        /// The list.
        name: Name,
        /// The added elements.
        value: ExprId,
    },
    /// A call that registers something.
    Call {
        /// The scope.
        scope: Scope,
        /// The call.
        call: ExprId,
    },
    /// A call by which the inner function of a decorator registers what is decorated, of something that the decorator
    /// is given: `method(path)` in `return method(path)(function)`.
    Handed {
        /// The decorator.
        to: FunctionId,
        /// The scope.
        scope: Scope,
        /// The call.
        call: ExprId,
    },
}

/// Methods that register something on their receiver.
const REGISTERS: &[&str] = &[
    "add_api_route",
    "add_api_websocket_route",
    "add_namespace",
    "add_resource",
    "add_route",
    "add_router",
    "add_url_rule",
    "add_websocket_route",
    "include_router",
    "mount",
    "register",
    "register_blueprint",
];

/// Functions and classes whose calls are entries in a list of routes.
const ENTRIES: &[&str] =
    &["Host", "Mount", "Route", "WebSocketRoute", "i18n_patterns", "include", "path", "re_path", "url"];

/// Decorators of handlers, by their last name.
const DECORATORS: &[&str] = &[
    "api_operation",
    "api_route",
    "api_view",
    "delete",
    "get",
    "head",
    "options",
    "patch",
    "post",
    "put",
    "route",
    "trace",
    "websocket",
    "websocket_route",
];

/// Suffixes of the names of what creates routers and applications.
const MAKERS: &[&str] = &[
    "API",
    "Api",
    "ApiExt",
    "App",
    "Application",
    "Blueprint",
    "FastAPI",
    "Flask",
    "Litestar",
    "Namespace",
    "NinjaAPI",
    "Quart",
    "Router",
    "Starlette",
    "blueprint",
    "create_app",
    "get_app",
    "get_application",
    "make_app",
    "router",
];

/// The maximum nesting of wrappers around a view.
pub(super) const MAX_WRAPPERS: usize = 8;

/// The name that the return value of a function is bound to. No variable can have it.
pub(super) const RETURNED: &str = "return";

impl RouteFacts {
    /// Collects them from a module.
    pub fn of(module: &Module) -> Self {
        let definitions = &*module.definitions;
        let at_top_level = definitions.variables.iter().filter(|variable| variable.scope == Scope::Module);
        let made: Box<[Name]> = at_top_level
            .filter(|variable| {
                variable.name == "urlpatterns"
                    || variable.value.is_some_and(|value| makes_something(&definitions.exprs, value))
            })
            .map(|variable| variable.name.clone())
            .collect();
        let mut facts = Self { made, ..Self::default() };
        let mut items = Vec::new();
        for body in &module.bodies.list {
            read_body(body, definitions, &facts.made, &mut facts.exprs, &mut items);
        }
        for (_, function) in definitions.functions() {
            for (to, call) in handed::decorators(definitions, function) {
                let moved = copy(&definitions.exprs, &mut facts.exprs, &[call]);
                let scope = function.scope;
                items.extend(moved.into_iter().map(|call| RouteItem::Handed { to, scope, call }));
            }
        }
        facts.items = items.into();
        let is_handler =
            |decorators: &[ExprId]| decorators.iter().any(|decorator| is_decorator(definitions, *decorator));
        facts.functions = definitions
            .functions()
            .filter(|(_, function)| is_handler(&function.decorators))
            .map(|(id, _)| id)
            .collect();
        facts.classes = definitions
            .classes()
            .filter(|(_, class)| is_handler(&class.decorators))
            .map(|(id, _)| id)
            .collect();
        facts
    }

    /// Whether the file has no route facts.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.functions.is_empty() && self.classes.is_empty() && self.made.is_empty()
    }
}

fn is_decorator(definitions: &Definitions, decorator: ExprId) -> bool {
    let callee = match &definitions[decorator] {
        Expr::Call { callee, .. } => *callee,
        _ => decorator,
    };
    match &definitions[callee] {
        Expr::Attribute { name, .. } | Expr::Name(name) => {
            DECORATORS.contains(&name.as_str()) || handed::hands_on(&definitions.exprs, decorator, DECORATORS)
        }
        _ => false,
    }
}

/// Whether the value is a router, an application, or a list of routes.
pub(super) fn makes_something(exprs: &ExprArena, value: ExprId) -> bool {
    match &exprs[value] {
        Expr::Call { callee, .. } => match &exprs[*callee] {
            Expr::Name(name) | Expr::Attribute { name, .. } => {
                MAKERS.iter().any(|maker| name.ends_with(maker)) || is_entry(exprs, value)
            }
            _ => false,
        },
        _ => is_list(exprs, value),
    }
}

/// The router that is made where none is given: `router or APIRouter()`, `router if router else APIRouter()`.
fn made_otherwise(exprs: &ExprArena, value: ExprId) -> Option<ExprId> {
    let otherwise = match &exprs[value] {
        Expr::Bool { is_and: false, right, .. } => *right,
        Expr::Conditional { orelse, .. } => *orelse,
        _ => return None,
    };
    makes_something(exprs, otherwise).then_some(otherwise)
}

/// `OrderView.as_view("orders")`, also wrapped: `login_required(OrderView.as_view("orders"))`.
fn is_view(exprs: &ExprArena, value: ExprId) -> bool {
    let mut at = value;
    for _ in 0..MAX_WRAPPERS {
        let Expr::Call { callee, args } = &exprs[at] else { return false };
        match &exprs[*callee] {
            Expr::Attribute { name, .. } if name == "as_view" => return true,
            _ => match args.first() {
                Some(Arg::Positional(inner)) => at = *inner,
                _ => return false,
            },
        }
    }
    false
}

fn is_entry(exprs: &ExprArena, value: ExprId) -> bool {
    let Expr::Call { callee, .. } = &exprs[value] else { return false };
    match &exprs[*callee] {
        Expr::Name(name) | Expr::Attribute { name, .. } => ENTRIES.contains(&name.as_str()),
        _ => false,
    }
}

/// Whether the value is a list that contains an entry of a list of routes, or a concatenation of such lists.
fn is_list(exprs: &ExprArena, value: ExprId) -> bool {
    let mut left = vec![value];
    // Concatenations of lists have few parts.
    for _ in 0..64 {
        let Some(value) = left.pop() else { return false };
        match &exprs[value] {
            Expr::List(elements) | Expr::Tuple(elements)
                if elements.iter().any(|element| is_entry(exprs, *element)) =>
            {
                return true;
            }
            Expr::Binary { op, left: first, right } if op == "+" => left.extend([*first, *right]),
            Expr::Comprehension { element, .. } => left.push(*element),
            Expr::Call { .. } if is_entry(exprs, value) => return true,
            Expr::Attribute { name, .. } if name == "urls" => return true,
            _ => {}
        }
    }
    false
}

fn read_body(
    body: &Body,
    definitions: &Definitions,
    made: &[Name],
    exprs: &mut ExprArena,
    items: &mut Vec<RouteItem>,
) {
    let (scope, class) = match body.owner {
        BodyOwner::Module => (Scope::Module, None),
        // The route declarations of a class are in its attributes.
        BodyOwner::Class(_) => return,
        BodyOwner::Function(function) => {
            let class = match definitions[function].scope {
                Scope::Class(class) => Some(class),
                Scope::Module | Scope::Function(_) => None,
            };
            (Scope::Function(function), class)
        }
    };
    let mut found: Vec<RouteItem> = Vec::new();
    let mut weak: Vec<RouteItem> = Vec::new();
    let is_hook = class.is_some()
        && matches!(scope, Scope::Function(function) if definitions[function].name == super::access::rest::HOOK);
    let around = Around { scope, class, is_hook, made };
    for stmt in &body.stmts {
        read_statement(body, stmt, &around, &mut found, &mut weak);
        if let Scope::Function(inner) = scope
            && let Some((to, call)) = handed::applied(body, definitions, inner, stmt)
        {
            found.push(RouteItem::Handed { to, scope, call });
        }
    }
    if found.is_empty() {
        return;
    }
    found.append(&mut weak);
    let roots: Vec<ExprId> = found.iter_mut().map(|item| *item.expr_mut()).collect();
    let moved = copy(&body.exprs, exprs, &roots);
    for (item, id) in found.iter_mut().zip(moved) {
        *item.expr_mut() = id;
    }
    items.append(&mut found);
}

impl RouteItem {
    fn expr_mut(&mut self) -> &mut ExprId {
        match self {
            RouteItem::Bind { value, .. } | RouteItem::Extend { value, .. } => value,
            RouteItem::Call { call, .. } | RouteItem::Handed { call, .. } => call,
        }
    }
}

/// The context of a statement.
struct Around<'a> {
    scope: Scope,
    /// The class of a method.
    class: Option<ClassId>,
    /// Whether it returns the permissions of a view.
    is_hook: bool,
    /// Module-level routers and applications.
    made: &'a [Name],
}

/// What a statement contributes: `found` unconditionally, `weak` only together with something else in the same body.
fn read_statement(
    body: &Body,
    stmt: &Stmt,
    around: &Around<'_>,
    found: &mut Vec<RouteItem>,
    weak: &mut Vec<RouteItem>,
) {
    let exprs = &body.exprs;
    let Around { scope, class, made, .. } = *around;
    match stmt {
        Stmt::Expr(value) => match extension(exprs, *value) {
            Some((name, value)) => found.push(RouteItem::Extend { scope, name, value }),
            None if is_registration(exprs, *value, made) => {
                found.push(RouteItem::Call { scope, call: *value });
            }
            None => {}
        },
        Stmt::Assign { targets, value: Some(value), .. } => {
            if is_registration(exprs, *value, made) {
                found.push(RouteItem::Call { scope, call: *value });
            }
            // Module-level names are among the module's variables.
            if scope == Scope::Module {
                return;
            }
            let value = &made_otherwise(exprs, *value).unwrap_or(*value);
            let is_maker = makes_something(exprs, *value);
            let is_text =
                matches!(&exprs[*value], Expr::Literal(Literal::Str(_)) | Expr::FString(_) | Expr::List(_))
                    || is_view(exprs, *value);
            for target in targets {
                let (scope, name) = match &exprs[*target] {
                    Expr::Name(name) => (scope, name.clone()),
                    Expr::Attribute { value, name } => match (&exprs[*value], class) {
                        (Expr::Name(me), Some(class)) if me == "self" => (Scope::Class(class), name.clone()),
                        _ => continue,
                    },
                    _ => continue,
                };
                let item = RouteItem::Bind { scope, name, value: *value, is_each: false };
                if is_maker {
                    found.push(item);
                } else if is_text {
                    weak.push(item);
                }
            }
        }
        Stmt::AugAssign { target, value, .. } => {
            if let Expr::Name(name) = &exprs[*target]
                && (name == "urlpatterns" || is_list(exprs, *value))
            {
                found.push(RouteItem::Extend { scope, name: name.clone(), value: *value });
            }
        }
        Stmt::Return(Some(value)) if scope != Scope::Module => {
            let item =
                RouteItem::Bind { scope, name: Name::new_static(RETURNED), value: *value, is_each: false };
            if makes_something(exprs, *value) || around.is_hook {
                found.push(item);
            } else if matches!(exprs[*value], Expr::Name(_) | Expr::Attribute { .. }) {
                weak.push(item);
            }
        }
        Stmt::For { target, iterable, .. } => {
            if let Expr::Name(name) = &exprs[*target]
                && matches!(
                    exprs[*iterable],
                    Expr::Name(_) | Expr::List(_) | Expr::Tuple(_) | Expr::Attribute { .. }
                )
            {
                weak.push(RouteItem::Bind { scope, name: name.clone(), value: *iterable, is_each: true });
            }
        }
        _ => {}
    }
}

/// Whether a call registers something on its receiver.
fn is_registration(exprs: &ExprArena, call: ExprId, made: &[Name]) -> bool {
    let Expr::Call { callee, args } = &exprs[call] else { return false };
    let Expr::Attribute { name, .. } = &exprs[*callee] else { return passes_router(exprs, args, made) };
    if name == "register" {
        // All kinds of registries have this method. A router's takes a path and a viewset.
        let is_path = |arg: Option<&Arg>| match arg {
            Some(Arg::Positional(id)) => {
                matches!(exprs[*id], Expr::Literal(Literal::Str(_)) | Expr::FString(_))
            }
            Some(Arg::Keyword(name, _)) => name == "prefix" || name == "path" || name == "route_handler",
            _ => false,
        };
        return is_path(args.first()) && args.len() > 1 || args.len() == 1;
    }
    if passes_router(exprs, args, made) {
        return true;
    }
    REGISTERS.contains(&name.as_str()) || name.starts_with("add_") && name.ends_with("_resource")
}

/// Whether a router or an application is passed to a function that may register something: `register_routes(app)`.
fn passes_router(exprs: &ExprArena, args: &[Arg], made: &[Name]) -> bool {
    let is_router = |name: &Name| {
        let last = name.rsplit('_').next().unwrap_or_default();
        matches!(last, "api" | "app" | "application" | "blueprint" | "bp" | "router") || made.contains(name)
    };
    args.iter().any(|arg| {
        matches!(arg, Arg::Keyword(name, _) if is_router(name))
            || matches!(&exprs[arg.value()], Expr::Name(name) if is_router(name))
    })
}

/// `name.append(path(...))`, `name.extend([...])`, `name.insert(0, path(...))`
fn extension(exprs: &ExprArena, call: ExprId) -> Option<(Name, ExprId)> {
    let Expr::Call { callee, args } = &exprs[call] else { return None };
    let Expr::Attribute { value, name: method } = &exprs[*callee] else { return None };
    let Expr::Name(name) = &exprs[*value] else { return None };
    if !matches!(method.as_str(), "append" | "extend" | "insert") {
        return None;
    }
    let value = args.last()?.value();
    (name == "urlpatterns" || is_entry(exprs, value) || is_list(exprs, value)).then(|| (name.clone(), value))
}
