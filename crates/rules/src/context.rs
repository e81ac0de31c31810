//! What a rule may read: one module, and the architecture around it.

use std::sync::Arc;

use config::Config;
use model::{Architecture, ModuleId, Project, Resolved};
use python::Module;
use source::{File, Text};

use crate::Db;

/// One module under judgement and the architecture around it. Read-only.
#[derive(Clone)]
pub struct Context<'a> {
    /// For the narrow queries about other modules.
    pub db: &'a dyn Db,
    /// The project.
    pub project: Project,
    /// The file.
    pub file: File,
    /// Its module.
    pub id: ModuleId,
    /// Its text.
    pub text: Arc<Text>,
    /// Its facts.
    pub module: Arc<Module>,
    /// What its imports refer to, by import id.
    pub resolved: Arc<[Resolved]>,
    /// The architecture.
    pub architecture: Arc<Architecture>,
    /// The configuration that governs it.
    pub config: Arc<Config>,
}
