//! What a plan is made from: the architecture as it is drawn, and what is known of its modules beside it.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use ide::architecture::Architecture;
use python::UseContext;
use serde::Serialize;

/// Importer and imported, as indices of modules of the architecture.
pub type Pair = (u32, u32);

/// All that a plan of one project rests on.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The architecture, judged by the style that the plan leads to.
    pub architecture: Architecture,
    /// The style, and why.
    pub aim: Aim,
    /// What is known of each module, by index.
    pub modules: Vec<Module>,
    /// What each importer uses of what it imports.
    pub uses: BTreeMap<Pair, Vec<Used>>,
    /// Foreign keys from the tables of one module to those of another, with how many.
    pub keys: BTreeMap<Pair, usize>,
    /// How many modules of tests there are.
    pub tests: usize,
    /// Fixes of findings that take imports out, each as a refactoring.
    pub offers: Vec<Offer>,
    /// Modules that hold several things.
    pub splits: Vec<Split>,
    /// What is frozen already.
    pub frozen: Frozen,
}

impl Facts {
    /// Those of an architecture of which nothing else is known.
    pub fn of(architecture: Architecture) -> Self {
        Self {
            aim: Aim { style: architecture.style.clone(), ..Aim::default() },
            modules: vec![Module::default(); architecture.modules.len()],
            uses: BTreeMap::new(),
            keys: BTreeMap::new(),
            tests: 0,
            offers: Vec::new(),
            splits: Vec::new(),
            frozen: Frozen::default(),
            architecture,
        }
    }

    /// The path of a module today.
    pub fn path(&self, module: u32) -> Option<&camino::Utf8Path> {
        self.architecture.modules.get(module as usize).map(|module| module.path.as_path())
    }
}

/// The style that a plan leads to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Aim {
    /// `layered`, `clean`, `hexagonal` or `modules`.
    pub style: String,
    /// Why this one, in words.
    pub reason: String,
    /// Whether somebody asked for it.
    pub is_chosen: bool,
}

/// What is known of a module beside the architecture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Module {
    /// Whether a test imports it.
    pub is_tested: bool,
    /// Why it can't simply be moved: a framework finds it by its path.
    pub bound: Option<&'static str>,
    /// The tables that its classes map.
    pub tables: Vec<String>,
    /// The paths of the routes that it answers.
    pub routes: Vec<String>,
    /// Whether something may read its annotations at run time.
    pub reads_annotations: bool,
    /// Whether it declares background tasks.
    pub has_tasks: bool,
}

/// What an importer uses of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// The name; empty for a module as such.
    pub name: String,
    /// In which roles.
    pub roles: BTreeSet<Role>,
    /// What it is.
    pub what: What,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum What {
    /// It can't be told, or it is a module.
    #[default]
    Unknown,
    /// A variable.
    Variable,
    /// A function.
    Function,
    /// A class.
    Class,
    /// A class of data: nothing that a port could stand for.
    Data,
    /// A class that maps a table.
    Table,
}

/// In what role a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// In annotations.
    Annotation,
    /// Raised or caught.
    Error,
    /// A base of a class.
    Base,
    /// A decorator or a default of a parameter: as its module is loaded.
    Load,
    /// Called.
    Call,
    /// What stands behind a dot of it is called, and never it itself.
    Member,
    /// Anything else.
    Value,
}

impl Role {
    /// The role that a use plays; `attributes` is what follows the name.
    pub fn of(context: UseContext, attributes: &str) -> Self {
        match context {
            UseContext::Annotation => Self::Annotation,
            UseContext::Call if attributes.is_empty() => Self::Call,
            UseContext::Call => Self::Member,
            UseContext::Raise | UseContext::Except => Self::Error,
            UseContext::Base => Self::Base,
            UseContext::Decorator | UseContext::Default => Self::Load,
            UseContext::Value => Self::Value,
        }
    }
}

/// A refactoring that takes out an import that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The import.
    pub pair: Pair,
    /// What does it.
    pub command: Command,
}

/// What one of our refactorings is asked to do. Paths are relative to the project's root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "does", rename_all = "kebab-case")]
pub enum Command {
    /// Writes contracts into the configuration.
    Contract {
        /// The file.
        file: Utf8PathBuf,
        /// What is added at its end.
        text: String,
    },
    /// Accepts the findings that there are.
    Baseline,
    /// Moves a file.
    MoveFile {
        /// The file.
        from: Utf8PathBuf,
        /// Its path afterwards.
        to: Utf8PathBuf,
    },
    /// Moves a class, function or constant.
    MoveDefinition {
        /// The file that defines it.
        file: Utf8PathBuf,
        /// Its name.
        name: String,
        /// The dotted name of the module that it comes to.
        target: String,
    },
    /// Writes a Protocol for a class, and lets whoever asks for the class ask for it.
    ExtractProtocol {
        /// The file of the class.
        file: Utf8PathBuf,
        /// The class.
        class: String,
    },
    /// Asks for a port of a class wherever the class is asked for.
    DependOnPort {
        /// The file of the class.
        file: Utf8PathBuf,
        /// The class.
        class: String,
    },
}

impl Command {
    /// What it does, in the imperative.
    pub fn title(&self) -> String {
        match self {
            Self::Contract { file, .. } => format!("declare a contract in `{file}`"),
            Self::Baseline => "accept the findings of today".to_owned(),
            Self::MoveFile { from, to } => format!("move `{from}` to `{to}`"),
            Self::MoveDefinition { file, name, target } => format!("move `{name}` of `{file}` to `{target}`"),
            Self::ExtractProtocol { class, .. } => {
                format!("extract a Protocol from `{class}` and let whoever asks for the class ask for it")
            }
            Self::DependOnPort { class, .. } => {
                format!("ask for a port of `{class}` wherever the class is asked for")
            }
        }
    }

    /// The words for a shell in the project's root; nothing where `modernize --apply` alone does it.
    pub fn words(&self) -> Option<String> {
        let refactor = |words: String| Some(format!("architrave refactor {words}"));
        match self {
            Self::Contract { .. } => None,
            Self::Baseline => Some("architrave baseline".to_owned()),
            Self::MoveFile { from, to } => refactor(format!("move {} {}", quoted(from), quoted(to))),
            Self::MoveDefinition { file, name, target } => {
                refactor(format!("move {} {target}", quoted(format!("{file}:{name}"))))
            }
            Self::ExtractProtocol { file, class } => {
                refactor(format!("extract-protocol {}", quoted(format!("{file}:{class}"))))
            }
            Self::DependOnPort { file, class } => {
                refactor(format!("depend-on-port {}", quoted(format!("{file}:{class}"))))
            }
        }
    }
}

/// A word as a POSIX shell takes it.
fn quoted(word: impl AsRef<str>) -> String {
    let word = word.as_ref();
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-:+@%,=".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// A module that holds several things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The module, by index.
    pub module: u32,
    /// The rule that says so.
    pub rule: &'static str,
    /// In its words.
    pub message: String,
    /// The things, as the rule lists them.
    pub groups: Vec<String>,
    /// One-based line.
    pub line: u32,
}

/// What is frozen already, and where more can be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frozen {
    /// Whether there is a baseline.
    pub has_baseline: bool,
    /// Whether a contract keeps packages from importing each other in cycles.
    pub has_acyclic: bool,
    /// Whether the configuration is written in another file than our own.
    pub is_elsewhere: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_words_that_a_shell_takes() {
        let move_file = Command::MoveFile { from: "a b/c.py".into(), to: "d/c.py".into() };
        assert_eq!(move_file.words().as_deref(), Some("architrave refactor move 'a b/c.py' d/c.py"));
        let port = Command::DependOnPort { file: "shop/db.py".into(), class: "Orders".into() };
        assert_eq!(port.words().as_deref(), Some("architrave refactor depend-on-port shop/db.py:Orders"));
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
