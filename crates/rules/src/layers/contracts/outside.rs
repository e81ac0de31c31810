//! Names in a contract outside its graph: other distributions, the standard library, and the project outside the root
//! packages. Such a name includes everything below it.

use config::{Contract, ModulePattern};
use model::{ModuleInfo, Project, Resolved, Target};
use python::{Import, Name};
use view::{Db, ImportView};

use super::{matched_by_any, named};

/// The full name of what an import takes from outside the contract's graph. `name_of` names a module.
pub(super) fn name<'r>(
    contract: &Contract,
    resolved: &'r Resolved,
    name_of: impl FnOnce(model::ModuleId) -> &'r Name,
) -> Option<&'r Name> {
    match &resolved.target {
        Target::Standard(name)
        | Target::ThirdParty(name)
        | Target::Missing(name)
        | Target::Namespace(name) => Some(name),
        Target::Module(id) | Target::Symbol { module: id, .. } => {
            let name = name_of(*id);
            (!contract.view.holds(name)).then_some(name)
        }
    }
}

/// The full name of the imported module, without the name that is taken from it.
pub(super) fn written(item: &ImportView<'_>) -> Name {
    let absolute = &item.resolved.absolute;
    match (&item.import.name, absolute.rsplit_once('.')) {
        (Some(name), Some((module, last)))
            if last == name && !matches!(item.resolved.target, Target::Namespace(_) | Target::Module(_)) =>
        {
            module.into()
        }
        _ => absolute.clone(),
    }
}

/// The part of `name` that the contract's `patterns` match.
pub(super) fn part<'n>(contract: &Contract, patterns: &[ModulePattern], name: &'n str) -> Option<&'n str> {
    if contract.view.external {
        return matched_by_any(patterns, name);
    }
    let literal = patterns.iter().filter(|pattern| contract.view.sees_outside(pattern));
    literal.into_iter().find_map(|pattern| named(std::slice::from_ref(pattern), name, true).next())
}

/// Whether the contract counts an import from outside. Ignoring an import of a distribution ignores all of it.
pub(super) fn counts(contract: &Contract, importer: &str, imported: &str, type_checking: bool) -> bool {
    contract.view.holds(importer)
        && !(type_checking && contract.exclude_type_checking)
        && !contract
            .ignore_imports
            .iter()
            .any(|edge| edge.importer.matches(importer) && edge.imported.matches_or_contains(imported))
}

/// The part of the external imports of `module` that `patterns` match.
pub(super) fn imported_by(
    db: &dyn Db,
    project: Project,
    contract: &Contract,
    patterns: &[ModulePattern],
    module: &ModuleInfo,
) -> Option<Name> {
    if module.role != model::PathRole::Code {
        return None;
    }
    let modules = model::query::modules(db, project);
    let imports = python::query::imports(db, module.file);
    let resolved = model::query::resolved(db, project, module.file);
    imports.iter().zip(resolved.iter()).find_map(|((_, import), resolved): ((_, &Import), _)| {
        let name = name(contract, resolved, |id| &modules[id].name)?;
        let part = part(contract, patterns, name)?;
        counts(contract, &module.name, name, import.context.type_checking).then(|| part.into())
    })
}
