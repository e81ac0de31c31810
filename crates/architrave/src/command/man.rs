//! `architrave man [COMMAND]`: a manual page, made from the same declarations as `--help`.

use std::io::Write as _;

use anyhow::Context as _;
use clap::CommandFactory as _;

use crate::arguments::{Arguments, Man};
use crate::exit::Exit;

/// Whose pages these are.
const PROGRAM: &str = concat!("architrave ", env!("CARGO_PKG_VERSION"));

/// Prints the page.
///
/// # Errors
/// A command that doesn't exist; an output that can't be written.
pub(crate) fn run(options: &Man) -> anyhow::Result<Exit> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let command = match &options.command {
        None => program,
        Some(name) => {
            let command = program.find_subcommand(name);
            command
                .with_context(|| format!("there is no command `{name}`; `architrave --help` lists them"))?
                .clone()
        }
    };
    let mut page = Vec::new();
    // Without a date: the page changes when the program does, not when it is made.
    clap_mangen::Man::new(command).date("").source(PROGRAM).render(&mut page)?;
    std::io::stdout().lock().write_all(&page)?;
    Ok(Exit::Clean)
}
