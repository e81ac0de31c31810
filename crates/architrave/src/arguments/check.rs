//! The arguments of `architrave check` and `architrave baseline`.

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum, ValueHint};
use config::{Level, Style};

/// `architrave check`
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct Check {
    /// Folders or files to report on. They limit what is reported, never what is indexed.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<Utf8PathBuf>,
    /// Output format.
    #[arg(long, value_enum, default_value_t = CheckFormat::Full)]
    pub(crate) output_format: CheckFormat,
    /// Show findings at this level or above (default: warning). JSON, SARIF and statistics include all levels.
    #[arg(long, value_enum)]
    pub(crate) level: Option<FromLevel>,
    /// Exit with 1 on findings at this level or above (default: the configuration's `fail-on`, else warning).
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FromLevel>,
    /// Run only these rules or groups of rules, even if they are off. Repeatable, or separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) select: Vec<String>,
    /// Skip these rules or groups of rules.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) ignore: Vec<String>,
    /// Check against this style, whatever the configuration says.
    #[arg(long, value_parser = style)]
    pub(crate) style: Option<Style>,
    /// Apply safe fixes to the files, then report what is left.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Count findings by rule and level instead of listing them, as text or (with `--output-format json`) as JSON.
    #[arg(long)]
    pub(crate) statistics: bool,
    /// Report only findings that changes since this git revision (or in a range `A..B`) could have caused.
    #[arg(long, value_name = "BASE")]
    pub(crate) affected: Option<String>,
    /// Use this baseline instead of the nearest `.architrave-baseline.json` upwards.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<Utf8PathBuf>,
    /// Report accepted findings too.
    #[arg(long, conflicts_with = "baseline")]
    pub(crate) no_baseline: bool,
    /// Fail if entries of the baseline no longer match, instead of removing them. On by default if `CI` is set.
    #[arg(long)]
    pub(crate) locked: bool,
}

/// A level that something begins at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FromLevel {
    /// What an ideal architecture would do differently.
    Hint,
    /// Facts worth knowing.
    Info,
    /// Problems that should be fixed.
    Warning,
    /// Problems that must be fixed.
    Error,
}

impl From<FromLevel> for Level {
    fn from(level: FromLevel) -> Self {
        match level {
            FromLevel::Hint => Level::Hint,
            FromLevel::Info => Level::Info,
            FromLevel::Warning => Level::Warning,
            FromLevel::Error => Level::Error,
        }
    }
}

/// The style with this name.
pub(super) fn style(name: &str) -> Result<Style, String> {
    let known = Style::ALL.map(Style::as_str);
    let found = Style::ALL.into_iter().find(|style| style.as_str() == name);
    found.ok_or_else(|| format!("known are {}", known.join(", ")))
}

/// `architrave baseline`
#[derive(Debug, Args)]
pub(crate) struct Baseline {
    /// The folder or file whose findings are accepted.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// Write this file instead of `.architrave-baseline.json` in the root of the project.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<Utf8PathBuf>,
}

/// Output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Each finding with its source lines and reasons.
    Full,
    /// One line for each finding.
    Concise,
    /// One JSON object; see the README for its shape.
    Json,
    /// Workflow commands, which GitHub Actions shows as annotations.
    Github,
    /// A GitLab Code Quality report.
    Gitlab,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit` XML: a failure for each finding.
    Junit,
}
