//! The model as queries.

use std::sync::Arc;

use config::Config;
use source::File;

use crate::{
    Architecture, Cycles, Edge, Exports, Graph, Heritage, Layers, Modules, Project, Resolved, Signals,
};

/// What the model needs from the database.
#[salsa::db]
pub trait Db: python::Db {}

/// The modules of a project. Changes when files come or go, not when they are edited.
#[salsa::tracked(returns(clone))]
pub fn modules(_db: &dyn Db, _project: Project) -> Arc<Modules> {
    Arc::default()
}

/// The configuration that governs a file.
#[salsa::tracked(returns(clone))]
pub fn config_of(db: &dyn Db, project: Project, file: File) -> Arc<Config> {
    project.configs(db).for_path(file.path(db)).cloned().unwrap_or_default()
}

/// The names that a file offers to others.
#[salsa::tracked(returns(clone))]
pub fn exports(_db: &dyn Db, _file: File) -> Arc<Exports> {
    Arc::default()
}

/// What the imports of a file refer to; as many as its imports, in the same order.
#[salsa::tracked(returns(clone))]
pub fn resolved(_db: &dyn Db, _project: Project, _file: File) -> Arc<[Resolved]> {
    Arc::default()
}

/// The edges that leave a file.
#[salsa::tracked(returns(clone))]
pub fn edges(_db: &dyn Db, _project: Project, _file: File) -> Arc<[Edge]> {
    Arc::default()
}

/// The graph over the project's code.
#[salsa::tracked(returns(clone))]
pub fn graph(_db: &dyn Db, _project: Project) -> Arc<Graph> {
    Arc::default()
}

/// What a file's contents say about its role.
#[salsa::tracked(returns(clone))]
pub fn signals(db: &dyn Db, file: File) -> Arc<Signals> {
    Arc::new(Signals::of(&python::query::module(db, file)))
}

/// What the project's classes descend from.
#[salsa::tracked(returns(clone))]
pub fn heritage(_db: &dyn Db, _project: Project) -> Arc<Heritage> {
    Arc::default()
}

/// The layers and the style.
#[salsa::tracked(returns(clone))]
pub fn layers(_db: &dyn Db, _project: Project) -> Arc<Layers> {
    Arc::default()
}

/// The cycles.
#[salsa::tracked(returns(clone))]
pub fn cycles(_db: &dyn Db, _project: Project) -> Arc<Cycles> {
    Arc::default()
}

/// All of the above, for rules and the editor.
#[salsa::tracked(returns(clone))]
pub fn architecture(db: &dyn Db, project: Project) -> Arc<Architecture> {
    Arc::new(Architecture {
        modules: modules(db, project),
        graph: graph(db, project),
        layers: layers(db, project),
        cycles: cycles(db, project),
        heritage: heritage(db, project),
    })
}
