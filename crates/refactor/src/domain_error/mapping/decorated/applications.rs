//! What a module shows about applications: where they are created, and how their errors are handled so far.

use python::{Body, BodyId, BodyOwner, Expr, ExprId, Literal, Scope, Stmt, StmtId};
use view::Context;
use view::scope::{Names, chain};

use crate::domain_error::raises::Family;
use crate::domain_error::status;

/// A position after which a handler can be written.
pub(super) struct Anchor {
    /// The application, as written there.
    pub(super) app: String,
    /// The end of the statement before it.
    pub(super) after: u32,
    /// The start of the statement before it: the handler gets the same indentation.
    pub(super) start: u32,
    /// Positions where HTTP errors are handled come first, then those with other handlers, then those that create the
    /// application.
    pub(super) rank: u8,
    /// The function that handles HTTP errors there.
    pub(super) special: Option<Special>,
}

/// A function of the project that handles HTTP errors.
#[derive(Clone)]
pub(super) struct Special {
    pub(super) function: String,
    pub(super) is_async: bool,
    /// The status that it handles, or all.
    pub(super) status: Option<u16>,
}

/// An application that the module creates.
pub(super) struct Made {
    pub(super) name: Option<String>,
    /// Whether it has routes or routers.
    pub(super) serves: bool,
    /// Whether it is created with handlers that can't be read.
    pub(super) has_handlers: bool,
}

/// What a module shows about applications.
#[derive(Default)]
pub(super) struct Applications {
    pub(super) anchors: Vec<Anchor>,
    pub(super) made: Vec<Made>,
    pub(super) handled: Vec<(String, Option<u16>)>,
    /// Whether HTTP errors are handled in a way that can't be reproduced.
    pub(super) is_closed: bool,
}

pub(super) fn applications(cx: &Context<'_>, family: Family) -> Applications {
    let names = Names::of(cx);
    let mut said = Applications::default();
    for (id, body) in names.bodies() {
        if matches!(body.owner, BodyOwner::Class(_)) {
            continue;
        }
        read_made(&names, id, body, family, &mut said);
    }
    // Beside an application that serves routes, one that doesn't handles nothing.
    let is_alone = said.made.len() == 1;
    let others: Vec<String> = said
        .made
        .iter()
        .filter(|made| !made.serves && !is_alone)
        .filter_map(|made| made.name.clone())
        .collect();
    let definitions = &*cx.module.definitions;
    // `@app.exception_handler(OrderNotFound)` on a function.
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

/// The applications that a body creates.
fn read_made(names: &Names<'_>, id: BodyId, body: &Body, family: Family, said: &mut Applications) {
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

impl Applications {
    /// Records what a handler is for; `None` as status means HTTP errors in general.
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
    said: &mut Applications,
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
                Family::Django | Family::Litestar | Family::Rest => false,
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

pub(super) fn decorator_of(family: Family) -> &'static str {
    match family {
        Family::FastApi => "exception_handler",
        Family::Django | Family::Flask | Family::Litestar | Family::Rest => "errorhandler",
    }
}

fn is_maker(names: &Names<'_>, body: BodyId, callee: ExprId, family: Family) -> bool {
    names.outside(body, callee).is_some_and(|full| match family {
        Family::FastApi => full.starts_with("fastapi.") && full.ends_with(".FastAPI"),
        Family::Flask => full.starts_with("flask.") && full.ends_with(".Flask"),
        Family::Django | Family::Litestar | Family::Rest => false,
    })
}

/// Whether a name is an application rather than a blueprint: created as one here, a parameter, or named like one.
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

/// The status of a handler's response, if it contains the error's text and nothing else.
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
