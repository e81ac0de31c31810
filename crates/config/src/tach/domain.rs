//! `tach.domain.toml`: modules and interfaces of one folder, with paths relative to it; a `//` prefix marks an absolute
//! one.

use std::sync::Arc;

use camino::Utf8Path;
use smol_str::{SmolStr, format_smolstr};

use super::glob::Glob;
use super::project::{Tach, TachDependency, TachInterface, TachModule};
use crate::{Config, ContractKind, NamePattern, Origin};

/// The name for the domain itself in a domain file.
pub(super) const DOMAIN: &str = "<domain_root>";

/// `config`, extended by the domain files below its folder; `None` if they add nothing.
pub fn with_domains(config: &Config, domains: &[Arc<Config>]) -> Option<Config> {
    if !matches!(config.origin, Origin::Tach(_)) {
        return None;
    }
    let mut whole = config.clone();
    let ContractKind::Tach(tach) = &mut whole.contracts.first_mut()?.kind else { return None };
    let below = domains.iter().filter(|domain| domain.folder.starts_with(&config.folder));
    let mut is_changed = false;
    for domain in below {
        let (Some(contract), Some(location)) = (domain.contracts.first(), location(config, &domain.folder))
        else {
            continue;
        };
        let ContractKind::Tach(added) = &contract.kind else { continue };
        let tach = Arc::make_mut(tach);
        tach.modules.extend(added.modules.iter().map(|module| located(module, &location)));
        tach.interfaces.extend(added.interfaces.iter().map(|interface| exposed(interface, &location)));
        is_changed = true;
    }
    is_changed.then_some(whole)
}

/// The dotted path of a folder, relative to its source root.
fn location(config: &Config, folder: &Utf8Path) -> Option<String> {
    let relative = folder.strip_prefix(&config.folder).ok()?;
    let roots = config.source_roots.iter().filter_map(|root| relative.strip_prefix(root).ok());
    let below = roots.min_by_key(|below| below.components().count()).unwrap_or(relative);
    let parts: Vec<&str> = below.components().map(|part| part.as_str()).collect();
    (!parts.is_empty()).then(|| parts.join("."))
}

fn absolute(path: &str, location: &str) -> SmolStr {
    match path.strip_prefix("//") {
        Some(absolute) => absolute.into(),
        None if path == DOMAIN => location.into(),
        None => format_smolstr!("{location}.{path}"),
    }
}

fn located(module: &TachModule, location: &str) -> TachModule {
    let dependency = |it: &TachDependency| TachDependency::new(absolute(&it.path, location), it.span);
    let path =
        if module.path == DOMAIN { location.into() } else { format_smolstr!("{location}.{}", module.path) };
    let visibility = module.visibility.as_ref().map(|globs| {
        globs.iter().filter_map(|glob| Glob::of_texts(&absolute(glob.as_str(), location))).collect()
    });
    TachModule {
        glob: Glob::of_modules(&path),
        path,
        depends_on: module.depends_on.as_ref().map(|list| list.iter().map(dependency).collect()),
        cannot_depend_on: module.cannot_depend_on.iter().map(dependency).collect(),
        visibility,
        ..module.clone()
    }
}

fn exposed(interface: &TachInterface, location: &str) -> TachInterface {
    let from = |pattern: &NamePattern| {
        let text = pattern.as_str();
        let whole = if text == DOMAIN { location.to_owned() } else { format!("{location}.{text}") };
        NamePattern::regex(&whole).ok()
    };
    TachInterface {
        from: interface.from.iter().filter_map(from).collect(),
        visibility: interface
            .visibility
            .as_ref()
            .map(|list| list.iter().map(|who| absolute(who, location)).collect()),
        ..interface.clone()
    }
}

/// Marks a configuration as that of a single domain.
pub(super) fn of(modules: Vec<TachModule>, interfaces: Vec<TachInterface>) -> Tach {
    Tach { modules, interfaces, ..Tach::default() }
}
