//! The arguments of `architrave modernize`.

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum, ValueHint};
use config::Style;

use super::check::style;

/// `architrave modernize`
#[derive(Debug, Args)]
pub(crate) struct Modernize {
    /// The folder to plan for.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// The style to reach (default: the one that the code claims already).
    #[arg(long, value_parser = style)]
    pub(crate) style: Option<Style>,
    /// Output format.
    #[arg(long, visible_alias = "format", value_enum, default_value_t = PlanFormat::Text)]
    pub(crate) output_format: PlanFormat,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<Utf8PathBuf>,
    /// Apply the step with this id; the git work tree must be clean.
    #[arg(long, value_name = "STEP", conflicts_with = "output")]
    pub(crate) apply: Option<String>,
    /// With `--apply`: write no files; print the changes as a diff.
    #[arg(long, requires = "apply")]
    pub(crate) dry_run: bool,
}

/// How to write a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For a pull request or a wiki.
    Markdown,
    /// A self-contained page for a browser, offline.
    Html,
}
