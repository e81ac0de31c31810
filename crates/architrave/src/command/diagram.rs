//! `architrave diagram`: pictures, and documents that are checked against them.

mod route;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write as _;

use anyhow::{Context as _, bail};
use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use clap::Parser as _;
use report::deployment::{File, is_wanted};
use report::er::{self, Choice};
use report::graph::{self, Graph};
use source::{DiskFileSystem, FileSystem as _, Patience, WalkOptions, WriteError};

use crate::arguments::{Component, Diagram, DiagramFormat, Drawing, Drawn, Er};
use crate::command::check::usable_baselines;
use crate::exit::Exit;
use crate::output::deliver;
use crate::project::{Loaded, in_current_folder, load_for_pictures};

/// The error for pictures that can't be written as a page.
const NO_PAGE: &str = "only components can be written as HTML: architrave diagram component --format html";

/// Prints a picture, or checks or refreshes documents.
///
/// # Errors
/// If a folder or file doesn't exist, a marker is invalid, or the output can't be written.
pub(crate) fn run(options: &Diagram, store: &Store) -> anyhow::Result<Exit> {
    let Some(what) = &options.what else { return documents(options, store) };
    let drawn = drawn(what);
    let mut loaded = load_for_pictures(std::slice::from_ref(&drawn.path), store)?;
    let parts = loaded.on_workers(|loaded| draw(loaded, what))?;
    let picture = chosen(&parts, drawn.part)?;
    if parts.len() > 1 && drawn.part.is_none() {
        let words = "the whole is too large for one Mermaid document";
        writeln!(
            std::io::stderr(),
            "architrave: part 1 of {}: {words}; `--part 2` draws the next",
            parts.len()
        )?;
    }
    let Some(file) = &drawn.check else {
        deliver(picture, drawn.output.as_ref())?;
        return Ok(Exit::Clean);
    };
    let there = read(&in_current_folder(file)?)?;
    if there.replace("\r\n", "\n").trim_end() == picture.trim_end() {
        return Ok(Exit::Clean);
    }
    writeln!(std::io::stdout().lock(), "{file}: stale")?;
    Ok(Exit::Findings)
}

fn drawn(what: &Drawing) -> &Drawn {
    match what {
        Drawing::Component(options) => &options.drawn,
        Drawing::Er(options) => &options.drawn,
        Drawing::Deployment(options) => &options.drawn,
        Drawing::Sequence(options) => &options.drawn,
        Drawing::DataFlow(options) => &options.drawn,
    }
}

/// The part that is asked for, or the first.
fn chosen(parts: &[String], part: Option<u32>) -> anyhow::Result<&String> {
    let index = part.map_or(0, |part| part as usize - 1);
    parts.get(index).with_context(|| match parts.len() {
        1 => "this picture is whole: it has 1 part".to_owned(),
        count => format!("this picture has {count} parts"),
    })
}

/// One picture as text, in as many parts as its format needs.
fn draw(loaded: &Loaded, what: &Drawing) -> anyhow::Result<Vec<String>> {
    match what {
        Drawing::Component(options) => component(loaded, options),
        Drawing::Er(options) => er(loaded, options),
        Drawing::Deployment(options) => write_graph(deployment(loaded)?, options.drawn.output_format),
        Drawing::Sequence(options) => route::sequence(loaded, options),
        Drawing::DataFlow(options) => route::data_flow(loaded, options),
    }
}

fn deployment(loaded: &Loaded) -> anyhow::Result<Graph> {
    let snapshot = loaded.snapshot();
    let Some(project) = snapshot.projects().first() else { bail!("{} holds no Python", loaded.root) };
    let wanted = source::walk_texts(&DiskFileSystem, &loaded.root, &WalkOptions::default(), &is_wanted);
    let files: Vec<File> = wanted
        .iter()
        .filter_map(|(path, _)| Some((path, String::from_utf8(DiskFileSystem.read(path).ok()?).ok()?)))
        .map(|(path, text)| File { path: loaded.relative(path).to_owned(), text })
        .collect();
    let architecture = ide::architecture::architecture(&snapshot, *project);
    let clients = report::deployment::clients(&snapshot, *project);
    report::deployment::deployment(&architecture, &clients, &files)
        .context("no compose file, Kubernetes manifest, Procfile or Dockerfile says what runs")
}

fn er(loaded: &Loaded, options: &Er) -> anyhow::Result<Vec<String>> {
    let snapshot = loaded.snapshot();
    let Some(project) = snapshot.projects().first() else { bail!("{} holds no Python", loaded.root) };
    let all = er::er(&snapshot, *project);
    if all.tables.is_empty() {
        bail!("no tables: models of SQLAlchemy, SQLModel and Django are read");
    }
    let choice =
        Choice { context: options.context.clone(), around: options.around.clone(), hops: options.hops };
    let text = match options.drawn.output_format {
        DiagramFormat::Json => serde_json::to_string_pretty(&all.chosen_whole(&choice)?)? + "\n",
        DiagramFormat::Mermaid => {
            return Ok(all.chosen(&choice)?.parts().iter().map(er::mermaid).collect());
        }
        DiagramFormat::Dot => er::dot(&all.chosen(&choice)?),
        DiagramFormat::D2 => er::d2(&all.chosen(&choice)?),
        DiagramFormat::Svg => er::svg(&all.chosen(&choice)?),
        DiagramFormat::Text => bail!("this picture can't be written as text"),
        DiagramFormat::Html => bail!(NO_PAGE),
    };
    Ok(vec![text])
}

fn component(loaded: &Loaded, options: &Component) -> anyhow::Result<Vec<String>> {
    let snapshot = loaded.snapshot();
    let Some(project) = snapshot.projects().first() else { bail!("{} holds no Python", loaded.root) };
    let architecture = ide::architecture::architecture(&snapshot, *project);
    if architecture.modules.is_empty() {
        bail!("{} holds no Python to draw", loaded.root);
    }
    match options.drawn.output_format {
        DiagramFormat::Html => {
            // The page shows what is new since the baseline.
            usable_baselines(loaded, &snapshot, false)?;
            Ok(vec![report::page(architecture, options.editor_links)?])
        }
        format => write_graph(report::component(&architecture), format),
    }
}

fn write_graph(graph: Graph, format: DiagramFormat) -> anyhow::Result<Vec<String>> {
    let text = match format {
        DiagramFormat::Mermaid => return Ok(graph.parts().iter().map(graph::mermaid).collect()),
        DiagramFormat::Dot => graph::dot(&graph),
        DiagramFormat::D2 => graph::d2(&graph),
        DiagramFormat::Svg => report::svg::graph(&graph),
        DiagramFormat::Json => serde_json::to_string_pretty(&graph)? + "\n",
        DiagramFormat::Text => bail!("this picture can't be written as text"),
        DiagramFormat::Html => bail!(NO_PAGE),
    };
    Ok(vec![text])
}

/// Checks or refreshes the text between markers.
fn documents(options: &Diagram, store: &Store) -> anyhow::Result<Exit> {
    let files = if options.check.is_empty() { &options.update } else { &options.check };
    let mut out = std::io::stdout().lock();
    let mut exit = Exit::Clean;
    let mut opened = Opened { store, projects: BTreeMap::new() };
    for file in files {
        let path = in_current_folder(file)?;
        let before = read(&path)?;
        let blocks = report::blocks(&before).with_context(|| file.to_string())?;
        if blocks.is_empty() {
            bail!("{file} holds no `<!-- architrave:diagram ... -->`");
        }
        let pictures: Vec<String> = blocks
            .iter()
            .map(|block| {
                opened.between(&path, &block.words).with_context(|| format!("{file}:{}", block.line))
            })
            .collect::<Result<_, _>>()?;
        let after = report::refreshed(&before, &blocks, &pictures);
        if after == before {
            continue;
        }
        if options.check.is_empty() {
            let folder = path.parent().unwrap_or(&path);
            let change = |there: Option<&str>| -> Result<Option<String>, WriteError> {
                Ok((there == Some(before.as_str())).then(|| after.clone()))
            };
            if !source::rewrite(&DiskFileSystem, &path, folder, Patience::Long, change)? {
                bail!("{file} was changed meanwhile");
            }
            writeln!(out, "{file}: written")?;
        } else {
            for (block, picture) in blocks.iter().zip(&pictures) {
                let alone =
                    report::refreshed(&before, std::slice::from_ref(block), std::slice::from_ref(picture));
                if alone != before {
                    writeln!(out, "{file}:{}: stale", block.line)?;
                    exit = Exit::Findings;
                }
            }
        }
    }
    Ok(exit)
}

/// The options of one marker, as on the command line.
#[derive(Debug, clap::Parser)]
#[command(name = "architrave:diagram", no_binary_name = true)]
struct Marker {
    #[command(subcommand)]
    what: Drawing,
}

/// The projects that documents draw, each opened once.
struct Opened<'s> {
    store: &'s Store,
    projects: BTreeMap<Utf8PathBuf, Loaded>,
}

impl Opened<'_> {
    /// The pictures of the project at `path`.
    fn draw(&mut self, path: Utf8PathBuf, what: &Drawing) -> anyhow::Result<Vec<String>> {
        let loaded = match self.projects.entry(path) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let loaded = load_for_pictures(std::slice::from_ref(entry.key()), self.store)?;
                entry.insert(loaded)
            }
        };
        loaded.on_workers(|loaded| draw(loaded, what))
    }

    /// The picture between two markers of a document, in a fence. Paths are relative to the document; by default it is
    /// the project around it.
    fn between(&mut self, document: &Utf8Path, words: &[String]) -> anyhow::Result<String> {
        let marker = Marker::try_parse_from(words).map_err(|error| {
            let text = error.to_string();
            anyhow::anyhow!("{}", text.trim_start_matches("error: ").lines().next().unwrap_or_default())
        })?;
        let drawn = drawn(&marker.what);
        if matches!(drawn.output_format, DiagramFormat::Html | DiagramFormat::Svg) {
            bail!("HTML and SVG can't stand in a document: write them with --output");
        }
        let folder: &Utf8Path = document.parent().unwrap_or(document);
        let at: Utf8PathBuf = if drawn.path == "." { folder.to_owned() } else { folder.join(&drawn.path) };
        let parts = self.draw(at, &marker.what)?;
        let parts = match drawn.part {
            Some(_) => vec![chosen(&parts, drawn.part)?.clone()],
            None => parts,
        };
        let language = match drawn.output_format {
            DiagramFormat::Mermaid => "mermaid",
            DiagramFormat::Dot => "dot",
            DiagramFormat::D2 => "d2",
            DiagramFormat::Json => "json",
            DiagramFormat::Text => "text",
            DiagramFormat::Svg => "svg",
            DiagramFormat::Html => "html",
        };
        let fence = |part: &String| format!("```{language}\n{}\n```\n", part.trim_end());
        Ok(parts.iter().map(fence).collect::<Vec<_>>().join("\n"))
    }
}

fn read(path: &Utf8Path) -> anyhow::Result<String> {
    let bytes = DiskFileSystem.read(path).with_context(|| path.to_string())?;
    String::from_utf8(bytes).with_context(|| format!("{path} is not UTF-8"))
}
