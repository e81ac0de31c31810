//! Django: middleware that raises the corresponding framework error, and the REST framework's exception handler, which
//! replaces the domain error with it. Both are the framework's own mechanisms, so the response is the framework's too.

mod places;
mod settings;

use model::{PathRole, Target};
use python::{BodyId, Expr, ExprId, FunctionId, Literal, Stmt, StmtId};
use source::{Span, TextEdit};

use self::places::{HandlerPlace, MiddlewarePlace};
use super::shared::{Handled, again, made_again};
use crate::domain_error::raises::Family;
use crate::domain_error::{ErrorClass, HttpAnswer};
use crate::lines::Lines;
use crate::rewrite::{At, FileRewrite, Home, Import, Rewrite};
use view::Context;
use view::scope::Names;

/// The one application.
pub(in crate::domain_error) struct Application {
    middleware: Option<MiddlewarePlace>,
    handler: Option<HandlerPlace>,
    pub(super) handled: Handled,
}

/// The application; `None` if its settings are ambiguous, or if the project handles exceptions in its own way.
pub(super) fn application(cx: &Context<'_>, family: Family) -> Option<Application> {
    let scopes = &cx.architecture.layers.scopes;
    let own_scope = scopes.get(cx.id);
    let modules: Vec<_> = cx
        .architecture
        .modules
        .iter()
        .filter(|(id, info)| info.role == PathRole::Code && scopes.get(*id) == own_scope)
        .collect();
    let has_rest = family == Family::Rest
        || modules.iter().any(|(_, info)| {
            let resolved = model::query::resolved(cx.db, cx.project, info.file);
            resolved.iter().any(|it| match &it.target {
                Target::ThirdParty(name) => name.split('.').next() == Some("rest_framework"),
                _ => false,
            })
        });
    let middleware = if family == Family::Django { Some(places::middleware(cx, &modules)?) } else { None };
    let handler = if has_rest { Some(places::handler(cx, &modules)?) } else { None };
    let own = |function: &str| places::is_overridden(cx, &modules, function);
    if middleware.as_ref().is_some_and(|place| place.class.is_none()) && own("process_exception")
        || handler.is_some() && (own("get_exception_handler") || own("handle_exception"))
    {
        return None;
    }
    let in_middleware = middleware.as_ref().map(|place| places::handled_in_class(cx, place));
    let in_handler = handler.as_ref().map(|place| places::handled_in_function(cx, place));
    let handled = match (in_middleware, in_handler) {
        (Some(middleware), Some(handler)) => {
            let both = |it: &&(String, _)| handler.contains(it);
            let mut all: Handled = middleware.iter().filter(both).cloned().collect();
            let others = middleware.iter().chain(&handler).map(|(name, _)| (name.clone(), None));
            all.extend(others);
            all
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return None,
    };
    Some(Application { middleware, handler, handled })
}

/// `if isinstance(exc, OrderNotFound): exc = NotFound(*exc.args)`, and the same with `raise`: the name of the error,
/// and the response that is recreated.
fn guard(names: &Names<'_>, id: BodyId, stmt: StmtId) -> Option<(String, Option<HttpAnswer>)> {
    let body = names.body(id);
    let Stmt::If { test, body: then, orelse } = &body[stmt] else { return None };
    let Expr::Call { callee, args } = &body[*test] else { return None };
    let is_instance = matches!(&body[*callee], Expr::Name(name) if name == "isinstance");
    let [python::Arg::Positional(_), python::Arg::Positional(class)] = &args[..] else { return None };
    let dotted = body.exprs.dotted(*class)?;
    let [only] = &then[..] else { return None };
    let made = match &body[*only] {
        Stmt::Assign { value: Some(value), .. } | Stmt::Raise { exception: Some(value), .. } => *value,
        _ => return None,
    };
    let name = dotted.rsplit('.').next()?.to_owned();
    (is_instance && orelse.is_empty()).then(|| (name, made_again(names, id, body, made)))
}

/// Writes the handler of each class.
pub(super) fn write(
    rewrite: &mut Rewrite<'_>,
    application: &Application,
    module: &str,
    classes: &[&ErrorClass],
) -> Option<()> {
    if classes.is_empty() {
        return Some(());
    }
    if let Some(place) = &application.middleware {
        let (it, function) = places::open_middleware(rewrite, place)?;
        for class in classes {
            add_guard(it, &function, module, class, Becomes::Raised)?;
        }
        places::register_middleware(rewrite, place)?;
    }
    if let Some(place) = &application.handler {
        let (it, function) = places::open_handler(rewrite, place)?;
        for class in classes {
            add_guard(it, &function, module, class, Becomes::Taken)?;
        }
        places::register_handler(rewrite, place)?;
    }
    Some(())
}

/// What a guard does with the framework error.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// `raise Http404(*exception.args) from exception`
    Raised,
    /// `exc = NotFound(*exc.args)`
    Taken,
}

/// The function with the guards: its name, and that of its class.
struct Guarded {
    class: Option<String>,
    function: String,
}

impl Guarded {
    fn find(&self, cx: &Context<'_>) -> Option<FunctionId> {
        let definitions = &cx.module.definitions;
        let is_it = |it: &python::Function| {
            it.name == self.function
                && match (it.scope, &self.class) {
                    (python::Scope::Module, None) => true,
                    (python::Scope::Class(class), Some(name)) => definitions[class].name == *name,
                    _ => false,
                }
        };
        definitions.functions().find(|(_, it)| is_it(it)).map(|(id, _)| id)
    }
}

/// Adds a guard after those at the start of the function.
fn add_guard(
    it: &mut FileRewrite<'_>,
    guarded: &Guarded,
    module: &str,
    class: &ErrorClass,
    becomes: Becomes,
) -> Option<()> {
    let error = it.import(Import { module, name: &class.name, home: Home::Project }, At::RunTime)?;
    let function = guarded.find(&it.cx)?;
    let parameters = &it.cx.module.definitions[function].parameters;
    let first = usize::from(guarded.class.is_some()) * 2;
    let exc = parameters.get(first)?.name.to_string();
    let made = again(it, class.answer?, &exc)?;
    let function = guarded.find(&it.cx)?;
    let cx = &it.cx;
    let id = cx.module.definitions[function].body;
    let body = cx.module.bodies.list.get(id.0 as usize)?;
    let lines = Lines { text: cx.text.as_str() };
    let names = Names::of(cx);
    let is_docstring = |stmt: StmtId| matches!(&body[stmt], Stmt::Expr(expr) if is_text(body, *expr));
    let kept =
        body.root.iter().take_while(|stmt| is_docstring(**stmt) || guard(&names, id, **stmt).is_some());
    let first = cx.module.spans.stmt(id, *body.root.first()?);
    lines.before(first.start).trim().is_empty().then_some(())?;
    let at = match kept.last() {
        Some(last) => lines.next(cx.module.spans.stmt(id, *last).end),
        None => lines.start(first.start),
    };
    let indentation = lines.indentation(first.start);
    let step = if indentation.starts_with('\t') { "\t" } else { "    " };
    let done = match becomes {
        Becomes::Raised => format!("raise {made} from {exc}"),
        Becomes::Taken => format!("{exc} = {made}"),
    };
    let ending = lines.ending();
    let is_open = at as usize == lines.text.len() && !lines.text.ends_with('\n');
    let before = if is_open { ending } else { "" };
    let insert = format!(
        "{before}{indentation}if isinstance({exc}, {error}):{ending}{indentation}{step}{done}{ending}"
    );
    // An empty body is replaced.
    let is_empty = body.root.len() == 1 && matches!(body[body.root[0]], Stmt::Pass);
    let end = if is_empty { lines.next(first.end) } else { at };
    it.apply(&[TextEdit { span: Span::new(at, end), insert }])
}

fn is_text(body: &python::Body, expr: ExprId) -> bool {
    matches!(body[expr], Expr::Literal(Literal::Str(_)))
}
