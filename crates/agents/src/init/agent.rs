//! The files that make coding agents use Architrave: the MCP server, a hook after each edit, and rules as text.
//! Existing content stays: entries are added beside it, and the rules are between markers.

mod codex;
mod json;
mod rules;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::{Plan, Planned};
use crate::Refused;
use crate::session::Session;

/// An agent that is configured only where it is used, and what its file of settings gets.
struct Agent {
    /// The file or folder that shows that it is used.
    sign: &'static str,
    /// Its settings in the project, as JSON.
    settings: &'static str,
    /// The keys of the entry, without its name.
    keys: &'static [&'static str],
    entry: fn() -> Value,
}

/// The forms that agents read, as documented by each in autumn 2026; Zed's documentation shows the user's settings only.
const AGENTS: [Agent; 7] = [
    Agent { sign: ".cursor", settings: ".cursor/mcp.json", keys: &["mcpServers"], entry: tools },
    Agent { sign: ".gemini", settings: ".gemini/settings.json", keys: &["mcpServers"], entry: tools },
    Agent { sign: ".zed", settings: ".zed/settings.json", keys: &["context_servers"], entry: tools },
    // VS Code reads `.mcp.json` too; who has a file in its own form keeps all servers there.
    Agent {
        sign: ".vscode/mcp.json",
        settings: ".vscode/mcp.json",
        keys: &["servers"],
        entry: || json!({ "type": "stdio", "command": "architrave", "args": ["mcp"] }),
    },
    // The command line of Copilot takes the tools from `.mcp.json`, and language servers from here.
    Agent {
        sign: ".github/lsp.json",
        settings: ".github/lsp.json",
        keys: &["lspServers"],
        entry: || json!({ "command": "architrave", "args": ["server"], "fileExtensions": { ".py": "python", ".pyi": "python" } }),
    },
    Agent {
        sign: "opencode.json",
        settings: "opencode.json",
        keys: &["mcp"],
        entry: || json!({ "type": "local", "command": ["architrave", "mcp"] }),
    },
    Agent {
        sign: "opencode.json",
        settings: "opencode.json",
        keys: &["lsp"],
        entry: || json!({ "command": ["architrave", "server"], "extensions": [".py", ".pyi"] }),
    },
];

/// The server of the tools, in the form that most agents read.
fn tools() -> Value {
    json!({ "command": "architrave", "args": ["mcp"] })
}

/// The required contents of the agents' files. Idempotent: if everything exists, nothing is planned.
///
/// # Errors
/// If `.mcp.json` or the settings of Claude Code can't be read as JSON: the message lists what to add by hand.
pub fn files(session: &Session) -> Result<Plan, Refused> {
    let root = session.root();
    let mut plan = Plan::default();
    // Claude Code, VS Code and Copilot's command line read this one.
    add(session, &mut plan, ".mcp.json", |text| json::with(text, &["mcpServers", "architrave"], &tools()))?;
    let hook = json!({ "matcher": "Edit|MultiEdit|Write", "hooks": [{ "type": "command", "command": "architrave hook" }] });
    add(session, &mut plan, ".claude/settings.json", |text| {
        json::with(text, &["hooks", "PostToolUse", "[]"], &hook)
    })?;
    let is_used = |sign: &str| session.exists(&root.join(sign));
    for agent in AGENTS.iter().filter(|agent| is_used(agent.sign)) {
        let keys = [agent.keys, &["architrave"]].concat();
        let added = add(session, &mut plan, agent.settings, |text| json::with(text, &keys, &(agent.entry)()));
        // Settings with comments are common there, and no reason to leave out the rest.
        plan.notes.extend(added.err().map(|refused| refused.to_string()));
    }
    if is_used(".codex") {
        let added = add(session, &mut plan, ".codex/config.toml", codex::with);
        plan.notes.extend(added.err().map(|refused| refused.to_string()));
    }
    for name in rules::homes(session) {
        add(session, &mut plan, name, |text| {
            let after = rules::with(text);
            Ok((text != Some(after.as_str())).then_some(after))
        })?;
    }
    Ok(plan)
}

/// Plans what `with` makes of a file, which may be planned already.
fn add(
    session: &Session,
    plan: &mut Plan,
    name: &str,
    with: impl FnOnce(Option<&str>) -> Result<Option<String>, String>,
) -> Result<(), Refused> {
    let path: Utf8PathBuf = session.root().join(name);
    let planned = plan.files.iter().position(|file| file.path == path);
    let there = planned.map(|at| plan.files[at].after.clone()).or_else(|| session.text(&path));
    let Some(after) = with(there.as_deref()).map_err(|why| unreadable(&path, &why))? else { return Ok(()) };
    match planned {
        Some(at) => plan.files[at].after = after,
        None => plan.files.push(Planned { path, before: there, after }),
    }
    Ok(())
}

fn unreadable(path: &Utf8Path, why: &str) -> Refused {
    Refused::new(format!("{path}: {why}"))
}
