//! `architrave layers`: what was inferred or declared, and why.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use model::{Architecture, Layer, ScopeStyle};
use serde::Serialize;

use cache::Store;
use workspace::{BaselineChoice, Overlay};

use crate::answer::answer;
use crate::arguments::{Layers, TextOrJson};
use crate::exit::Exit;
use crate::output::write_json;
use crate::project::{Depth, Loaded, locate, open};

/// One module in the report; its shape is a contract.
#[derive(Debug, Serialize)]
struct Row {
    layer: &'static str,
    confidence: u8,
    evidence: Vec<String>,
    /// The style that applies to it, and the scope of the style.
    style: &'static str,
    scope: String,
}

/// Prints the layer of each module.
///
/// # Errors
/// If a folder doesn't exist, or the output can't be written.
pub(crate) fn run(options: &Layers, store: &Store) -> anyhow::Result<Exit> {
    let located = locate(std::slice::from_ref(&options.path))?;
    let known = located.clone();
    answer(store, &known, &["layers", &format!("{options:?}")], |told, fs| {
        let choice = (BaselineChoice::Nothing, Overlay::default());
        let loaded = open(located, fs, store, choice, Depth::Architecture)?;
        tell(options, &loaded, &mut told.out())
    })
}

fn tell(options: &Layers, loaded: &Loaded, out: &mut impl Write) -> anyhow::Result<Exit> {
    let snapshot = loaded.snapshot();
    let mut rows = BTreeMap::new();
    let mut styles = Vec::new();
    for project in snapshot.projects() {
        let architecture = snapshot.architecture(*project);
        collect(loaded, &architecture, &mut rows);
        styles.extend(architecture.layers.styles.iter().map(worded_style));
    }
    match options.output_format {
        TextOrJson::Json => write_json(out, &rows)?,
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
        let scope = architecture.layers.scope_style(id);
        let style = scope.map_or("unknown", |scope| scope.style.as_str());
        let scope = scope.map_or_else(String::new, |scope| scope.name().to_owned());
        let row = match architecture.layers.verdict(id) {
            Some(verdict) => Row {
                layer: verdict.layer.as_str(),
                confidence: verdict.confidence.0,
                evidence: verdict.evidence.iter().map(|evidence| worded(evidence, verdict.layer)).collect(),
                style,
                scope,
            },
            None => Row { layer: "unknown", confidence: 0, evidence: Vec::new(), style, scope },
        };
        if loaded.is_wanted(&loaded.root.join(&info.path)) {
            rows.insert(info.path.to_string(), row);
        }
    }
}

/// `clean in shop: …`, and below it the directions that it claims, with the modules that keep and break them.
fn worded_style(scope: &ScopeStyle) -> String {
    let name = if scope.name() == "." { "the project" } else { scope.name() };
    let mut words = format!("{} in {name}: {}", scope.style, scope.reason());
    for claim in &scope.claims {
        let (from, to, breaking) = (claim.from, claim.to, claim.breaking.len());
        let _ = write!(
            words,
            "\n  {from} must not import {to}: {} % sure; {} depend on ports, {breaking} import it",
            claim.confidence.0, claim.asking,
        );
    }
    words
}

/// Evidence for another layer is marked with that layer.
fn worded(evidence: &model::Evidence, layer: Layer) -> String {
    if evidence.layer == layer { evidence.to_string() } else { format!("{evidence} ({})", evidence.layer) }
}
