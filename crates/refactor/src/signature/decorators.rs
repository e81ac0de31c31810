//! The effect of a decorator on a method: whether callers see another signature.

use model::{ClassRef, Head, ModuleId};
use python::{Body, Expr, ExprId, FunctionId, Scope, Stmt};
use view::Context;

use crate::Refusal;
use crate::bindings::body_of;
use crate::rewrite::{Carried, Meaning, Piece};

/// The effect of a decorator on a method.
#[derive(Debug, Clone)]
pub(super) enum Decorator {
    /// Visible to callers: the copy gets it too.
    Kept(Carried),
    /// The same, and the method has no receiver.
    Static,
    /// Invisible to callers.
    Transparent,
    /// A context manager, created from a generator (`contextlib`).
    Manager { is_async: bool },
}

/// Reads a decorator of `function`.
///
/// # Errors
/// If it isn't known to keep the signature.
pub(super) fn read(cx: &Context<'_>, function: FunctionId, decorator: ExprId) -> Result<Decorator, Refusal> {
    let definitions = &cx.module.definitions;
    let (named, is_called) = match &definitions[decorator] {
        Expr::Call { callee, .. } => (*callee, true),
        _ => (decorator, false),
    };
    let written = cx.text.slice(cx.module.spans.signature(decorator));
    let unknown = || Refusal::new(format!("`@{written}` may change its signature"));
    let dotted = definitions.exprs.dotted(named).ok_or_else(unknown)?;
    let facts = &definitions[function];
    if dotted == format!("{}.setter", facts.name) {
        return Ok(Decorator::Kept(Carried(vec![Piece::Text(dotted)])));
    }
    let plain = |text: &str| Ok(Decorator::Kept(Carried(vec![Piece::Text(text.to_owned())])));
    match named_by(cx, &dotted) {
        Head::Foreign(full) => match full.as_str() {
            "builtins.property" | "abc.abstractproperty" => plain("property"),
            "builtins.classmethod" | "abc.abstractclassmethod" => plain("classmethod"),
            "builtins.staticmethod" | "abc.abstractstaticmethod" => Ok(Decorator::Static),
            // Type checkers compare the descriptor, not its value.
            "functools.cached_property" => {
                Ok(Decorator::Kept(Carried::name(Meaning::standard("functools", "cached_property"))))
            }
            "typing.overload" | "typing_extensions.overload" => {
                Ok(Decorator::Kept(Carried::name(Meaning::standard("typing", "overload"))))
            }
            "contextlib.contextmanager" => Ok(Decorator::Manager { is_async: false }),
            "contextlib.asynccontextmanager" => Ok(Decorator::Manager { is_async: true }),
            full if libraries::keeps_signature(full) => Ok(Decorator::Transparent),
            _ => Err(unknown()),
        },
        Head::Function(module, decorating) => {
            let there = view::query::context(cx.db, cx.project, cx.file_of(module)).ok_or_else(unknown)?;
            let keeps = if is_called {
                makes_keeping(&there, decorating, facts.is_async)
            } else {
                keeps(&there, decorating, 0, facts.is_async)
            };
            keeps.then_some(Decorator::Transparent).ok_or_else(unknown)
        }
        Head::Class(class) if is_called => {
            let keeps = calls_keep(cx, &class, facts.is_async).unwrap_or_default();
            keeps.then_some(Decorator::Transparent).ok_or_else(unknown)
        }
        _ => Err(unknown()),
    }
}

/// What a dotted name refers to at the top level of the module.
pub(super) fn named_by(cx: &Context<'_>, dotted: &str) -> Head {
    let mut segments = dotted.split('.');
    let Some(first) = segments.next() else { return Head::Unknown };
    let mut head = model::query::head(cx.db, cx.project, cx.id, first.into());
    if matches!(head, Head::Unknown) && model::is_builtin(first) {
        head = Head::Foreign(format!("builtins.{first}").into());
    }
    for segment in segments {
        head = match head {
            Head::Module(module) => model::query::head_member(cx.db, cx.project, module, segment),
            Head::Namespace(root, package) => {
                model::query::namespace_member(cx.db, cx.project, root, &package, segment)
            }
            Head::Foreign(full) => Head::Foreign(format!("{full}.{segment}").into()),
            _ => return Head::Unknown,
        };
    }
    head
}

/// Whether a function that takes a function as `parameter` returns one with the same signature: by its annotations, or
/// because it returns its argument or a wrapper of it (`functools.wraps`).
fn keeps(cx: &Context<'_>, decorating: FunctionId, parameter: usize, is_async: bool) -> bool {
    let definitions = &cx.module.definitions;
    let Some(facts) = definitions.functions.get(decorating.0 as usize) else { return false };
    let Some(taken) = facts.parameters.get(parameter) else { return false };
    let written = |id: ExprId| -> String {
        let text = cx.text.slice(cx.module.spans.signature(id));
        text.chars().filter(|char| !char.is_whitespace() && !matches!(char, '"' | '\'')).collect()
    };
    if let (Some(takes), Some(gives)) = (taken.annotation, facts.returns)
        && written(takes) == written(gives)
    {
        return true;
    }
    let Some(body) = body_of(cx, decorating) else { return false };
    gives_back(body, |name| name == taken.name || wraps(cx, decorating, name, &taken.name, is_async))
}

/// Whether a function returns decorators that keep the signature: `retry(3)`.
fn makes_keeping(cx: &Context<'_>, factory: FunctionId, is_async: bool) -> bool {
    let definitions = &cx.module.definitions;
    let Some(body) = body_of(cx, factory) else { return false };
    let inner = |name: &str| {
        definitions
            .functions()
            .filter(|(_, it)| it.scope == Scope::Function(factory) && it.name == name)
            .last()
            .map(|(id, _)| id)
    };
    gives_back(body, |name| inner(name).is_some_and(|id| keeps(cx, id, 0, is_async)))
}

/// Whether instances of a class are decorators that keep the signature.
fn calls_keep(cx: &Context<'_>, class: &ClassRef, is_async: bool) -> Option<bool> {
    let found = flow::types::classes::member(cx.db, cx.project, class, "__call__")?;
    let flow::types::classes::Member::Method { function, .. } = found else { return None };
    let there = module_context(cx, function.module)?;
    Some(keeps(&there, function.function, 1, is_async))
}

fn module_context<'a>(cx: &Context<'a>, module: ModuleId) -> Option<Context<'a>> {
    view::query::context(cx.db, cx.project, cx.architecture.modules.get(module)?.file)
}

/// Whether a body returns only names, all accepted by `is_such`.
fn gives_back(body: &Body, is_such: impl Fn(&str) -> bool) -> bool {
    let mut returned = body.stmts.iter().filter_map(|stmt| match stmt {
        Stmt::Return(value) => Some(*value),
        _ => None,
    });
    let is_one = |value: Option<ExprId>| match value.map(|value| &body[value]) {
        Some(Expr::Name(name)) => is_such(name),
        _ => false,
    };
    returned.next().is_some_and(is_one) && returned.all(is_one)
}

/// Whether a nested function wraps the one in `taken`, and is awaited if that is.
fn wraps(cx: &Context<'_>, outer: FunctionId, name: &str, taken: &str, is_async: bool) -> bool {
    let definitions = &cx.module.definitions;
    let found =
        definitions.functions.iter().rfind(|it| it.scope == Scope::Function(outer) && it.name == name);
    let Some(inner) = found else { return false };
    let is_wraps = |decorator: &ExprId| {
        let Expr::Call { callee, args } = &definitions[*decorator] else { return false };
        let is_it = definitions.exprs.dotted(*callee).is_some_and(
            |dotted| matches!(named_by(cx, &dotted), Head::Foreign(full) if full == "functools.wraps"),
        );
        is_it
            && args.first().is_some_and(
                |arg| matches!(&definitions[arg.value()], Expr::Name(wrapped) if wrapped == taken),
            )
    };
    // A plain wrapper returns the method's result; an async one turns it into a coroutine.
    inner.decorators.iter().any(is_wraps) && (is_async || !inner.is_async)
}
