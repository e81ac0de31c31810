//! `architrave man [COMMAND]`: a manual page, generated from the same declarations as `--help`.

use std::io::Write as _;

use anyhow::Context as _;
use clap::CommandFactory as _;

use crate::arguments::{Arguments, Man};
use crate::exit::Exit;

/// The program in the pages' header.
const PROGRAM: &str = concat!("architrave ", env!("CARGO_PKG_VERSION"));

/// Prints the page.
///
/// # Errors
/// If the command doesn't exist, or the output can't be written.
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
    // Without a date: the page changes with the program, not with each build.
    clap_mangen::Man::new(command.clone()).date("").source(PROGRAM).render(&mut page)?;
    std::io::stdout().lock().write_all(&page)?;
    Ok(Exit::Clean)
}
