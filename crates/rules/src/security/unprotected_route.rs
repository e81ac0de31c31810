//! A modifying route that is open to everyone, among routes that require authentication.
//!
//! Nothing is reported where a route may be open on purpose, or may authenticate in its own way: one false alarm about
//! a login makes people ignore the rule. The evidence for either is in `intent` and `identity`.

mod family;
mod hooks;
mod identity;
mod intent;

use config::Level;
use model::Framework;
use python::FunctionId;
use source::Span;
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use self::family::{Family, Member, families};
use crate::security::words;

pub(crate) static RULE: Rule = Rule {
    id: "unprotected-route",
    group: Group::Security,
    summary: "a route that changes state without the authentication that its siblings have",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("unprotected_route.md"),
    options: &[
        OptionSpec {
            name: "public",
            default: OptionDefault::Strings(&[]),
            summary: "further words in names and paths of routes that are public on purpose",
        },
        OptionSpec {
            name: "share",
            default: OptionDefault::Integer(75),
            summary: "minimum percentage of protected siblings",
        },
        OptionSpec {
            name: "siblings",
            default: OptionDefault::Integer(3),
            summary: "minimum number of protected siblings",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        fastapi: Some(Level::Warning),
        django: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let routes = model::query::routes(cx.db, cx.project);
    let own: Vec<&model::Route> = routes.list.iter().filter(|route| route.handler.module == cx.id).collect();
    // If none of the routes requires authentication, or all do, there is nothing to compare.
    if own.iter().all(|route| route.authentication.is_none())
        || own.iter().all(|route| route.authentication.is_some())
    {
        return;
    }
    let options = cx.options(&RULE);
    let public = options.strings("public");
    if intent::is_public_module(cx.own_name(), &public) {
        return;
    }
    let limit = |name: &str| usize::try_from(options.integer(name)).unwrap_or(0);
    let (wanted, share) = (limit("siblings"), limit("share"));
    for family in families(cx, &own) {
        let candidates: Vec<&Member<'_>> = family
            .members
            .iter()
            .filter(|member| member.authentication.is_none() && !intent::is_public(cx, member, &public))
            .collect();
        if candidates.is_empty() || candidates.iter().all(|member| !changes_state(cx, member)) {
            continue;
        }
        for member in candidates.iter().filter(|member| changes_state(cx, member)) {
            let Some(siblings) =
                family.siblings(&candidates, |other| changes_state(cx, other), wanted, share)
            else {
                continue;
            };
            if family.framework_protects(cx)
                || identity::speaks_of_it(cx, member, &siblings.protected)
                || hooks::may_protect(cx, &family)
            {
                continue;
            }
            report(cx, out, &family, member, &siblings);
        }
    }
}

fn report(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    family: &Family<'_>,
    member: &Member<'_>,
    siblings: &family::Siblings<'_>,
) {
    let route = member.routes[0];
    let method =
        route.methods.iter().find(|method| family::is_changing(method)).map_or("POST", |it| it.as_str());
    let count = format!("{} of {}", siblings.protected.len(), siblings.count);
    let asks = siblings.usual;
    let message = format!(
        "Route `{}` ({method} `{}`) changes state without authentication; {count} routes beside it require `{asks}`",
        member.name, route.path
    );
    let key = Key::new(format!("{} {}", member.name, route.path));
    let draft = out.add(member.span, key, message);
    draft.evidence(format!("{count} {} in `{}` require `{asks}`", family.kind, cx.own_name()));
    for sibling in siblings.protected.iter().take(3) {
        let place = sibling.function.map_or(Place::Span(sibling.span), Place::Function);
        let asks = sibling.authentication.unwrap_or_default();
        draft.related(cx.file, place, format!("`{}` requires `{asks}`", sibling.name));
    }
}

/// Whether a route changes something: by its method, its name, and what it calls.
fn changes_state(cx: &Context<'_>, member: &Member<'_>) -> bool {
    let methods = || member.routes.iter().flat_map(|route| route.methods.iter());
    if methods().any(|method| matches!(method.as_str(), "PUT" | "PATCH" | "DELETE")) {
        return true;
    }
    let takes_any = member.routes.iter().any(|route| route.methods.is_empty());
    let is_django = matches!(member.routes[0].framework, Framework::Django | Framework::DjangoRest);
    let is_post = methods().any(|method| method == "POST");
    if !(is_post || takes_any && is_django) {
        return false;
    }
    let Some(function) = member.function else { return !takes_any };
    if takes_any && !reads_a_post(cx, function) {
        return false;
    }
    words::names_change(&member.name) || calls_change(cx, function)
}

/// Whether a view that accepts any method reads posted data.
fn reads_a_post(cx: &Context<'_>, function: FunctionId) -> bool {
    let body = &cx.module.bodies[cx.module.definitions[function].body];
    body.exprs.list.iter().any(|expr| matches!(expr, python::Expr::Attribute { name, .. } if name == "POST"))
}

/// Whether a function calls something named after a change.
fn calls_change(cx: &Context<'_>, function: FunctionId) -> bool {
    let body = &cx.module.bodies[cx.module.definitions[function].body];
    body.exprs.list.iter().any(|expr| {
        let python::Expr::Call { callee, .. } = expr else { return false };
        match &body[*callee] {
            python::Expr::Name(name) | python::Expr::Attribute { name, .. } => words::names_change(name),
            _ => false,
        }
    })
}

/// The position of a function's name.
fn name_span(cx: &Context<'_>, function: FunctionId) -> Span {
    cx.module.spans.function_name(function)
}
