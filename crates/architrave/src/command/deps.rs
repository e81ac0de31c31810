//! `architrave deps`: cycles with a plan to open them, the coupling of packages, paths, and the structure matrix.

use std::io::Write as _;

use anyhow::bail;
use report::deps::{self, Deps};
use report::graph::{self, Graph};
use serde::Serialize;

use crate::arguments::{self, DepsFormat};
use crate::exit::Exit;
use crate::output::write_json;
use crate::project::load;

/// The whole report; its shape is a contract.
#[derive(Debug, Serialize)]
struct Report {
    schema: u32,
    /// Of all projects, as they were before there was more than one.
    cycles: Vec<deps::Cycle>,
    packages: Vec<deps::Package>,
    levels: Vec<deps::Level>,
    less_stable: Vec<deps::LessStable>,
    orphans: Vec<String>,
    projects: Vec<Figures>,
}

/// What the figures rest on.
#[derive(Debug, Serialize)]
struct Figures {
    name: String,
    modules: usize,
    imports: usize,
}

impl Report {
    fn new(all: Vec<Deps>) -> Self {
        let mut report = Self {
            schema: 1,
            cycles: Vec::new(),
            packages: Vec::new(),
            levels: Vec::new(),
            less_stable: Vec::new(),
            orphans: Vec::new(),
            projects: Vec::new(),
        };
        for deps in all {
            report.projects.push(Figures {
                name: deps.project,
                modules: deps.modules,
                imports: deps.imports,
            });
            report.cycles.extend(deps.cycles);
            report.packages.extend(deps.packages);
            report.levels.extend(deps.levels);
            report.less_stable.extend(deps.less_stable);
            report.orphans.extend(deps.orphans);
        }
        report
    }
}

/// Prints dependencies.
///
/// # Errors
/// A folder that doesn't exist, a module or package that there isn't, or an output that can't be written.
pub(crate) fn run(options: &arguments::Deps) -> anyhow::Result<Exit> {
    let loaded = load(std::slice::from_ref(&options.path))?;
    let snapshot = loaded.snapshot();
    let mut out = std::io::stdout().lock();
    let format = options.output_format;
    if let (Some(from), Some(to)) = (&options.from, &options.to) {
        let Some(project) = snapshot.projects().first() else { bail!("{} holds no Python", options.path) };
        let architecture = ide::architecture::architecture(&snapshot, *project);
        let path = deps::path(&architecture, from, to)?;
        match format {
            DepsFormat::Text | DepsFormat::Markdown => write!(out, "{}", path.text())?,
            DepsFormat::Json => write_json(&mut out, &path)?,
            _ => bail!("a path is written as text or json"),
        }
        return Ok(if path.imports.is_empty() { Exit::Findings } else { Exit::Clean });
    }
    let all = deps::collect(&snapshot);
    let unknown = || match &options.package {
        Some(package) => format!("no package of several parts is called `{package}`"),
        None => format!("{} holds no package of several parts that import each other", options.path),
    };
    let package = options.package.as_deref();
    if options.matrix {
        let Some(matrix) = all.iter().find_map(|(it, _)| deps::matrix(it, package)) else { bail!(unknown()) };
        match format {
            DepsFormat::Text | DepsFormat::Markdown => write!(out, "{}", matrix.text())?,
            DepsFormat::Json => write_json(&mut out, &matrix)?,
            _ => bail!("a matrix is written as text or json"),
        }
        return Ok(Exit::Clean);
    }
    let writer: fn(&Graph) -> String = match format {
        DepsFormat::Text => {
            for (_, deps) in &all {
                write!(out, "{}", deps::text(deps))?;
            }
            return Ok(Exit::Clean);
        }
        DepsFormat::Markdown => {
            for (_, deps) in &all {
                write!(out, "{}", deps::markdown(deps))?;
            }
            return Ok(Exit::Clean);
        }
        DepsFormat::Json => {
            write_json(&mut out, &Report::new(all.into_iter().map(|(_, deps)| deps).collect()))?;
            return Ok(Exit::Clean);
        }
        DepsFormat::Dot => graph::dot,
        DepsFormat::Mermaid => graph::mermaid,
        DepsFormat::D2 => graph::d2,
    };
    let Some(drawing) = all.iter().find_map(|(it, _)| deps::drawing(it, package)) else { bail!(unknown()) };
    write!(out, "{}", writer(&drawing))?;
    Ok(Exit::Clean)
}
