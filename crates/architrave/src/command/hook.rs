//! `architrave hook`: run by a coding agent's hook after an edit. The event comes as JSON on standard input; what the
//! edit broke goes to standard error with exit code 2, which is how such hooks report to the agent. In all other cases
//! it is silent.

use std::io::{Read as _, Write as _};

use cache::Store;
use camino::Utf8Path;
use serde_json::{Value, json};

use crate::command::tool;
use crate::exit::Exit;

/// Checks the edited file.
///
/// # Errors
/// If the input is not an event, or standard error can't be written.
pub(crate) fn run(store: &Store) -> anyhow::Result<Exit> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    let event: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    let input = &event["tool_input"];
    let path = input["file_path"].as_str().or_else(|| input["path"].as_str()).unwrap_or_default();
    if !matches!(Utf8Path::new(path).extension(), Some("py" | "pyi")) {
        return Ok(Exit::Clean);
    }
    let mut err = std::io::stderr().lock();
    // Files that it can't check must not block the agent.
    let answer = match Utf8Path::new(path).canonicalize_utf8() {
        Ok(full) => tool::ask("check", json!({ "paths": [full], "budget": 1_000 }), &full, store),
        Err(_) => return Ok(Exit::Clean),
    };
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => {
            writeln!(err, "architrave: {error:#}")?;
            return Ok(Exit::Clean);
        }
    };
    if answer["status"] != "findings" {
        return Ok(Exit::Clean);
    }
    writeln!(err, "This edit breaks the architecture (architrave explain RULE says why):")?;
    let new = answer["new"].as_array().into_iter().flatten();
    for row in new.chain(answer["worse"].as_array().into_iter().flatten().map(|row| &row["now"])) {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        writeln!(err, "{} {}[{}] {}", text("place"), text("level"), text("rule"), text("message"))?;
        for fix in row["fixes"].as_array().into_iter().flatten() {
            let command = fix["command"].as_str().map(|command| format!(": {command}")).unwrap_or_default();
            writeln!(err, "    fix: {}{command}", fix["title"].as_str().unwrap_or_default())?;
        }
    }
    for broken in answer["broken_imports"].as_array().into_iter().flatten() {
        writeln!(err, "{}", broken.as_str().unwrap_or_default())?;
    }
    Ok(Exit::Failed)
}
