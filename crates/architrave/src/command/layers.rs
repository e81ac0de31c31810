//! `architrave layers`: what was inferred or declared, and why.

use std::collections::BTreeMap;
use std::io::Write as _;

use model::{Architecture, Layer};
use serde::Serialize;

use crate::arguments::{Layers, TextOrJson};
use crate::exit::Exit;
use crate::output::write_json;
use crate::project::{Loaded, load};

/// One module in the report; its shape is a contract.
#[derive(Debug, Serialize)]
struct Row {
    layer: &'static str,
    confidence: u8,
    evidence: Vec<String>,
}

/// Prints the layer of each module.
///
/// # Errors
/// A folder that doesn't exist, or an output that can't be written.
pub(crate) fn run(options: &Layers) -> anyhow::Result<Exit> {
    let loaded = load(std::slice::from_ref(&options.path))?;
    let snapshot = loaded.snapshot();
    let mut rows = BTreeMap::new();
    let mut styles = Vec::new();
    for project in snapshot.projects() {
        let architecture = snapshot.architecture(*project);
        collect(&loaded, &architecture, &mut rows);
        styles.extend(architecture.layers.styles.iter().map(|(style, reason)| format!("{style}: {reason}")));
    }
    let mut out = std::io::stdout().lock();
    match options.output_format {
        TextOrJson::Json => write_json(&mut out, &rows)?,
        TextOrJson::Text => {
            for (path, row) in &rows {
                let why = row.evidence.first().map_or("", String::as_str);
                writeln!(out, "{:15} {:>3} %  {path}  {why}", row.layer, row.confidence)?;
            }
            for style in styles {
                writeln!(out, "style {style}")?;
            }
        }
    }
    Ok(Exit::Clean)
}

fn collect(loaded: &Loaded, architecture: &Architecture, rows: &mut BTreeMap<String, Row>) {
    for (id, info) in architecture.modules.iter() {
        let row = match architecture.layers.verdict(id) {
            Some(verdict) => Row {
                layer: verdict.layer.as_str(),
                confidence: verdict.confidence.0,
                evidence: verdict.evidence.iter().map(|evidence| worded(evidence, verdict.layer)).collect(),
            },
            None => Row { layer: "unknown", confidence: 0, evidence: Vec::new() },
        };
        if loaded.is_wanted(&loaded.root.join(&info.path)) {
            rows.insert(info.path.to_string(), row);
        }
    }
}

/// A reason that speaks for another layer says so.
fn worded(evidence: &model::Evidence, layer: Layer) -> String {
    if evidence.layer == layer {
        evidence.reason.clone()
    } else {
        format!("{} ({})", evidence.reason, evidence.layer)
    }
}
