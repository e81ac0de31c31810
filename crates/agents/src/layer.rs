//! The layer of a module as text.

use config::{Layer, Style};
use model::{Architecture, ModuleId, PathRole};
use serde::Serialize;

/// Limit on the reasons; the strongest come first.
const REASONS: usize = 3;

/// The layer of a module, and why.
#[derive(Debug, Serialize)]
pub(crate) struct LayerWords {
    pub(crate) name: &'static str,
    /// In percent; 100 if declared.
    pub(crate) confidence: u8,
    pub(crate) evidence: Vec<String>,
}

pub(crate) fn of(architecture: &Architecture, module: ModuleId) -> Option<LayerWords> {
    let verdict = architecture.layers.verdict(module)?;
    let reasons = verdict.evidence.iter().filter(|evidence| evidence.layer == verdict.layer);
    Some(LayerWords {
        name: verdict.layer.as_str(),
        confidence: verdict.confidence.0,
        evidence: reasons.take(REASONS).map(ToString::to_string).collect(),
    })
}

/// The group in which a module is counted: its layer, or its role according to its path.
pub(crate) fn word(architecture: &Architecture, module: ModuleId) -> &'static str {
    if let Some(layer) = architecture.layers.layer(module) {
        return layer.as_str();
    }
    match architecture.modules.get(module).map(|info| info.role) {
        Some(PathRole::Tests) => Layer::Tests.as_str(),
        Some(PathRole::Migrations) => Layer::Migrations.as_str(),
        Some(PathRole::Aside) => "scripts",
        Some(PathRole::Code) | None => "unknown",
    }
}

const LAYERS: [Layer; 4] = [Layer::Presentation, Layer::Application, Layer::Domain, Layer::Infrastructure];

/// The layers that modules of `layer` may import.
pub(crate) fn may_import(style: Style, layer: Layer) -> Vec<&'static str> {
    let allowed = LAYERS.into_iter().filter(|to| view::may_import(style, layer, *to));
    allowed.map(Layer::as_str).collect()
}

/// The layers that may import modules of `layer`; composition and tests always may.
pub(crate) fn may_be_imported_by(style: Style, layer: Layer) -> Vec<&'static str> {
    let allowed = LAYERS.into_iter().filter(|from| view::may_import(style, *from, layer));
    allowed.map(Layer::as_str).collect()
}

/// Whether the directions between layers apply to modules of `layer`.
pub(crate) fn is_directed(layer: Layer) -> bool {
    LAYERS.contains(&layer)
}
