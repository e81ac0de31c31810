//! The arguments of `architrave adr`.

use camino::Utf8PathBuf;
use clap::{Args, Subcommand, ValueHint};

use super::TextOrJson;

/// `architrave adr`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub(crate) struct Adr {
    /// The title of a new record: what is decided, in a few words.
    #[arg(required = true)]
    pub(crate) title: Option<String>,
    /// Fill in the record from this finding, given by its fingerprint or the start of it.
    #[arg(long, value_name = "FINGERPRINT", conflicts_with = "from_diff")]
    pub(crate) from_finding: Option<String>,
    /// Fill in the record from the changes since this git revision (or in a range `A..B`).
    #[arg(long, value_name = "REV")]
    pub(crate) from_diff: Option<String>,
    /// The record that the new one supersedes; it gets a link to the new one.
    #[arg(long, value_name = "RECORD")]
    pub(crate) supersedes: Option<String>,
    /// The record's date (default: today).
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) date: Option<String>,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) place: RecordPlace,
    /// What to do instead.
    #[command(subcommand)]
    pub(crate) action: Option<AdrAction>,
}

/// Where, and whether it is done.
#[derive(Debug, Clone, Args)]
pub(crate) struct RecordPlace {
    /// A folder of the project.
    #[arg(long, default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) project: Utf8PathBuf,
    /// Write no files; print the changes as a diff.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// What to do with records that there are.
#[derive(Debug, Subcommand)]
pub(crate) enum AdrAction {
    /// List the records, or (`--check`) report their problems with exit code 1.
    List(AdrList),
    /// Propose a draft for decision.
    Propose(WhichRecord),
    /// Accept a proposed decision.
    Accept(WhichRecord),
    /// Reject a proposed decision; its record stays.
    Reject(WhichRecord),
    /// Mark an accepted decision as no longer valid.
    Deprecate(WhichRecord),
    /// Supersede an accepted record with another one, with links both ways.
    Supersede(Supersede),
    /// Give the newer of two records with the same number the next free one; links and mentions are updated.
    Renumber(Renumber),
    /// Print the list of records, or write it between `<!-- adrlog -->` and `<!-- adrlogstop -->` in their folder.
    Index(AdrIndex),
}

/// `architrave adr list`
#[derive(Debug, Args)]
pub(crate) struct AdrList {
    /// A folder of the project.
    #[arg(long, default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) project: Utf8PathBuf,
    /// Report numbers taken twice, one-sided and broken links, unknown statuses; ignore comments, contracts and
    /// baselines that name a record that isn't there or no longer holds; records that name a rule or contract that
    /// isn't there.
    #[arg(long)]
    pub(crate) check: bool,
    /// Output format.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) output_format: TextOrJson,
}

/// One record.
#[derive(Debug, Args)]
pub(crate) struct WhichRecord {
    /// The record: `7`, `ADR-0007`, or the start of its file name.
    pub(crate) record: String,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) place: RecordPlace,
}

/// `architrave adr supersede`
#[derive(Debug, Args)]
pub(crate) struct Supersede {
    /// The record: `7`, `ADR-0007`, or the start of its file name.
    pub(crate) record: String,
    /// The title of a new record that supersedes it.
    #[arg(required_unless_present = "by")]
    pub(crate) title: Option<String>,
    /// An existing record that supersedes it.
    #[arg(long, value_name = "RECORD", conflicts_with = "title")]
    pub(crate) by: Option<String>,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) place: RecordPlace,
}

/// `architrave adr renumber`
#[derive(Debug, Args)]
pub(crate) struct Renumber {
    /// The record, by its file name; without one, the newer of every two that share a number.
    pub(crate) record: Option<String>,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) place: RecordPlace,
}

/// `architrave adr index`
#[derive(Debug, Args)]
pub(crate) struct AdrIndex {
    /// Write nothing; exit with 1 if a list between markers is stale.
    #[arg(long)]
    pub(crate) check: bool,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) place: RecordPlace,
}

fn date(text: &str) -> Result<String, String> {
    let is_date = text.len() == 10
        && text.char_indices().all(|(at, c)| if matches!(at, 4 | 7) { c == '-' } else { c.is_ascii_digit() });
    if is_date { Ok(text.to_owned()) } else { Err("give a date as 2026-08-07".to_owned()) }
}
