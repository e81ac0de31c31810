//! `Order.objects.select_related("customer").prefetch_related("items")`

use flow::Traits;
use model::{Entity, Member};
use python::{Arg, BodyOwner, Expr, ExprId, Scope, Stmt};
use source::TextEdit;
use view::Context;

use super::chain::Chain;
use super::layout::{self, Additions, NewCall};
use super::partial;
use super::steps::LoadPath;

/// Methods that return a queryset, which accepts options.
const BUILDERS: &[&str] = &[
    "alias",
    "all",
    "annotate",
    "defer",
    "distinct",
    "exclude",
    "extra",
    "filter",
    "only",
    "order_by",
    "prefetch_related",
    "reverse",
    "select_for_update",
    "select_related",
    "using",
];

/// Shortcuts whose first argument is a model, a manager or a queryset.
const SHORTCUTS: &[&str] =
    &["get_object_or_404", "aget_object_or_404", "get_list_or_404", "aget_list_or_404"];

/// Built-in functions that run a queryset.
const RUNNERS: &[&str] = &["bool", "len", "list", "set", "sorted", "tuple"];

/// The default chunk size of `iterator()`.
const CHUNK_SIZE: &str = "chunk_size=2000";

const SELECT: &str = "select_related";
const PREFETCH: &str = "prefetch_related";

/// The edits. `None` if no loader fits what the query does.
pub(super) fn edits(
    cx: &Context<'_>,
    chain: &Chain<'_>,
    entity: &Entity,
    paths: &[LoadPath],
    traits: Traits,
) -> Option<Vec<TextEdit>> {
    // The code resets earlier loading calls, which is deliberate.
    if traits.has(Traits::KEPT_LAZY) {
        return None;
    }
    // A join is part of the statement: a lock would lock the joined rows and fails on nullable ones, the sides of a
    // union would differ, and raw SQL can't be joined to.
    let takes_joins = !traits.has(Traits::LOCKED | Traits::RAW | Traits::COMBINED | Traits::WRITTEN)
        && !takes_joins_back(chain);
    let (selected, mut prefetched): (Vec<&LoadPath>, Vec<&LoadPath>) =
        paths.iter().partition(|path| takes_joins && is_joined(path));
    // For one row, a query that loads single rows beside it saves none: it runs in place of the lazy load.
    if traits.has(Traits::ONE) {
        prefetched.retain(|path| !is_joined(path));
    }
    if selected.is_empty() && prefetched.is_empty()
        || prefetched.iter().any(|path| loads_beyond_the_page(chain, path))
    {
        return None;
    }
    let mut additions = Additions::default();
    let edits = &mut additions.edits;
    if traits.has(Traits::PARTIAL) || !chain.calls(&["only", "defer"]).is_empty() {
        for (group, joins) in [(&selected, true), (&prefetched, false)] {
            for path in group {
                for edit in partial::keys(chain, std::slice::from_ref(*path), joins)? {
                    if !edits.contains(&edit) {
                        edits.push(edit);
                    }
                }
            }
        }
        // Two keys in one place need a human decision.
        if edits.len() > 1 {
            return None;
        }
    }
    if !prefetched.is_empty() {
        let streams = chain.calls(&["iterator", "aiterator"]);
        let unsized_stream: Vec<ExprId> =
            streams.into_iter().filter(|call| chain.args(*call).is_empty()).collect();
        if traits.has(Traits::STREAMED) && unsized_stream.is_empty() {
            return None;
        }
        for call in unsized_stream {
            edits.push(layout::append(chain, call, &[CHUNK_SIZE.to_owned()])?);
        }
    }
    let mut new = Vec::new();
    for (method, group) in [(SELECT, &selected), (PREFETCH, &prefetched)] {
        if group.is_empty() {
            continue;
        }
        let names: Vec<String> = group.iter().map(|path| layout::quoted(chain, &path.joined("__"))).collect();
        let known = chain.calls(&[method]).into_iter().rfind(|call| is_extensible(chain, *call));
        match known {
            Some(call) => edits.push(layout::append(chain, call, &names)?),
            // A look-up before a `Prefetch` of the same path raises.
            None if method == PREFETCH && traits.has(Traits::PREFETCH) => return None,
            None => new.push(NewCall::method(method, names)),
        }
    }
    if !new.is_empty() {
        additions.calls = Some(placed(cx, chain, entity, new, traits)?);
    }
    Some(layout::fit(chain, additions))
}

/// Whether every step of a path leads to one row.
fn is_joined(path: &LoadPath) -> bool {
    path.steps.iter().all(|step| !step.is_many && !step.is_generic)
}

/// Whether a method that hands its queryset to a framework, which cuts a page from it, runs it before that for something
/// else: a prefetch would load the rows of all pages.
fn loads_beyond_the_page(chain: &Chain<'_>, path: &LoadPath) -> bool {
    let body = chain.body;
    let BodyOwner::Function(owner) = body.owner else { return false };
    let facts = &chain.cx.module.definitions[owner];
    if facts.name != "get_queryset" || !matches!(facts.scope, Scope::Class(_)) {
        return false;
    }
    let held = body.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Assign { targets, value: Some(value), .. } if *value == chain.whole() => match &**targets {
            [target] => match &body[*target] {
                Expr::Name(name) => Some(name),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let Some(held) = held.filter(|name| body.assigned_once(name).is_some()) else { return false };
    let is_held = |id: &ExprId| matches!(&body[*id], Expr::Name(name) if name == held);
    let is_returned =
        body.stmts.iter().any(|stmt| matches!(stmt, Stmt::Return(Some(value)) if is_held(value)));
    let is_walked =
        body.stmts.iter().any(|stmt| matches!(stmt, Stmt::For { iterable, .. } if is_held(iterable)))
            || body.exprs.list.iter().any(|expr| match expr {
                Expr::Comprehension { clauses, .. } => clauses.iter().any(|clause| is_held(&clause.iterable)),
                Expr::Call { callee, args } => {
                    let runs = matches!(&body[*callee], Expr::Name(name) if RUNNERS.contains(&name.as_str()));
                    runs && matches!(&**args, [Arg::Positional(only)] if is_held(only))
                }
                _ => false,
            });
    // What reads the rows of the relationship there needs them of all.
    let is_read = path.steps.first().is_some_and(|step| {
        body.exprs.list.iter().any(|expr| matches!(expr, Expr::Attribute { name, .. } if *name == step.name))
    });
    is_returned && is_walked && !is_read
}

/// Whether the chain reverts joins or requests all: `select_related(None)`, `select_related()`.
fn takes_joins_back(chain: &Chain<'_>) -> bool {
    chain.calls(&[SELECT]).into_iter().any(|call| !is_extensible(chain, call))
}

/// Whether names can be added to a call: it has some, and none reverts the others.
fn is_extensible(chain: &Chain<'_>, call: ExprId) -> bool {
    let args = chain.args(call);
    let is_name = |arg: &Arg| match arg {
        Arg::Positional(value) => !matches!(chain.body[*value], Expr::Literal(python::Literal::None)),
        Arg::Star(_) => true,
        Arg::Keyword(..) | Arg::DoubleStar(_) => false,
    };
    !args.is_empty() && args.iter().all(is_name)
}

/// Where new calls go in the chain: after the manager that starts it, or after its first method if lines are broken
/// before methods or that method belongs to the manager.
fn placed(
    cx: &Context<'_>,
    chain: &Chain<'_>,
    entity: &Entity,
    calls: Vec<NewCall>,
    traits: Traits,
) -> Option<(ExprId, Vec<NewCall>)> {
    let Some((receiver, first)) = chain.first() else {
        return match &chain.body[chain.origin] {
            // `order.items`: a related manager.
            Expr::Attribute { .. } => Some((chain.origin, calls)),
            Expr::Call { .. } => in_shortcut(cx, chain, entity, calls),
            _ => None,
        };
    };
    let name = first.as_str();
    if SHORTCUTS.contains(&name) {
        return in_shortcut(cx, chain, entity, calls);
    }
    if !flow::names_queryset_method(name) || name == "get_queryset" {
        // `order.notify()` runs its own query and returns something else.
        let is_of_manager = name == "get_queryset" || is_manager(chain, entity, receiver);
        let is_query = is_of_manager && (!chain.links.is_empty() || !traits.has(Traits::ONE));
        return is_query.then_some((chain.origin, calls));
    }
    let breaks_below = BUILDERS.contains(&name) && layout::is_broken_after(chain, chain.origin);
    Some((if breaks_below { chain.origin } else { receiver }, calls))
}

/// `get_object_or_404(Order.objects.select_related("customer"), pk=1)`
fn in_shortcut(
    cx: &Context<'_>,
    chain: &Chain<'_>,
    entity: &Entity,
    mut calls: Vec<NewCall>,
) -> Option<(ExprId, Vec<NewCall>)> {
    let Arg::Positional(first) = chain.args(chain.origin).first()? else { return None };
    let dotted = chain.body.exprs.dotted(*first)?;
    let last = dotted.rsplit('.').next()?;
    if super::names::means(cx, &dotted, &entity.class) {
        let has_own = entity.members.values().any(|member| matches!(member, Member::Manager { .. }));
        if has_own && !entity.members.contains_key("objects") {
            return None;
        }
        calls.insert(0, NewCall::attribute("objects"));
        return Some((*first, calls));
    }
    names_manager(entity, last).then_some((*first, calls))
}

/// Whether an expression is a manager or a queryset of the entity, judging by its text.
fn is_manager(chain: &Chain<'_>, entity: &Entity, expr: ExprId) -> bool {
    match &chain.body[expr] {
        Expr::Attribute { name, .. } => names_manager(entity, name) || name.ends_with("_set"),
        Expr::Call { callee, .. } => match &chain.body[*callee] {
            Expr::Attribute { name, .. } => flow::names_queryset_method(name),
            _ => false,
        },
        _ => false,
    }
}

fn names_manager(entity: &Entity, name: &str) -> bool {
    name == "objects" || matches!(entity.members.get(name), Some(Member::Manager { .. }))
}
