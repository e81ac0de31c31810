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
    let mut command = &program;
    for name in &options.command {
        let found = command.find_subcommand(name);
        command =
            found.with_context(|| format!("there is no command `{name}`; `architrave --help` lists them"))?;
    }
    let mut page = Vec::new();
    // Without a date: the page changes when the program does, not when it is made.
    clap_mangen::Man::new(command.clone()).date("").source(PROGRAM).render(&mut page)?;
    std::io::stdout().lock().write_all(&page)?;
    Ok(Exit::Clean)
}
