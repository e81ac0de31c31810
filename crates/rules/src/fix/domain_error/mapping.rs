//! Where an application turns errors into answers, and the handler that is written there.

use model::{Mark, PathRole};
use python::{Body, BodyId, BodyOwner, Expr, ExprId, Literal, Scope, Stmt, StmtId};
use source::{File, Span, TextEdit};

use super::ErrorClass;
use super::raises::Family;
use super::status;
use crate::Context;
use crate::fix::bindings;
use crate::fix::lines::Lines;
use crate::fix::rewrite::{At, FileRewrite, Home, Import, Rewrite};
use crate::queries::scope::{Names, chain};

/// The one application, and what handles its errors so far.
pub(super) struct Application {
    family: Family,
    file: File,
    /// The names of errors that handlers are registered for, with the status that a plain one answers with.
    handled: Vec<(String, Option<u16>)>,
    /// Whether HTTP errors are answered in the project's own way.
    is_special: bool,
}

/// A place after which a handler can be written.
struct Anchor {
    /// The application, as written there.
    app: String,
    /// The end of the statement before it.
    after: u32,
    /// Where the statement before it begins: its indentation is the handler's.
    start: u32,
    /// Those where HTTP errors are answered come first, then those where handlers are, then where the application is made.
    rank: u8,
    /// The function that answers HTTP errors there.
    special: Option<Special>,
}

/// A function of the project that answers HTTP errors.
#[derive(Clone)]
struct Special {
    function: String,
    is_async: bool,
    /// The status that it is for, or all.
    status: Option<u16>,
}

/// An application that is made.
struct Made {
    name: Option<String>,
    /// Whether it has routes or routers.
    serves: bool,
    /// Whether it is made with handlers that can't be read.
    has_handlers: bool,
}

/// What a module says of applications.
#[derive(Default)]
struct Said {
    anchors: Vec<Anchor>,
    made: Vec<Made>,
    handled: Vec<(String, Option<u16>)>,
    /// Whether HTTP errors are answered in a way that can't be repeated.
    is_closed: bool,
}

/// The application that serves routes; nothing where there are several, or HTTP errors are answered in a way that can't be
/// repeated.
pub(super) fn application(cx: &Context<'_>, family: Family) -> Option<Application> {
    const MARKS: [Mark; 4] = [Mark::CreatesApp, Mark::WiresApp, Mark::TakesApp, Mark::RequestHook];
    let scopes = &cx.architecture.layers.scopes;
    let own_scope = scopes.get(cx.id.0 as usize);
    let mut all: Vec<(File, Said)> = Vec::new();
    for (id, info) in cx.architecture.modules.iter() {
        let marks = model::query::signals(cx.db, info.file).marks;
        if info.role == PathRole::Code
            && scopes.get(id.0 as usize) == own_scope
            && MARKS.iter().any(|mark| marks.has(*mark))
            && let Some(there) = crate::query::context(cx.db, cx.project, info.file)
        {
            all.push((info.file, said(&there, family)));
        }
    }
    let serving = |made: &&Made| made.serves;
    let made = || all.iter().flat_map(|(_, said)| &said.made);
    let wanted = match made().filter(serving).count() {
        0 if made().count() == 1 => made().next()?,
        1 => made().find(serving)?,
        _ => return None,
    };
    if wanted.has_handlers || all.iter().any(|(_, said)| said.is_closed) {
        return None;
    }
    let anchors =
        all.iter().flat_map(|(file, said)| said.anchors.iter().map(move |anchor| (anchor.rank, *file)));
    let mut best: Option<(u8, File)> = None;
    for (rank, file) in anchors {
        match best {
            // HTTP errors that are answered in two files can't be told apart.
            Some((0, known)) if rank == 0 && known != file => return None,
            Some((known, _)) if known <= rank => {}
            _ => best = Some((rank, file)),
        }
    }
    let (rank, file) = best?;
    let handled = all.into_iter().flat_map(|(_, said)| said.handled).collect();
    Some(Application { family, file, handled, is_special: rank == 0 })
}

/// Whether a handler answers an error of this name with the status and its text.
pub(super) fn answers_alike(application: &Application, name: &str, status: u16) -> bool {
    !application.is_special
        && application.handled.iter().any(|(handled, answer)| handled == name && *answer == Some(status))
}

/// Whether anything handles an error of this name.
pub(super) fn mentions(application: &Application, name: &str) -> bool {
    application.handled.iter().any(|(handled, _)| handled == name)
}

fn said(cx: &Context<'_>, family: Family) -> Said {
    let names = Names::of(cx);
    let mut said = Said::default();
    for (id, body) in names.bodies() {
        if matches!(body.owner, BodyOwner::Class(_)) {
            continue;
        }
        read_made(&names, id, body, family, &mut said);
    }
    // Beside an application that serves, one that doesn't has nothing to answer.
    let is_alone = said.made.len() == 1;
    let others: Vec<String> = said
        .made
        .iter()
        .filter(|made| !made.serves && !is_alone)
        .filter_map(|made| made.name.clone())
        .collect();
    let definitions = &*cx.module.definitions;
    // `@app.exception_handler(OrderNotFound)` above a function.
    for (id, function) in definitions.functions() {
        for decorator in &function.decorators {
            let Expr::Call { callee, args } = &definitions[*decorator] else { continue };
            let Expr::Attribute { value, name } = &definitions[*callee] else { continue };
            if name != decorator_of(family) {
                continue;
            }
            let (Some(app), Some(error)) = (definitions.exprs.dotted(*value), args.first()) else { continue };
            let is_there = !matches!(function.scope, Scope::Class(_)) && !others.contains(&app);
            let kind = said.handle(&definitions.exprs, error.value(), answer(cx, function.body));
            let special = kind.map(|status| Special {
                function: function.name.to_string(),
                is_async: function.is_async,
                status,
            });
            let span = cx.module.spans.functions.get(id.0 as usize).copied().unwrap_or_default();
            if is_there && is_application(cx, &names, &app, function.scope, family) {
                let rank = u8::from(special.is_none() || family == Family::Flask);
                said.anchors.push(Anchor { app, after: span.end, start: span.start, rank, special });
            }
        }
    }
    for (id, body) in names.bodies() {
        if matches!(body.owner, BodyOwner::Class(_)) {
            continue;
        }
        for stmt in &body.root {
            read_statement(&names, id, body, *stmt, family, &others, &mut said);
        }
    }
    said.anchors.sort_by_key(|anchor| (anchor.rank, std::cmp::Reverse(anchor.after)));
    said
}

/// The applications that a body makes.
fn read_made(names: &Names<'_>, id: BodyId, body: &Body, family: Family, said: &mut Said) {
    const SERVES: [&str; 12] = [
        "add_api_route",
        "add_url_rule",
        "delete",
        "get",
        "include_router",
        "patch",
        "post",
        "put",
        "register_blueprint",
        "route",
        "routes",
        "websocket",
    ];
    for expr in &body.exprs.list {
        let Expr::Call { callee, args } = expr else { continue };
        if !is_maker(names, id, *callee, family) {
            continue;
        }
        let name = body.stmts.iter().find_map(|stmt| match stmt {
            Stmt::Assign { targets, value: Some(value), .. } if body[*value] == *expr => match &targets[..] {
                [target] => match &body[*target] {
                    Expr::Name(name) => Some(name.to_string()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        });
        let serves = name.as_ref().is_some_and(|app| {
            let uses = |exprs: &python::ExprArena| {
                exprs.list.iter().any(|expr| {
                    matches!(expr, Expr::Attribute { value, name } if SERVES.contains(&name.as_str())
                        && matches!(&exprs[*value], Expr::Name(root) if root == app))
                })
            };
            uses(&body.exprs) || id.0 == 0 && uses(&names.cx.module.definitions.exprs)
        });
        let has_handlers = args
            .iter()
            .any(|arg| matches!(arg, python::Arg::Keyword(name, _) if name == "exception_handlers"));
        said.made.push(Made { name, serves, has_handlers });
    }
}

impl Said {
    /// Notes what a handler is for; the status, or none, where that is HTTP errors themselves.
    #[expect(clippy::option_option, reason = "no HTTP error, all HTTP errors, those of one status")]
    fn handle(
        &mut self,
        exprs: &python::ExprArena,
        error: ExprId,
        answer: Option<u16>,
    ) -> Option<Option<u16>> {
        if let Expr::Literal(Literal::Int(status)) = &exprs[error] {
            return Some(u16::try_from(*status).ok());
        }
        let name = exprs.dotted(error).unwrap_or_default();
        let last = name.rsplit('.').next().unwrap_or_default().to_owned();
        let is_http = last.contains("HTTPException");
        self.handled.push((last, answer));
        is_http.then_some(None)
    }
}

fn read_statement(
    names: &Names<'_>,
    id: BodyId,
    body: &Body,
    stmt: StmtId,
    family: Family,
    others: &[String],
    said: &mut Said,
) {
    let span = names.cx.module.spans.stmt(id, stmt);
    match &body[stmt] {
        // `app = FastAPI(...)`
        Stmt::Assign { targets, value: Some(value), .. } => {
            let Expr::Call { callee, .. } = &body[*value] else { return };
            if is_maker(names, id, *callee, family)
                && let [target] = &targets[..]
                && let Expr::Name(app) = &body[*target]
                && !others.iter().any(|other| app == other)
            {
                let app = app.to_string();
                said.anchors.push(Anchor { app, after: span.end, start: span.start, rank: 3, special: None });
            }
        }
        // `app.add_exception_handler(OrderNotFound, order_not_found)`
        Stmt::Expr(expr) => {
            let Expr::Call { callee, args } = &body[*expr] else { return };
            let Expr::Attribute { value, name } = &body[*callee] else { return };
            let registers = match family {
                Family::FastApi => name == "add_exception_handler",
                Family::Flask => name == "register_error_handler",
            };
            let (Some(app), Some(error)) = (body.exprs.dotted(*value), args.first()) else { return };
            if !registers || others.contains(&app) {
                return;
            }
            if said.handle(&body.exprs, error.value(), None).is_some() {
                said.is_closed |= family == Family::FastApi;
            }
            let scope = match body.owner {
                BodyOwner::Function(function) => Scope::Function(function),
                _ => Scope::Module,
            };
            if is_application(names.cx, names, &app, scope, family) {
                said.anchors.push(Anchor { app, after: span.end, start: span.start, rank: 2, special: None });
            }
        }
        _ => {}
    }
}

fn decorator_of(family: Family) -> &'static str {
    match family {
        Family::FastApi => "exception_handler",
        Family::Flask => "errorhandler",
    }
}

fn is_maker(names: &Names<'_>, body: BodyId, callee: ExprId, family: Family) -> bool {
    names.outside(body, callee).is_some_and(|full| match family {
        Family::FastApi => full.starts_with("fastapi.") && full.ends_with(".FastAPI"),
        Family::Flask => full.starts_with("flask.") && full.ends_with(".Flask"),
    })
}

/// Whether a name is an application and no blueprint: made as one here, a parameter, or called so.
fn is_application(cx: &Context<'_>, names: &Names<'_>, app: &str, scope: Scope, family: Family) -> bool {
    if family == Family::FastApi {
        return true;
    }
    let body = match scope {
        Scope::Module => BodyId(0),
        Scope::Function(function) => cx.module.definitions[function].body,
        Scope::Class(_) => return false,
    };
    let made = names.body(body).stmts.iter().any(|stmt| match stmt {
        Stmt::Assign { targets, value: Some(value), .. } => {
            let is_target =
                targets.iter().any(|target| matches!(&names.body(body)[*target], Expr::Name(name) if name == app));
            is_target
                && matches!(&names.body(body)[*value], Expr::Call { callee, .. } if is_maker(names, body, *callee, family))
        }
        _ => false,
    });
    made || matches!(app, "app" | "application")
}

/// The status that a handler answers with, where it tells the error's text and nothing else.
fn answer(cx: &Context<'_>, body: BodyId) -> Option<u16> {
    let body = cx.module.bodies.list.get(body.0 as usize)?;
    let [only] = &body.root[..] else { return None };
    let Stmt::Return(Some(value)) = &body[*only] else { return None };
    let Expr::Call { callee, args } = &body[*value] else { return None };
    let (name, _) = chain(body, *callee)?;
    if name == "JSONResponse" {
        let mut status = None;
        let mut tells = false;
        for arg in args {
            match arg {
                python::Arg::Keyword(name, value) if name == "status_code" => {
                    if let Expr::Literal(Literal::Int(code)) = &body[*value] {
                        status = u16::try_from(*code).ok();
                    }
                }
                python::Arg::Keyword(name, value) if name == "content" => {
                    let Expr::Dict(entries) = &body[*value] else { return None };
                    let [(Some(key), told)] = &entries[..] else { return None };
                    let is_detail =
                        matches!(&body[*key], Expr::Literal(Literal::Str(key)) if key == "detail");
                    let is_text = matches!(&body[*told], Expr::Call { callee, .. } if matches!(&body[*callee], Expr::Name(name) if name == "str"));
                    tells = is_detail && is_text;
                }
                _ => return None,
            }
        }
        return status.filter(|_| tells);
    }
    // `app.handle_http_exception(NotFound(*error.args))`
    let [python::Arg::Positional(inner)] = &args[..] else { return None };
    let Expr::Call { callee: class, .. } = &body[*inner] else { return None };
    let is_handed = matches!(&body[*callee], Expr::Attribute { name, .. } if name == "handle_http_exception");
    match &body[*class] {
        Expr::Name(class) if is_handed => status::of_werkzeug(class),
        _ => None,
    }
}

/// Writes a handler for each class.
pub(super) fn write(
    rewrite: &mut Rewrite<'_>,
    application: &Application,
    module: &str,
    classes: &[&ErrorClass],
) -> Option<()> {
    for class in classes {
        let it = rewrite.file(application.file)?;
        handler(it, application.family, module, class)?;
    }
    Some(())
}

fn handler(it: &mut FileRewrite<'_>, family: Family, module: &str, class: &ErrorClass) -> Option<()> {
    let error = it.import(Import { module, name: &class.name, home: Home::Project }, At::RunTime)?;
    let mut name = snake(&class.name);
    if bindings::is_bound(&it.cx, &name) {
        name = format!("answer_{name}");
        if bindings::is_bound(&it.cx, &name) {
            return None;
        }
    }
    let told = if class.is_text { "str(error)" } else { "error.args[0]" };
    let special = special_for(&it.cx, family, class.status);
    let lines_of = match family {
        Family::FastApi if special.is_some() => {
            let special = special.as_ref()?;
            let request = any(
                it,
                &[("fastapi", "Request"), ("starlette.requests", "Request"), ("fastapi.requests", "Request")],
            )?;
            let http = any(it, &[("fastapi", "HTTPException"), ("starlette.exceptions", "HTTPException")])?;
            let awaits = if special.is_async { "await " } else { "" };
            vec![
                format!("async def {name}({REQUEST}: {request}, error: {error}):"),
                format!(
                    "    return {awaits}{}(request, {http}(status_code={}, detail={told}))",
                    special.function, class.status
                ),
            ]
        }
        Family::FastApi => {
            let request = any(
                it,
                &[("fastapi", "Request"), ("starlette.requests", "Request"), ("fastapi.requests", "Request")],
            )?;
            let response = any(
                it,
                &[
                    ("fastapi.responses", "JSONResponse"),
                    ("starlette.responses", "JSONResponse"),
                    ("fastapi", "JSONResponse"),
                ],
            )?;
            vec![
                format!("async def {name}({REQUEST}: {request}, error: {error}) -> {response}:"),
                format!(
                    "    return {response}(status_code={}, content={{\"detail\": {told}}})",
                    class.status
                ),
            ]
        }
        Family::Flask => {
            let http = any(it, &[("werkzeug.exceptions", status::werkzeug(class.status)?)])?;
            vec![
                format!("def {name}(error: {error}):"),
                format!("    return {APP}.handle_http_exception({http}(*error.args))"),
            ]
        }
    };
    let function = special.map(|special| special.function);
    let is_it = |anchor: &Anchor| {
        function.is_none() || anchor.special.as_ref().map(|special| &special.function) == function.as_ref()
    };
    let anchor = said(&it.cx, family).anchors.into_iter().find(is_it)?;
    let text = it.text().to_owned();
    let lines = Lines { text: &text };
    let (indentation, ending) = (lines.indentation(anchor.start), lines.ending());
    let gap = if indentation.is_empty() { ending.repeat(2) } else { ending.to_owned() };
    let mut written = vec![format!("@{}.{}({error})", anchor.app, decorator_of(family))];
    written
        .extend(lines_of.into_iter().map(|line| line.replace(APP, &anchor.app).replace(REQUEST, "request")));
    let written: Vec<String> = written.into_iter().map(|line| format!("{indentation}{line}")).collect();
    let at = lines.next(anchor.after);
    let is_last = at as usize >= text.len();
    let before = if is_last && !text.ends_with('\n') { ending } else { "" };
    let follows = text.get(at as usize..).unwrap_or_default();
    let is_parted = is_last || follows.starts_with('\n') || follows.starts_with("\r\n");
    let after = if is_parted { String::new() } else { gap.clone() };
    let insert = format!("{before}{gap}{}{ending}{after}", written.join(ending));
    it.apply(&[TextEdit { span: Span::new(at, at), insert }])
}

/// The function of the project that answers HTTP errors of a status in a file: Starlette asks those for the status first.
fn special_for(cx: &Context<'_>, family: Family, status: u16) -> Option<Special> {
    if family != Family::FastApi {
        return None;
    }
    let specials: Vec<Special> =
        said(cx, family).anchors.into_iter().filter_map(|anchor| anchor.special).collect();
    let of = |wanted: Option<u16>| specials.iter().find(|special| special.status == wanted).cloned();
    of(Some(status)).or_else(|| of(None))
}

/// Stand-ins in the text of a handler.
const APP: &str = "\u{1}app";
const REQUEST: &str = "\u{1}request";

/// The name by which one of these is imported, or the first of them imported.
fn any(it: &mut FileRewrite<'_>, choices: &[(&str, &str)]) -> Option<String> {
    for (module, name) in choices {
        let full = format!("{module}.{name}");
        let known = it.cx.imports().find(|view| {
            view.resolved.absolute == full
                && view.import.context.function.is_none()
                && !view.import.context.type_checking
        });
        if let Some(bound) = known.and_then(|view| view.import.bound_name().map(str::to_owned)) {
            return Some(bound);
        }
    }
    let (module, name) = choices.first()?;
    it.import(Import { module, name, home: Home::ThirdParty }, At::RunTime)
}

/// `order_not_found` for `OrderNotFound`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut was_lower = false;
    let chars: Vec<char> = name.chars().collect();
    for (index, char) in chars.iter().enumerate() {
        let begins = char.is_uppercase()
            && (was_lower || index > 0 && chars.get(index + 1).is_some_and(|next| next.is_lowercase()));
        if begins {
            out.push('_');
        }
        was_lower = char.is_lowercase();
        out.extend(char.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlers_are_called_after_their_errors() {
        for (name, expected) in
            [("OrderNotFound", "order_not_found"), ("APIKeyNotFound", "api_key_not_found"), ("Gone", "gone")]
        {
            assert_eq!(snake(name), expected);
        }
    }
}
