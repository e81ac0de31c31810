//! The contracts of import-linter and the modules of tach, translated to our format.

mod modules;

use std::fmt::Write as _;

use camino::Utf8Path;
use config::{Contract, ContractKind, ModulePattern, Origin};
use workspace::Snapshot;

use super::entries::{Entry, list, quoted};
use super::has_origin;
use crate::Refused;
use crate::session::project;

/// The contracts in another tool's file in the root, and that file's exclusions: neither is read beside an
/// `architrave.toml`.
///
/// # Errors
/// If our table in `pyproject.toml` configures the project, or a contract can't be expressed in our format.
pub(super) fn foreign(snapshot: &Snapshot, root: &Utf8Path) -> Result<Vec<Entry>, Refused> {
    if has_origin(snapshot, root, |origin| matches!(origin, Origin::Pyproject(_))) {
        return Err(Refused::new(
            "`[tool.architrave]` in pyproject.toml configures this project; an architrave.toml beside it would take its place",
        ));
    }
    let project = project(snapshot)?;
    let configs = &project.configs(snapshot.db()).list;
    let there = configs.iter().filter(|config| config.folder == root);
    let from = |origin: &Origin| match origin {
        Origin::ImportLinter(path) | Origin::Tach(path) => path.file_name().map(str::to_owned),
        _ => None,
    };
    let mut there = there.filter_map(|config| Some((config, from(&config.origin)?)));
    let Some((config, from)) = there.next() else { return Ok(Vec::new()) };
    let exclude = (!config.exclude.is_empty()).then(|| Entry {
        table: "",
        key: "exclude".to_owned(),
        toml: format!("exclude = {}", list(&config.exclude)),
        why: vec![format!("From {from}.")],
        is_comment: false,
        is_optional: false,
    });
    let contracts = config.contracts.iter().map(|contract| entry(contract, &from));
    exclude.into_iter().map(Ok).chain(contracts).collect()
}

fn entry(contract: &Contract, from: &str) -> Result<Entry, Refused> {
    let tables = match &contract.kind {
        ContractKind::Tach(tach) => modules::tables(tach),
        _ => String::new(),
    };
    let body = body(&contract.kind).ok_or_else(|| {
        Refused::new(format!(
            "the contract \"{}\" of {from} can't be said in an architrave.toml",
            contract.name
        ))
    })?;
    let mut toml = format!("name = {}\n{body}", quoted(&contract.name));
    if !contract.ignore_imports.is_empty() {
        let edges = contract.ignore_imports.iter();
        let edges: Vec<String> =
            edges.map(|edge| format!("{} -> {}", edge.importer.as_str(), edge.imported.as_str())).collect();
        let _ = write!(toml, "\nignore-imports = {}", list(&edges));
    }
    if contract.exclude_type_checking {
        toml.push_str("\nexclude-type-checking-imports = true");
    }
    if let Some(guidance) = contract.guidance.as_ref().filter(|guidance| !guidance.is_empty()) {
        let _ = write!(toml, "\nguidance = {}", quoted(guidance));
    }
    // The tables of a contract follow all of its keys.
    toml.push_str(&tables);
    Ok(Entry {
        table: "[[contracts]]",
        key: contract.name.to_string(),
        toml,
        why: vec![format!("From {from}.")],
        is_comment: false,
        is_optional: false,
    })
}

fn body(kind: &ContractKind) -> Option<String> {
    Some(match kind {
        ContractKind::Layers { layers, containers, exhaustive, exhaustive_ignores, independent, .. } => {
            let written = layers.iter().zip(independent).map(|(slots, independent)| {
                let names = slots.iter().map(|slot| {
                    if slot.optional {
                        format!("({})", slot.module.as_str())
                    } else {
                        slot.module.as_str().to_owned()
                    }
                });
                names.collect::<Vec<_>>().join(if *independent { " | " } else { " : " })
            });
            let mut out = format!("type = \"layers\"\nlayers = {}", list(&written.collect::<Vec<_>>()));
            if !containers.is_empty() {
                let _ = write!(out, "\ncontainers = {}", names(containers));
            }
            if *exhaustive {
                out.push_str("\nexhaustive = true");
            }
            if !exhaustive_ignores.is_empty() {
                let ignored: Vec<String> = exhaustive_ignores.iter().map(ToString::to_string).collect();
                let _ = write!(out, "\nexhaustive-ignores = {}", list(&ignored));
            }
            out
        }
        ContractKind::Forbidden { sources, forbidden, allow_indirect, as_packages } => {
            let mut out = format!(
                "type = \"forbidden\"\nsource-modules = {}\nforbidden-modules = {}",
                names(sources),
                names(forbidden)
            );
            if *allow_indirect {
                out.push_str("\nallow-indirect-imports = true");
            }
            if !*as_packages {
                out.push_str("\nas-packages = false");
            }
            out
        }
        ContractKind::Independence { modules } => {
            format!("type = \"independence\"\nmodules = {}", names(modules))
        }
        ContractKind::Protected { protected, allowed, as_packages, .. } => {
            let mut out = format!(
                "type = \"protected\"\nprotected-modules = {}\nallowed-importers = {}",
                names(protected),
                names(allowed)
            );
            if !*as_packages {
                out.push_str("\nas-packages = false");
            }
            out
        }
        ContractKind::Acyclic { ancestors, depth, skip } => {
            let mut out = format!("type = \"acyclic\"\nancestors = {}\ndepth = {depth}", names(ancestors));
            if !skip.is_empty() {
                let _ = write!(out, "\nskip-descendants = {}", names(skip));
            }
            out
        }
        ContractKind::Tach(tach) => modules::keys(tach),
        ContractKind::Private { .. } => return None,
    })
}

fn names(patterns: &[ModulePattern]) -> String {
    list(&patterns.iter().map(|pattern| pattern.as_str().to_owned()).collect::<Vec<_>>())
}
