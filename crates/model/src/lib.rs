//! What is the architecture? Modules, imports, layers, ports; coupling and cycles.
//!
//! Algorithms are plain functions on plain data; [`query`] wires them to the database. Invariants:
//! - nothing here reads positions, and nothing project-wide reads bodies: typing inside a body re-runs no project-wide
//!   query (a module's [`Signals`] insulate it);
//! - a module without sufficient evidence has no layer, and produces no findings;
//! - tests, migrations and generated files are recognized by their paths and are not parsed for the project's queries.

mod class_ref;
mod coupling;
mod cycles;
mod evidence;
mod exports;
#[cfg(test)]
mod fixture;
mod graph;
mod hierarchy;
mod layers;
mod layout;
mod messages;
mod modules;
mod name;
mod orm;
mod packages;
mod ports;
mod project;
pub mod query;
pub mod references;
mod resolve;
mod role;
mod roots;
mod routes;
mod signals;

pub use class_ref::ClassRef;
pub use config::{Layer, Style};
pub use coupling::Coupling;
pub use cycles::{
    Component, Cycles, SiblingCycle, cheapest_cuts, closes_cycle, shortest_through, sibling_cycles,
    strong_components, strong_groups,
};
pub use evidence::{CERTAIN, Confidence, Evidence, MOST_INFERRED, Reason, SHOWN, SPEAKS, Verdict};
pub use exports::{Export, Exports};
pub use graph::{Edge, EdgeKind, Graph};
pub use hierarchy::{Ancestors, Base, ClassHierarchy, DeclaredBases};
pub use layers::{Claim, Ground, Inventory, Layers, ScopeStyle, Technology};
pub use messages::{
    Maker, Makes, Mark as MessageMark, Message, MessageFacts, MessageHandler, MessageKind, Messages,
};
pub use modules::{ByModule, ModuleId, ModuleInfo, Modules, PathRole};
pub use name::name;
pub use orm::{
    Assembled, Association, ClassDetails, Column, ColumnDetails, Declared, Entity, Getter, Key, Loading,
    ManyToMany, Member, Orm, Relationship, Schema, Table, TableColumn, Tables,
};
pub use packages::package_coupling;
pub use ports::{
    Adapter, Behind, How, IndirectSite, InjectionPlace, InjectionSite, Interfaces, Port, PortKind,
    PortMember, Registrations, Shapes, Via,
};
pub use project::{Configs, FileSet, Project};
pub use query::Db;
pub use resolve::{Head, Resolved, Target, canonical, is_builtin, is_standard};
pub use roots::{Probe, Root, RootId};
pub use routes::{Framework, Handler, Response, Route, RouteFacts, RouteItem, Routes};
pub use signals::{Amount, ClassRole, ClassSignals, Hook, Mark, Marks, Signals, Surface, Uses, role_of_base};

use std::sync::Arc;

/// Everything known about one project, by reference: what rules and the editor read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Architecture {
    /// The modules.
    pub modules: Arc<Modules>,
    /// The import graph.
    pub graph: Arc<Graph>,
    /// The layer of each module, and the style.
    pub layers: Arc<Layers>,
    /// The import cycles.
    pub cycles: Arc<Cycles>,
    /// The ancestors of classes.
    pub hierarchy: Arc<ClassHierarchy>,
}
