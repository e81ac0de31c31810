//! Adds loader options to a query, in the file that builds it: `selectinload` and `joinedload` for SQLAlchemy,
//! `prefetch_related` and `select_related` for Django.
//!
//! All relationships missing from a query go into one edit, combined with its existing options. What else the query
//! does decides which loaders it accepts ([`flow::Traits`]); if none fits there is no edit.

mod chain;
mod counted;
mod django;
mod layout;
mod lines;
mod names;
mod partial;
mod sqlalchemy;
mod steps;

use flow::{QueryRef, Site, Traits};
use model::{ModuleId, Orm};
use source::TextEdit;
use view::{Context, Loaded};

use super::FileEdit;

pub(super) use counted::edits as counted_edits;
pub(super) use layout::USUAL_LENGTH;
pub(super) use lines::written as written_in_lines;
pub(super) use names::Names as Imports;

/// The edits for a query that a function builds.
pub(super) fn edits(cx: &Context<'_>, query: QueryRef, loaded: &Loaded) -> Option<FileEdit> {
    let function = query.function;
    let known = flow::query::analysis_of(cx.db, cx.project, query.callee());
    let site = *known.queries.get(usize::from(query.index))?;
    edits_at(cx, function.module, site, loaded)
}

/// The edits for a query in a class body.
pub(super) fn edits_in_class(
    cx: &Context<'_>,
    module: ModuleId,
    site: Site,
    loaded: &Loaded,
) -> Option<FileEdit> {
    let there = python::query::body(cx.db, cx.file_of(module), site.body)?;
    let site = Site { expr: chain::start(&there, site.expr), ..site };
    edits_at(cx, module, site, loaded)
}

fn edits_at(cx: &Context<'_>, module: ModuleId, site: Site, loaded: &Loaded) -> Option<FileEdit> {
    let file = cx.file_of(module);
    if file == cx.file {
        return Some(FileEdit { file, edits: edits_there(cx, site, loaded)? });
    }
    let there = view::query::context(cx.db, cx.project, file)?;
    Some(FileEdit { file, edits: edits_there(&there, site, loaded)? })
}

fn edits_there(cx: &Context<'_>, site: Site, loaded: &Loaded) -> Option<Vec<TextEdit>> {
    if loaded.traits.has(Traits::EMPTY | Traits::SEVERAL) {
        return None;
    }
    let entity = model::query::entity(cx.db, cx.project, loaded.root.module, loaded.root.name.clone())?;
    let paths = steps::paths(cx, loaded)?;
    let chain = chain::Chain::of(cx, site)?;
    let mut edits = match entity.orm {
        Orm::Django => django::edits(cx, &chain, &entity, &paths, loaded.traits)?,
        Orm::SqlAlchemy | Orm::SqlModel => sqlalchemy::edits(cx, &chain, &paths, loaded.traits)?,
    };
    edits.sort_by_key(|edit| edit.span);
    Some(edits)
}
