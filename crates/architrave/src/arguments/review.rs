//! The arguments of `architrave review`.

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum, ValueHint};

/// `architrave review`
#[derive(Debug, Args)]
pub(crate) struct Review {
    /// The folder to analyse.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// Output format.
    #[arg(long, visible_alias = "format", value_enum, default_value_t = ReviewFormat::Markdown)]
    pub(crate) output_format: ReviewFormat,
    /// Write only what has changed since a revision of git, or since an older review that was written as JSON.
    #[arg(long, value_name = "REV", value_hint = ValueHint::FilePath)]
    pub(crate) since: Option<String>,
    /// Write into this file instead of to standard output.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<Utf8PathBuf>,
}

/// How to write a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReviewFormat {
    /// For a pull request or a wiki.
    Markdown,
    /// A self-contained page for a browser, offline.
    Html,
    /// For programs, and for comparison with a later review.
    Json,
}
