//! Steps: what is done, where, at which risk, and what it resolves.

use report::graph::When;
use serde::Serialize;
use view::Fingerprint;

use crate::facts::{Command, Pair};
use crate::graph::{Effect, Figures};
use crate::ways::Way;

/// The stages of a plan, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nothing new gets in.
    Freeze,
    /// Hubs stop importing the parts that depend on them.
    Hubs,
    /// Imports against the direction of the layers are replaced with dependencies on ports.
    Ports,
    /// Modules and definitions in the wrong package move to the right one.
    Moves,
    /// The rest of the imports that close cycles.
    Cuts,
    /// Modules with several subjects.
    Splits,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [Self::Freeze, Self::Hubs, Self::Ports, Self::Moves, Self::Cuts, Self::Splits];

    /// As one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Freeze => "freeze",
            Self::Hubs => "hubs",
            Self::Ports => "ports",
            Self::Moves => "moves",
            Self::Cuts => "cuts",
            Self::Splits => "splits",
        }
    }

    /// Its purpose.
    pub fn about(self) -> &'static str {
        match self {
            Self::Freeze => "nothing new gets in while the rest is done",
            Self::Hubs => "what most parts rest on stops resting on them",
            Self::Ports => "imports against the direction of the layers are turned around",
            Self::Moves => "what lies in the wrong package goes to the right one",
            Self::Cuts => "the imports that still close cycles go",
            Self::Splits => "modules of several things become several modules",
        }
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Its stage.
    #[serde(skip)]
    pub stage: Stage,
    /// Its id, stable as long as the code concerned is.
    pub id: String,
    /// What it does, in the imperative.
    pub title: String,
    /// Why.
    pub why: String,
    /// The shell command, if one of our commands does it; to be run in the root of the project.
    pub command: Option<String>,
    /// The same for `modernize --apply`.
    #[serde(skip)]
    pub action: Option<Command>,
    /// What to change, dependency by dependency.
    pub edits: Vec<Edit>,
    /// The files that change, by their current paths.
    pub files: Vec<String>,
    /// Modules outside of them that import one of them.
    pub dependants: usize,
    /// Modules among those that change that no test imports.
    pub untested: Vec<String>,
    /// Findings about imports that it resolves, by rule.
    pub clears: Vec<(String, usize)>,
    /// Findings about imports that it adds, by rule.
    pub opens: Vec<(String, usize)>,
    /// Prerequisite steps.
    pub after: Vec<String>,
    /// The metrics after it, and all before it.
    pub figures: Figures,
    /// The metrics after it alone, before all others.
    pub alone: Figures,
    /// Its effect on the graph.
    #[serde(skip)]
    pub effect: Effect,
}

/// One dependency to remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The importing module.
    pub importer: String,
    /// The imported module.
    pub imported: String,
    /// The methods, with the names concerned.
    pub ways: Vec<(Way, Vec<String>)>,
    /// The instruction, as text.
    pub advice: String,
    /// The imports.
    pub imports: Vec<Place>,
    /// By index.
    #[serde(skip)]
    pub pair: Pair,
}

/// One import statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Its file, relative to the project's root.
    pub file: String,
    /// Its one-based line.
    pub line: u32,
    /// When it runs.
    pub when: When,
    /// The names that it imports.
    pub names: Vec<String>,
}

impl Step {
    /// A step with only this data.
    pub fn new<'p>(
        stage: Stage,
        title: String,
        why: String,
        about: impl IntoIterator<Item = &'p str>,
    ) -> Self {
        Self {
            stage,
            id: id(stage, about),
            title,
            why,
            command: None,
            action: None,
            edits: Vec::new(),
            files: Vec::new(),
            dependants: 0,
            untested: Vec::new(),
            clears: Vec::new(),
            opens: Vec::new(),
            after: Vec::new(),
            figures: Figures::default(),
            alone: Figures::default(),
            effect: Effect::default(),
        }
    }

    /// Carried out by a command, which changes these files.
    #[must_use]
    pub fn done_by(mut self, command: Command, files: Vec<String>) -> Self {
        self.command = command.words();
        self.action = Some(command);
        self.files = files;
        self
    }
}

/// An id from the subject of a step.
pub(crate) fn id<'p>(stage: Stage, parts: impl IntoIterator<Item = &'p str>) -> String {
    let print = Fingerprint::of(parts).0;
    format!("{}-{}", stage.as_str(), print.get(..8).unwrap_or(&print))
}
