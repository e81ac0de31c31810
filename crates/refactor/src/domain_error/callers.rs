//! Whether any caller below the framework catches the HTTP error: another error would not be caught there.

use flow::FunctionRef;
use model::ModuleId;
use python::{Body, Expr, ExprId, Stmt, StmtId};
use rustc_hash::FxHashSet;
use view::Context;

use super::raises::{Family, HttpRaise};

/// Limit on the call levels that are followed upwards.
const MAX_DEPTH: usize = 4;
/// With more modules than this the result is not certain.
const MAX_MODULES: usize = 400;
/// Blocks nested deeper than this are not found in hand-written code.
const MAX_BLOCKS: usize = 64;

/// Whether an HTTP error from one of the raises is caught as such: in the function itself, or in one that calls it by
/// name.
pub(super) fn catch(cx: &Context<'_>, raises: &[HttpRaise]) -> bool {
    let definitions = &*cx.module.definitions;
    let Some(family) = raises.first().map(|raise| raise.family) else { return false };
    if raises.iter().any(|raise| asks_framework(&definitions[raise.function].name, family)) {
        return true;
    }
    for raise in raises {
        let body = &cx.module.bodies[raise.body];
        let is_it = |id: StmtId, _: &Body| id == raise.stmt;
        if is_caught(body, &body.root, false, raise.family, &is_it, 0) {
            return true;
        }
    }
    let mut frontier: FxHashSet<(ModuleId, String)> =
        raises.iter().map(|raise| (cx.id, definitions[raise.function].name.to_string())).collect();
    let mut seen = frontier.clone();
    let mut modules = 0;
    for _ in 0..MAX_DEPTH {
        let mut next: FxHashSet<(ModuleId, String)> = FxHashSet::default();
        let mut by_module: Vec<ModuleId> = frontier.iter().map(|(module, _)| *module).collect();
        by_module.sort_unstable();
        by_module.dedup();
        for module in by_module {
            let names: FxHashSet<&str> =
                frontier.iter().filter(|(it, _)| *it == module).map(|(_, name)| name.as_str()).collect();
            let importers = cx.architecture.graph.importers(module).iter().map(|edge| edge.to);
            for user in importers.chain(std::iter::once(module)) {
                modules += 1;
                if modules > MAX_MODULES {
                    return true;
                }
                match callers(cx, user, &names, family) {
                    Some(found) => next.extend(found.into_iter().map(|name| (user, name))),
                    None => return true,
                }
            }
        }
        next.retain(|it| seen.insert(it.clone()));
        if next.is_empty() {
            return false;
        }
        frontier = next;
    }
    false
}

/// The functions of a module that call one of these names; `None` if one catches an HTTP error around such a call.
fn callers(
    cx: &Context<'_>,
    module: ModuleId,
    names: &FxHashSet<&str>,
    family: Family,
) -> Option<Vec<String>> {
    let file = cx.file_of(module);
    let definitions = python::query::definitions(cx.db, file);
    let mut found = Vec::new();
    for (id, it) in definitions.functions() {
        let Some(body) = python::query::body(cx.db, file, it.body) else { continue };
        let calls_it = body.exprs.list.iter().any(|expr| is_call(&body, expr, names));
        if !calls_it {
            continue;
        }
        if asks_framework(&it.name, family) {
            return None;
        }
        let calls = |id: StmtId, body: &Body| statement_calls(body, id, names);
        if is_caught(&body, &body.root, false, family, &calls, 0) {
            return None;
        }
        let reference = FunctionRef { module, function: id };
        // Only the framework calls route handlers.
        let routes = model::query::routes(cx.db, cx.project);
        if routes.of_function(reference.module, reference.function).next().is_none() {
            found.push(it.name.to_string());
        }
    }
    Some(found)
}

fn is_call(body: &Body, expr: &Expr, names: &FxHashSet<&str>) -> bool {
    let Expr::Call { callee, .. } = expr else { return false };
    match &body[*callee] {
        Expr::Name(name) | Expr::Attribute { name, .. } => names.contains(name.as_str()),
        _ => false,
    }
}

/// Whether a statement itself (not the blocks in it) calls one of the names.
fn statement_calls(body: &Body, id: StmtId, names: &FxHashSet<&str>) -> bool {
    let own: Vec<ExprId> = match &body[id] {
        Stmt::Expr(value) | Stmt::Return(Some(value)) | Stmt::AugAssign { value, .. } => vec![*value],
        Stmt::Assign { value, .. } => value.iter().copied().collect(),
        Stmt::If { test, .. } | Stmt::While { test, .. } | Stmt::Assert { test, .. } => vec![*test],
        Stmt::For { iterable, .. } => vec![*iterable],
        Stmt::With { items, .. } => items.iter().map(|item| item.manager).collect(),
        Stmt::Match { subject, .. } => vec![*subject],
        Stmt::Raise { exception, .. } => exception.iter().copied().collect(),
        _ => Vec::new(),
    };
    let mut open = own;
    while let Some(expr) = open.pop() {
        if is_call(body, &body[expr], names) {
            return true;
        }
        body[expr].for_each_child(|child| open.push(child));
    }
    false
}

/// Whether one of the statements is in a `try` that catches HTTP errors.
fn is_caught(
    body: &Body,
    block: &[StmtId],
    in_try: bool,
    family: Family,
    is_wanted: &dyn Fn(StmtId, &Body) -> bool,
    depth: usize,
) -> bool {
    if depth > MAX_BLOCKS {
        return true;
    }
    block.iter().any(|id| {
        if in_try && is_wanted(*id, body) {
            return true;
        }
        let inner =
            |block: &[StmtId], in_try: bool| is_caught(body, block, in_try, family, is_wanted, depth + 1);
        match &body[*id] {
            Stmt::If { body: then, orelse, .. }
            | Stmt::For { body: then, orelse, .. }
            | Stmt::While { body: then, orelse, .. } => inner(then, in_try) || inner(orelse, in_try),
            Stmt::With { body: block, .. } => inner(block, in_try),
            Stmt::Match { cases, .. } => cases.iter().any(|case| inner(&case.body, in_try)),
            Stmt::Try { body: guarded, handlers, orelse, finally } => {
                let catches = handlers.iter().any(|handler| {
                    handler.exception.is_some_and(|exception| speaks_http(body, exception, family))
                });
                inner(guarded, in_try || catches)
                    || handlers.iter().any(|handler| inner(&handler.body, in_try))
                    || inner(orelse, in_try)
                    || inner(finally, in_try)
            }
            _ => false,
        }
    })
}

/// `except HTTPException`, including tuples and Werkzeug's classes.
fn speaks_http(body: &Body, exception: ExprId, family: Family) -> bool {
    let mut open = vec![exception];
    while let Some(id) = open.pop() {
        if let Expr::Name(name) | Expr::Attribute { name, .. } = &body[id]
            && (name.contains("HTTP")
                || name.contains("Http")
                || matches!(name.as_str(), "NotFound" | "Forbidden" | "BadRequest" | "Conflict" | "Gone")
                || is_caught_by_name(name, family))
        {
            return true;
        }
        body[id].for_each_child(|child| open.push(child));
    }
    false
}

/// Other error classes that catch those of Django, its REST framework and Litestar.
fn is_caught_by_name(name: &str, family: Family) -> bool {
    match family {
        Family::FastApi | Family::Flask => false,
        Family::Django => matches!(name, "PermissionDenied" | "SuspiciousOperation"),
        Family::Rest => {
            matches!(name, "APIException" | "ParseError" | "PermissionDenied" | "ValidationError")
        }
        // `NotFoundException` and `ValidationException` are `ValueError`s.
        Family::Litestar => name == "ValueError" || name.ends_with("Exception") && name != "Exception",
    }
}

/// Whether Django or its REST framework calls a function of this name and catches such errors itself: validation
/// methods of serializers, methods of authentication backends.
fn asks_framework(name: &str, family: Family) -> bool {
    const BACKEND: [&str; 4] = ["authenticate", "has_module_perms", "has_perm", "user_can_authenticate"];
    match family {
        Family::FastApi | Family::Flask | Family::Litestar => false,
        Family::Django => BACKEND.contains(&name),
        Family::Rest => {
            name.starts_with("validate")
                || matches!(name, "__call__" | "run_validation" | "to_internal_value" | "to_representation")
        }
    }
}
