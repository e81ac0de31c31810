//! How a query is made to load what is read from its rows.

use flow::QueryRef;
use python::Name;

use super::function_name;
use crate::{Applicability, Context, Fix, FixKind, fix};

/// Loading the relationships of `chain` with the query, where its edit can be made. The rows of the query are found by the
/// query itself.
pub(crate) fn load_fix(cx: &Context<'_>, query: QueryRef, chain: &[Name]) -> Option<Fix> {
    let root = flow::query::model_of(cx.db, cx.project, query)?;
    let title = format!(
        "Load {}.{} with the query in {}",
        root.name,
        chain.iter().map(Name::as_str).collect::<Vec<_>>().join("."),
        function_name(cx, query)
    );
    let kind = FixKind::Load { query, root, chain: chain.into() };
    fix::that_fits(cx, Fix { title, applicability: Applicability::Review, kind })
}
