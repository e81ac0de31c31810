//! Where a class is instantiated, and with which arguments. Refused if a use of the class can't be adapted: as a base,
//! as a value that is passed on, through a star import.

use model::{ModuleId, ModuleInfo, Target};
use python::{
    Arg, Body, BodyId, BodyOwner, Expr, ExprId, ImportKind, Name, ParameterKind, Scope, Stmt, UseContext,
};
use rustc_hash::FxHashSet;
use source::{File, Span};
use view::Context;
use view::checked_classes::is_inner_method;
use view::scope::{Meaning, Names};

use super::plan::Plan;
use crate::Refusal;

/// One call of the class.
pub(super) struct Site {
    pub(super) file: File,
    pub(super) call: Span,
    pub(super) callee: Span,
    /// In order.
    pub(super) arguments: Vec<Argument>,
}

/// One argument.
pub(super) struct Argument {
    /// The parameter that takes it.
    pub(super) parameter: String,
    pub(super) value: Span,
    /// Whether it can be written twice: a name, an attribute, a literal.
    pub(super) is_simple: bool,
}

/// All calls of the class, in all files.
///
/// # Errors
/// If one can't be adapted, or there is none.
pub(super) fn of(cx: &Context<'_>, plan: &Plan) -> Result<Vec<Site>, Refusal> {
    let mut sites = Vec::new();
    in_own_module(cx, plan, &mut sites).ok_or_else(|| cannot_follow(plan, cx.own_name()))?;
    // Tests and other unanalysed files are parsed if they name the class; the imports of all others are known.
    let mut names: Vec<Name> = vec![plan.class_name.as_str().into()];
    let others = cx.architecture.modules.iter().filter(|(id, _)| *id != cx.id);
    let (parsed, mut open): (Vec<_>, Vec<_>) = others.partition(|(_, info)| info.has_edges());
    of_modules(cx, plan, &parsed, &mut names, &mut sites)?;
    loop {
        let is_named = |(_, info): &(ModuleId, &ModuleInfo)| {
            let words = view::query::capitalized_words(cx.db, info.file);
            names.iter().any(|name| {
                !name.contains(char::is_uppercase)
                    || words.binary_search(&view::query::word_hash(name)).is_ok()
            })
        };
        let (found, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(is_named);
        of_modules(cx, plan, &found, &mut names, &mut sites)?;
        // Another name for it may be used elsewhere.
        if found.is_empty() || rest.is_empty() {
            break;
        }
        open = rest;
    }
    if sites.is_empty() {
        return Err(Refusal::new(format!("nothing in the project calls {}", plan.class_name)));
    }
    Ok(sites)
}

fn cannot_follow(plan: &Plan, module: &str) -> Refusal {
    Refusal::new(format!("{module} uses {} in a way that can't pass the collaborator", plan.class_name))
}

fn of_modules(
    cx: &Context<'_>,
    plan: &Plan,
    modules: &[(ModuleId, &ModuleInfo)],
    names: &mut Vec<Name>,
    sites: &mut Vec<Site>,
) -> Result<(), Refusal> {
    for (id, info) in modules {
        let resolved = model::query::resolved(cx.db, cx.project, info.file);
        let is_about = |target: &Target| match target {
            Target::Symbol { origin, origin_name, module, .. } => {
                *origin == cx.id && (*origin_name == plan.class_name || origin_name.is_empty())
                    || *module == cx.id
            }
            Target::Module(module) => *module == cx.id || is_package_of(cx, *module),
            _ => false,
        };
        if resolved.iter().any(|it| is_about(&it.target)) {
            let refusal = || cannot_follow(plan, &info.name);
            let there = view::query::context(cx.db, cx.project, info.file).ok_or_else(refusal)?;
            let before = sites.len();
            in_module(&there, cx, plan, sites).ok_or_else(refusal)?;
            if sites.len() > before && reaches(cx, &plan.needs, *id) {
                let (class, module) = (&plan.class_name, &info.name);
                let reason = format!("what {class} builds imports {module}, which would have to build it");
                return Err(Refusal::new(reason));
            }
            let is_class = |target: &Target| {
                matches!(target, Target::Symbol { origin, origin_name, .. }
                    if *origin == cx.id && *origin_name == plan.class_name)
            };
            let aliases = there.imports().filter(|view| is_class(&view.resolved.target));
            names.extend(aliases.filter_map(|view| view.import.alias.clone()));
        }
    }
    Ok(())
}

/// Whether the calls can probably be adapted, judging by facts of other files without positions. Tests are left out:
/// they are checked when the refactoring runs.
pub(super) fn could_be(cx: &Context<'_>, plan: &Plan) -> bool {
    let mut own = Vec::new();
    if in_own_module(cx, plan, &mut own).is_none() {
        return false;
    }
    let mut is_made = !own.is_empty();
    for edge in cx.architecture.graph.importers(cx.id) {
        let file = cx.file_of(edge.to);
        let uses = view::query::import_uses(cx.db, file);
        let resolved = model::query::resolved(cx.db, cx.project, file);
        for it in uses.iter() {
            let Some(target) = resolved.get(it.import.0 as usize).map(|it| &it.target) else { continue };
            let is_class = matches!(target, Target::Symbol { origin, origin_name, .. }
                if *origin == cx.id && *origin_name == plan.class_name);
            let is_it = is_class || it.attributes.split('.').any(|part| part == plan.class_name);
            let is_whole = if is_class {
                it.attributes.is_empty()
            } else {
                it.attributes.ends_with(plan.class_name.as_str())
            };
            match it.context {
                _ if !is_it => {}
                UseContext::Annotation => {}
                UseContext::Call if is_whole => {
                    let moves_on = || {
                        let there = view::query::context(cx.db, cx.project, file)?;
                        Some(is_inner_method(&there, it.function?))
                    };
                    if moves_on() == Some(true) {
                        return false;
                    }
                    is_made = true;
                }
                UseContext::Call => return false,
                _ if is_class && !is_whole => {}
                _ => return false,
            }
        }
    }
    is_made
}

/// Whether `id` is a package around the class' module: `from shop import services; services.orders.OrderService()`.
fn is_package_of(cx: &Context<'_>, id: ModuleId) -> bool {
    let package = cx.module_name(id);
    cx.own_name().strip_prefix(package).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether importing one of `from` imports `to`: then `to` can't import it.
fn reaches(cx: &Context<'_>, from: &[ModuleId], to: ModuleId) -> bool {
    let mut seen: FxHashSet<ModuleId> = from.iter().copied().collect();
    let mut open: Vec<ModuleId> = from.to_vec();
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        for edge in cx.architecture.graph.imports(at) {
            if edge.kind == model::EdgeKind::Import && seen.insert(edge.to) {
                open.push(edge.to);
            }
        }
    }
    false
}

/// Collects the calls in the module that defines the class.
fn in_own_module(cx: &Context<'_>, plan: &Plan, sites: &mut Vec<Site>) -> Option<()> {
    let names = Names::of(cx);
    let definitions = &cx.module.definitions;
    for (id, body) in names.bodies() {
        let annotations = annotations(body);
        for (index, expr) in body.exprs.list.iter().enumerate() {
            let at = ExprId(index as u32);
            match expr {
                Expr::Name(name) if *name == plan.class_name => {
                    if !matches!(names.meaning(id, name), Meaning::Bound(BodyId(0), _)) {
                        continue;
                    }
                    let call = call_of(body, at);
                    match call {
                        Some(call) => sites.push(site(cx, cx, plan, id, body, call)?),
                        None if annotations.contains(&at) || is_asked_for(body, at) => {}
                        None => return None,
                    }
                }
                // The class instantiates itself.
                Expr::Call { callee, .. } if is_in_class(cx, plan, body) => {
                    let is_own = match &body[*callee] {
                        Expr::Name(name) => name == "cls",
                        Expr::Attribute { name, .. } => name == "__class__",
                        Expr::Call { callee, .. } => {
                            matches!(&body[*callee], Expr::Name(name) if name == "type")
                        }
                        _ => false,
                    };
                    (!is_own).then_some(())?;
                }
                _ => {}
            }
        }
    }
    // Bases, decorators and defaults.
    let used = |id: &ExprId| mentions(&definitions.exprs, *id, &plan.class_name);
    let in_signatures = definitions
        .classes
        .iter()
        .any(|it| it.bases.iter().any(|base| used(&base.value())) || it.decorators.iter().any(used))
        || definitions.functions.iter().any(|it| {
            it.decorators.iter().any(used)
                || it.parameters.iter().any(|parameter| parameter.default.as_ref().is_some_and(used))
        });
    (!in_signatures && !asks_framework(cx)).then_some(())
}

fn is_in_class(cx: &Context<'_>, plan: &Plan, body: &Body) -> bool {
    match body.owner {
        BodyOwner::Function(function) => cx.module.definitions[function].scope == Scope::Class(plan.class),
        _ => false,
    }
}

/// Collects the calls in another module.
fn in_module(there: &Context<'_>, cx: &Context<'_>, plan: &Plan, sites: &mut Vec<Site>) -> Option<()> {
    let mut touches = false;
    for view in there.imports() {
        let (is_class, is_module) = match &view.resolved.target {
            Target::Symbol { origin, origin_name, .. } => (
                *origin == cx.id && *origin_name == plan.class_name,
                *origin == cx.id && origin_name.is_empty(),
            ),
            Target::Module(module) => (false, *module == cx.id || is_package_of(cx, *module)),
            _ => (false, false),
        };
        if view.import.kind == ImportKind::Star && (is_class || is_module) {
            return None;
        }
        if !is_class && !is_module {
            continue;
        }
        for name_use in there.module.uses.iter().filter(|it| it.import == view.id) {
            let is_it = if is_class {
                true
            } else {
                name_use.attributes.split('.').any(|part| part == plan.class_name)
            };
            if !is_it {
                continue;
            }
            touches = true;
            let is_whole = if is_class {
                name_use.attributes.is_empty()
            } else {
                name_use.attributes.ends_with(plan.class_name.as_str())
            };
            match name_use.context {
                UseContext::Annotation => {}
                UseContext::Call if is_whole => sites.push(call_at(there, cx, plan, name_use.span)?),
                // `OrderService.LIMIT`
                _ if is_class && !is_whole && name_use.context != UseContext::Call => {}
                _ => return None,
            }
        }
    }
    (!touches || !asks_framework(there)).then_some(())
}

/// Whether a framework instantiates annotated classes here: `service: OrderService = Depends()`.
fn asks_framework(cx: &Context<'_>) -> bool {
    let text = cx.text.as_str();
    ["Depends()", "@inject", "Inject["].iter().any(|word| text.contains(word))
}

/// The call whose callee is at `callee`.
fn call_at(there: &Context<'_>, cx: &Context<'_>, plan: &Plan, callee: Span) -> Option<Site> {
    for (index, body) in there.module.bodies.list.iter().enumerate() {
        let id = BodyId(index as u32);
        for (index, expr) in body.exprs.list.iter().enumerate() {
            if let Expr::Call { callee: called, .. } = expr
                && there.module.spans.expr(id, *called) == callee
            {
                return site(there, cx, plan, id, body, ExprId(index as u32));
            }
        }
    }
    None
}

fn site(
    there: &Context<'_>,
    cx: &Context<'_>,
    plan: &Plan,
    id: BodyId,
    body: &Body,
    call: ExprId,
) -> Option<Site> {
    let Expr::Call { callee, args } = &body[call] else { return None };
    // Moving it into another class of the inner layers only moves the finding.
    if let BodyOwner::Function(function) = body.owner {
        (!is_inner_method(there, function)).then_some(())?;
    }
    let span = |expr: ExprId| there.module.spans.expr(id, expr);
    let mut arguments = Vec::new();
    for (index, arg) in args.iter().enumerate() {
        let (parameter, value) = match arg {
            Arg::Positional(value) => (positional(cx, plan, index)?, *value),
            Arg::Keyword(name, value) => (name.to_string(), *value),
            Arg::Star(_) | Arg::DoubleStar(_) => return None,
        };
        (parameter != plan.parameter).then_some(())?;
        arguments.push(Argument { parameter, value: span(value), is_simple: is_simple(body, value) });
    }
    Some(Site { file: there.file, call: span(call), callee: span(*callee), arguments })
}

/// The parameter that takes the argument at `index`.
fn positional(cx: &Context<'_>, plan: &Plan, index: usize) -> Option<String> {
    let definitions = &cx.module.definitions;
    if let Some(constructor) = plan.constructor {
        let parameters = &definitions[constructor].parameters;
        let takes = |kind| matches!(kind, ParameterKind::PositionalOnly | ParameterKind::Normal);
        let parameter = parameters.iter().skip(1).filter(|it| takes(it.kind)).nth(index)?;
        return Some(parameter.name.to_string());
    }
    let is_field = |it: &&python::Variable| it.scope == Scope::Class(plan.class) && it.annotation.is_some();
    definitions.variables.iter().filter(is_field).nth(index).map(|it| it.name.to_string())
}

fn is_simple(body: &Body, value: ExprId) -> bool {
    match &body[value] {
        Expr::Name(_) | Expr::Literal(_) => true,
        Expr::Attribute { value, .. } => is_simple(body, *value),
        _ => false,
    }
}

/// The call with exactly this callee.
fn call_of(body: &Body, callee: ExprId) -> Option<ExprId> {
    let index = body
        .exprs
        .list
        .iter()
        .position(|it| matches!(it, Expr::Call { callee: called, .. } if *called == callee))?;
    Some(ExprId(index as u32))
}

/// Expressions in annotations of assignments.
fn annotations(body: &Body) -> FxHashSet<ExprId> {
    let mut found = FxHashSet::default();
    let mut open: Vec<ExprId> = Vec::new();
    for stmt in &body.stmts {
        if let Stmt::Assign { annotation: Some(annotation), .. } = stmt {
            open.push(*annotation);
        }
    }
    while let Some(at) = open.pop() {
        found.insert(at);
        body[at].for_each_child(|child| open.push(child));
    }
    found
}

/// `isinstance(x, OrderService)`, `OrderService.LIMIT`
fn is_asked_for(body: &Body, name: ExprId) -> bool {
    body.exprs.list.iter().any(|it| match it {
        Expr::Call { callee, args } => {
            matches!(&body[*callee], Expr::Name(function) if function == "isinstance" || function == "issubclass")
                && args.iter().any(|arg| arg.value() == name)
        }
        Expr::Attribute { value, name: attribute } => *value == name && attribute.starts_with(|letter: char| letter.is_ascii_uppercase()),
        _ => false,
    })
}

fn mentions(exprs: &python::ExprArena, expr: ExprId, name: &str) -> bool {
    let mut open = vec![expr];
    while let Some(at) = open.pop() {
        if matches!(&exprs[at], Expr::Name(it) if it == name) {
            return true;
        }
        exprs[at].for_each_child(|child| open.push(child));
    }
    false
}
