//! How a query is made to load what is read from its rows.

use flow::{QueryRef, Site};
use model::ClassRef;
use python::Name;

use super::function_name;
use crate::{Applicability, Context, Fix, FixKind, fix};

/// Loading the relationships of `chain` with the query, where its edit can be made. The rows of the query are found by the
/// query itself.
pub(crate) fn load_fix(cx: &Context<'_>, query: QueryRef, chain: &[Name]) -> Option<Fix> {
    let root = flow::query::model_of(cx.db, cx.project, query)?;
    let title = format!(
        "Eager-load `{}.{}` in `{}`",
        root.name,
        chain.iter().map(Name::as_str).collect::<Vec<_>>().join("."),
        function_name(cx, query)
    );
    let kind = FixKind::Load { query, root, chain: chain.into() };
    fix::that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}

/// Awaiting a relationship where it is read, where that can be done.
pub(crate) fn await_fix(cx: &Context<'_>, site: Site, owner: &ClassRef, relationship: &Name) -> Option<Fix> {
    let title = format!("Await `{}.{relationship}` here", owner.name);
    let kind = FixKind::AwaitRelationship { site, owner: owner.clone() };
    fix::that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}

/// The same with a query that is written in the body of a class.
pub(crate) fn load_in_class_fix(
    cx: &Context<'_>,
    class: &ClassRef,
    site: Site,
    root: &ClassRef,
    chain: &[Name],
) -> Option<Fix> {
    let path = chain.iter().map(Name::as_str).collect::<Vec<_>>().join(".");
    let title = format!("Eager-load `{}.{path}` in `{}`", root.name, class.name);
    let kind = FixKind::LoadInClass { class: class.clone(), site, root: root.clone(), chain: chain.into() };
    fix::that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}
