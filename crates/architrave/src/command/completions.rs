//! `architrave completions SHELL`: a script that completes the command line, including names of rules and presets.

use std::io::Write as _;

use clap::CommandFactory as _;
use clap::builder::PossibleValuesParser;

use crate::arguments::{Arguments, Completions};
use crate::exit::Exit;

/// Prints the script.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn run(options: &Completions) -> anyhow::Result<Exit> {
    // Restricted to the existing values only here: at run time an unknown name gets the nearest known one suggested.
    let rules = PossibleValuesParser::new(rules::ALL.iter().map(|rule| rule.id));
    let presets = PossibleValuesParser::new(view::Preset::ALL.iter().map(|preset| preset.name));
    let mut command = Arguments::command()
        .mut_subcommand("explain", |explain| explain.mut_arg("rule", |rule| rule.value_parser(rules)))
        .mut_subcommand("rules", |list| list.mut_arg("preset", |preset| preset.value_parser(presets)));
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command, "architrave", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Exit::Clean)
}
