//! One configuration: what one file declares for its folder.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use smol_str::SmolStr;
use source::Span;

use crate::{Contract, Layer, Level, ModulePattern, PathPattern, Style};

/// The source of a configuration.
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
    /// `tach.domain.toml`, which extends the tach configuration of a parent folder.
    TachDomain(Utf8PathBuf),
}

/// What one file declares for its folder. Paths are relative to that folder and `/`-separated.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The folder that it applies to (absolute); empty for [`Origin::Inferred`].
    pub folder: Utf8PathBuf,
    /// The source.
    pub origin: Origin,
    /// The table header in the file, for problems with the configuration as a whole.
    pub span: Span,
    /// Folders that imports start from; the empty path is the folder itself. Inferred if empty.
    pub source_roots: Vec<Utf8PathBuf>,
    /// Excluded paths (gitignore syntax).
    pub exclude: Vec<String>,
    /// The declared style, either explicitly or by a preset named after it.
    pub style: Option<Style>,
    /// Modules or paths with declared layers, in order; the first match counts.
    pub layers: Vec<(Layer, Vec<ModulePattern>)>,
    /// Packages whose direct children are bounded contexts; inferred if empty.
    pub contexts: Vec<ModulePattern>,
    /// The declared contracts.
    pub contracts: Vec<Contract>,
    /// Names of presets, the strongest last, with their positions. Whether the presets exist is not checked here.
    pub presets: Vec<(SmolStr, Span)>,
    /// Levels and options by rule id in kebab-case. Whether the rules exist is not checked here.
    pub rules: BTreeMap<SmolStr, RuleSettings>,
    /// Settings for certain paths.
    pub overrides: Vec<Override>,
    /// `check` fails from this level on; never with `Off`.
    pub fail_on: Level,
    /// Whether an ignore comment without a reason is reported.
    pub require_reasons: bool,
    /// Whether an ignore comment that ignores nothing is reported. Enabled by default.
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

/// The settings of one rule.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct RuleSettings {
    /// The level.
    pub level: Option<Level>,
    /// Options by name in kebab-case, with the value as written and the span of the name in the configuration file.
    pub options: BTreeMap<SmolStr, (toml::Value, Span)>,
    /// The position of the rule's id in the configuration file.
    pub span: Span,
}

/// Settings for certain paths.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// The paths, relative to the configuration's folder.
    pub paths: Vec<PathPattern>,
    /// Levels and options by rule id.
    pub rules: BTreeMap<SmolStr, RuleSettings>,
}
