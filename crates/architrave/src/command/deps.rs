//! `architrave deps`: cycles with the cheapest edges to cut, and the coupling of packages.

use std::io::Write;

use model::{Architecture, Component, Coupling, ModuleId};
use serde::Serialize;

use crate::arguments::{Deps, TextOrJson};
use crate::exit::Exit;
use crate::output::write_json;
use crate::project::load;

/// The whole report; its shape is a contract.
#[derive(Debug, Default, Serialize)]
struct Report {
    schema: u32,
    cycles: Vec<Cycle>,
    packages: Vec<Package>,
}

#[derive(Debug, Serialize)]
struct Cycle {
    modules: Vec<String>,
    shortest: Vec<String>,
    at_import_time: bool,
    cuts: Vec<Cut>,
}

#[derive(Debug, Serialize)]
struct Cut {
    importer: String,
    imported: String,
}

#[derive(Debug, Serialize)]
struct Package {
    name: String,
    modules: usize,
    afferent: u32,
    efferent: u32,
    instability: Option<f64>,
}

/// Prints cycles and coupling.
///
/// # Errors
/// A folder that doesn't exist, or an output that can't be written.
pub(crate) fn run(options: &Deps) -> anyhow::Result<Exit> {
    let loaded = load(std::slice::from_ref(&options.path))?;
    let snapshot = loaded.snapshot();
    let mut report = Report { schema: 1, ..Report::default() };
    for project in snapshot.projects() {
        let architecture = snapshot.architecture(*project);
        report
            .cycles
            .extend(architecture.cycles.components.iter().map(|component| cycle(&architecture, component)));
        report.packages.extend(packages(&architecture));
    }
    let mut out = std::io::stdout().lock();
    match options.output_format {
        TextOrJson::Json => write_json(&mut out, &report)?,
        TextOrJson::Text => write_text(&mut out, &report)?,
    }
    Ok(Exit::Clean)
}

fn name(architecture: &Architecture, id: ModuleId) -> String {
    architecture.modules[id].name.to_string()
}

fn cycle(architecture: &Architecture, component: &Component) -> Cycle {
    let names = |ids: &[ModuleId]| ids.iter().map(|id| name(architecture, *id)).collect();
    Cycle {
        modules: names(&component.modules),
        shortest: names(&component.shortest),
        at_import_time: component.at_import_time,
        cuts: component
            .cuts
            .iter()
            .map(|(importer, imported)| Cut {
                importer: name(architecture, *importer),
                imported: name(architecture, *imported),
            })
            .collect(),
    }
}

fn packages(architecture: &Architecture) -> Vec<Package> {
    model::package_coupling(&architecture.modules, &architecture.graph)
        .into_iter()
        .map(|(name, modules, coupling)| {
            let Coupling { afferent, efferent } = coupling;
            Package {
                name: name.to_string(),
                modules,
                afferent,
                efferent,
                instability: coupling.instability(),
            }
        })
        .collect()
}

fn write_text(out: &mut impl Write, report: &Report) -> anyhow::Result<()> {
    for cycle in &report.cycles {
        let when = if cycle.at_import_time { "at import time" } else { "through imports inside functions" };
        let closing = cycle.shortest.first().map_or("", String::as_str);
        writeln!(out, "cycle of {} modules, closed {when}", cycle.modules.len())?;
        writeln!(out, "  shortest: {} -> {closing}", cycle.shortest.join(" -> "))?;
        for cut in &cycle.cuts {
            writeln!(out, "  cut: {} -> {}", cut.importer, cut.imported)?;
        }
    }
    if report.cycles.is_empty() {
        writeln!(out, "no cycles")?;
    }
    writeln!(out, "\n{:50} {:>7} {:>5} {:>5} {:>11}", "package", "modules", "Ca", "Ce", "instability")?;
    for package in &report.packages {
        let instability = package.instability.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
        writeln!(
            out,
            "{:50} {:>7} {:>5} {:>5} {instability:>11}",
            package.name, package.modules, package.afferent, package.efferent
        )?;
    }
    Ok(())
}
