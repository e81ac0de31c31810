//! The modules that are drawn: the project's own code.

use camino::Utf8PathBuf;
use config::Layer;
use model::{Architecture, ByModule, ModuleId, PathRole, Verdict};
use serde::Serialize;
use workspace::Snapshot;

/// A module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Module {
    /// Its dotted name; a package has the name of its folder.
    pub name: String,
    /// Its file, relative to the project's root.
    pub path: Utf8PathBuf,
    /// Its folder, by index.
    pub folder: u32,
    /// Its layer; `None` without enough evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<&'static str>,
    /// The certainty of the layer, in percent; 100 if declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    /// Whether the layer is certain enough for findings.
    pub is_sure: bool,
    /// The strongest reason for the layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The bounded context or feature module that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// Whether it is an `__init__`.
    pub is_package: bool,
}

/// Modules that aren't drawn, by number.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// Tests and their fixtures.
    pub tests: u32,
    /// Schema migrations.
    pub migrations: u32,
    /// Generated files and scripts outside packages.
    pub aside: u32,
    /// Packages without imports and without importers.
    pub empty_packages: u32,
}

/// The modules in order (with their folders still unset), the index of each drawn one, and the rest.
pub(super) fn modules(
    snapshot: &Snapshot,
    model: &Architecture,
) -> (Vec<Module>, ByModule<Option<u32>>, LeftOut) {
    let mut modules = Vec::new();
    let mut left_out = LeftOut::default();
    let drawn = model.modules.map(|id, info| {
        let counter = match info.role {
            _ if info.has_edges() && !is_empty_package(snapshot, model, id) => None,
            PathRole::Tests => Some(&mut left_out.tests),
            PathRole::Migrations => Some(&mut left_out.migrations),
            PathRole::Aside => Some(&mut left_out.aside),
            PathRole::Code => Some(&mut left_out.empty_packages),
        };
        if let Some(counter) = counter {
            *counter += 1;
            return None;
        }
        let verdict = model.layers.verdict(id);
        modules.push(Module {
            name: super::label(Some(info.name.clone()), &info.path),
            path: info.path.clone(),
            folder: 0,
            layer: verdict.map(|verdict| verdict.layer.as_str()),
            confidence: verdict.map(|verdict| verdict.confidence.0),
            is_sure: verdict.is_some_and(Verdict::speaks),
            reason: verdict.and_then(reason),
            context: model.layers.context(id).map(ToString::to_string),
            is_package: info.is_package,
        });
        Some(modules.len() as u32 - 1)
    });
    (modules, drawn, left_out)
}

fn reason(verdict: &Verdict) -> Option<String> {
    let layer: Layer = verdict.layer;
    verdict.evidence.iter().find(|evidence| evidence.layer == layer).map(ToString::to_string)
}

/// Whether a module is an `__init__` that is irrelevant for the picture: it has no importers, no imports and no
/// definitions.
fn is_empty_package(snapshot: &Snapshot, model: &Architecture, id: ModuleId) -> bool {
    let info = &model.modules[id];
    info.is_package && model.graph.imports(id).is_empty() && model.graph.importers(id).is_empty() && {
        let definitions = python::query::definitions(snapshot.db(), info.file);
        definitions.functions.is_empty() && definitions.classes.is_empty()
    }
}
