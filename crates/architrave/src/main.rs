//! The command line: `architrave check`, `baseline`, `layers`, `routes`, `deps`, `modernize`, `diagram`, `review`,
//! `refactor`, `design`, `adr`, `rules`, `explain`, `init`, `context`, `tool`, `mcp`, `hook`, `server`, `cache`,
//! `completions`, `man`.
//!
//! Exit codes are a contract: 0 clean, 1 findings, 2 the tool could not do its work. stdout contains the report (or,
//! for `server`, the protocol) and nothing else; progress and logs go to stderr.

mod answer;
mod arguments;
mod command;
mod exit;
mod findings;
mod finisher;
mod output;
mod project;
mod repository;
mod revision;

use std::process::ExitCode;

use cache::Store;
use clap::Parser as _;

use crate::arguments::{Arguments, Command};
use crate::exit::Exit;

/// An allocator that serves tree-sitter, too: half of its time goes into nodes, and the system's allocator is slow with
/// several threads.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(root) = finisher::asked_for(std::env::args_os()) {
        return finisher::run(&root).into();
    }
    let arguments = Arguments::parse();
    let store = project::store(!arguments.no_cache);
    let result = run(arguments.command, &store);
    // Now that everything is told: what was worked out for it is of use even if it could not be told.
    store.save();
    match result {
        Ok(exit) => exit.into(),
        Err(error) if exit::is_closed_pipe(&error) => Exit::Clean.into(),
        Err(error) => {
            output::complain(&error);
            Exit::Failed.into()
        }
    }
}

fn run(command: Command, store: &Store) -> anyhow::Result<Exit> {
    match command {
        Command::Check(options) => command::check::run(&options, store),
        Command::Baseline(options) => command::baseline::run(&options, store),
        Command::Layers(options) => command::layers::run(&options, store),
        Command::Routes(options) => command::routes::run(&options, store),
        Command::Deps(options) => command::deps::run(&options, store),
        Command::Diagram(options) => command::diagram::run(&options, store),
        Command::Modernize(options) => command::modernize::run(&options, store),
        Command::Design(options) => command::design::run(&options, store),
        Command::Adr(options) => command::adr::run(&options, store),
        Command::Review(options) => command::review::run(&options, store),
        Command::Rules(options) => command::rules::run(&options),
        Command::Refactor(options) => command::refactor::run(&options, store),
        Command::Explain(options) => command::explain::run(&options),
        Command::Init(options) => command::init::run(&options, store),
        Command::Hook => command::hook::run(store),
        Command::Context(options) => command::context::run(&options, store),
        Command::Tool(options) => command::tool::run(&options, store),
        Command::Mcp(options) => command::mcp::run(&options, store),
        Command::Server(_) => command::server::run(store),
        Command::Cache(options) => command::cache::run(&options),
        Command::Completions(options) => command::completions::run(&options),
        Command::Man(options) => command::man::run(&options),
    }
}
