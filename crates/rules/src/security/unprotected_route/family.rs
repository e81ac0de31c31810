//! Routes that belong together: of one module, in one framework, on one router.

use std::collections::BTreeMap;

use model::{Framework, Route};
use python::{Expr, FunctionId, Scope};
use source::Span;
use view::Context;

/// Routes that belong together.
pub(super) struct Family<'a> {
    pub(super) framework: Framework,
    /// Their name as a group, for messages.
    pub(super) kind: String,
    pub(super) members: Vec<Member<'a>>,
}

/// One handler with all its routes; for Django a whole class, if all its methods are alike.
pub(super) struct Member<'a> {
    /// The name within its module.
    pub(super) name: String,
    pub(super) span: Span,
    /// The class that it is or belongs to.
    pub(super) class: Option<&'a str>,
    /// The function in the checked module that handles it, if any.
    pub(super) function: Option<FunctionId>,
    /// Never empty.
    pub(super) routes: Vec<&'a Route>,
    /// What one of its routes requires.
    pub(super) authentication: Option<&'a str>,
}

/// The siblings that a member is compared with.
pub(super) struct Siblings<'f> {
    pub(super) protected: Vec<&'f Member<'f>>,
    /// How many there are, excluding the checked one.
    pub(super) count: usize,
    /// What most of them require.
    pub(super) usual: &'f str,
}

/// Whether a method is a modifying one.
pub(super) fn is_changing(method: &str) -> bool {
    matches!(method, "POST" | "PUT" | "PATCH" | "DELETE")
}

/// The families among the routes of the checked module, in a stable order.
pub(super) fn families<'a>(cx: &Context<'_>, routes: &[&'a Route]) -> Vec<Family<'a>> {
    let mut members: BTreeMap<(Framework, String, String), Member<'a>> = BTreeMap::new();
    for route in routes {
        let name = route.handler.qualified();
        let function = route.handler.function.filter(|(module, _)| *module == cx.id).map(|(_, id)| id);
        let Some(span) = span(cx, route, function) else { continue };
        let router = function.map(|function| router(cx, function)).unwrap_or_default();
        let member = members.entry((route.framework, router, name.clone())).or_insert_with(|| Member {
            name,
            span,
            class: route.handler.class.as_deref(),
            function,
            routes: Vec::new(),
            authentication: None,
        });
        member.routes.push(route);
        if member.authentication.is_none() {
            member.authentication = route.authentication.as_deref();
        }
    }
    let mut families: Vec<(String, Family<'a>)> = Vec::new();
    for ((framework, router, _), member) in members {
        let is_it = |known: &&mut (String, Family<'a>)| known.0 == router && known.1.framework == framework;
        match families.iter_mut().find(is_it) {
            Some((_, family)) => family.members.push(member),
            None => families.push((
                router.clone(),
                Family {
                    framework,
                    kind: if router.is_empty() { "routes".to_owned() } else { format!("routes of {router}") },
                    members: vec![member],
                },
            )),
        }
    }
    families.into_iter().map(|(_, family)| family).collect()
}

impl Family<'_> {
    /// The siblings of `open` (the unprotected routes) that change something as they do, if enough of them are
    /// protected for an open one to be an exception: at least `wanted`, and `share` percent.
    pub(super) fn siblings<'f>(
        &'f self,
        open: &[&Member<'_>],
        changes: impl Fn(&Member<'_>) -> bool,
        wanted: usize,
        share: usize,
    ) -> Option<Siblings<'f>> {
        let protected: Vec<&Member<'_>> =
            self.members.iter().filter(|it| it.authentication.is_some() && changes(it)).collect();
        let count = protected.len() + open.iter().filter(|member| changes(member)).count();
        let is_usual =
            protected.len() >= wanted.max(1) && protected.len() * 100 >= share.saturating_mul(count);
        let usual = usual(&protected)?;
        is_usual.then(|| Siblings { protected, count: count - 1, usual })
    }

    /// Whether a library authenticates by itself, independently of the routes.
    pub(super) fn framework_protects(&self, cx: &Context<'_>) -> bool {
        // Litestar's security backends wrap all routes in a middleware; guards are additional.
        self.framework == Framework::Litestar
            && cx.architecture.modules.iter().any(|(_, info)| {
                let imports = python::query::imports(cx.db, info.file);
                imports.list.iter().any(|import| import.module.starts_with("litestar.security"))
            })
    }
}

/// What most of them require; ties go to the first.
fn usual<'m>(members: &[&'m Member<'_>]) -> Option<&'m str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in members.iter().filter_map(|member| member.authentication) {
        *counts.entry(name).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name))).map(|(name, _)| name)
}

/// The position of a handler's name in the checked module.
fn span(cx: &Context<'_>, route: &Route, function: Option<FunctionId>) -> Option<Span> {
    if let Some(function) = function {
        return Some(super::name_span(cx, function));
    }
    let class = route.handler.class.as_ref()?;
    let definitions = &*cx.module.definitions;
    let (id, _) = definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == *class)?;
    Some(cx.module.spans.class_name(id))
}

/// The router in a function's decorator: `router` for `@router.post("/")`.
fn router(cx: &Context<'_>, function: FunctionId) -> String {
    let definitions = &*cx.module.definitions;
    let named = definitions[function].decorators.iter().find_map(|decorator| {
        let Expr::Call { callee, .. } = &definitions[*decorator] else { return None };
        let Expr::Attribute { value, name } = &definitions[*callee] else { return None };
        let registers = matches!(
            name.as_str(),
            "route"
                | "get"
                | "post"
                | "put"
                | "patch"
                | "delete"
                | "head"
                | "options"
                | "api_route"
                | "websocket"
        );
        if registers { definitions.exprs.dotted(*value) } else { None }
    });
    named.unwrap_or_default()
}
