//! What a project is called.

use crate::{Db, PathRole, Project, query};

/// The name of a project: that of its distribution, or of the only package at its top, so that it is the same wherever it
/// is checked out; else of its folder.
pub fn name(db: &dyn Db, project: Project) -> String {
    let root = project.root(db);
    let own = project.configs(db).packaging.iter().find(|packaging| packaging.folder == *root);
    if let Some(name) = own.and_then(|packaging| packaging.name.clone()) {
        return name;
    }
    let modules = query::modules(db, project);
    let mut code = modules.iter().filter(|(_, info)| info.role == PathRole::Code && info.name.contains('.'));
    let top = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    if let Some((_, first)) = code.next()
        && code.all(|(_, info)| top(&info.name) == top(&first.name))
    {
        return top(&first.name);
    }
    root.file_name().unwrap_or(root.as_str()).to_owned()
}
