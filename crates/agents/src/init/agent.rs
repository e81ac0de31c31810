//! The files that make coding agents use Architrave: the MCP server, a hook after each edit, and rules as text.
//! Existing content stays: entries are added beside it, and the rules are between markers.

mod json;
mod rules;

use camino::Utf8Path;
use serde_json::json;

use super::{Plan, Planned};
use crate::Refused;
use crate::session::Session;

/// The required contents of the agents' files. Idempotent: if everything exists, nothing is planned.
///
/// # Errors
/// If a settings file can't be read as JSON: the message lists what to add by hand.
pub fn files(session: &Session) -> Result<Plan, Refused> {
    let root = session.root();
    let mut plan = Plan::default();
    let server = json!({ "command": "architrave", "args": ["mcp"] });
    merge(session, &mut plan, &root.join(".mcp.json"), &["mcpServers", "architrave"], &server)?;
    let hook = json!({ "matcher": "Edit|MultiEdit|Write", "hooks": [{ "type": "command", "command": "architrave hook" }] });
    merge(session, &mut plan, &root.join(".claude/settings.json"), &["hooks", "PostToolUse", "[]"], &hook)?;
    // Other agents are configured only where they are used.
    let opencode = root.join("opencode.json");
    if session.exists(&opencode) {
        let server = json!({ "type": "local", "command": ["architrave", "mcp"] });
        merge(session, &mut plan, &opencode, &["mcp", "architrave"], &server)?;
        let lsp = json!({ "command": ["architrave", "server"], "extensions": [".py", ".pyi"] });
        let text = plan.files.last().filter(|file| file.path == opencode).map(|file| file.after.clone());
        let before = text.or_else(|| session.text(&opencode));
        if let Some(after) = json::with(before.as_deref(), &["lsp", "architrave"], &lsp)
            .map_err(|why| unreadable(&opencode, &why))?
        {
            plan.files.retain(|file| file.path != opencode);
            plan.files.push(Planned { path: opencode.clone(), before: session.text(&opencode), after });
        }
    }
    for name in rules::homes(session) {
        let path = root.join(name);
        let before = session.text(&path);
        let after = rules::with(before.as_deref());
        if before.as_deref() != Some(after.as_str()) {
            plan.files.push(Planned { path, before, after });
        }
    }
    Ok(plan)
}

fn merge(
    session: &Session,
    plan: &mut Plan,
    path: &Utf8Path,
    keys: &[&str],
    value: &serde_json::Value,
) -> Result<(), Refused> {
    let before = session.text(path);
    let after = json::with(before.as_deref(), keys, value).map_err(|why| unreadable(path, &why))?;
    if let Some(after) = after {
        plan.files.push(Planned { path: path.to_owned(), before, after });
    }
    Ok(())
}

fn unreadable(path: &Utf8Path, why: &str) -> Refused {
    Refused::new(format!("{path}: {why}"))
}
