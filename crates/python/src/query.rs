//! The facts as queries: one that parses, and narrow ones that stop a change where it ends.

use std::sync::Arc;

use source::File;

use crate::{Bodies, Definitions, Directive, Imports, Module, NameUse, Spans, Tree};

/// Trees of open buffers: an accelerator, keyed by the identity of the text. A miss costs a parse, never another answer.
#[derive(Debug, Default, Clone)]
pub struct OpenTrees {}

/// What queries about one module need from the database.
#[salsa::db]
pub trait Db: source::Db {
    /// The trees of open buffers.
    fn open_trees(&self) -> &OpenTrees;
}

/// All facts of `file`. Recomputed at every change of the text; only the newest few are kept.
#[salsa::tracked(returns(clone), no_eq, lru = 128)]
pub fn module(db: &dyn Db, file: File) -> Arc<Module> {
    let text = source::query::text(db, file);
    let _ = db.open_trees();
    let tree: Tree = crate::parse(text.as_str());
    Arc::new(crate::lower(text.as_str(), &tree))
}

/// What `file` imports. Stable while its imports are.
#[salsa::tracked(returns(clone))]
pub fn imports(db: &dyn Db, file: File) -> Arc<Imports> {
    Arc::clone(&module(db, file).imports)
}

/// What `file` defines. Stable while names, bases and signatures are.
#[salsa::tracked(returns(clone))]
pub fn definitions(db: &dyn Db, file: File) -> Arc<Definitions> {
    Arc::clone(&module(db, file).definitions)
}

/// What the bodies of `file` do.
#[salsa::tracked(returns(clone), lru = 128)]
pub fn bodies(db: &dyn Db, file: File) -> Arc<Bodies> {
    Arc::clone(&module(db, file).bodies)
}

/// Where imported names are used in `file`.
#[salsa::tracked(returns(clone), lru = 128)]
pub fn uses(db: &dyn Db, file: File) -> Arc<[NameUse]> {
    Arc::clone(&module(db, file).uses)
}

/// The comments in `file` that speak to Architrave.
#[salsa::tracked(returns(clone), lru = 128)]
pub fn directives(db: &dyn Db, file: File) -> Arc<[Directive]> {
    Arc::clone(&module(db, file).directives)
}

/// Where the facts of `file` stand.
#[salsa::tracked(returns(clone), lru = 128)]
pub fn spans(db: &dyn Db, file: File) -> Arc<Spans> {
    Arc::clone(&module(db, file).spans)
}
