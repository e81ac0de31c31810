//! The command line that carries out a fix.

use model::{ClassRef, Modules};
use source::File;
use view::{Applicability, Fix, FixKind};
use workspace::Snapshot;

use crate::session::relative;

/// The command that carries out `fix` of a finding in `file`; `None` if only an editor can.
pub(crate) fn of_fix(snapshot: &Snapshot, file: File, fix: &Fix) -> Option<String> {
    let path = file.path(snapshot.db());
    let (project, _) = snapshot.project_of(path)?;
    let modules = model::query::modules(snapshot.db(), project);
    match &fix.kind {
        FixKind::ExtractProtocol(extract) => {
            Some(format!("architrave refactor extract-protocol {}", of_class(&modules, &extract.class)?))
        }
        FixKind::DependOnPortEverywhere { class } | FixKind::DependOnPort { class, .. } => {
            Some(format!("architrave refactor depend-on-port {}", of_class(&modules, class)?))
        }
        FixKind::ImplementMembers { class, .. } => {
            Some(format!("architrave refactor implement-members {}", of_class(&modules, class)?))
        }
        FixKind::MoveDefinition { module, name, target } => {
            let from = &modules.get(*module)?.path;
            Some(format!("architrave refactor move {from}:{name} {target}"))
        }
        _ if fix.applicability == Applicability::Safe => {
            Some(format!("architrave check --fix {}", relative(snapshot, path)))
        }
        _ => None,
    }
}

/// `shop/db.py:SqlOrders`
pub(crate) fn of_class(modules: &Modules, class: &ClassRef) -> Option<String> {
    Some(format!("{}:{}", modules.get(class.module)?.path, class.name))
}
