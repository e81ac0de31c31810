//! Ports as queries.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use source::File;

use super::Db;
use crate::{Adapter, Ask, ClassRef, ModuleId, Port, Project};

/// What a class asks of those who implement it; nothing where it is no interface.
#[salsa::tracked(returns(clone))]
pub fn port(_db: &dyn Db, _project: Project, _class: ClassRef) -> Option<Arc<Port>> {
    None
}

/// Who implements an interface, sorted.
#[salsa::tracked(returns(clone))]
pub fn adapters(_db: &dyn Db, _project: Project, _port: ClassRef) -> Arc<[Adapter]> {
    Arc::default()
}

/// The interfaces that a class implements, sorted, with by what it is known.
#[salsa::tracked(returns(clone))]
pub fn ports_of(_db: &dyn Db, _project: Project, _class: ClassRef) -> Arc<[Adapter]> {
    Arc::default()
}

/// What a file asks to be given, in source order.
#[salsa::tracked(returns(clone))]
pub fn asks(_db: &dyn Db, _project: Project, _file: File) -> Arc<[Ask]> {
    Arc::default()
}

/// Who asks for a class, sorted by module and place.
#[salsa::tracked(returns(clone))]
pub fn askers(_db: &dyn Db, _project: Project, _class: ClassRef) -> Arc<[(ModuleId, Ask)]> {
    Arc::default()
}
