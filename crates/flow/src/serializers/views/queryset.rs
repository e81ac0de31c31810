//! The query of a list view.

use libraries::ClassRole;
use model::{ClassRef, Member, Project};
use python::{Arg, Expr, ExprId, Literal, Stmt};

use super::super::written::{Call, Written};
use super::asked::Asked;
use super::{Branch, Source, is_views_own, query_in};
use crate::library::django::managers::{classes_of, is_self, own_method};
use crate::library::django::options::SEPARATOR;
use crate::library::django::querysets;
use crate::query::types;
use crate::{Callee, Db, Fetch, FunctionRef, Kind, Loads, Path, QueryState, Root, Step, Traits, Value};

/// The method that gives the query, and the attribute that holds it otherwise.
pub(super) const METHOD: &str = "get_queryset";
const ATTRIBUTE: &str = "queryset";
/// The attribute by which Django's generic views declare their model, if they have neither a query nor a method for it.
const MODEL: &str = "model";
/// The parameter after `self`: what `filter_queryset` is given.
const GIVEN: Root = Root::Param(1);
/// Chains of methods are followed this far.
const MAX_DEPTH: usize = 64;

/// The query of a view for what it is asked; the view's own class comes first in `classes`.
pub(super) fn of_view(db: &dyn Db, project: Project, classes: &[Written], asked: &Asked) -> Option<Source> {
    let Some(function) = classes.iter().find_map(|class| class.method(METHOD)) else {
        return attribute(db, project, classes, asked);
    };
    let summary = crate::query::summary_of(db, project, for_view(db, project, classes, function));
    match query_in(&summary.returns.kind) {
        Some(query) => returned(db, project, classes, asked, query),
        None => of_both(db, project, classes, asked, function),
    }
}

/// A method of a view, as it behaves for the view's own class: what it loads may be for heirs to name.
fn for_view(db: &dyn Db, project: Project, classes: &[Written], function: FunctionRef) -> Callee {
    match classes.first() {
        Some(own) => crate::heir::for_class(db, project, function, &own.class),
        None => function.into(),
    }
}

/// The query that a view's method returns, which may be that of its attribute with more.
fn returned(
    db: &dyn Db,
    project: Project,
    classes: &[Written],
    asked: &Asked,
    query: &QueryState,
) -> Option<Source> {
    if is_views_own(&query.model) {
        let mut source = attribute(db, project, classes, asked)?;
        source.loads.merge(&query.loads);
        source.query = Some(query.source);
        source.traits = if source.traits.has(Traits::EMPTY) { source.traits } else { query.traits };
        return Some(source);
    }
    let model = query.model.class()?.clone();
    Some(Source { model, loads: query.loads.clone(), query: Some(query.source), traits: query.traits })
}

/// The queries of a method that gives those of its base in one branch (`return super().get_queryset()`) and its own in
/// another, if their rows are of the same model.
fn of_both(
    db: &dyn Db,
    project: Project,
    classes: &[Written],
    asked: &Asked,
    function: FunctionRef,
) -> Option<Source> {
    let analysis = crate::query::analysis_of(db, project, for_view(db, project, classes, function));
    let given = analysis.returned.iter().filter(|query| !query.traits.has(Traits::EMPTY));
    let mut all: Option<Source> = None;
    for query in given {
        let one = returned(db, project, classes, asked, query)?;
        if one.traits.has(Traits::EMPTY) {
            continue;
        }
        all = Some(match all {
            None => one,
            Some(before) if before.model == one.model => Source {
                loads: before.loads.either(&one.loads),
                traits: before.traits | one.traits | Traits::SEVERAL,
                ..before
            },
            Some(_) => return None,
        });
    }
    // What else it returns may be anything.
    let file = model::query::file_of(db, project, function.module);
    let body = python::query::body(db, file, python::query::definitions(db, file)[function.function].body)?;
    let returns = body.stmts.iter().filter(|stmt| matches!(stmt, Stmt::Return(Some(_)))).count();
    all.filter(|_| analysis.returned.len() >= returns)
}

/// The queries that a view's method returns in its branches, each with rows of `model`; nothing where it gives one, or
/// where one of them isn't known.
pub(super) fn branches_of_view(
    db: &dyn Db,
    project: Project,
    classes: &[Written],
    model: &ClassRef,
) -> Vec<Branch> {
    let Some(function) = classes.iter().find_map(|class| class.method(METHOD)) else { return Vec::new() };
    let analysis = crate::query::analysis_of(db, project, for_view(db, project, classes, function));
    let rows = analysis.returned.iter().filter(|query| !query.traits.has(Traits::EMPTY));
    let mut branches = Vec::new();
    for query in rows {
        let mut loads = query.loads.clone();
        if is_views_own(&query.model) {
            let source = attribute(db, project, classes, &Asked::list());
            let Some(source) = source.filter(|source| source.model == *model) else { return Vec::new() };
            if source.traits.has(Traits::EMPTY) {
                continue;
            }
            loads.merge(&source.loads);
        } else if query.model.class() != Some(model) {
            return Vec::new();
        }
        loads.forget_sometimes();
        branches.push(Branch { loads, query: Some(query.source), traits: query.traits });
    }
    if branches.len() > 1 { branches } else { Vec::new() }
}

/// What a method of a view loads besides for the rows of the query that it is given, if it gives that query back.
pub(super) fn loaded_besides(db: &dyn Db, project: Project, function: crate::FunctionRef) -> Option<Loads> {
    let summary = crate::query::summary(db, project, function.module, function.function);
    let Value { kind, path, .. } = &summary.returns;
    let is_given = |path: &Path| path.root == GIVEN && path.steps.iter().all(is_narrowing);
    match kind {
        Kind::Query(query) if query.base.as_ref().is_some_and(is_given) => {
            Some(Loads { relationships: query.loads.relationships.clone(), ..Loads::default() })
        }
        Kind::Unknown if path.as_ref().is_some_and(is_given) => Some(Loads::default()),
        _ => None,
    }
}

/// Whether a step from a query leads to a query of the same rows, without loading more of them.
fn is_narrowing(step: &Step) -> bool {
    matches!(step, Step::Call(name) if querysets::knows(name)
        && !matches!(name.as_str(), "select_related" | "prefetch_related" | "annotate" | "extra"))
}

/// The query that the attribute of the nearest class holds, or what stands for it while a request is answered.
fn attribute(db: &dyn Db, project: Project, classes: &[Written], asked: &Asked) -> Option<Source> {
    if let Some((written, value)) = asked.set(ATTRIBUTE) {
        let (model, loads) = read(db, project, written, value, 0)?;
        return Some(Source { model, loads, query: None, traits: Traits::NONE });
    }
    let Some(class) = classes.iter().find(|class| class.variable(ATTRIBUTE).is_some()) else {
        return by_model(db, project, classes);
    };
    let value = class.variable(ATTRIBUTE)?.value?;
    let (model, loads) = read(db, project, class, value, 0)?;
    let traits = if is_empty(class, value) { Traits::EMPTY } else { Traits::NONE };
    Some(Source { model, loads, query: None, traits })
}

/// The model of the query in the attribute of the nearest class.
pub(super) fn declared_model(db: &dyn Db, project: Project, classes: &[Written]) -> Option<ClassRef> {
    attribute(db, project, classes, &Asked::list()).map(|source| source.model)
}

/// `Order.objects.none()`, and what is built on it.
fn is_empty(class: &Written, expr: ExprId) -> bool {
    let mut at = expr;
    while let Expr::Call { callee, .. } = &class.definitions[at] {
        let Expr::Attribute { value, name } = &class.definitions[*callee] else { return false };
        if name == "none" {
            return true;
        }
        at = *value;
    }
    false
}

/// All rows of the model that a generic view of Django names.
fn by_model(db: &dyn Db, project: Project, classes: &[Written]) -> Option<Source> {
    let first = &classes.first()?.class;
    let bases = types::foreign_ancestors(db, project, first.module, first.name.clone());
    if !bases.iter().any(|base| libraries::role_of_base(base) == Some(ClassRole::View)) {
        return None;
    }
    let class = classes.iter().find(|class| class.variable(MODEL).is_some())?;
    let Kind::Class(model) = class.value(db, project, class.variable(MODEL)?.value?).kind else {
        return None;
    };
    model::query::entity(db, project, model.module, model.name.clone())?;
    let managers = classes_of(db, project, &model, Some("objects"));
    let loads = match own_method(db, project, &managers, METHOD) {
        Some(_) => of_own_method(db, project, &model, METHOD),
        None => Loads::default(),
    };
    Some(Source { model, loads, query: None, traits: Traits::NONE })
}

/// The model and what is loaded of a chain of methods that is written in a class body.
fn read(
    db: &dyn Db,
    project: Project,
    class: &Written,
    expr: ExprId,
    depth: usize,
) -> Option<(ClassRef, Loads)> {
    if depth > MAX_DEPTH {
        return None;
    }
    match &class.definitions[expr] {
        Expr::Call { callee, args } => {
            // `queryset = selectors.orders()`
            if let Kind::Function(function) = class.value(db, project, *callee).kind {
                let summary = crate::query::summary(db, project, function.module, function.function);
                let query = query_in(&summary.returns.kind)?;
                return Some((query.model.class()?.clone(), query.loads.clone()));
            }
            let Expr::Attribute { value, name } = &class.definitions[*callee] else { return None };
            let (model, mut loads) = read(db, project, class, *value, depth + 1)?;
            match name.as_str() {
                "select_related" if args.is_empty() => loads.is_open = true,
                "select_related" | "prefetch_related" => {
                    let mut given = Loads::default();
                    for arg in args {
                        add(db, project, class, arg, &mut given, depth);
                    }
                    let fetch = if name == "select_related" { Fetch::Joined } else { Fetch::Apart };
                    loads.merge(&given.fetched(fetch));
                }
                "annotate" | "extra" => loads.merge(&annotated(args)),
                name if querysets::knows(name) => {}
                name => loads.merge(&of_own_method(db, project, &model, name)),
            }
            Some((model, loads))
        }
        Expr::Attribute { value, name } => {
            let Kind::Class(model) = class.value(db, project, *value).kind else { return None };
            let entity = model::query::entity(db, project, model.module, model.name.clone())?;
            let is_declared = matches!(entity.members.get(name), Some(Member::Manager { .. }));
            if !is_declared && name != "objects" && name != "_default_manager" {
                return None;
            }
            let managers = classes_of(db, project, &model, Some(name));
            let loads = match own_method(db, project, &managers, METHOD) {
                Some(_) => of_own_method(db, project, &model, METHOD),
                None => Loads::default(),
            };
            Some((model, loads))
        }
        _ => None,
    }
}

/// What a method of a first-party manager or queryset loads.
fn of_own_method(db: &dyn Db, project: Project, model: &ClassRef, name: &str) -> Loads {
    let classes = classes_of(db, project, model, None);
    let Some(function) = own_method(db, project, &classes, name) else { return Loads::open() };
    let summary = crate::query::summary(db, project, function.module, function.function);
    match query_in(&summary.returns.kind) {
        Some(query) if is_self(&query.model) => query.loads.clone(),
        _ => Loads::open(),
    }
}

/// What annotations store in the rows, in place of properties of the same names.
fn annotated(args: &[Arg]) -> Loads {
    let mut loads = Loads::default();
    for arg in args {
        if let Arg::Keyword(name, _) = arg {
            loads.add([name.as_str()]);
        }
    }
    loads
}

/// Adds what an argument of `select_related` or `prefetch_related` loads.
fn add(db: &dyn Db, project: Project, class: &Written, arg: &Arg, loads: &mut Loads, depth: usize) {
    let Arg::Positional(value) = arg else {
        loads.is_open = true;
        return;
    };
    match &class.definitions[*value] {
        Expr::Literal(Literal::Str(name)) => loads.add(name.split(SEPARATOR)),
        Expr::Call { .. } => match prefetch(db, project, class, *value, depth) {
            Some(prefetched) => loads.merge(&prefetched),
            None => loads.is_open = true,
        },
        _ => loads.is_open = true,
    }
}

/// `Prefetch("items", queryset=Item.objects.select_related("product"), to_attr="shown")`
fn prefetch(db: &dyn Db, project: Project, class: &Written, expr: ExprId, depth: usize) -> Option<Loads> {
    let call = Call::at(&class.definitions, expr)?;
    let Kind::Foreign(full) = class.value(db, project, call.callee).kind else { return None };
    if !full.ends_with("Prefetch") {
        return None;
    }
    let lookup = call.text(0, "lookup")?;
    let nested = match call.argument(1, "queryset") {
        Some(queryset) => {
            read(db, project, class, queryset, depth + 1).map_or_else(Loads::open, |(_, loads)| loads)
        }
        None => Loads::default(),
    };
    let mut names: Vec<&str> = lookup.split(SEPARATOR).collect();
    let mut kept = None;
    if let Some(attribute) = call.argument(2, "to_attr") {
        kept = names.pop();
        names.push(super::super::written::text(&class.definitions, attribute)?);
    }
    let mut loads = Loads::default();
    loads.add(names.iter().copied());
    let last = names.iter().try_fold(&mut loads, |at, name| at.relationships.get_mut(*name))?;
    last.merge(&nested);
    last.of = kept.map(|name| Box::new(name.into()));
    Some(loads)
}
