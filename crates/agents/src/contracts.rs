//! The contracts that bind a module, each in one sentence.

use config::{Contract, ContractKind, ModulePattern};
use model::{ModuleId, Project};
use serde::Serialize;
use workspace::Snapshot;

/// Limit on the modules named in one sentence.
const NAMED: usize = 6;

/// A contract from the view of one module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ContractRow {
    pub(crate) name: String,
    /// What it requires of the module.
    pub(crate) asks: String,
}

/// The contracts that bind a module.
pub(crate) fn of_module(snapshot: &Snapshot, project: Project, module: ModuleId) -> Vec<ContractRow> {
    let modules = model::query::modules(snapshot.db(), project);
    let Some(info) = modules.get(module) else { return Vec::new() };
    let config = model::query::config_of(snapshot.db(), project, info.file);
    let row = |contract: &Contract| {
        let asks = asked(&contract.kind, &info.name)?;
        Some(ContractRow { name: contract.name.to_string(), asks })
    };
    config.contracts.iter().filter_map(row).collect()
}

/// All contracts of the project, each in one sentence.
pub(crate) fn all(snapshot: &Snapshot, project: Project) -> Vec<ContractRow> {
    let configs = &project.configs(snapshot.db()).list;
    let contracts = configs.iter().flat_map(|config| &config.contracts);
    contracts
        .map(|contract| ContractRow { name: contract.name.to_string(), asks: whole(&contract.kind) })
        .collect()
}

/// What a contract requires of one module; `None` if it doesn't concern it.
fn asked(kind: &ContractKind, module: &str) -> Option<String> {
    let among = |patterns: &[ModulePattern]| patterns.iter().any(|it| it.matches_or_contains(module));
    match kind {
        ContractKind::Layers { layers, containers, .. } => {
            let is_inside = |pattern: &ModulePattern| {
                let relative = containers.iter().any(|container| {
                    let full = ModulePattern::new(&format!("{}.{}", container.as_str(), pattern.as_str()));
                    full.is_ok_and(|full| full.matches_or_contains(module))
                });
                relative || (containers.is_empty() && pattern.matches_or_contains(module))
            };
            let own = layers.iter().position(|slots| slots.iter().any(|slot| is_inside(&slot.module)))?;
            let named = |slots: &Vec<config::LayerSlot>| {
                slots.iter().map(|slot| format!("`{}`", slot.module.as_str())).collect::<Vec<_>>().join(" | ")
            };
            let higher: Vec<String> = layers.iter().take(own).map(named).collect();
            let lower: Vec<String> = layers.iter().skip(own + 1).map(named).collect();
            Some(match (higher.is_empty(), lower.is_empty()) {
                (true, _) => {
                    format!("is the highest layer {}: nothing below may import it", named(&layers[own]))
                }
                (false, true) => format!(
                    "is the lowest layer {}: must not import {}",
                    named(&layers[own]),
                    higher.join(", ")
                ),
                (false, false) => format!(
                    "is layer {}: may import {}, must not import {}",
                    named(&layers[own]),
                    lower.join(", "),
                    higher.join(", ")
                ),
            })
        }
        ContractKind::Forbidden { sources, forbidden, allow_indirect, .. } => {
            let how = if *allow_indirect { " directly" } else { ", also not through others" };
            if among(sources) {
                return Some(format!("must not import {}{how}", names(forbidden)));
            }
            among(forbidden).then(|| format!("must not be imported by {}{how}", names(sources)))
        }
        ContractKind::Independence { modules } => {
            let own = modules.iter().find(|it| it.matches_or_contains(module))?;
            let others: Vec<&ModulePattern> = modules.iter().filter(|it| *it != own).collect();
            Some(format!("must not import, nor be imported by, {}", named(others.into_iter())))
        }
        ContractKind::Protected { protected, allowed, .. } => {
            let by = || format!("may be imported by {} alone", names(allowed));
            if among(protected) {
                return Some(by());
            }
            None
        }
        ContractKind::Private { packages } => (packages.is_empty() || among(packages)).then(|| {
            "modules whose name begins with an underscore may be imported from their package alone".to_owned()
        }),
        ContractKind::Acyclic { ancestors, .. } => {
            among(ancestors).then(|| format!("packages of {} must not form cycles", names(ancestors)))
        }
        ContractKind::Tach(_) => Some("declared modules: see the contract".to_owned()),
    }
}

fn whole(kind: &ContractKind) -> String {
    match kind {
        ContractKind::Layers { layers, containers, .. } => {
            let slots = layers.iter().map(|slots| {
                slots.iter().map(|slot| format!("`{}`", slot.module.as_str())).collect::<Vec<_>>().join(" | ")
            });
            let order = slots.collect::<Vec<_>>().join(" > ");
            if containers.is_empty() { order } else { format!("{order} in {}", names(containers)) }
        }
        ContractKind::Forbidden { sources, forbidden, .. } => {
            format!("{} must not import {}", names(sources), names(forbidden))
        }
        ContractKind::Independence { modules } => format!("{} must not import each other", names(modules)),
        ContractKind::Protected { protected, allowed, .. } => {
            format!("{} may be imported by {} alone", names(protected), names(allowed))
        }
        ContractKind::Private { .. } => {
            "modules whose name begins with an underscore may be imported from their package alone".to_owned()
        }
        ContractKind::Acyclic { ancestors, .. } => {
            format!("packages of {} must not form cycles", names(ancestors))
        }
        ContractKind::Tach(_) => "declared modules, with their layers and interfaces".to_owned(),
    }
}

fn names(patterns: &[ModulePattern]) -> String {
    named(patterns.iter())
}

fn named<'a>(patterns: impl ExactSizeIterator<Item = &'a ModulePattern>) -> String {
    let more = patterns.len().saturating_sub(NAMED);
    let shown: Vec<String> = patterns.take(NAMED).map(|it| format!("`{}`", it.as_str())).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if shown.is_empty() { "nobody".to_owned() } else { format!("{}{more}", shown.join(", ")) }
}
