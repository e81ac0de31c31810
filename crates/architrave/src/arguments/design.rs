//! The arguments of `architrave design`.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};
use config::Style;

use super::TextOrJson;
use super::check::style;

/// `architrave design`
#[derive(Debug, Args)]
pub(crate) struct Design {
    /// What the new slice is about: `invoice`, `order-lines`; `billing/invoice` imitates what the folder `billing`
    /// holds.
    pub(crate) name: String,
    /// A folder of the project.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) project: Utf8PathBuf,
    /// The subject to imitate (default: the most complete and simplest one).
    #[arg(long, value_name = "SUBJECT")]
    pub(crate) like: Option<String>,
    /// Imitate a subject that is built in this style: `layered`, `clean`, `hexagonal` or `modules`.
    #[arg(long, value_parser = style)]
    pub(crate) style: Option<Style>,
    /// Write only these parts: layers, or words in file paths, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "PART")]
    pub(crate) slices: Vec<String>,
    /// Leave out the tests.
    #[arg(long)]
    pub(crate) without_tests: bool,
    /// Write no files; print the changes as a diff.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Output format of the plan.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) output_format: TextOrJson,
}
