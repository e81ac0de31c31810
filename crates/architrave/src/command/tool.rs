//! `architrave tool`: the tools for coding agents, for hooks and scripts.

use std::io::{Read as _, Write as _};

use agents::{Session, tools};
use anyhow::{Context as _, bail};
use cache::Store;
use camino::Utf8Path;
use serde_json::Value;

use crate::arguments::Tool;
use crate::exit::Exit;
use crate::output::write_json;
use crate::project::root_around;

/// Prints the answer of a tool as JSON.
///
/// # Errors
/// If the tool is unknown, the arguments can't be read, or the question has no answer.
pub(crate) fn run(options: &Tool, store: &Store) -> anyhow::Result<Exit> {
    let mut out = std::io::stdout().lock();
    let Some(name) = &options.name else {
        for tool in &tools::ALL {
            writeln!(out, "{}\n    {}", tool.name, tool.description)?;
            for argument in tool.arguments {
                let need = if argument.is_required { " (required)" } else { "" };
                writeln!(out, "    {}{need}: {}", argument.name, argument.description)?;
            }
        }
        return Ok(Exit::Clean);
    };
    let arguments = match options.arguments.as_deref() {
        None => Value::Null,
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().lock().read_to_string(&mut text).context("standard input can't be read")?;
            parsed(&text)?
        }
        Some(text) => parsed(text)?,
    };
    let answer = ask(name, arguments, &options.project, store)?;
    write_json(&mut out, &answer)?;
    Ok(match answer["status"].as_str() {
        Some("findings") if name == "check" => Exit::Findings,
        Some("incomplete") => Exit::Failed,
        _ => Exit::Clean,
    })
}

fn parsed(text: &str) -> anyhow::Result<Value> {
    serde_json::from_str(text)
        .context("the arguments are no JSON object such as '{\"target\": \"shop/orders.py\"}'")
}

/// A tool's answer about the project around a path.
///
/// # Errors
/// If the tool is unknown, or the question has no answer.
pub(crate) fn ask(name: &str, arguments: Value, around: &Utf8Path, store: &Store) -> anyhow::Result<Value> {
    let Some(tool) = tools::by_name(name) else {
        let known = tools::ALL.iter().map(|tool| tool.name);
        match config::nearest(name, known.clone()) {
            Some(near) => bail!("no tool is called `{name}`; did you mean `{near}`?"),
            None => bail!("no tool is called `{name}`; there are {}", known.collect::<Vec<_>>().join(", ")),
        }
    };
    let mut session = Session::open(&root_around(around)?, store.clone())?;
    Ok(tool.call(&mut session, arguments)?)
}
