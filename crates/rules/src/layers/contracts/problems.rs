//! Problems of a configuration in view of the existing modules: patterns that match nothing, contracts about modules
//! that don't exist, exceptions without effect.

use camino::Utf8Path;
use config::{
    Config, Contract, ContractKind, IgnoredEdge, Level, ModulePattern, Origin, PathPattern, Problem, nearest,
};
use model::{Modules, Project};
use source::Span;
use view::Db;

use super::{lies_in, outside, tach};

/// Problems of `config`, for the configuration file's own diagnostics. A contract about nothing must not look kept, an
/// exception no longer needed hides the next breach, and a layer with a misspelt pattern is inferred.
///
/// Empty if the configuration covers more than the project contains: what is beside the opened folder is unknown.
pub(crate) fn problems(db: &dyn Db, project: Project, config: &Config) -> Vec<Problem> {
    let path = match &config.origin {
        Origin::Inferred | Origin::TachDomain(_) => return Vec::new(),
        Origin::Own(path) | Origin::Pyproject(path) | Origin::ImportLinter(path) | Origin::Tach(path) => path,
    };
    if !config.folder.starts_with(project.root(db)) {
        return Vec::new();
    }
    let modules = model::query::modules(db, project);
    let problem = |span: Span, message: String| Problem {
        path: path.clone(),
        span,
        message,
        level: Level::Warning,
        suggestion: None,
    };
    let mut found = Vec::new();
    for pattern in config.layers.iter().flat_map(|(_, patterns)| patterns) {
        if !covers_any(db, project, config, pattern, &modules) {
            let mut problem = problem(pattern.span(), format!("`{}` matches no module", pattern.as_str()));
            let near = near(pattern, &modules);
            if let Some(near) = near {
                problem.message = format!("{}, did you mean `{near}`?", problem.message);
                problem.suggestion = Some(format!("\"{near}\""));
            }
            found.push(problem);
        }
    }
    for pattern in config.contexts.iter().filter(|pattern| !exists(pattern, &modules)) {
        found.push(problem(pattern.span(), format!("`{}` matches no package", pattern.as_str())));
    }
    for pattern in config.overrides.iter().flat_map(|entry| &entry.paths) {
        if !holds_any(db, project, &config.folder, pattern) {
            found.push(problem(pattern.span(), format!("`{}` matches no file", pattern.as_str())));
        }
    }
    for contract in &config.contracts {
        for (pattern, span) in dangling(contract, &modules) {
            let message = format!("the contract \"{}\" names {pattern}, which is no module", contract.name);
            // Generated patterns are reported at the contract.
            found.push(problem(if span.is_empty() { contract.span } else { span }, message));
        }
        if let ContractKind::Tach(tach) = &contract.kind {
            found.extend(tach::problems(db, project, config, tach, path));
        }
        for pattern in unseen(contract, &modules) {
            let message = format!(
                "import-linter refuses to look at `{}` without `include_external_packages = True`",
                pattern.as_str()
            );
            found.push(problem(pattern.span(), message));
        }
        for edge in contract.ignore_imports.iter().filter(|_| contract.alerts_unmatched) {
            if !is_imported(db, project, &modules, contract, edge) {
                let (importer, imported) = (edge.importer.as_str(), edge.imported.as_str());
                let message = format!("no import matches `{importer} -> {imported}`");
                found.push(problem(edge.span, message));
            }
        }
    }
    found
}

/// The modules that a contract names and that don't exist. Forbidden or protected modules may be outside the project.
fn dangling<'c>(contract: &'c Contract, modules: &Modules) -> Vec<(String, Span)> {
    let missing = |patterns: &'c [ModulePattern]| {
        patterns
            .iter()
            .filter(|pattern| !exists(pattern, modules))
            .map(|pattern| (pattern.as_str().to_owned(), pattern.span()))
    };
    let may_be_outside = |patterns: &'c [ModulePattern]| {
        missing(patterns)
            .filter(|(name, _)| name.split('.').next().is_some_and(|first| is_package(first, modules)))
    };
    match &contract.kind {
        ContractKind::Layers { layers, containers, .. } if containers.is_empty() => layers
            .iter()
            .flatten()
            .filter(|slot| !slot.optional && !exists(&slot.module, modules))
            .map(|slot| (slot.module.as_str().to_owned(), slot.module.span()))
            .collect(),
        ContractKind::Layers { layers, containers, .. } => {
            let slots = containers
                .iter()
                .filter(|container| container.is_literal())
                .flat_map(|container| layers.iter().flatten().map(move |slot| (container, slot)))
                .filter(|(container, slot)| !slot.optional && !exists_in(container, &slot.module, modules))
                .map(|(container, slot)| {
                    (format!("{}.{}", container.as_str(), slot.module.as_str()), slot.module.span())
                });
            missing(containers).chain(slots).collect()
        }
        ContractKind::Forbidden { sources, forbidden, .. } => {
            missing(sources).chain(may_be_outside(forbidden)).collect()
        }
        ContractKind::Independence { modules: listed } => missing(listed).collect(),
        ContractKind::Protected { protected, allowed, .. } => {
            may_be_outside(protected).chain(missing(allowed)).collect()
        }
        ContractKind::Private { packages } => missing(packages).collect(),
        ContractKind::Acyclic { ancestors, .. } => missing(ancestors).collect(),
        ContractKind::Tach(_) => Vec::new(),
    }
}

/// The distributions that a contract names although they are not part of its graph.
fn unseen<'c>(contract: &'c Contract, modules: &Modules) -> Vec<&'c ModulePattern> {
    let patterns = match &contract.kind {
        ContractKind::Forbidden { forbidden, .. } => forbidden,
        ContractKind::Protected { protected, .. } => protected,
        _ => return Vec::new(),
    };
    let is_unseen = |pattern: &&ModulePattern| {
        !contract.view.external
            && pattern.is_literal()
            && !contract.view.roots.is_empty()
            && !contract.view.holds(pattern.as_str())
            && !exists(pattern, modules)
    };
    patterns.iter().filter(is_unseen).collect()
}

/// Whether a layer's pattern matches any module: by its name, or by its path.
fn covers_any(
    db: &dyn Db,
    project: Project,
    config: &Config,
    pattern: &ModulePattern,
    modules: &Modules,
) -> bool {
    let root = project.root(db);
    modules.list.iter().any(|info| {
        if !pattern.is_path() {
            return pattern.matches_or_contains(&info.name);
        }
        let path = root.join(&info.path);
        path.strip_prefix(&config.folder).is_ok_and(|path| pattern.matches_path(path.as_str()))
    })
}

/// The one module that a literal pattern could mean.
fn near<'m>(pattern: &ModulePattern, modules: &'m Modules) -> Option<&'m str> {
    if !pattern.is_literal() {
        return None;
    }
    // Only names with the same number of segments: a typo, not another name.
    let depth = |name: &str| name.matches('.').count();
    let wanted = depth(pattern.as_str());
    let names = modules.by_name.keys().chain(modules.namespaces.keys()).map(python::Name::as_str);
    nearest(pattern.as_str(), names.filter(|name| depth(name) == wanted))
}

/// Whether a path pattern matches any file of the project.
fn holds_any(db: &dyn Db, project: Project, folder: &Utf8Path, pattern: &PathPattern) -> bool {
    let files = project.files(db).list();
    files
        .iter()
        .any(|(_, file)| file.path(db).strip_prefix(folder).is_ok_and(|path| pattern.matches(path.as_str())))
}

fn exists(pattern: &ModulePattern, modules: &Modules) -> bool {
    modules.by_name.keys().any(|name| pattern.matches(name))
        || modules.namespaces.keys().any(|name| pattern.matches(name))
}

/// Whether the project has a top-level module or package of this name.
fn is_package(name: &str, modules: &Modules) -> bool {
    modules.by_name.contains_key(name) || modules.namespaces.contains_key(name)
}

fn exists_in(container: &ModulePattern, slot: &ModulePattern, modules: &Modules) -> bool {
    let names = modules.by_name.keys().chain(modules.namespaces.keys());
    names
        .filter(|name| lies_in(name, container.as_str()))
        .filter_map(|name| super::position::inside(name, container.as_str()))
        .any(|rest| slot.matches(rest))
}

/// Whether an entry of `ignore_imports` matches any import in the contract's graph.
fn is_imported(
    db: &dyn Db,
    project: Project,
    modules: &Modules,
    contract: &Contract,
    edge: &IgnoredEdge,
) -> bool {
    let importers = modules.iter().filter(|(_, info)| edge.importer.matches(&info.name));
    importers.filter(|(_, info)| contract.view.holds(&info.name)).any(|(_, info)| {
        let imports = python::query::imports(db, info.file);
        let resolved = model::query::resolved(db, project, info.file);
        imports.iter().zip(resolved.iter()).any(|((_, import), resolved)| {
            if import.context.type_checking && contract.exclude_type_checking {
                return false;
            }
            match outside::name(contract, resolved, |id| &modules[id].name) {
                Some(name) => edge.imported.matches_or_contains(name),
                None => resolved.module().is_some_and(|to| edge.imported.matches(&modules[to].name)),
            }
        })
    })
}
