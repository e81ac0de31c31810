//! The relationships that some query of the project loads eagerly. A relationship that no query loads is certainly not
//! loaded, wherever the row comes from.

use std::sync::Arc;

use model::{PathRole, Project};
use python::{Bodies, BodyId, Expr, ExprArena, ExprId, Literal, Name};
use rustc_hash::FxHashSet;
use source::File;

use crate::{Db, Site};

/// Calls that declare what is loaded, by their last name.
const LOADERS: &[&str] = &[
    "selectinload",
    "joinedload",
    "subqueryload",
    "immediateload",
    "contains_eager",
    "defaultload",
    "raiseload",
    "select_related",
    "prefetch_related",
    "prefetch_related_objects",
    "aprefetch_related_objects",
    "Prefetch",
    "GenericPrefetch",
    "refresh",
    "list_select_related",
];

/// The names of the relationships that some query of the project loads, and of what queries put on rows besides.
#[salsa::tracked(returns(clone))]
pub(crate) fn mentions(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    let modules = model::query::modules(db, project);
    let mut all = FxHashSet::default();
    for (_, module) in modules.iter().filter(|(_, module)| module.role == PathRole::Code) {
        all.extend(of_file(db, module.file).iter().cloned());
    }
    Arc::new(all)
}

/// The names that loader calls in one file mention. Sorted.
#[salsa::tracked(returns(clone))]
pub fn of_file(db: &dyn Db, file: File) -> Arc<[Name]> {
    let bodies = Arc::clone(&python::query::module(db, file).bodies);
    let mut names = of_bodies(&bodies);
    names.sort();
    names.dedup();
    names.into()
}

/// The loader calls in one file that mention the relationship `name` of the class `owner`. Calls that name it in a
/// string count only with `by_string`, because a string doesn't identify the class.
pub fn sites(db: &dyn Db, file: File, owner: &str, name: &str, by_string: bool) -> Vec<Site> {
    if of_file(db, file).binary_search_by(|known| known.as_str().cmp(name)).is_err() {
        return Vec::new();
    }
    let bodies = Arc::clone(&python::query::module(db, file).bodies);
    let mut sites = Vec::new();
    for (index, body) in bodies.list.iter().enumerate() {
        for (expr, call) in body.exprs.list.iter().enumerate() {
            let Expr::Call { callee, args } = call else { continue };
            let is_loader = match &body.exprs[*callee] {
                Expr::Name(word) | Expr::Attribute { name: word, .. } => LOADERS.contains(&word.as_str()),
                _ => false,
            };
            let names_it = |arg: &python::Arg| match &body.exprs[arg.value()] {
                Expr::Attribute { value, name: last } => {
                    last == name
                        && body
                            .exprs
                            .dotted(*value)
                            .is_some_and(|class| class.rsplit('.').next() == Some(owner))
                }
                Expr::Literal(Literal::Str(text)) => by_string && text.split("__").next() == Some(name),
                _ => false,
            };
            if is_loader && args.iter().any(names_it) {
                sites.push(Site { body: BodyId(index as u32), expr: ExprId(expr as u32) });
            }
        }
    }
    sites
}

fn of_bodies(bodies: &Bodies) -> Vec<Name> {
    let mut names = Vec::new();
    for body in &bodies.list {
        let exprs = &body.exprs;
        let holds_constants = !matches!(body.owner, python::BodyOwner::Function(_));
        for expr in &exprs.list {
            match expr {
                Expr::Call { callee, args } => {
                    let (Expr::Name(word) | Expr::Attribute { name: word, .. }) = &exprs[*callee] else {
                        continue;
                    };
                    if LOADERS.contains(&word.as_str()) {
                        args.iter().for_each(|arg| collect(exprs, arg.value(), &mut names, 0));
                    } else if word == "annotate" {
                        names.extend(args.iter().filter_map(annotated));
                    }
                }
                // Constants with lookup paths: `PREFETCH = ("items", "items__product")`.
                Expr::Literal(Literal::Str(text))
                    if holds_constants && text.contains("__") && text.len() < 120 =>
                {
                    split(text, &mut names);
                }
                _ => {}
            }
        }
    }
    names
}

/// The name under which a query puts a value on its rows: `annotate(amount=Count("items"))`.
fn annotated(arg: &python::Arg) -> Option<Name> {
    match arg {
        python::Arg::Keyword(name, _) => Some(name.clone()),
        _ => None,
    }
}

fn collect(exprs: &ExprArena, id: ExprId, names: &mut Vec<Name>, depth: usize) {
    if depth > 8 {
        return;
    }
    match &exprs[id] {
        Expr::Attribute { name, .. } => names.push(name.clone()),
        Expr::Literal(Literal::Str(text)) => split(text, names),
        Expr::List(elements) | Expr::Tuple(elements) | Expr::Set(elements) => {
            elements.iter().for_each(|element| collect(exprs, *element, names, depth + 1));
        }
        Expr::Starred(inner) => collect(exprs, *inner, names, depth + 1),
        Expr::Binary { left, right, .. } => {
            collect(exprs, *left, names, depth + 1);
            collect(exprs, *right, names, depth + 1);
        }
        Expr::Call { callee, .. } => {
            // `Order.items.of_type(Gift)`
            if let Expr::Attribute { value, .. } = &exprs[*callee] {
                collect(exprs, *value, names, depth + 1);
            }
        }
        _ => {}
    }
}

fn split(text: &str, names: &mut Vec<Name>) {
    for part in text.split("__").flat_map(|part| part.split('.')) {
        if !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
            names.push(part.into());
        }
    }
}
