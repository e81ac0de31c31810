//! Which classes of the project an annotation or a dependency asks for.

use std::sync::Arc;

use python::{Arg, Definitions, Expr, ExprArena, ExprId, FunctionId, Literal, Name, Scope, Variable};

use crate::{ClassRef, Head, ModuleId, Via};

/// Annotations nested deeper and longer chains of aliases are not followed.
const MAX_DEPTH: usize = 12;

/// What names mean.
pub(crate) struct Names<'a> {
    /// What a name is at the head of a module.
    pub(crate) head: &'a dyn Fn(ModuleId, &str) -> Head,
    /// What the import binds that a function of the module makes under a name.
    pub(crate) local: &'a dyn Fn(ModuleId, &str) -> Head,
    /// What an attribute of a module, a package or something of a library is.
    pub(crate) member: &'a dyn Fn(&Head, &str) -> Head,
    /// What a module defines.
    pub(crate) definitions: &'a dyn Fn(ModuleId) -> Arc<Definitions>,
    /// The class whose instance a function gives to those who depend on it.
    pub(crate) supplied: &'a dyn Fn(ModuleId, FunctionId) -> Option<ClassRef>,
}

/// What something asks for.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// The classes of the project, each once.
    pub(crate) classes: Vec<(ClassRef, Via)>,
    /// Whether anything else may be given: a plain value, a class of somebody else. `None` doesn't count.
    pub(crate) has_others: bool,
}

impl Asked {
    fn push(&mut self, class: ClassRef, via: Via) {
        if !self.classes.iter().any(|(known, _)| *known == class) {
            self.classes.push((class, via));
        }
    }
}

impl Names<'_> {
    /// What a dotted name is in `module`.
    pub(crate) fn dotted(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId, depth: usize) -> Head {
        match &exprs[expr] {
            Expr::Name(name) => (self.head)(module, name),
            Expr::Attribute { value, name } if depth < MAX_DEPTH => {
                (self.member)(&self.dotted(module, exprs, *value, depth + 1), name)
            }
            _ => Head::Unknown,
        }
    }

    /// What a dotted name is in `module`; where its head binds no such name, what an import in a function brings.
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

    /// The classes that an annotation in `module` asks for one of.
    pub(crate) fn annotated(
        &self,
        module: ModuleId,
        exprs: &ExprArena,
        expr: ExprId,
        depth: usize,
        out: &mut Asked,
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
        out: &mut Asked,
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
            // What dishka gives under several names.
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
            // Containers write it around what they are to bring, Python around what it is to check.
            "FromDishka" | "Inject" | "Injected" | "Provided" | "InitVar" | "Final" | "Required"
            | "NotRequired" | "ReadOnly" | "SkipValidation" => {
                if let Some(first) = parts.first() {
                    self.annotated(module, exprs, *first, depth + 1, out);
                }
            }
            _ => out.has_others = true,
        }
    }

    /// What a variable stands for where it is an alias of a type, or a type variable with a bound.
    fn alias(&self, module: ModuleId, name: &str, depth: usize, out: &mut Asked) {
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

    /// The class whose instance `Depends(get_x)`, `Depends(X)` or `Provide[Container.x]` brings; nothing for any other
    /// expression.
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

    /// What the provider named by `expr` gives.
    fn supply(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId) -> Option<ClassRef> {
        match self.dotted(module, exprs, expr, 0) {
            Head::Class(class) => Some(class),
            Head::Function(module, function) => (self.supplied)(module, function),
            _ => self.contained(module, exprs, expr),
        }
    }

    /// What `Container.orders` gives, where the container says `orders = providers.Singleton(SqlOrders)`; also through
    /// containers in containers.
    fn contained(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId) -> Option<ClassRef> {
        let mut names: Vec<&Name> = Vec::new();
        let mut at = expr;
        let container = loop {
            match &exprs[at] {
                Expr::Attribute { value, name } if names.len() < MAX_DEPTH => {
                    // `Container.orders.provider`, `Provide[Container.orders.provided.name]` hold on to the provider.
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

    /// The same of a dotted name.
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

    /// The one class that a return annotation promises.
    pub(crate) fn promised(&self, module: ModuleId, exprs: &ExprArena, expr: ExprId) -> Option<ClassRef> {
        match self.promises(module, exprs, expr).as_slice() {
            [class] => Some(class.clone()),
            _ => None,
        }
    }

    /// The classes that a return annotation promises one of: `Order`, `Iterator[Order]` of a function that yields.
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
        let mut found = Asked::default();
        self.annotated(module, exprs, inner, 0, &mut found);
        found.classes.into_iter().map(|(class, _)| class).collect()
    }
}

/// The last variable called `name` in a scope.
fn variable<'a>(definitions: &'a Definitions, name: &str, scope: Scope) -> Option<&'a Variable> {
    definitions.variables.iter().rev().find(|variable| variable.scope == scope && variable.name == name)
}
