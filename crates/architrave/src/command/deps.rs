//! `architrave deps`: cycles with a plan to break them, the coupling of packages, paths, and the dependency structure
//! matrix.

use anyhow::bail;
use cache::Store;
use ide::architecture::Architecture;
use report::deps::{self, Deps};
use report::graph::{self, Graph};
use serde::Serialize;

use crate::arguments::{self, DepsFormat};
use crate::command::check::usable_baselines;
use crate::exit::Exit;
use crate::output::deliver;
use crate::project::{Loaded, load_for_pictures};

/// The whole report; its shape is a contract.
#[derive(Debug, Serialize)]
struct Report {
    schema: u32,
    /// Of all projects, from before several were supported.
    cycles: Vec<deps::Cycle>,
    packages: Vec<deps::Package>,
    levels: Vec<deps::Level>,
    less_stable: Vec<deps::LessStable>,
    orphans: Vec<String>,
    projects: Vec<Figures>,
}

/// The basis of the metrics.
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
/// If a folder doesn't exist, a module or package is unknown, or the output can't be written.
pub(crate) fn run(options: &arguments::Deps, store: &Store) -> anyhow::Result<Exit> {
    let mut loaded = load_for_pictures(std::slice::from_ref(&options.path), store)?;
    let (text, exit) = loaded.on_workers(|loaded| written(loaded, options))?;
    deliver(&text, options.output.as_ref())?;
    Ok(exit)
}

/// The output, and the exit code.
fn written(loaded: &Loaded, options: &arguments::Deps) -> anyhow::Result<(String, Exit)> {
    let snapshot = loaded.snapshot();
    let format = options.output_format;
    if let (Some(from), Some(to)) = (&options.from, &options.to) {
        let path = deps::path(&first(loaded)?, from, to)?;
        let text = match format {
            DepsFormat::Text | DepsFormat::Markdown => path.text(),
            DepsFormat::Json => json(&path)?,
            _ => bail!("a path is written as text or json"),
        };
        return Ok((text, if path.imports.is_empty() { Exit::Findings } else { Exit::Clean }));
    }
    if format == DepsFormat::Html && !options.matrix {
        if options.package.is_some() {
            bail!("a page shows all packages: leave --package out");
        }
        usable_baselines(loaded, &snapshot, false)?;
        let architecture = first(loaded)?;
        if architecture.modules.is_empty() {
            bail!("{} holds no Python whose imports count", loaded.root);
        }
        return Ok((report::page(architecture, options.editor_links)?, Exit::Clean));
    }
    let all = deps::collect(&snapshot);
    if all.iter().all(|(architecture, _)| architecture.modules.is_empty()) {
        bail!("{} holds no Python whose imports count", loaded.root);
    }
    let unknown = || match &options.package {
        Some(package) => format!("no package of several parts is called `{package}`"),
        None => format!("{} holds no package of several parts that import each other", options.path),
    };
    let package = options.package.as_deref();
    let is_known = |package: &str| {
        let package = package.trim_end_matches('/');
        all.iter().flat_map(|(it, _)| &it.folders).any(|it| it.name == package || it.path == package)
    };
    if package.is_some_and(|package| !is_known(package)) {
        bail!(unknown());
    }
    if options.matrix {
        let Some(matrix) = all.iter().find_map(|(it, _)| deps::matrix(it, package)) else { bail!(unknown()) };
        let text = match format {
            DepsFormat::Text | DepsFormat::Markdown => matrix.text(),
            DepsFormat::Json => json(&matrix)?,
            _ => bail!("a matrix is written as text or json"),
        };
        return Ok((text, Exit::Clean));
    }
    let each = |write: fn(&Deps) -> String| all.iter().map(|(_, deps)| write(deps)).collect::<String>();
    let writer: fn(&Graph) -> String = match format {
        DepsFormat::Text => return Ok((each(deps::text), Exit::Clean)),
        DepsFormat::Markdown => return Ok((each(deps::markdown), Exit::Clean)),
        DepsFormat::Json => {
            let report = Report::new(all.into_iter().map(|(_, deps)| deps).collect());
            return Ok((json(&report)?, Exit::Clean));
        }
        DepsFormat::Dot => graph::dot,
        DepsFormat::Mermaid => graph::mermaid,
        DepsFormat::D2 => graph::d2,
        DepsFormat::Svg => report::svg::graph,
        DepsFormat::Html => bail!("a matrix is written as text or json"),
    };
    let Some(drawing) = all.iter().find_map(|(it, _)| deps::drawing(it, package)) else { bail!(unknown()) };
    Ok((writer(&drawing), Exit::Clean))
}

/// The architecture of the project.
fn first(loaded: &Loaded) -> anyhow::Result<Architecture> {
    let snapshot = loaded.snapshot();
    let Some(project) = snapshot.projects().first() else { bail!("{} holds no Python", loaded.root) };
    Ok(ide::architecture::architecture(&snapshot, *project))
}

fn json(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
