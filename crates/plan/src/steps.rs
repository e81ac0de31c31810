//! Steps: what is done, where, at which risk, and what it clears.

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
    /// What most parts rest on rests on nothing of theirs.
    Hubs,
    /// Who reaches against the direction of the layers asks for a port.
    Ports,
    /// What lies in the wrong package goes to the right one.
    Moves,
    /// The rest of what closes cycles.
    Cuts,
    /// Modules of several things.
    Splits,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [Self::Freeze, Self::Hubs, Self::Ports, Self::Moves, Self::Cuts, Self::Splits];

    /// In one word.
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

    /// What it is for.
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
    /// The stage that it belongs to.
    #[serde(skip)]
    pub stage: Stage,
    /// Names it, the same as long as the code says the same.
    pub id: String,
    /// What it does, in the imperative.
    pub title: String,
    /// Why.
    pub why: String,
    /// What to type, where one of our commands does it; the root of the project is the place for it.
    pub command: Option<String>,
    /// The same for `modernize --apply`.
    #[serde(skip)]
    pub action: Option<Command>,
    /// What to change, dependency by dependency.
    pub edits: Vec<Edit>,
    /// The files that change, by their paths of today.
    pub files: Vec<String>,
    /// Modules outside of them that import one of them.
    pub dependants: usize,
    /// Modules among those that change that no test imports.
    pub untested: Vec<String>,
    /// Findings about imports that are gone afterwards, by rule.
    pub clears: Vec<(String, usize)>,
    /// Findings about imports that are new afterwards, by rule.
    pub opens: Vec<(String, usize)>,
    /// Steps that have to be done before.
    pub after: Vec<String>,
    /// The figures once it is done, and all before it.
    pub figures: Figures,
    /// The figures once it is done alone, before all others.
    pub alone: Figures,
    /// What it does to the graph.
    #[serde(skip)]
    pub effect: Effect,
}

/// One dependency that goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// Who imports.
    pub importer: String,
    /// What.
    pub imported: String,
    /// How, and the names that it is about.
    pub ways: Vec<(Way, Vec<String>)>,
    /// What to do, in words.
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
    /// Its line, from 1.
    pub line: u32,
    /// When it runs.
    pub when: When,
    /// The names that it imports.
    pub names: Vec<String>,
}

impl Step {
    /// A step of which only this is known.
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

    /// Done by a command, which changes these files.
    #[must_use]
    pub fn done_by(mut self, command: Command, files: Vec<String>) -> Self {
        self.command = command.words();
        self.action = Some(command);
        self.files = files;
        self
    }
}

/// An id from what a step is about.
pub(crate) fn id<'p>(stage: Stage, parts: impl IntoIterator<Item = &'p str>) -> String {
    let print = Fingerprint::of(parts).0;
    format!("{}-{}", stage.as_str(), print.get(..8).unwrap_or(&print))
}
