//! What consumers use of what they are given.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{AskPlace, ModuleId, Project};

use crate::{Db, Usage};

/// What whoever asks for something does with it.
#[salsa::tracked(returns(clone))]
pub fn usage(db: &dyn Db, project: Project, module: ModuleId, place: AskPlace) -> Arc<Usage> {
    Arc::new(crate::usage::usage(db, project, module, place))
}
