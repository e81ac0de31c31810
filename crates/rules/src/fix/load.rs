//! Adds a loader option to a query: `selectinload` and `joinedload` for SQLAlchemy, `prefetch_related` and
//! `select_related` for Django; in the file that the query is built in.

use flow::{QueryRef, Site};
use model::{ClassRef, ModuleId, Orm, Relationship};
use python::{Arg, Body, Expr, ExprId, Name};
use source::TextEdit;

use super::FileEdit;
use super::head::{self, NewImport};
use crate::Context;

/// The edits.
pub(super) fn edits(cx: &Context<'_>, query: QueryRef, root: &ClassRef, chain: &[Name]) -> Option<FileEdit> {
    let function = query.function;
    let known = flow::query::analysis(cx.db, cx.project, function.module, function.function);
    let site = *known.queries.get(usize::from(query.index))?;
    edits_at(cx, function.module, site, root, chain)
}

/// The edits for a query that begins at a place of a module.
pub(super) fn edits_at(
    cx: &Context<'_>,
    module: ModuleId,
    site: Site,
    root: &ClassRef,
    chain: &[Name],
) -> Option<FileEdit> {
    let file = cx.file_of(module);
    if file == cx.file {
        return Some(FileEdit { file, edits: edits_there(cx, site, root, chain)? });
    }
    let there = crate::query::context(cx.db, cx.project, file)?;
    Some(FileEdit { file, edits: edits_there(&there, site, root, chain)? })
}

/// One relationship on the way.
struct StepOn {
    owner: ClassRef,
    relationship: Relationship,
    name: Name,
}

fn edits_there(cx: &Context<'_>, site: Site, root: &ClassRef, chain: &[Name]) -> Option<Vec<TextEdit>> {
    let entity = model::query::entity(cx.db, cx.project, root.module, root.name.clone())?;
    let mut steps = Vec::new();
    let mut owner = root.clone();
    for name in chain {
        let facts = model::query::entity(cx.db, cx.project, owner.module, owner.name.clone())?;
        let relationship = facts.relationship(name)?.clone();
        let target = relationship.target.clone();
        steps.push(StepOn { owner, relationship, name: name.clone() });
        owner = target.unwrap_or_else(|| root.clone());
    }
    let body = cx.module.bodies.list.get(site.body.0 as usize)?;
    match entity.orm {
        Orm::Django => django(cx, body, site, &steps),
        Orm::SqlAlchemy | Orm::SqlModel => sqlalchemy(cx, body, site, &steps),
    }
}

/// `Order.objects.select_related("customer")...`
fn django(cx: &Context<'_>, body: &Body, site: Site, steps: &[StepOn]) -> Option<Vec<TextEdit>> {
    let manager = manager(body, site.expr)?;
    let path: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
    let is_many = steps.iter().any(|step| step.relationship.is_many);
    let method = if is_many { "prefetch_related" } else { "select_related" };
    let end = cx.module.spans.expr(site.body, manager).end;
    Some(vec![insertion(end, format!(".{method}(\"{}\")", path.join("__")))])
}

/// The manager that a chain of calls starts from: `Order.objects`.
fn manager(body: &Body, expr: ExprId) -> Option<ExprId> {
    let mut at = expr;
    loop {
        match &body[at] {
            Expr::Call { callee, .. } => at = *callee,
            Expr::Subscript { value, .. } | Expr::Await(value) => at = *value,
            Expr::Attribute { value, name } => {
                if name.ends_with("objects") || name.ends_with("_manager") || name == "published" {
                    return Some(at);
                }
                at = *value;
            }
            _ => return None,
        }
    }
}

/// `select(Order).options(joinedload(Order.customer))`
fn sqlalchemy(cx: &Context<'_>, body: &Body, site: Site, steps: &[StepOn]) -> Option<Vec<TextEdit>> {
    let mut edits = Vec::new();
    // What is chained to the first loader is a method of it: only the first needs its import.
    let mut loaders = Vec::new();
    let mut parts = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let class = class_there(cx, step, index == 0, body, site.expr)?;
        let loader = if step.relationship.is_many { "selectinload" } else { "joinedload" };
        if index == 0 {
            loaders.push(loader);
        }
        parts.push(format!("{loader}({class}.{})", step.name));
    }
    let option = parts.join(".");
    let bound = loaders.iter().filter(|loader| !binds(cx, loader)).copied().collect::<Vec<_>>();
    if !bound.is_empty() {
        edits.extend(head::insert_third_party(
            cx,
            &NewImport::from("from sqlalchemy.orm".to_owned(), bound, None),
        ));
    }
    for step in steps.iter().skip(1).filter(|step| !binds(cx, &step.owner.name)) {
        let module = cx.module_name(step.owner.module);
        let import = NewImport::from(format!("from {module}"), vec![step.owner.name.as_str()], None);
        edits.extend(head::insert(cx, &import));
    }
    let span = cx.module.spans.expr(site.body, site.expr);
    match &body[site.expr] {
        // `session.get(Order, number)`
        Expr::Call { callee, args } if is_get(body, *callee) => {
            if args.iter().any(|arg| matches!(arg, Arg::Keyword(name, _) if name == "options")) {
                return None;
            }
            let last = args.last()?.value();
            let end = cx.module.spans.expr(site.body, last).end;
            edits.push(insertion(end, format!(", options=[{option}]")));
        }
        Expr::Call { .. } | Expr::Attribute { .. } => {
            edits.push(insertion(span.end, format!(".options({option})")));
        }
        _ => return None,
    }
    edits.sort_by_key(|edit| edit.span);
    Some(edits)
}

fn is_get(body: &Body, callee: ExprId) -> bool {
    matches!(&body[callee], Expr::Attribute { name, .. } if name == "get" || name == "get_one")
}

/// The class as it is written where the query begins: its own name, an alias, a module's attribute.
fn class_there(cx: &Context<'_>, step: &StepOn, is_first: bool, body: &Body, expr: ExprId) -> Option<String> {
    if !is_first {
        return Some(step.owner.name.to_string());
    }
    let written = match &body[expr] {
        Expr::Call { args, .. } => args.iter().find_map(|arg| body.exprs.dotted(arg.value())),
        // `Order.query`
        Expr::Attribute { value, .. } => body.exprs.dotted(*value),
        _ => None,
    }?;
    let last = written.rsplit('.').next().unwrap_or_default();
    // A generic repository's `self.model`, or an alias: no name to hang the option on for sure.
    (last == step.owner.name || binds(cx, &written)).then_some(written)
}

fn binds(cx: &Context<'_>, name: &str) -> bool {
    cx.module
        .imports
        .list
        .iter()
        .any(|import| import.context.function.is_none() && import.bound_name() == Some(name))
        || cx.module.definitions.classes().any(|(_, class)| class.name == name)
}

fn insertion(at: u32, text: String) -> TextEdit {
    TextEdit { span: source::Span::new(at, at), insert: text }
}
