//! The layers from top to bottom, so that imports allowed by the style go down and others go up.

use std::collections::BTreeMap;

use config::{Layer, Style};
use model::{Architecture, ByModule};
use serde::Serialize;

use super::Module;

/// One layer of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lane {
    /// The layer; `None` for the modules without one, which come last.
    pub layer: Option<&'static str>,
    /// How many modules are in it.
    pub modules: u32,
}

/// The style of most drawn modules.
pub(super) fn style(model: &Architecture, drawn: &ByModule<Option<u32>>) -> Option<Style> {
    let mut counts: BTreeMap<&str, (u32, Style)> = BTreeMap::new();
    for (id, _) in model.modules.iter().filter(|(id, _)| super::imports::index(drawn, *id).is_some()) {
        if let Some(style) = model.layers.style(id) {
            counts.entry(style.as_str()).or_insert((0, style)).0 += 1;
        }
    }
    counts.into_values().max_by_key(|(count, _)| *count).map(|(_, style)| style)
}

/// The layers that have modules. In inward styles infrastructure is above the layers that it serves: adapters import
/// the core.
pub(super) fn lanes(style: Option<Style>, modules: &[Module]) -> Vec<Lane> {
    use Layer::{
        Application, Composition, Config, Domain, Infrastructure, Migrations, Presentation, Shared, Tests,
    };
    let order = match style {
        Some(Style::Clean | Style::Hexagonal) => [
            Composition,
            Tests,
            Presentation,
            Infrastructure,
            Application,
            Domain,
            Shared,
            Config,
            Migrations,
        ],
        Some(Style::Layered | Style::Modules) | None => [
            Composition,
            Tests,
            Presentation,
            Application,
            Domain,
            Infrastructure,
            Shared,
            Config,
            Migrations,
        ],
    };
    let count = |layer: Option<&str>| modules.iter().filter(|module| module.layer == layer).count() as u32;
    let known = order.iter().map(|layer| Some(layer.as_str()));
    known
        .chain([None])
        .map(|layer| Lane { layer, modules: count(layer) })
        .filter(|lane| lane.modules > 0)
        .collect()
}
