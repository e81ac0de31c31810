//! The message facts of one file: what it registers for which class, what its classes handle, what it creates.

use python::{Arg, Body, BodyOwner, Expr, ExprArena, ExprId, FunctionId, Module, Name, Scope, Stmt};
use rustc_hash::FxHashMap;

use super::kind;

/// Maximum depth at which handlers inside lists and calls are found.
const MAX_DEPTH: usize = 4;

/// The message facts of one file, as written and without positions.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct MessageFacts {
    /// Sorted.
    pub(super) registered: Box<[Registered]>,
    /// `class PlaceHandler(Handler[Place])`: the class, the type argument, the base. Sorted.
    pub(super) generic: Box<[(Name, Name, Name)]>,
    /// Functions decorated as handlers, with the decorator. Sorted.
    pub(super) decorated: Box<[(FunctionId, Name)]>,
}

/// Classes that a file instantiates, dotted, with the function; `None` for code that runs at import. Sorted. Kept
/// separately from the other facts because it changes with nearly every call that is typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Makes {
    pub(super) list: Box<[(Name, Option<FunctionId>)]>,
}

impl Makes {
    /// Collects them from a module.
    pub fn of(module: &Module) -> Self {
        let mut list = Vec::new();
        for body in &module.bodies.list {
            let function = match body.owner {
                BodyOwner::Function(function) => Some(function),
                BodyOwner::Module | BodyOwner::Class(_) => None,
            };
            for expr in &body.exprs.list {
                if let Expr::Call { callee, .. } = expr
                    && let Some(made) = body.exprs.dotted(*callee).as_deref().and_then(made)
                {
                    list.push((made, function));
                }
            }
        }
        list.sort();
        list.dedup();
        Self { list: list.into() }
    }
}

/// A class that something is registered for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Registered {
    /// The class, dotted.
    pub(super) message: Name,
    /// What is registered.
    pub(super) handler: Handler,
    /// The dictionary, method or decorator.
    pub(super) by: Name,
}

/// What is registered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Handler {
    /// A function of this file.
    Own(FunctionId),
    /// A class of this file.
    OwnClass(Name),
    /// A function, class or method, dotted.
    Named(Name),
    /// The result of calling a class or function, dotted.
    Made(Name),
    /// Anything else.
    Unknown,
}

impl MessageFacts {
    /// Collects them from a module.
    pub fn of(module: &Module) -> Self {
        let mut out = Out::default();
        let definitions = &module.definitions;
        let exprs = &definitions.exprs;
        for (id, function) in definitions.functions() {
            for decorator in &function.decorators {
                decorated(exprs, *decorator, &Handler::Own(id), &mut out);
                let name = exprs.decorator_name(*decorator).unwrap_or_default();
                if kind::DECORATORS.contains(&name) {
                    out.decorated.push((id, Name::new(name)));
                }
            }
        }
        for class in definitions.classes.iter().filter(|it| it.scope == Scope::Module) {
            for decorator in &class.decorators {
                decorated(exprs, *decorator, &Handler::OwnClass(class.name.clone()), &mut out);
            }
            for base in &class.bases {
                if let Arg::Positional(base) = base
                    && let Expr::Subscript { value, index } = &exprs[*base]
                    && let Some(base) = exprs.dotted(*value)
                {
                    if !kind::is_handler(&base) {
                        continue;
                    }
                    for message in class_names(exprs, *index) {
                        out.generic.push((class.name.clone(), message, Name::from(base.as_str())));
                    }
                }
            }
        }
        for body in &module.bodies.list {
            Reader::new(body).read(&mut out);
        }
        out.facts()
    }
}

/// `@bus.handler(Placed)`
fn decorated(exprs: &ExprArena, decorator: ExprId, handler: &Handler, out: &mut Out) {
    let Expr::Call { callee, args } = &exprs[decorator] else { return };
    let Some(by) = exprs.dotted(*callee) else { return };
    let method = by.rsplit('.').next().unwrap_or_default();
    if !kind::DECORATORS.contains(&method) && !kind::registers(method) {
        return;
    }
    for arg in args {
        let (Arg::Positional(value) | Arg::Keyword(_, value)) = arg else { continue };
        for message in class_names(exprs, *value) {
            out.registered.push(Registered {
                message,
                handler: handler.clone(),
                by: Name::from(by.as_str()),
            });
        }
    }
}

#[derive(Default)]
struct Out {
    registered: Vec<Registered>,
    generic: Vec<(Name, Name, Name)>,
    decorated: Vec<(FunctionId, Name)>,
}

impl Out {
    fn facts(mut self) -> MessageFacts {
        self.registered.sort();
        self.registered.dedup();
        self.generic.sort();
        self.decorated.sort();
        self.decorated.dedup();
        MessageFacts {
            registered: self.registered.into(),
            generic: self.generic.into(),
            decorated: self.decorated.into(),
        }
    }
}

struct Reader<'a> {
    body: &'a Body,
    /// Values of this body's names that are assigned exactly once.
    locals: FxHashMap<&'a Name, Option<ExprId>>,
    /// The name that a dictionary is assigned to.
    tables: FxHashMap<ExprId, Name>,
}

impl<'a> Reader<'a> {
    fn new(body: &'a Body) -> Self {
        let (mut locals, mut tables): (FxHashMap<&Name, Option<ExprId>>, FxHashMap<ExprId, Name>) =
            (FxHashMap::default(), FxHashMap::default());
        for stmt in &body.stmts {
            let Stmt::Assign { targets, value: Some(value), .. } = stmt else { continue };
            for target in targets {
                if let Expr::Name(name) = &body[*target] {
                    locals.entry(name).and_modify(|known| *known = None).or_insert(Some(*value));
                }
                if let Some(name) = body.exprs.dotted(*target) {
                    tables.insert(*value, Name::from(name));
                }
            }
        }
        Self { body, locals, tables }
    }

    fn read(&self, out: &mut Out) {
        for (index, expr) in self.body.exprs.list.iter().enumerate() {
            match expr {
                Expr::Dict(entries) => {
                    let by = self.tables.get(&ExprId(index as u32)).cloned().unwrap_or_default();
                    for (key, value) in entries {
                        let Some(message) = key.and_then(|it| class_name(&self.body.exprs, it)) else {
                            continue;
                        };
                        self.handlers(*value, 0, &mut |handler| {
                            out.registered.push(Registered {
                                message: message.clone(),
                                handler,
                                by: by.clone(),
                            });
                        });
                    }
                }
                Expr::Call { callee, args } => self.call(*callee, args, out),
                _ => {}
            }
        }
    }

    /// `bus.register(Place, PlaceHandler())`, `mediator.subscribe([Placed], tell)`
    fn call(&self, callee: ExprId, args: &[Arg], out: &mut Out) {
        let Expr::Attribute { name: method, .. } = &self.body[callee] else { return };
        if !kind::registers(method) {
            return;
        }
        let values: Vec<ExprId> = args
            .iter()
            .filter_map(|arg| match arg {
                Arg::Positional(value) | Arg::Keyword(_, value) => Some(*value),
                Arg::Star(_) | Arg::DoubleStar(_) => None,
            })
            .collect();
        let Some((first, rest)) = values.split_first() else { return };
        for message in class_names(&self.body.exprs, *first) {
            for value in rest {
                self.handlers(*value, 0, &mut |handler| {
                    out.registered.push(Registered { message: message.clone(), handler, by: method.clone() });
                });
            }
        }
    }

    /// Calls `found` with each handler that a value is or contains.
    fn handlers(&self, value: ExprId, depth: usize, found: &mut dyn FnMut(Handler)) {
        let exprs = &self.body.exprs;
        if depth > MAX_DEPTH {
            return found(Handler::Unknown);
        }
        match &exprs[value] {
            Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => {
                parts.iter().for_each(|part| self.handlers(*part, depth + 1, found));
            }
            Expr::Name(name) => match self.locals.get(name) {
                Some(Some(value)) => self.handlers(*value, depth + 1, found),
                Some(None) => found(Handler::Unknown),
                None => found(Handler::Named(name.clone())),
            },
            Expr::Attribute { .. } => {
                found(exprs.dotted(value).map_or(Handler::Unknown, |it| Handler::Named(Name::from(it))));
            }
            Expr::Call { callee, args } => match (exprs.dotted(*callee), args.first()) {
                (Some(name), Some(Arg::Positional(first)))
                    if name == "partial" || name.ends_with(".partial") =>
                {
                    self.handlers(*first, depth + 1, found);
                }
                // `container.get(PlaceHandler)`
                (Some(name), Some(Arg::Positional(first))) if !is_class(&name) => {
                    match class_name(exprs, *first) {
                        Some(class) => found(Handler::Made(class)),
                        None => found(Handler::Made(Name::from(name))),
                    }
                }
                (Some(name), _) => found(Handler::Made(Name::from(name))),
                (None, _) => found(Handler::Unknown),
            },
            // `lambda event: tell(event, mail)` calls the handler, `lambda: TellHandler(mail)` creates it.
            Expr::Lambda { body, .. } => self.handlers(*body, depth + 1, &mut |handler| {
                found(match handler {
                    Handler::Made(name) => Handler::Named(name),
                    other => other,
                });
            }),
            _ => found(Handler::Unknown),
        }
    }
}

/// The class that a call instantiates: `Placed(...)`, `events.Placed(...)`, `Placed.of(...)`.
fn made(callee: &str) -> Option<Name> {
    if is_class(callee) {
        return Some(Name::new(callee));
    }
    let (class, _) = callee.rsplit_once('.')?;
    is_class(class).then(|| Name::new(class))
}

/// The class that an expression names.
fn class_name(exprs: &ExprArena, expr: ExprId) -> Option<Name> {
    exprs.dotted(expr).filter(|it| is_class(it)).map(Name::from)
}

/// The classes that an expression names, alone or in a list.
fn class_names(exprs: &ExprArena, expr: ExprId) -> Vec<Name> {
    match &exprs[expr] {
        Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => {
            parts.iter().filter_map(|it| class_name(exprs, *it)).collect()
        }
        _ => class_name(exprs, expr).into_iter().collect(),
    }
}

/// Whether a dotted name is spelled like a class.
fn is_class(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default().trim_start_matches('_');
    last.starts_with(char::is_uppercase) && last.chars().any(char::is_lowercase)
}
