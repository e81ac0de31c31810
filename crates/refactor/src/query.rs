//! What many fixes share.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ClassRef, Project};
use view::query::Db;

use crate::protocol::{Extracted, Extraction};

/// The Protocol of a class. Each of its injection sites may offer it, and writing it takes as long as there are sites.
#[salsa::tracked(returns(clone))]
pub(crate) fn extracted(
    db: &dyn Db,
    project: Project,
    class: ClassRef,
    extraction: Extraction,
) -> Arc<Extracted> {
    Arc::new(crate::protocol::extracted(db, project, &class, extraction))
}
