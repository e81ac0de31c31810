//! Configured contracts that declare the dependency rule: the infrastructure is above the layers that it serves.

use config::{Config, ContractKind};
use python::Name;

const OUTER: [&str; 5] = ["adapters", "infra", "infrastructure", "persistence", "repositories"];
const INNER: [&str; 6] = ["application", "domain", "service_layer", "services", "use_cases", "usecases"];

/// The name of the contract that declares it.
pub(super) fn claims_dependency_rule(config: &Config) -> Option<Name> {
    let is = |words: &[&str], module: &str| words.contains(&module.rsplit('.').next().unwrap_or(module));
    let contract = config.contracts.iter().find(|contract| match &contract.kind {
        ContractKind::Layers { layers, .. } => {
            let at = |words: &[&str]| {
                layers.iter().position(|slots| slots.iter().any(|slot| is(words, slot.module.as_str())))
            };
            at(&OUTER).zip(at(&INNER)).is_some_and(|(outer, inner)| outer < inner)
        }
        ContractKind::Forbidden { sources, forbidden, .. } => {
            let holds = |words: &[&str], patterns: &[config::ModulePattern]| {
                patterns.iter().any(|pattern| is(words, pattern.as_str()))
            };
            // A contract that only keeps the domain free implies nothing about the services.
            let application = [INNER[0], INNER[2], INNER[4], INNER[5]];
            holds(&application, sources) && holds(&OUTER, forbidden)
        }
        _ => false,
    });
    contract.map(|contract| contract.name.as_str().into())
}
