//! The project classes that an annotation or a dependency marker requests.

use std::sync::Arc;

use python::{Arg, Definitions, Expr, ExprArena, ExprId, FunctionId, Literal, Name, Scope, Variable};

use crate::{ClassRef, Head, ModuleId, Via};

/// Annotations nested deeper and alias chains longer than this are not followed.
const MAX_DEPTH: usize = 12;

/// Name resolution.
pub(crate) struct Names<'a> {
    /// Resolves a module-level name.
    pub(crate) head: &'a dyn Fn(ModuleId, &str) -> Head,
    /// Resolves a name bound by an import inside a function of the module.
    pub(crate) local: &'a dyn Fn(ModuleId, &str) -> Head,
    /// Resolves an attribute of a module, a package or something from a library.
    pub(crate) member: &'a dyn Fn(&Head, &str) -> Head,
    /// The definitions of a module.
    pub(crate) definitions: &'a dyn Fn(ModuleId) -> Arc<Definitions>,
    /// The class whose instance a provider function injects.
    pub(crate) supplied: &'a dyn Fn(ModuleId, FunctionId) -> Option<ClassRef>,
}

/// The classes that an annotation requests.
#[derive(Debug, Default)]
pub(crate) struct Requested {
    /// The project classes, without duplicates.
    pub(crate) classes: Vec<(ClassRef, Via)>,
    /// Whether anything else may be injected: a plain value, a third-party class. `None` doesn't count.
    pub(crate) has_others: bool,
}

impl Requested {
    fn push(&mut self, class: ClassRef, via: Via) {
        if !self.classes.iter().any(|(known, _)| *known == class) {
            self.classes.push((class, via));
        }
    }
}

impl Names<'_> {
    /// Resolves a dotted name in `module`.
    pub(crate) fn dotted(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId, depth: usize) -> Head {
        match &exprs[expr] {
            Expr::Name(name) => (self.head)(module, name),
            Expr::Attribute { value, name } if depth < MAX_DEPTH => {
                (self.member)(&self.dotted(module, exprs, *value, depth + 1), name)
            }
            _ => Head::Unknown,
        }
    }

    /// Resolves a dotted name in `module`. If it isn't bound at module level, imports inside functions are considered.
    pub(crate) fn path(&self, module: ModuleId, dotted: &str) -> Head {
        let mut segments = dotted.split('.');
        let first = segments.next().unwrap_or_default();
        let mut head = (self.head)(module, first);
        if head == Head::Unknown {
            head = (self.local)(module, first);
        }
        for segment in segments.take(MAX_DEPTH) {
            head = (self.member)(&head, segment);
        }
        head
    }

    /// The classes that an annotation in `module` requests one of.
    pub(crate) fn annotated(
        &self,
        module: ModuleId,
        exprs: &ExprArena,
        expr: ExprId,
        depth: usize,
        out: &mut Requested,
    ) {
        if depth > MAX_DEPTH {
            out.has_others = true;
            return;
        }
        match &exprs[expr] {
            Expr::Name(_) | Expr::Attribute { .. } => match self.dotted(module, exprs, expr, 0) {
                Head::Class(class) => out.push(class, Via::Annotation),
                Head::Variable(module, name) => self.alias(module, &name, depth, out),
                _ => out.has_others = true,
            },
            Expr::Literal(Literal::None) => {}
            Expr::Literal(Literal::Str(text)) => match python::quoted(text) {
                Some((exprs, expr)) => self.annotated(module, &exprs, expr, depth + 1, out),
                None => out.has_others = true,
            },
            Expr::Binary { op, left, right } if op == "|" => {
                self.annotated(module, exprs, *left, depth + 1, out);
                self.annotated(module, exprs, *right, depth + 1, out);
            }
            Expr::Subscript { value, index } => {
                let parts = match &exprs[*index] {
                    Expr::Tuple(parts) => parts.to_vec(),
                    _ => vec![*index],
                };
                self.subscript(module, exprs, (*value, &parts), depth, out);
            }
            _ => out.has_others = true,
        }
    }

    fn subscript(
        &self,
        module: ModuleId,
        exprs: &ExprArena,
        (value, parts): (ExprId, &[ExprId]),
        depth: usize,
        out: &mut Requested,
    ) {
        let full = match self.dotted(module, exprs, value, 0) {
            Head::Class(class) => return out.push(class, Via::Annotation),
            Head::Variable(module, name) => return self.alias(module, &name, depth, out),
            Head::Foreign(full) => full,
            _ => {
                out.has_others = true;
                return;
            }
        };
        match full.rsplit('.').next().unwrap_or_default() {
            // `AnyOf`: dishka provides an object under several types.
            "Optional" | "Union" | "AnyOf" => {
                for part in parts {
                    self.annotated(module, exprs, *part, depth + 1, out);
                }
            }
            "Annotated" => {
                let known = (out.classes.len(), out.has_others);
                if let Some(first) = parts.first() {
                    self.annotated(module, exprs, *first, depth + 1, out);
                }
                if out.classes.len() == known.0
                    && let Some(class) =
                        parts.iter().skip(1).find_map(|part| self.provided(module, exprs, *part, 0))
                {
                    out.push(class, Via::Provider);
                    out.has_others = known.1;
                }
            }
            // Markers that containers use around an injected type, and Python around a checked type.
            "FromDishka" | "Inject" | "Injected" | "Provided" | "InitVar" | "Final" | "Required"
            | "NotRequired" | "ReadOnly" | "SkipValidation" => {
                if let Some(first) = parts.first() {
                    self.annotated(module, exprs, *first, depth + 1, out);
                }
            }
            _ => out.has_others = true,
        }
    }

    /// The aliased type of a variable, or the bound of a type variable.
    fn alias(&self, module: ModuleId, name: &str, depth: usize, out: &mut Requested) {
        let definitions = (self.definitions)(module);
        let Some(value) = variable(&definitions, name, Scope::Module).and_then(|variable| variable.value)
        else {
            out.has_others = true;
            return;
        };
        match &definitions[value] {
            Expr::Call { callee, args } => {
                let callee = self.dotted(module, &definitions.exprs, *callee, 0);
                if !matches!(callee, Head::Foreign(full) if full == "typing.TypeVar") {
                    out.has_others = true;
                    return;
                }
                let bound = args.iter().find_map(|arg| match arg {
                    Arg::Keyword(name, value) if name == "bound" => Some(*value),
                    _ => None,
                });
                match bound {
                    Some(bound) => self.annotated(module, &definitions.exprs, bound, depth + 1, out),
                    None => out.has_others = true,
                }
            }
            _ => self.annotated(module, &definitions.exprs, value, depth + 1, out),
        }
    }

    /// The class of the instance that `Depends(get_x)`, `Depends(X)` or `Provide[Container.x]` injects; `None` for any
    /// other expression.
    pub(crate) fn provided(
        &self,
        module: ModuleId,
        exprs: &ExprArena,
        expr: ExprId,
        depth: usize,
    ) -> Option<ClassRef> {
        if depth > MAX_DEPTH {
            return None;
        }
        match &exprs[expr] {
            Expr::Call { callee, args } => {
                let Head::Foreign(full) = self.dotted(module, exprs, *callee, 0) else { return None };
                let name = full.rsplit('.').next()?;
                if !matches!(
                    name,
                    "Depends" | "Security" | "TaskiqDepends" | "Requires" | "Provide" | "Inject"
                ) {
                    return None;
                }
                let provider = args.iter().find_map(|arg| match arg {
                    Arg::Positional(value) => Some(*value),
                    Arg::Keyword(name, value) if name == "dependency" => Some(*value),
                    _ => None,
                })?;
                match &exprs[provider] {
                    Expr::Subscript { .. } => self.provided(module, exprs, provider, depth + 1),
                    _ => self.supply(module, exprs, provider),
                }
            }
            Expr::Subscript { value, index } => {
                let Head::Foreign(full) = self.dotted(module, exprs, *value, 0) else { return None };
                if !full.starts_with("dependency_injector.") {
                    return None;
                }
                self.contained(module, exprs, *index)
            }
            _ => None,
        }
    }

    /// The class provided by the provider that `expr` names.
    fn supply(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId) -> Option<ClassRef> {
        match self.dotted(module, exprs, expr, 0) {
            Head::Class(class) => Some(class),
            Head::Function(module, function) => (self.supplied)(module, function),
            _ => self.contained(module, exprs, expr),
        }
    }

    /// The class provided by `Container.orders` if the container declares `orders = providers.Singleton(SqlOrders)`,
    /// also through nested containers.
    fn contained(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId) -> Option<ClassRef> {
        let mut names: Vec<&Name> = Vec::new();
        let mut at = expr;
        let container = loop {
            match &exprs[at] {
                Expr::Attribute { value, name } if names.len() < MAX_DEPTH => {
                    // `Container.orders.provider` and `Provide[Container.orders.provided.name]` refer to the provider.
                    names.push(name);
                    at = *value;
                    if let Head::Class(class) = self.dotted(module, exprs, at, 0) {
                        break class;
                    }
                }
                _ => return None,
            }
        };
        names.into_iter().rev().try_fold(container, |class, name| self.made_in(&class, name))
    }

    /// Like `contained`, for a dotted name.
    pub(crate) fn contained_path(&self, module: ModuleId, dotted: &str) -> Option<ClassRef> {
        let (container, provider) = dotted.rsplit_once('.')?;
        match self.path(module, container) {
            Head::Class(class) => self.made_in(&class, provider),
            _ => None,
        }
    }

    /// The class of the provider `name` in a container.
    fn made_in(&self, container: &ClassRef, name: &str) -> Option<ClassRef> {
        let definitions = (self.definitions)(container.module);
        let (id, _) = definitions
            .classes()
            .filter(|(_, class)| class.scope == Scope::Module && class.name == container.name)
            .last()?;
        let value = variable(&definitions, name, Scope::Class(id))?.value?;
        let Expr::Call { callee, args } = &definitions[value] else { return None };
        let callee = self.dotted(container.module, &definitions.exprs, *callee, 0);
        if !matches!(callee, Head::Foreign(full) if full.starts_with("dependency_injector.")) {
            return None;
        }
        let Some(Arg::Positional(made)) = args.first() else { return None };
        match self.dotted(container.module, &definitions.exprs, *made, 0) {
            Head::Class(class) => Some(class),
            Head::Function(module, function) => (self.supplied)(module, function),
            _ => None,
        }
    }

    /// The only class that a return annotation promises.
    pub(crate) fn promised(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId) -> Option<ClassRef> {
        match self.promises(module, exprs, expr).as_slice() {
            [class] => Some(class.clone()),
            _ => None,
        }
    }

    /// The classes that a return annotation promises one of: `Order`, or `Iterator[Order]` for a generator.
    pub(crate) fn promises(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId) -> Vec<ClassRef> {
        let inner = match &exprs[expr] {
            Expr::Subscript { value, index } => match self.dotted(module, exprs, *value, 0) {
                Head::Foreign(full)
                    if matches!(
                        full.rsplit('.').next().unwrap_or_default(),
                        "Iterator"
                            | "Iterable"
                            | "Generator"
                            | "AsyncIterator"
                            | "AsyncIterable"
                            | "AsyncGenerator"
                            | "Awaitable"
                            | "AbstractContextManager"
                            | "AbstractAsyncContextManager"
                            | "ContextManager"
                            | "AsyncContextManager"
                    ) =>
                {
                    match &exprs[*index] {
                        Expr::Tuple(parts) => parts.first().copied().unwrap_or(*index),
                        _ => *index,
                    }
                }
                _ => expr,
            },
            _ => expr,
        };
        let mut found = Requested::default();
        self.annotated(module, exprs, inner, 0, &mut found);
        found.classes.into_iter().map(|(class, _)| class).collect()
    }
}

/// The last variable called `name` in a scope.
fn variable<'a>(definitions: &'a Definitions, name: &str, scope: Scope) -> Option<&'a Variable> {
    definitions.variables.iter().rev().find(|variable| variable.scope == scope && variable.name == name)
}
