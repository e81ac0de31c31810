//! How a query is made to load what is read from its rows.

use flow::{FunctionRef, ProblemKind, QueryRef, ReadKind, Site, Traits};
use model::ClassRef;
use python::{BodyId, Expr, Name};
use view::{Applicability, Context, Counted, FetchBefore, Fix, FixKind, Loaded};

use super::wanted::{Want, Wanted, is_shared, leads_there};
use super::{Found, function_name};

/// Methods of a related manager that make Django discard what it has prefetched.
const WRITES: &[&str] = &[
    "aadd",
    "aclear",
    "acreate",
    "add",
    "aremove",
    "aset",
    "bulk_create",
    "clear",
    "create",
    "get_or_create",
    "remove",
    "set",
    "update_or_create",
];

/// The fix that makes the query load what `reader` needs of its rows, and all else that this module does, if it can be
/// edited. The query itself determines the entity.
pub(crate) fn load_fix(
    cx: &Context<'_>,
    wanted: &Wanted,
    query: QueryRef,
    wants: &[Want],
    reader: Option<FunctionRef>,
) -> Option<Fix> {
    let first = wants.first()?;
    let root = flow::query::model_of(cx.db, cx.project, query)?;
    let loaded = wanted.of_query(cx, query, &root, wants)?;
    let is_shared = reader.is_some_and(|reader| is_shared(cx, query, reader, &first.path));
    // A caller that fetches one row would pay for what others read of it.
    if is_shared && loaded.traits.has(Traits::ONE) {
        return None;
    }
    let title = format!("Eager-load {} in `{}`", shown(&loaded), function_name(cx, query));
    let kind = FixKind::Load { query, loaded, is_shared };
    refactor::that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}

/// The fix that makes the query compute what a loop needs of a relationship of each row: how many there are, or whether
/// there are any.
pub(crate) fn count_fix(cx: &Context<'_>, found: &Found) -> Option<Fix> {
    let ProblemKind::LazyPerRow { owner, relationship, chain, query: Some(query), asked, traits, .. } =
        &found.problem.kind
    else {
        return None;
    };
    let (around, _) = found.problem.around.as_ref()?;
    let root = flow::query::model_of(cx.db, cx.project, *query)?;
    let want = Want { owner: owner.clone(), path: chain.clone(), traits: *traits };
    let is_here = found.problem.below.is_none() && query.function == found.function && chain.len() == 1;
    if !is_here || !leads_there(cx, &root, &want) {
        return None;
    }
    let asks = match asked {
        ReadKind::Count => "Count",
        ReadKind::Presence => "Ask for",
        ReadKind::Rows | ReadKind::One | ReadKind::FirstByKey | ReadKind::Mixed => return None,
    };
    let title = format!("{asks} `{}.{relationship}` with the query", root.name);
    let kind = FixKind::Count(Counted {
        query: *query,
        root,
        relationship: relationship.clone(),
        asked: *asked,
        read: found.problem.site,
        around: *around,
        traits: *traits,
    });
    refactor::that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}

/// The fix that fetches before the loop, by key, what the loop fetches row by row.
pub(crate) fn fetch_fix(cx: &Context<'_>, found: &Found) -> Option<Fix> {
    let ProblemKind::QueryPerRow { model, .. } = &found.problem.kind else { return None };
    let entity = model.class()?.clone();
    let (around, _) = found.problem.around.as_ref()?;
    found.problem.below.is_none().then_some(())?;
    let title = format!("Fetch the `{}` rows with one query before the loop", entity.name);
    let kind = FixKind::FetchBefore(FetchBefore { entity, call: found.problem.site, around: *around });
    refactor::that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}

/// The fix that awaits a relationship where it is read, if possible.
pub(crate) fn await_fix(cx: &Context<'_>, site: Site, owner: &ClassRef, relationship: &Name) -> Option<Fix> {
    let title = format!("Await `{}.{relationship}` here", owner.name);
    let kind = FixKind::AwaitRelationship { site, owner: owner.clone() };
    refactor::that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}

/// The same for a query in a class body.
pub(crate) fn load_in_class_fix(
    cx: &Context<'_>,
    class: &ClassRef,
    site: Site,
    root: &ClassRef,
    wants: &[Want],
) -> Option<Fix> {
    let wants: Vec<&Want> = wants.iter().filter(|want| leads_there(cx, root, want)).collect();
    // Rows under a name of the query's own are loaded by no relationship of that name.
    wants.first()?;
    let traits = wants.iter().fold(Traits::NONE, |traits, want| traits | want.traits);
    let paths = wants.iter().map(|want| want.path.clone().into()).collect();
    let loaded = Loaded { root: root.clone(), paths, traits };
    let title = format!("Eager-load {} in `{}`", shown(&loaded), class.name);
    let kind = FixKind::LoadInClass { class: class.clone(), site, loaded };
    refactor::that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}

/// `` `Order.customer` and `Order.items.product` ``
fn shown(loaded: &Loaded) -> String {
    /// The rest are counted.
    const SHOWN: usize = 3;
    let paths: Vec<&[Name]> = loaded.paths.iter().map(|path| &**path).collect();
    let is_beginning =
        |path: &[Name]| paths.iter().any(|other| other.len() > path.len() && other.starts_with(path));
    let whole = paths.iter().filter(|path| !is_beginning(path));
    let mut names: Vec<String> = whole
        .map(|path| {
            let path = path.iter().map(Name::as_str).collect::<Vec<_>>().join(".");
            format!("`{}.{path}`", loaded.root.name)
        })
        .collect();
    if names.len() > SHOWN {
        let more = names.split_off(SHOWN).len();
        return format!("{} and {more} more", names.join(", "));
    }
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// Whether a body changes the relationship at the end of `path` through its manager: that discards what was prefetched.
pub(crate) fn writes(cx: &Context<'_>, body: BodyId, path: &[Name]) -> bool {
    let Some((last, body)) = path.last().zip(cx.module.bodies.list.get(body.0 as usize)) else {
        return false;
    };
    body.exprs.list.iter().any(|expr| {
        let Expr::Call { callee, .. } = expr else { return false };
        let Expr::Attribute { value, name } = &body[*callee] else { return false };
        WRITES.contains(&name.as_str())
            && matches!(&body[*value], Expr::Attribute { name, .. } if name == last)
    })
}
