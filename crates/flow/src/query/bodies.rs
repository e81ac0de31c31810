//! Bodies in little space, and what a file says of them.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use python::{Body, BodyId};
use source::File;

use crate::classes::Stores;
use crate::{Db, Writes};

/// The bodies of a file in little space, each by itself, so that thousands of files can be analysed without being parsed
/// a second time.
#[salsa::tracked(returns(clone))]
pub fn packed(db: &dyn Db, file: File) -> Arc<[Arc<[u8]>]> {
    let module = python::query::module(db, file);
    // A body that can't be written can't be read either: it is left out, and nothing is said of it.
    let pack = |body: &Arc<Body>| Arc::from(postcard::to_stdvec(&**body).unwrap_or_default());
    module.bodies.list.iter().map(pack).collect()
}

/// One packed body: changes only when that body does.
#[salsa::tracked(returns(clone))]
fn packed_body(db: &dyn Db, file: File, body: BodyId) -> Arc<[u8]> {
    packed(db, file).get(body.0 as usize).cloned().unwrap_or_default()
}

/// One body. The same as in `python::query::bodies`, without the others of its file.
pub fn body(db: &dyn Db, file: File, id: BodyId) -> Option<Body> {
    postcard::from_bytes(&packed_body(db, file, id)).ok()
}

/// Which methods of a file's classes store what on `self`, without the values.
#[salsa::tracked(returns(clone))]
pub fn stores(db: &dyn Db, file: File) -> Arc<Stores> {
    Arc::new(Stores::of(&python::query::module(db, file)))
}

/// Which attributes a file assigns, and on what.
#[salsa::tracked(returns(clone))]
pub fn writes(db: &dyn Db, file: File) -> Arc<Writes> {
    Arc::new(Writes::of(&python::query::module(db, file)))
}
