//! Litestar: the dictionary of exception handlers, and the handler that recreates the framework error.

use model::{PathRole, Target};
use python::{Arg, BodyId, BodyOwner, Expr, ExprId, Literal, Scope, Stmt, StmtId};
use source::{File, Span, TextEdit};

use super::shared::{Handled, again, made_again};
use crate::bindings;
use crate::brackets::Bracketed;
use crate::domain_error::ErrorClass;
use crate::inject::appended;
use crate::lines::Lines;
use crate::load::{USUAL_LENGTH, written_in_lines};
use crate::rewrite::{At, FileRewrite, Home, Import, Rewrite};
use view::Context;
use view::scope::Names;

/// The one application.
pub(in crate::domain_error) struct Application {
    file: File,
    pub(super) handled: Handled,
}

/// Where handlers are registered.
#[derive(Clone, Copy)]
struct Registry {
    body: BodyId,
    /// The call that creates the application.
    call: Option<ExprId>,
    /// The dictionary of handlers, if any.
    handlers: Option<ExprId>,
}

/// What one module shows about handlers.
#[derive(Default)]
struct Registered {
    registries: Vec<Registry>,
    handled: Handled,
    /// Whether the project handles HTTP errors in its own way, or in one that can't be read.
    is_closed: bool,
}

/// The application; `None` if there are several, or if the project handles HTTP errors in its own way.
pub(super) fn application(cx: &Context<'_>) -> Option<Application> {
    let scopes = &cx.architecture.layers.scopes;
    let own_scope = scopes.get(cx.id);
    let knows_litestar = |file: File| {
        let resolved = model::query::resolved(cx.db, cx.project, file);
        resolved.iter().any(|it| match &it.target {
            Target::ThirdParty(name) => name == "litestar" || name.starts_with("litestar."),
            _ => false,
        })
    };
    let mut found: Vec<(File, Registry)> = Vec::new();
    let mut handled = Handled::new();
    for (id, info) in cx.architecture.modules.iter() {
        if info.role == PathRole::Code
            && scopes.get(id) == own_scope
            && knows_litestar(info.file)
            && let Some(there) = view::query::context(cx.db, cx.project, info.file)
        {
            let registered = registered(&there);
            if registered.is_closed {
                return None;
            }
            found.extend(registered.registries.into_iter().map(|registry| (info.file, registry)));
            handled.extend(registered.handled);
        }
    }
    let dictionaries: Vec<&(File, Registry)> = found.iter().filter(|(_, it)| it.handlers.is_some()).collect();
    let file = match (&dictionaries[..], &found[..]) {
        ([(file, _)], _) | ([], [(file, _)]) => *file,
        _ => return None,
    };
    Some(Application { file, handled })
}

fn registered(cx: &Context<'_>) -> Registered {
    let names = Names::of(cx);
    let mut registered = Registered::default();
    // A controller or a plugin has its own handlers.
    registered.is_closed |= cx.module.definitions.variables.iter().any(|it| it.name == "exception_handlers");
    registered.is_closed |= cx
        .imports()
        .any(|view| view.resolved.outside().is_some_and(|full| full.contains(".problem_details.")));
    for function in &cx.module.definitions.functions {
        let exprs = &cx.module.definitions.exprs;
        registered.is_closed |= function.decorators.iter().any(|id| match &exprs[*id] {
            Expr::Call { args, .. } => args.iter().any(is_handlers),
            _ => false,
        });
    }
    for (id, body) in names.bodies() {
        for (index, expr) in body.exprs.list.iter().enumerate() {
            let Expr::Call { callee, args } = expr else { continue };
            let makes = names
                .outside(id, *callee)
                .is_some_and(|full| full.starts_with("litestar.") && full.ends_with(".Litestar"));
            let given = args.iter().find(|arg| is_handlers(arg)).map(Arg::value);
            if !makes {
                registered.is_closed |= given.is_some();
                continue;
            }
            registered.is_closed |= args.iter().any(|arg| matches!(arg, Arg::DoubleStar(_)));
            let call = Some(ExprId(index as u32));
            registered.registries.push(Registry { body: id, call, handlers: given });
        }
        // `app_config.exception_handlers = {...}`
        let mut written = 0;
        for stmt in &body.stmts {
            if let Stmt::Assign { targets, value: Some(value), .. } = stmt
                && let [target] = &targets[..]
                && matches!(&body[*target], Expr::Attribute { name, .. } if name == "exception_handlers")
            {
                written += 1;
                registered.registries.push(Registry { body: id, call: None, handlers: Some(*value) });
            }
        }
        let mentioned = body
            .exprs
            .list
            .iter()
            .filter(|expr| matches!(expr, Expr::Attribute { name, .. } if name == "exception_handlers"));
        registered.is_closed |= mentioned.count() > written;
    }
    for registry in registered.registries.clone() {
        if let Some(handlers) = registry.handlers {
            read_handlers(&names, registry.body, handlers, &mut registered);
        }
    }
    registered
}

fn is_handlers(arg: &Arg) -> bool {
    matches!(arg, Arg::Keyword(name, _) if name == "exception_handlers")
}

/// Reads `{OrderNotFound: order_not_found}`.
fn read_handlers(names: &Names<'_>, id: BodyId, handlers: ExprId, registered: &mut Registered) {
    let body = names.body(id);
    let Expr::Dict(entries) = &body[handlers] else {
        registered.is_closed = true;
        return;
    };
    for (key, value) in entries {
        let Some(key) = *key else {
            registered.is_closed = true;
            return;
        };
        // A status, `Exception`, an error of the framework.
        let is_http = match &body[key] {
            Expr::Literal(Literal::Int(_)) => true,
            _ => names.outside(id, key).is_some_and(|full| {
                full.starts_with("litestar.")
                    || full.starts_with("http.")
                    || matches!(
                        &*full,
                        "builtins.BaseException" | "builtins.Exception" | "builtins.ValueError"
                    )
            }),
        };
        registered.is_closed |= is_http;
        let name = body.exprs.dotted(key).unwrap_or_default();
        let last = name.rsplit('.').next().unwrap_or_default().to_owned();
        registered.handled.push((last, answer(names, body, *value)));
    }
}

/// The response that a handler of the module recreates, if it has the form that is written here.
fn answer(
    names: &Names<'_>,
    body: &python::Body,
    handler: ExprId,
) -> Option<crate::domain_error::HttpAnswer> {
    let Expr::Name(name) = &body[handler] else { return None };
    let definitions = &names.cx.module.definitions;
    let function = definitions.functions.iter().find(|it| it.name == *name && it.scope == Scope::Module)?;
    let id = function.body;
    let there = names.body(id);
    let [only] = &there.root[..] else { return None };
    let Stmt::Return(Some(value)) = &there[*only] else { return None };
    let Expr::Call { callee, args } = &there[*value] else { return None };
    let is_it = names.outside(id, *callee).is_some_and(|full| full.ends_with(".create_exception_response"));
    let [_, Arg::Positional(error)] = &args[..] else { return None };
    if is_it { made_again(names, id, there, *error) } else { None }
}

/// Writes a handler for each class and registers it.
pub(super) fn write(
    rewrite: &mut Rewrite<'_>,
    application: &Application,
    module: &str,
    classes: &[&ErrorClass],
) -> Option<()> {
    let it = rewrite.file(application.file)?;
    let mut entries = Vec::new();
    for class in classes {
        entries.push(handler(it, module, class)?);
    }
    if entries.is_empty() { Some(()) } else { register(it, &entries) }
}

/// Writes the handler of a class above the creation of the application; returns both names.
fn handler(it: &mut FileRewrite<'_>, module: &str, class: &ErrorClass) -> Option<(String, String)> {
    let error = it.import(Import { module, name: &class.name, home: Home::Project }, At::RunTime)?;
    let mut name = python::naming::snake(&class.name);
    if bindings::is_bound(&it.cx, &name) {
        name = format!("answer_{name}");
        (!bindings::is_bound(&it.cx, &name)).then_some(())?;
    }
    let library = |module, name| Import { module, name, home: Home::ThirdParty };
    let request = it.import(library("litestar", "Request"), At::RunTime)?;
    let response = it.import(library("litestar", "Response"), At::RunTime)?;
    let create =
        it.import(library("litestar.exceptions.responses", "create_exception_response"), At::RunTime)?;
    let made = again(it, class.answer?, "error")?;
    let text = format!(
        "def {name}(request: {request}, error: {error}) -> {response}:\n    return {create}(request, {made})\n"
    );
    let at = above(&it.cx)?;
    let lines = Lines { text: it.text() };
    let insert = format!("{text}\n\n").replace('\n', lines.ending());
    it.apply(&[TextEdit { span: Span::new(at, at), insert }])?;
    Some((error, name))
}

/// The registry of a module.
fn registry(cx: &Context<'_>) -> Option<Registry> {
    let registries = registered(cx).registries;
    registries.iter().find(|it| it.handlers.is_some()).or_else(|| registries.first()).copied()
}

/// The line above which a handler goes: that of the statement, or of the definition around it, including comments.
fn above(cx: &Context<'_>) -> Option<u32> {
    let registry = registry(cx)?;
    let lines = Lines { text: cx.text.as_str() };
    let body = cx.module.bodies.list.get(registry.body.0 as usize)?;
    let place = match body.owner {
        BodyOwner::Module => cx.module.spans.expr(registry.body, registry.call?),
        BodyOwner::Function(function) => {
            let mut scope = cx.module.definitions[function].scope;
            let mut span = *cx.module.spans.functions.get(function.0 as usize)?;
            for _ in 0..8 {
                match scope {
                    Scope::Module => break,
                    Scope::Class(class) => {
                        span = *cx.module.spans.classes.get(class.0 as usize)?;
                        scope = cx.module.definitions[class].scope;
                    }
                    Scope::Function(function) => {
                        span = *cx.module.spans.functions.get(function.0 as usize)?;
                        scope = cx.module.definitions[function].scope;
                    }
                }
            }
            span
        }
        BodyOwner::Class(_) => return None,
    };
    let start = statement(cx, place).map_or(place.start, |statement| statement.start);
    let mut at = lines.start(start);
    while at > 0 && lines.line(lines.start(at - 1)).starts_with(['#', '@']) {
        at = lines.start(at - 1);
    }
    lines.before(start).is_empty().then_some(at)
}

/// The top-level statement around a position.
fn statement(cx: &Context<'_>, place: Span) -> Option<Span> {
    let root = cx.module.bodies.list.first()?.root.iter();
    root.map(|stmt| cx.module.spans.stmt(BodyId(0), *stmt)).find(|span| span.contains(place))
}

/// Breaks the statement that creates the application like a formatter, if its lines became too long.
fn tidy(it: &mut FileRewrite<'_>) -> Option<()> {
    let cx = &it.cx;
    let formatting = cx.formatting();
    let limit = formatting.line_length.or(formatting.limit).unwrap_or(USUAL_LENGTH);
    let registry = registry(cx)?;
    let body = cx.module.bodies.list.get(registry.body.0 as usize)?;
    let place = cx.module.spans.expr(registry.body, registry.call.or(registry.handlers)?);
    let statements = (0..body.stmts.len()).map(|index| StmtId(index as u32));
    let around = statements
        .map(|stmt| cx.module.spans.stmt(registry.body, stmt))
        .filter(|span| span.contains(place))
        .min_by_key(|span| span.end - span.start)?;
    let lines = Lines { text: cx.text.as_str() };
    let (text, indentation) = (lines.slice(around), lines.indentation(around.start));
    let is_long = text.lines().enumerate().any(|(index, line)| {
        let before = if index == 0 { indentation.chars().count() } else { 0 };
        before + line.chars().count() > limit
    });
    if !is_long {
        return Some(());
    }
    match written_in_lines(text, indentation, limit, lines.ending()) {
        Some(insert) => it.apply(&[TextEdit { span: around, insert }]),
        None => Some(()),
    }
}

/// Adds the handlers to the dictionary, or gives the application one.
fn register(it: &mut FileRewrite<'_>, entries: &[(String, String)]) -> Option<()> {
    let cx = &it.cx;
    let registry = registry(cx)?;
    let lines = Lines { text: cx.text.as_str() };
    let body = cx.module.bodies.list.get(registry.body.0 as usize)?;
    let written: Vec<String> = entries.iter().map(|(error, name)| format!("{error}: {name}")).collect();
    let edit = if let Some(handlers) = registry.handlers {
        let Expr::Dict(known) = &body[handlers] else { return None };
        match known.last() {
            None => {
                let span = cx.module.spans.expr(registry.body, handlers);
                TextEdit { span, insert: format!("{{{}}}", written.join(", ")) }
            }
            Some((_, last)) => {
                let last = cx.module.spans.expr(registry.body, *last);
                let dictionary = cx.module.spans.expr(registry.body, handlers);
                let is_spread = lines.start(dictionary.start) != lines.start(last.start);
                let separator = if is_spread {
                    format!(",{}{}", lines.ending(), lines.indentation(last.start))
                } else {
                    ", ".to_owned()
                };
                let insert = format!("{separator}{}", written.join(&separator));
                TextEdit { span: Span::new(last.end, last.end), insert }
            }
        }
    } else {
        let Expr::Call { callee, .. } = &body[registry.call?] else { return None };
        let list = Bracketed::after(lines.text, cx.module.spans.expr(registry.body, *callee).end)?;
        let parts: Vec<Span> = list.parts.iter().copied().filter(|part| !part.is_empty()).collect();
        appended(lines.text, &list, &parts, &format!("exception_handlers={{{}}}", written.join(", ")))
    };
    it.apply(&[edit])?;
    tidy(it)
}
