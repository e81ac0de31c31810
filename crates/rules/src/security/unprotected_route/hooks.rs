//! Code that runs before every route of an application: hooks and middleware that may authenticate.
//!
//! Checked only for a route that would be reported, so that files without one never read others.

use model::{Framework, Mark};
use python::{Arg, Expr};
use view::Context;

use super::family::Family;
use super::identity;
use super::intent::names_in;
use crate::security::words::{has, names_identity};

/// Functions that run before handlers.
const HOOKS: &[&str] = &[
    "before_request",
    "before_app_request",
    "before",
    "middleware",
    "url_value_preprocessor",
    "before_serving",
];

/// Whether something in the project may authenticate before a route of the family is reached.
pub(super) fn may_protect(cx: &Context<'_>, family: &Family<'_>) -> bool {
    match family.framework {
        Framework::Flask | Framework::FastApi | Framework::Starlette | Framework::Litestar => {
            hooks_identify(cx) || middleware_identifies(cx)
        }
        Framework::Django | Framework::DjangoRest | Framework::Ninja => settings_identify(cx),
    }
}

/// `@app.before_request` on a function that mentions the caller's identity.
fn hooks_identify(cx: &Context<'_>) -> bool {
    cx.architecture.modules.iter().any(|(id, info)| {
        if !model::query::signals(cx.db, info.file).marks.has(Mark::RequestHook) {
            return false;
        }
        let definitions = python::query::definitions(cx.db, info.file);
        definitions.functions().any(|(function, it)| {
            let is_hook = it
                .decorators
                .iter()
                .any(|decorator| HOOKS.iter().any(|hook| ends_with(&definitions, *decorator, hook)));
            is_hook && identity::function_speaks(cx, flow::FunctionRef { module: id, function }, 1)
        })
    })
}

fn ends_with(definitions: &python::Definitions, decorator: python::ExprId, hook: &str) -> bool {
    let callee = match &definitions[decorator] {
        Expr::Call { callee, .. } => *callee,
        _ => decorator,
    };
    matches!(&definitions[callee], Expr::Name(name) | Expr::Attribute { name, .. } if name == hook)
}

/// `app.add_middleware(AuthMiddleware)`, `app.before_request(check_login)`: by the names of the arguments.
fn middleware_identifies(cx: &Context<'_>) -> bool {
    const MARKS: [Mark; 3] = [Mark::WiresApp, Mark::CreatesApp, Mark::TakesApp];
    cx.architecture.modules.iter().any(|(_, info)| {
        let marks = model::query::signals(cx.db, info.file).marks;
        if !MARKS.iter().any(|mark| marks.has(*mark)) {
            return false;
        }
        let bodies = python::query::bodies(cx.db, info.file);
        bodies.list.iter().any(|body| {
            body.exprs.list.iter().any(|expr| {
                let Expr::Call { callee, args } = expr else { return false };
                let Expr::Attribute { name, .. } = &body[*callee] else { return false };
                (HOOKS.contains(&name.as_str()) || name == "add_middleware")
                    && args.iter().any(|arg| match &body[arg.value()] {
                        Expr::Name(name) | Expr::Attribute { name, .. } => {
                            // Merely reads cookies and identities.
                            names_identity(name) && !has(name, &["session", "csrf"])
                        }
                        _ => false,
                    })
            })
        })
    })
}

/// Django: middleware that requires a login, and default permissions of the REST framework.
fn settings_identify(cx: &Context<'_>) -> bool {
    cx.architecture.modules.iter().any(|(_, info)| {
        let last = info.name.rsplit('.').next().unwrap_or_default();
        let is_settings = info.name.split('.').any(|part| matches!(part, "settings" | "config" | "conf"))
            || matches!(last, "settings" | "base" | "common" | "default" | "defaults" | "production");
        if !is_settings {
            return false;
        }
        let definitions = python::query::definitions(cx.db, info.file);
        definitions.variables.iter().any(|variable| {
            let Some(value) = variable.value else { return false };
            match variable.name.as_str() {
                "REST_FRAMEWORK" => !lets_all_in(&definitions, value),
                "MIDDLEWARE" | "MIDDLEWARE_CLASSES" => texts(&definitions, value).iter().any(|text| {
                    let last = text.rsplit('.').next().unwrap_or_default();
                    has(
                        last,
                        &["required", "require", "permission", "permissions", "enforce", "token", "sso"],
                    ) && names_identity(last)
                }),
                _ => false,
            }
        })
    })
}

/// Whether the defaults of the REST framework require nothing: they name no permission but the one that admits
/// everyone.
fn lets_all_in(definitions: &python::Definitions, settings: python::ExprId) -> bool {
    let Expr::Dict(entries) = &definitions[settings] else {
        // Built in a way that can't be followed.
        let Expr::Call { args, .. } = &definitions[settings] else { return false };
        return !args
            .iter()
            .any(|arg| matches!(arg, Arg::Keyword(name, _) if name == "DEFAULT_PERMISSION_CLASSES"));
    };
    entries.iter().all(|(key, value)| {
        let Some(Expr::Literal(python::Literal::Str(key))) = key.map(|key| &definitions[key]) else {
            return false;
        };
        if key != "DEFAULT_PERMISSION_CLASSES" {
            return true;
        }
        let listed = texts(definitions, *value);
        names_in(definitions, *value).is_empty() && listed.iter().all(|text| text.ends_with("AllowAny"))
    })
}

/// The texts in an expression.
fn texts(definitions: &python::Definitions, expr: python::ExprId) -> Vec<String> {
    let mut out = Vec::new();
    let mut open = vec![expr];
    while let Some(id) = open.pop() {
        if let Expr::Literal(python::Literal::Str(text)) = &definitions[id] {
            out.push(text.to_string());
        }
        definitions[id].for_each_child(|child| open.push(child));
    }
    out
}
