//! Computes what is queried of a relationship row by row together with the rows (Django): `order.items.count()` becomes
//! `annotate(items_count=Count("items"))`, `order.items.exists()` becomes `Exists(...)`.

use flow::{ReadKind, Traits};
use model::{ClassRef, Entity, Member, Orm, Relationship};
use python::{Arg, Body, Expr, ExprId, Name, Scope, Stmt, StmtId};
use source::{Span, TextEdit};
use view::{Context, Counted};

use super::chain::Chain;
use super::layout::{self, Additions, NewCall};
use super::names::Names;
use crate::FileEdit;

/// The package of the expressions.
const MODELS: &str = "django.db.models";
/// Query traits that are incompatible with it.
const REFUSED: [Traits; 9] = [
    Traits::COMBINED,
    Traits::RAW,
    Traits::LOCKED,
    Traits::ONE,
    Traits::EMPTY,
    Traits::GROUPED,
    Traits::WRITTEN,
    Traits::SEVERAL,
    Traits::PARTIAL,
];
/// Methods that write: earlier counts may be wrong afterwards.
const WRITES: &[&str] = &[
    "add",
    "bulk_create",
    "bulk_update",
    "clear",
    "create",
    "delete",
    "get_or_create",
    "remove",
    "save",
    "set",
    "update",
    "update_or_create",
];
/// Methods that take a condition.
const FILTERS: &[&str] = &["filter", "exclude"];

/// The edits. `None` if the result could differ, or the row's query isn't plain.
pub(crate) fn edits(cx: &Context<'_>, counted: &Counted) -> Option<FileEdit> {
    let function = counted.query.function;
    let known = flow::query::analysis(cx.db, cx.project, function.module, function.function);
    let site = *known.queries.get(usize::from(counted.query.index))?;
    if function.module != cx.id || site.body != counted.read.body || site.body != counted.around.body {
        return None;
    }
    if REFUSED.into_iter().any(|refused| counted.traits.has(refused)) {
        return None;
    }
    let root = entity(cx, &counted.root)?;
    let relationship = root.relationship(&counted.relationship).filter(|known| known.is_many)?;
    let target = entity(cx, relationship.target.as_ref()?)?;
    if root.orm != Orm::Django || !counts_all(cx, &target) {
        return None;
    }
    let chain = Chain::of(cx, site)?;
    let (receiver, first) = chain.first()?;
    if !flow::names_queryset_method(first) || first == "get_queryset" {
        return None;
    }
    // Grouping returns each row once, however often a join repeats it.
    if counted.asked == ReadKind::Count && !is_plain(&chain, &root, counted) {
        return None;
    }
    let mut names = Names::default();
    let annotation = annotation(cx, &counted.relationship, counted.asked, &root)?;
    let value = match counted.asked {
        ReadKind::Count => {
            let count = names.of_package(cx, MODELS, "Count")?;
            let asked = layout::quoted(&chain, query_name(cx, &counted.relationship, relationship)?);
            format!("{count}({asked})")
        }
        ReadKind::Presence => exists(&chain, &mut names, relationship, &target)?,
        ReadKind::Rows | ReadKind::One | ReadKind::FirstByKey | ReadKind::Mixed => return None,
    };
    let call = NewCall::method("annotate", vec![format!("{annotation}={value}")]);
    let edits = reads(&chain, counted, &annotation)?;
    let mut edits = layout::fit(&chain, Additions { edits, calls: Some((receiver, vec![call])) });
    edits.extend(names.imports(cx));
    edits.sort_by_key(|edit| edit.span);
    Some(FileEdit { file: cx.file, edits })
}

fn entity(cx: &Context<'_>, class: &ClassRef) -> Option<std::sync::Arc<Entity>> {
    model::query::entity(cx.db, cx.project, class.module, class.name.clone())
}

/// Whether a related manager of the entity returns all its rows: a custom manager may leave some out, a join doesn't.
fn counts_all(cx: &Context<'_>, target: &Entity) -> bool {
    let ancestors = flow::types::classes::foreign_ancestors(cx.db, cx.project, &target.class);
    let bases = flow::types::classes::bases(cx.db, cx.project, &target.class);
    let declares = |class: &ClassRef| {
        let definitions = python::query::definitions(cx.db, cx.file_of(class.module));
        let id = definitions.classes().find(|(_, facts)| facts.name == class.name).map(|(id, _)| id);
        let managers = target.members.iter().filter(|(_, member)| matches!(member, Member::Manager { .. }));
        let names: Vec<&Name> = managers.map(|(name, _)| name).collect();
        definitions.variables.iter().any(|variable| {
            id.is_some_and(|id| variable.scope == Scope::Class(id)) && names.contains(&&variable.name)
        })
    };
    let has_own = std::iter::once(&target.class).chain(bases.iter()).any(declares);
    !has_own && ancestors.iter().all(|class| class.starts_with("django."))
}

/// The name of the annotation. `None` if rows already have an attribute of that name.
fn annotation(cx: &Context<'_>, relationship: &Name, asked: ReadKind, root: &Entity) -> Option<String> {
    let plain = relationship.strip_suffix("_set").unwrap_or(relationship);
    let name = if asked == ReadKind::Count { format!("{plain}_count") } else { format!("has_{plain}") };
    let is_taken = root.members.contains_key(name.as_str())
        || flow::types::classes::member(cx.db, cx.project, &root.class, &name).is_some();
    (!is_taken).then_some(name)
}

/// The name of a relationship in queries: without the suffix of Django's manager. `None` if the model may have named it
/// otherwise.
fn query_name<'n>(cx: &Context<'_>, name: &'n Name, relationship: &Relationship) -> Option<&'n str> {
    if !relationship.is_reverse {
        return Some(name);
    }
    let file = cx.file_of(relationship.module());
    if source::query::text(cx.db, file).as_str().contains("related_query_name") {
        return None;
    }
    Some(name.strip_suffix("_set").unwrap_or(name))
}

/// `Exists(Item.objects.filter(order=OuterRef("pk")))`
fn exists(
    chain: &Chain<'_>,
    names: &mut Names,
    relationship: &Relationship,
    target: &Entity,
) -> Option<String> {
    let inverse = relationship.inverse.as_ref().filter(|inverse| !inverse.ends_with("_set"))?;
    target.relationship(inverse)?;
    let cx = chain.cx;
    let exists = names.of_package(cx, MODELS, "Exists")?;
    let outer = names.of_package(cx, MODELS, "OuterRef")?;
    let class = names.class(cx, &target.class)?;
    let key = layout::quoted(chain, "pk");
    Some(format!("{exists}({class}.objects.filter({inverse}={outer}({key})))"))
}

/// Whether the loop iterates over exactly what the chain builds, and nothing in it joins many rows.
fn is_plain(chain: &Chain<'_>, root: &Entity, counted: &Counted) -> bool {
    let walks_it = counted.around.expr == chain.whole() || is_held(chain, counted.around.expr);
    let is_own = |name: &str| {
        let first = name.split("__").next().unwrap_or_default();
        root.relationship(first).is_none_or(|known| !known.is_many) && root.members.contains_key(first)
    };
    let is_condition = |arg: &Arg| matches!(arg, Arg::Keyword(name, _) if is_own(name) || name == "pk");
    walks_it && chain.calls(FILTERS).into_iter().all(|call| chain.args(call).iter().all(is_condition))
}

/// Whether `expr` is a name bound to the chain and nothing else.
fn is_held(chain: &Chain<'_>, expr: ExprId) -> bool {
    let Expr::Name(name) = &chain.body[expr] else { return false };
    chain.body.assigned_once(name) == Some(chain.whole())
}

/// The edits that read the annotation in place of the loop's queries. `None` if the loop writes.
fn reads(chain: &Chain<'_>, counted: &Counted, annotation: &str) -> Option<Vec<TextEdit>> {
    let (body, name) = (chain.body, asks(chain.body, counted.read.expr, &counted.relationship)?);
    let method = match &body[counted.read.expr] {
        Expr::Call { callee, .. } => match &body[*callee] {
            Expr::Attribute { name, .. } => name,
            _ => return None,
        },
        _ => return None,
    };
    let within = loop_of(chain, counted.around.expr)?;
    let mut edits = Vec::new();
    for (index, expr) in body.exprs.list.iter().enumerate() {
        let id = ExprId(index as u32);
        let Expr::Call { callee, .. } = expr else { continue };
        let Expr::Attribute { name: called, .. } = &body[*callee] else { continue };
        if !within.contains(chain.span(id)) {
            continue;
        }
        if WRITES.contains(&called.as_str()) {
            return None;
        }
        if called == method && asks(body, id, &counted.relationship) == Some(name) {
            let awaited = body.exprs.list.iter().enumerate().find_map(|(outer, found)| {
                matches!(found, Expr::Await(inner) if *inner == id).then_some(ExprId(outer as u32))
            });
            let span = chain.span(awaited.unwrap_or(id));
            edits.push(TextEdit { span, insert: format!("{name}.{annotation}") });
        }
    }
    (!edits.is_empty()).then_some(edits)
}

/// The row's name in such a call: `order` in `order.items.count()` and `order.items.all().count()`.
fn asks<'b>(body: &'b Body, call: ExprId, relationship: &str) -> Option<&'b Name> {
    let Expr::Call { callee, args } = &body[call] else { return None };
    let Expr::Attribute { value, .. } = &body[*callee] else { return None };
    let manager = match &body[*value] {
        Expr::Call { callee, args } if args.is_empty() => match &body[*callee] {
            Expr::Attribute { value, name } if name == "all" => *value,
            _ => return None,
        },
        _ => *value,
    };
    match &body[manager] {
        Expr::Attribute { value, name } if name == relationship && args.is_empty() => match &body[*value] {
            Expr::Name(row) => Some(row),
            _ => None,
        },
        _ => None,
    }
}

/// The loop or comprehension over `iterable`.
fn loop_of(chain: &Chain<'_>, iterable: ExprId) -> Option<Span> {
    let stmts = chain.body.stmts.iter().enumerate().filter_map(|(index, stmt)| match stmt {
        Stmt::For { iterable: walked, .. } if *walked == iterable => {
            Some(chain.cx.module.spans.stmt(chain.id, StmtId(index as u32)))
        }
        _ => None,
    });
    let exprs = chain.body.exprs.list.iter().enumerate().filter_map(|(index, expr)| match expr {
        Expr::Comprehension { clauses, .. } if clauses.iter().any(|clause| clause.iterable == iterable) => {
            Some(chain.span(ExprId(index as u32)))
        }
        _ => None,
    });
    stmts.chain(exprs).next()
}
