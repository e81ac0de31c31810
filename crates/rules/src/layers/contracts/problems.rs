//! What is wrong with contracts as such: promises about modules that don't exist, exceptions that except nothing.

use config::{Config, Contract, ContractKind, IgnoredEdge, Level, ModulePattern, Origin, Problem};
use model::{Modules, Project};
use source::Span;

use super::lies_in;
use crate::Db;

/// What is wrong with the contracts of `config`, for the configuration file's own diagnostics. A contract over nothing
/// must not look like one that is kept, and an exception that nobody needs any more hides the next breach.
pub(crate) fn problems(db: &dyn Db, project: Project, config: &Config) -> Vec<Problem> {
    let path = match &config.origin {
        Origin::Inferred => return Vec::new(),
        Origin::Own(path) | Origin::Pyproject(path) | Origin::ImportLinter(path) | Origin::Tach(path) => path,
    };
    let modules = model::query::modules(db, project);
    let problem = |span: Span, message: String| Problem {
        path: path.clone(),
        span,
        message,
        level: Level::Warning,
        suggestion: None,
    };
    let mut found = Vec::new();
    for contract in &config.contracts {
        for pattern in dangling(contract, &modules) {
            let message = format!("the contract \"{}\" names {pattern}, which is no module", contract.name);
            found.push(problem(contract.span, message));
        }
        for edge in &contract.ignore_imports {
            if !is_imported(db, project, &modules, edge) {
                let (importer, imported) = (edge.importer.as_str(), edge.imported.as_str());
                let message = format!("no import matches `{importer} -> {imported}`");
                found.push(problem(edge.span, message));
            }
        }
    }
    found
}

/// The modules that a contract speaks about and that don't exist. What is forbidden may lie outside the project.
fn dangling<'c>(contract: &'c Contract, modules: &Modules) -> Vec<String> {
    let missing = |patterns: &'c [ModulePattern]| {
        let written = patterns.iter().filter(|pattern| !pattern.is_derived());
        written.filter(|pattern| !exists(pattern, modules)).map(|pattern| pattern.as_str().to_owned())
    };
    match &contract.kind {
        ContractKind::Layers { layers, containers, .. } if containers.is_empty() => layers
            .iter()
            .flatten()
            .filter(|slot| !slot.optional && !exists(&slot.module, modules))
            .map(|slot| slot.module.as_str().to_owned())
            .collect(),
        ContractKind::Layers { layers, containers, .. } => {
            let slots = containers
                .iter()
                .filter(|container| container.is_literal())
                .flat_map(|container| layers.iter().flatten().map(move |slot| (container, slot)))
                .filter(|(container, slot)| !slot.optional && !exists_in(container, &slot.module, modules))
                .map(|(container, slot)| format!("{}.{}", container.as_str(), slot.module.as_str()));
            missing(containers).chain(slots).collect()
        }
        ContractKind::Forbidden { sources, .. } => missing(sources).collect(),
        ContractKind::Independence { modules: listed } => missing(listed).collect(),
        ContractKind::Protected { protected, allowed, .. } => {
            missing(protected).chain(missing(allowed)).collect()
        }
        ContractKind::Acyclic { ancestors, .. } => missing(ancestors).collect(),
    }
}

fn exists(pattern: &ModulePattern, modules: &Modules) -> bool {
    modules.by_name.keys().any(|name| pattern.matches(name))
        || modules.namespaces.keys().any(|name| pattern.matches(name))
}

fn exists_in(container: &ModulePattern, slot: &ModulePattern, modules: &Modules) -> bool {
    let names = modules.by_name.keys().chain(modules.namespaces.keys());
    names
        .filter(|name| lies_in(name, container.as_str()))
        .filter_map(|name| super::seat::inside(name, container.as_str()))
        .any(|rest| slot.matches(rest))
}

/// Whether any import is named by an entry of `ignore_imports`.
fn is_imported(db: &dyn Db, project: Project, modules: &Modules, edge: &IgnoredEdge) -> bool {
    modules.iter().filter(|(_, info)| edge.importer.matches(&info.name)).any(|(_, info)| {
        model::query::resolved(db, project, info.file).iter().any(|resolved| match resolved.module() {
            Some(to) => edge.imported.matches(&modules[to].name),
            None => edge.imported.matches_or_contains(&resolved.absolute),
        })
    })
}
