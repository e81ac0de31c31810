//! Layers and dependencies of tach's modules as contracts.

use crate::reader::Text;
use crate::{Contract, ContractKind, LayerSlot, Level, ModulePattern};

use super::Session;
use super::modules::Modules;

/// A contract that stands where `at` does.
pub(super) fn contract(session: &Session<'_>, name: String, at: Text<'_>, kind: ContractKind) -> Contract {
    Contract {
        name: name.into(),
        kind,
        ignore_imports: Vec::new(),
        exclude_type_checking: session.exclude_type_checking,
        view: crate::View::default(),
        alerts_unmatched: true,
        level: Level::Error,
        guidance: None,
        span: at.span,
    }
}

/// One `layers` contract over the modules that say their layer. What holds within a layer is said by `depends_on`.
pub(super) fn layers(session: &Session<'_>, modules: &Modules<'_>) -> Option<Contract> {
    let slots = |layer: usize| -> Vec<LayerSlot> {
        let own = modules.list.iter().zip(modules.own.iter());
        own.filter(|(module, _)| module.layer == Some(layer) && !module.unchecked)
            .map(|(_, own)| LayerSlot { module: own.clone(), optional: true })
            .collect()
    };
    let layers: Vec<(Vec<LayerSlot>, bool)> = session
        .layers
        .iter()
        .enumerate()
        .map(|(index, layer)| (slots(index), layer.closed))
        // A closed layer keeps others apart even when nothing is in it yet.
        .filter(|(slots, closed)| *closed || !slots.is_empty())
        .collect();
    if layers.iter().filter(|(slots, _)| !slots.is_empty()).count() < 2 {
        return None;
    }
    let (layers, closed): (Vec<_>, Vec<_>) = layers.into_iter().unzip();
    let kind = ContractKind::Layers {
        independent: vec![false; layers.len()],
        layers,
        containers: Vec::new(),
        exhaustive: false,
        exhaustive_ignores: Vec::new(),
        closed,
        allow_indirect: true,
    };
    Some(contract(session, "layers".to_owned(), session.layers.first()?.name, kind))
}

/// What each module must not import, and who may import it.
pub(super) fn dependencies(session: &Session<'_>, modules: &Modules<'_>) -> Vec<Contract> {
    let utilities = modules.those("utilities", |module| module.utility);
    let undeclared = undeclared(modules);
    let by_layer: Vec<ModulePattern> =
        (0..session.layers.len()).map(|layer| decided_by_layer(session, modules, layer)).collect();
    let mut contracts = Vec::new();
    for (module, own) in modules.list.iter().zip(modules.own.iter()) {
        let path = module.path.text;
        let by_layer = module.layer.and_then(|layer| by_layer.get(layer));
        let mut add = |name: String, forbidden: Vec<ModulePattern>| {
            let kind = ContractKind::Forbidden {
                sources: vec![own.clone()],
                forbidden,
                allow_indirect: true,
                as_packages: false,
            };
            contracts.push(contract(session, name, module.path, kind));
        };
        if !module.unchecked {
            let cannot: Vec<ModulePattern> =
                module.cannot_depend_on.iter().flat_map(|dependency| modules.named(*dependency)).collect();
            if let Some(dependencies) = &module.depends_on {
                let allowed = dependencies.iter().flat_map(|dependency| modules.named(*dependency));
                // What is forbidden by name is told as that, once.
                let others = modules
                    .all()
                    .without([own.clone(), utilities.clone()])
                    .without(by_layer.cloned())
                    .without(allowed)
                    .without(cannot.iter().cloned());
                add(format!("depends_on of {path}"), vec![others]);
            }
            let cannot: Vec<_> = cannot
                .into_iter()
                .map(|pattern| pattern.without([own.clone()]).without(by_layer.cloned()))
                .collect();
            if !cannot.is_empty() {
                add(format!("cannot_depend_on of {path}"), cannot);
            }
            let external: Vec<_> = module.cannot_depend_on_external.iter().filter_map(distribution).collect();
            if !external.is_empty() {
                add(format!("cannot_depend_on_external of {path}"), external);
            }
        }
        if let Some(visibility) = &module.visibility {
            let visible = visibility.iter().flat_map(|importer| modules.named(*importer));
            let kind = ContractKind::Protected {
                protected: vec![own.clone()],
                allowed: visible.chain([undeclared.clone(), unchecked(modules)]).collect(),
                as_packages: true,
                exposed: Vec::new(),
            };
            contracts.push(contract(session, format!("visibility of {path}"), module.path, kind));
        }
    }
    contracts
}

/// Code that belongs to no module: it may import what it likes.
pub(super) fn undeclared(modules: &Modules<'_>) -> ModulePattern {
    everything().without([modules.all()])
}

/// Modules whose imports are not checked.
pub(super) fn unchecked(modules: &Modules<'_>) -> ModulePattern {
    modules.those("unchecked modules", |module| module.unchecked)
}

/// Every module there is.
pub(super) fn everything() -> ModulePattern {
    ModulePattern::new("**").expect("a wildcard alone is a pattern")
}

/// The modules about which layers alone decide when a module of `layer` imports them: lower ones are free unless
/// everything is to be declared, and higher ones are told by the `layers` contract.
fn decided_by_layer(session: &Session<'_>, modules: &Modules<'_>, layer: usize) -> ModulePattern {
    modules.those("other layers", |other| {
        other.layer.is_some_and(|to| to < layer || (to > layer && !session.explicit))
    })
}

/// The module of a distribution, where they are called alike.
fn distribution(name: &Text<'_>) -> Option<ModulePattern> {
    ModulePattern::new(&name.text.to_lowercase().replace('-', "_")).ok().filter(ModulePattern::is_literal)
}
