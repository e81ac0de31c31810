//! The input of a plan: the architecture as drawn, and additional facts about its modules.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use ide::architecture::Architecture;
use python::UseContext;
use serde::Serialize;

/// Importer and imported, as indices of modules of the architecture.
pub type Pair = (u32, u32);

/// All data for the plan of one project.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The architecture, checked with the style that the plan leads to.
    pub architecture: Architecture,
    /// The style, and why.
    pub aim: Aim,
    /// The facts of each module, by index.
    pub modules: Vec<Module>,
    /// The names that each importer uses of its imports.
    pub uses: BTreeMap<Pair, Vec<Used>>,
    /// Foreign keys from the tables of one module to those of another, with their number.
    pub keys: BTreeMap<Pair, usize>,
    /// The number of test modules.
    pub tests: usize,
    /// Fixes of findings that remove imports, each as a refactoring.
    pub offers: Vec<Offer>,
    /// Modules with several subjects.
    pub splits: Vec<Split>,
    /// What is already frozen.
    pub frozen: Frozen,
}

impl Facts {
    /// The facts of an architecture without any others.
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

    /// The current path of a module.
    pub fn path(&self, module: u32) -> Option<&camino::Utf8Path> {
        self.architecture.modules.get(module as usize).map(|module| module.path.as_path())
    }
}

/// The style that a plan leads to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Aim {
    /// `layered`, `clean`, `hexagonal` or `modules`.
    pub style: String,
    /// The reason for this one, as text.
    pub reason: String,
    /// Whether the user requested it.
    pub is_chosen: bool,
}

/// The facts about a module beside the architecture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Module {
    /// Whether a test imports it.
    pub is_tested: bool,
    /// Why it can't simply be moved: a framework finds it by path.
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

/// An importer's use of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// The name; empty for the module itself.
    pub name: String,
    /// The roles.
    pub roles: BTreeSet<Role>,
    /// What it refers to.
    pub what: What,
    /// The module that defines it, where the imported one only hands it on.
    pub origin: Option<u32>,
}

/// What a name refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum What {
    /// Unknown, or a module.
    #[default]
    Unknown,
    /// A variable.
    Variable,
    /// A function.
    Function,
    /// A class.
    Class,
    /// A data class: nothing that a port could abstract.
    Data,
    /// A class that maps a table.
    Table,
}

/// The role in which a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// In annotations.
    Annotation,
    /// Raised or caught.
    Error,
    /// A base of a class.
    Base,
    /// While its module is loaded: in a decorator, a default of a parameter, the value of a constant.
    Load,
    /// Called.
    Call,
    /// A member of it is called, and never it itself.
    Member,
    /// Anything else.
    Value,
}

impl Role {
    /// The role of a use; `attributes` is what follows the name. What no function evaluates is needed to load the module.
    pub fn of(context: UseContext, attributes: &str, is_in_function: bool) -> Self {
        match context {
            UseContext::Annotation => Self::Annotation,
            UseContext::Call | UseContext::Value if !is_in_function => Self::Load,
            UseContext::Call if attributes.is_empty() => Self::Call,
            UseContext::Call => Self::Member,
            UseContext::Raise | UseContext::Except => Self::Error,
            UseContext::Base => Self::Base,
            UseContext::Decorator | UseContext::Default => Self::Load,
            UseContext::Value => Self::Value,
        }
    }
}

/// A refactoring that removes an import with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The import.
    pub pair: Pair,
    /// The refactoring.
    pub command: Command,
}

/// The operation of a refactoring. Paths are relative to the project's root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "does", rename_all = "kebab-case")]
pub enum Command {
    /// Adds contracts to the configuration.
    Contract {
        /// The file.
        file: Utf8PathBuf,
        /// The text added at its end.
        text: String,
    },
    /// Accepts the current findings.
    Baseline,
    /// Moves a file.
    MoveFile {
        /// The file.
        from: Utf8PathBuf,
        /// Its new path.
        to: Utf8PathBuf,
    },
    /// Moves a class, function or constant.
    MoveDefinition {
        /// The file that defines it.
        file: Utf8PathBuf,
        /// Its name.
        name: String,
        /// The dotted name of the target module.
        target: String,
    },
    /// Writes a Protocol for a class, and makes its dependents depend on it.
    ExtractProtocol {
        /// The file of the class.
        file: Utf8PathBuf,
        /// The class.
        class: String,
    },
    /// Replaces dependencies on a class with dependencies on one of its ports.
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
                format!("extract a Protocol from `{class}` and let whoever depends on the class depend on it")
            }
            Self::DependOnPort { class, .. } => {
                format!("depend on a port of `{class}` wherever the class is depended on")
            }
        }
    }

    /// The shell command to run in the project's root; `None` if only `modernize --apply` does it.
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

/// A word quoted for a POSIX shell.
fn quoted(word: impl AsRef<str>) -> String {
    let word = word.as_ref();
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-:+@%,=".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// A module with several subjects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The module, by index.
    pub module: u32,
    /// The rule that reports it.
    pub rule: &'static str,
    /// Its message.
    pub message: String,
    /// The subjects, as the rule lists them.
    pub groups: Vec<String>,
    /// One-based line.
    pub line: u32,
}

/// What is already frozen, and where more can be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frozen {
    /// Whether there is a baseline.
    pub has_baseline: bool,
    /// Whether a contract forbids cyclic imports between packages.
    pub has_acyclic: bool,
    /// Whether the configuration is in a file other than our own.
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

    #[test]
    fn what_no_function_evaluates_is_needed_to_load_the_module() {
        let role = |context, is_in_function| Role::of(context, "", is_in_function);
        assert_eq!((role(UseContext::Call, true), role(UseContext::Call, false)), (Role::Call, Role::Load));
        assert_eq!(role(UseContext::Annotation, false), Role::Annotation);
    }
}
