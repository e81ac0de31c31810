//! Facts about a file's bodies.

use std::sync::Arc;

use source::File;

use crate::types::classes::Stores;
use crate::{Db, Factories, Writes};

/// Which methods of a file's classes assign which names on `self`, without the values.
#[salsa::tracked(returns(clone))]
pub fn stores(db: &dyn Db, file: File) -> Arc<Stores> {
    Arc::new(Stores::of(&python::query::module(db, file)))
}

/// Which attributes a file assigns, and on what.
#[salsa::tracked(returns(clone))]
pub fn writes(db: &dyn Db, file: File) -> Arc<Writes> {
    Arc::new(Writes::of(&python::query::module(db, file)))
}

/// How the session factories of a file are set up.
#[salsa::tracked(returns(copy))]
pub fn factories(db: &dyn Db, file: File) -> Factories {
    Factories::of(&python::query::module(db, file).bodies)
}
