//! Facts about classes that require knowing their ancestors in other files.

use super::source::Source;
use crate::signals::role_of_base;
use crate::{ByModule, ClassRole, ClassSignals, ModuleId, PathRole, Surface};

/// Facts about one class.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClassFacts {
    /// The role, determined by its decorators and all of its ancestors.
    pub(super) role: Option<ClassRole>,
    /// Whether it needs an implementation elsewhere.
    pub(super) is_port: bool,
    /// Whether it is a table row.
    pub(super) is_row: bool,
}

/// Facts about the module-level classes of all modules, in source order.
#[derive(Debug, Default)]
pub(super) struct Classes {
    by_module: ByModule<Box<[ClassFacts]>>,
}

impl Classes {
    /// Combines each module's signals about its classes with their ancestors.
    pub(super) fn of(source: &Source<'_>) -> Self {
        let by_module = source.modules.map(|id, module| match module.role {
            PathRole::Code => {
                source.signals(id).classes.iter().map(|class| facts(source, id, class)).collect()
            }
            _ => Box::default(),
        });
        Self { by_module }
    }

    /// The classes of a module, in the same number and order as in its signals.
    pub(super) fn of_module(&self, id: ModuleId) -> &[ClassFacts] {
        &self.by_module[id]
    }
}

fn facts(source: &Source<'_>, id: ModuleId, class: &ClassSignals) -> ClassFacts {
    let mut role = class.role;
    let mut is_port = class.is_port();
    if class.has_bases
        && let Some(ancestors) = source.hierarchy.by_class.get(&(id, class.name.clone()))
    {
        let inherited = ancestors.foreign.iter().filter_map(|dotted| role_of_base(dotted));
        role = role.into_iter().chain(inherited).min();
        let is_open = class.surface == Surface::Stubs;
        is_port |= is_open && matches!(role, Some(ClassRole::Protocol | ClassRole::Abstract));
    }
    if !is_port && matches!(role, Some(ClassRole::Protocol | ClassRole::Abstract)) {
        // An implementation, or a template with code: inheriting from `ABC` is not significant.
        role = None;
    }
    let is_row = class.is_table || role == Some(ClassRole::OrmModel);
    ClassFacts { role, is_port, is_row }
}
