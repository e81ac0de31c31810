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
    /// Fill in what this finding says, by its fingerprint or the beginning of it.
    #[arg(long, value_name = "FINGERPRINT", conflicts_with = "from_diff")]
    pub(crate) from_finding: Option<String>,
    /// Fill in what has changed since this git revision (or in a range `A..B`).
    #[arg(long, value_name = "REV")]
    pub(crate) from_diff: Option<String>,
    /// The record whose place it takes, which gets a link to it.
    #[arg(long, value_name = "RECORD")]
    pub(crate) supersedes: Option<String>,
    /// Its date; today without.
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
    /// Write no file; print what would change as a diff.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// What to do with records that there are.
#[derive(Debug, Subcommand)]
pub(crate) enum AdrAction {
    /// Show the records, or (`--check`) what is wrong with them: exit code 1.
    List(AdrList),
    /// Put a draft up for decision.
    Propose(WhichRecord),
    /// Accept a proposed decision.
    Accept(WhichRecord),
    /// Reject a proposed decision; its record stays.
    Reject(WhichRecord),
    /// Say that an accepted decision no longer holds.
    Deprecate(WhichRecord),
    /// Say that another record takes the place of an accepted one, with links both ways.
    Supersede(Supersede),
    /// Give the younger of two records with one number the next free one; links and mentions follow.
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
    /// How to write.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) output_format: TextOrJson,
}

/// One record.
#[derive(Debug, Args)]
pub(crate) struct WhichRecord {
    /// Which: `7`, `ADR-0007`, or the beginning of its file's name.
    pub(crate) record: String,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) place: RecordPlace,
}

/// `architrave adr supersede`
#[derive(Debug, Args)]
pub(crate) struct Supersede {
    /// Which: `7`, `ADR-0007`, or the beginning of its file's name.
    pub(crate) record: String,
    /// The title of a new record that takes its place.
    #[arg(required_unless_present = "by")]
    pub(crate) title: Option<String>,
    /// The record that takes its place, where there is one already.
    #[arg(long, value_name = "RECORD", conflicts_with = "title")]
    pub(crate) by: Option<String>,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) place: RecordPlace,
}

/// `architrave adr renumber`
#[derive(Debug, Args)]
pub(crate) struct Renumber {
    /// Which, by the name of its file; without one, the younger of each two that share a number.
    pub(crate) record: Option<String>,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) place: RecordPlace,
}

/// `architrave adr index`
#[derive(Debug, Args)]
pub(crate) struct AdrIndex {
    /// Write nothing; exit code 1 where a list between markers is stale.
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
