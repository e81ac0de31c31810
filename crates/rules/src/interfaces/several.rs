//! Collections of a concrete class that code asks for, and what it uses of their elements: `stores: list[SqlOrders]`.

use model::{Behind, InjectionPlace, InjectionSite, Via};
use python::{Body, BodyOwner, Expr, ExprId, FunctionId, Name, Scope, Stmt};
use view::Context;
use view::scope::of_self;

/// A parameter that takes several instances, with the members that loops over them use.
pub(super) struct Several {
    pub(super) site: InjectionSite,
    pub(super) used: Vec<Name>,
}

/// All of them in the checked module whose elements are used.
pub(super) fn of(cx: &Context<'_>) -> Vec<Several> {
    let sites = model::query::indirect_sites(cx.db, cx.project, cx.file);
    let several = sites.iter().filter(|site| site.behind == Behind::Several);
    several
        .filter_map(|site| {
            let InjectionPlace::Parameter { function, parameter } = site.place else { return None };
            let mut used = used(cx, function, usize::from(parameter));
            used.sort();
            used.dedup();
            let site = InjectionSite {
                class: site.class.clone(),
                place: site.place,
                via: Via::Annotation,
                is_alone: true,
            };
            (!used.is_empty()).then_some(Several { site, used })
        })
        .collect()
}

/// Whether an expression of a body is what is looked for.
type IsIt<'i> = &'i dyn Fn(&Body, ExprId) -> bool;

fn used(cx: &Context<'_>, function: FunctionId, parameter: usize) -> Vec<Name> {
    in_bodies(cx, function, parameter, &members)
}

/// Whether code calls what it takes as a parameter: it makes instances of a class that it is given.
pub(super) fn is_called(cx: &Context<'_>, place: InjectionPlace) -> bool {
    let InjectionPlace::Parameter { function, parameter } = place else { return false };
    let calls = |body: &Body, is_it: &dyn Fn(&Body, ExprId) -> bool| {
        let is_call = |expr: &Expr| matches!(expr, Expr::Call { callee, .. } if is_it(body, *callee));
        if body.exprs.list.iter().any(is_call) { vec![()] } else { Vec::new() }
    };
    !in_bodies(cx, function, usize::from(parameter), &calls).is_empty()
}

/// What `read` finds about a parameter in its function, and about the attribute that keeps it in the methods of the class.
fn in_bodies<T>(
    cx: &Context<'_>,
    function: FunctionId,
    parameter: usize,
    read: &dyn Fn(&Body, IsIt<'_>) -> Vec<T>,
) -> Vec<T> {
    let definitions = &cx.module.definitions;
    let facts = &definitions[function];
    let Some(name) = facts.parameters.get(parameter).map(|parameter| &parameter.name) else {
        return Vec::new();
    };
    let Some(own) = cx.module.bodies.list.get(facts.body.0 as usize) else { return Vec::new() };
    let is_parameter = |body: &Body, id: ExprId| matches!(&body[id], Expr::Name(it) if it == name);
    let mut found = read(own, &is_parameter);
    // `self.stores = stores`
    let kept = own.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Assign { targets, value: Some(value), .. } if holds(own, *value, &is_parameter) => {
            targets.iter().find_map(|target| of_self(own, *target))
        }
        _ => None,
    });
    if let (Some(kept), Scope::Class(class)) = (kept, facts.scope) {
        for body in &cx.module.bodies.list {
            let BodyOwner::Function(method) = body.owner else { continue };
            if definitions[method].scope == Scope::Class(class) {
                found.extend(read(body, &|body, id| of_self(body, id) == Some(kept)));
            }
        }
    }
    found
}

/// Whether an expression is the collection, a copy of it, or its values: `tuple(stores)`, `stores.values()`.
fn holds(body: &Body, id: ExprId, is_it: &dyn Fn(&Body, ExprId) -> bool) -> bool {
    if is_it(body, id) {
        return true;
    }
    let Expr::Call { callee, args } = &body[id] else { return false };
    match (&body[*callee], &args[..]) {
        (Expr::Attribute { value, name }, []) => name == "values" && is_it(body, *value),
        (Expr::Name(name), [only]) => {
            matches!(name.as_str(), "list" | "reversed" | "sorted" | "tuple") && is_it(body, only.value())
        }
        _ => false,
    }
}

/// The members that a body reads off the elements of a collection.
fn members(body: &Body, is_it: &dyn Fn(&Body, ExprId) -> bool) -> Vec<Name> {
    let named = |target: ExprId| match &body[target] {
        Expr::Name(name) => Some(name),
        _ => None,
    };
    let mut elements: Vec<&Name> = Vec::new();
    for stmt in &body.stmts {
        if let Stmt::For { target, iterable, .. } = stmt
            && holds(body, *iterable, is_it)
        {
            elements.extend(named(*target));
        }
    }
    for expr in &body.exprs.list {
        if let Expr::Comprehension { clauses, .. } = expr {
            let own = clauses.iter().filter(|clause| holds(body, clause.iterable, is_it));
            elements.extend(own.filter_map(|clause| named(clause.target)));
        }
    }
    let is_element = |id: ExprId| match &body[id] {
        Expr::Name(name) => elements.contains(&name),
        Expr::Subscript { value, .. } => is_it(body, *value),
        _ => false,
    };
    let reads = body.exprs.list.iter().filter_map(|expr| match expr {
        Expr::Attribute { value, name } if is_element(*value) => Some(name.clone()),
        _ => None,
    });
    reads.collect()
}
