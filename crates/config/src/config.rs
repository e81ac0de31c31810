//! One configuration: what one file declares for the folder it lies in.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use smol_str::SmolStr;
use source::Span;

use crate::{Contract, Layer, Level, ModulePattern, PathPattern, Style};

/// Where a configuration comes from.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Origin {
    /// No file: everything is inferred.
    #[default]
    Inferred,
    /// `architrave.toml`
    Own(Utf8PathBuf),
    /// `[tool.architrave]` in a `pyproject.toml`
    Pyproject(Utf8PathBuf),
    /// Contracts of import-linter.
    ImportLinter(Utf8PathBuf),
    /// `tach.toml`
    Tach(Utf8PathBuf),
    /// `tach.domain.toml`, which adds to the configuration of tach around it.
    TachDomain(Utf8PathBuf),
}

/// What one file declares for the folder it lies in. Paths are relative to that folder and `/`-separated.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The folder it governs (absolute); empty for [`Origin::Inferred`].
    pub folder: Utf8PathBuf,
    /// Where it comes from.
    pub origin: Origin,
    /// The table's head in the file, for what concerns the configuration as a whole.
    pub span: Span,
    /// Folders that imports start from, the empty path for the folder itself; empty to find them.
    pub source_roots: Vec<Utf8PathBuf>,
    /// Paths left out (gitignore syntax).
    pub exclude: Vec<String>,
    /// The declared style: in so many words, or as that of a preset that is named after it.
    pub style: Option<Style>,
    /// Modules or paths whose layer is declared, in order; the first match counts.
    pub layers: Vec<(Layer, Vec<ModulePattern>)>,
    /// Packages whose direct children are bounded contexts; empty to infer.
    pub contexts: Vec<ModulePattern>,
    /// Contracts of the field's types.
    pub contracts: Vec<Contract>,
    /// Names of presets, the strongest last, with their places; whether a preset is called so is not judged here.
    pub presets: Vec<(SmolStr, Span)>,
    /// Levels and options by rule id in kebab-case; whether a rule is called so is not judged here.
    pub rules: BTreeMap<SmolStr, RuleSettings>,
    /// Levels for some paths.
    pub overrides: Vec<Override>,
    /// `check` fails from this level on; `Off`: never.
    pub fail_on: Level,
    /// An ignore comment without a reason is reported.
    pub require_reasons: bool,
    /// An ignore comment that ignores nothing is reported. On by default.
    pub report_unused_ignores: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            folder: Utf8PathBuf::new(),
            origin: Origin::Inferred,
            span: Span::default(),
            source_roots: Vec::new(),
            exclude: Vec::new(),
            style: None,
            layers: Vec::new(),
            contexts: Vec::new(),
            contracts: Vec::new(),
            presets: Vec::new(),
            rules: BTreeMap::new(),
            overrides: Vec::new(),
            fail_on: Level::Warning,
            require_reasons: false,
            report_unused_ignores: true,
        }
    }
}

/// What is set for one rule.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct RuleSettings {
    /// The level.
    pub level: Option<Level>,
    /// Options by their name in kebab-case, as written, with the span of the name in the configuration file.
    pub options: BTreeMap<SmolStr, (toml::Value, Span)>,
    /// The rule's id in the configuration file.
    pub span: Span,
}

/// Levels for some paths.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// Which paths, relative to the configuration's folder.
    pub paths: Vec<PathPattern>,
    /// Levels and options by rule id.
    pub rules: BTreeMap<SmolStr, RuleSettings>,
}
