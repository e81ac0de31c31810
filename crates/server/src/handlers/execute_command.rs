//! `workspace/executeCommand`: moves, and the server's state, for finding out why something is (not) shown.

use serde_json::{Value, json};

use crate::answer::Reply;
use crate::event::FromClient;
use crate::handlers::draw::draw_picture;
use crate::handlers::move_command::{move_symbol, move_targets};
use crate::proto::{
    self, COMMAND_ACCEPT, COMMAND_ACCEPT_FILE, COMMAND_ARCHITECTURE, COMMAND_DEBUG, COMMAND_DRAW,
    COMMAND_MOVE, COMMAND_MOVE_TARGETS, COMMAND_RULES, COMMAND_SHOW, ExecuteCommandOptions,
    ExecuteCommandParams, Features, ServerCapabilities, WorkDoneProgressOptions, request,
};
use crate::session::{Question, Session};
use crate::work::Pull;

pub(super) struct Handler;

/// Our commands.
const COMMANDS: [&str; 9] = [
    COMMAND_ACCEPT,
    COMMAND_ACCEPT_FILE,
    COMMAND_ARCHITECTURE,
    COMMAND_DEBUG,
    COMMAND_DRAW,
    COMMAND_MOVE,
    COMMAND_MOVE_TARGETS,
    COMMAND_RULES,
    COMMAND_SHOW,
];

impl Pull for Handler {
    type Request = request::ExecuteCommand;

    const SETTLES: bool = true;

    fn pull(session: &Session, params: ExecuteCommandParams, reply: Reply<Option<Value>>) {
        let first = params.arguments.first();
        match params.command.as_str() {
            COMMAND_ACCEPT => super::accept::accept(session, first, reply),
            COMMAND_ACCEPT_FILE => super::accept::accept_file(session, first, reply),
            COMMAND_ARCHITECTURE => super::architecture::architecture(session, params, reply),
            COMMAND_DEBUG => reply.send(Ok(Some(Value::String(debug_information(session))))),
            COMMAND_DRAW => session.answer(question(COMMAND_DRAW, params, reply), draw_picture),
            COMMAND_RULES => super::rule_documentation::answer(session, first, reply),
            COMMAND_MOVE => session.answer(question(COMMAND_MOVE, params, reply), move_symbol),
            COMMAND_MOVE_TARGETS => {
                session.answer(question(COMMAND_MOVE_TARGETS, params, reply), move_targets);
            }
            COMMAND_SHOW => super::show::show(session, &params, reply),
            other => reply.send(Err(proto::invalid_params(format!("there is no command `{other}`")))),
        }
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        can.execute_command_provider = Some(ExecuteCommandOptions {
            commands: COMMANDS.map(str::to_owned).into(),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        });
    }
}

/// A command that is answered from a view. No client repeats a command that somebody chose: a picture is drawn from the
/// new text if an edit overtook it. A move isn't made then: its position may be that of another symbol.
pub(super) fn question(
    command: &'static str,
    params: ExecuteCommandParams,
    reply: Reply<Option<Value>>,
) -> Question<ExecuteCommandParams, Option<Value>> {
    Question {
        method: command,
        params: Box::new(params),
        reply,
        again: FromClient::ExecuteCommand,
        outlives_edits: matches!(command, COMMAND_ARCHITECTURE | COMMAND_DRAW),
    }
}

/// One fact per line, for a document in the editor or an issue.
fn debug_information(session: &Session) -> String {
    let snapshot = session.workspace.snapshot();
    let db = snapshot.db();
    let projects: Vec<Value> = snapshot
        .projects()
        .iter()
        .map(|project| {
            let configs = project.configs(db);
            json!({
                "root": project.root(db),
                "files": project.files(db).list().len(),
                "configurations": configs.list.iter().map(|config| format!("{:?}", config.origin)).collect::<Vec<_>>(),
                "distributions": configs.distributions,
            })
        })
        .collect();
    let information = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "program": std::env::current_exe().ok(),
        "client": session.client.name,
        "clientVersion": session.client.version,
        "encoding": format!("{:?}", session.features.encoding),
        "diagnostics": if session.features.pull { "pull" } else { "push" },
        "diagnosticMode": format!("{:?}", session.settings.diagnostic_mode),
        "ownWatcher": session.watcher.is_some(),
        "openDocuments": session.documents.paths().len(),
        "generation": snapshot.generation,
        "snapshots": session.workspace.outstanding(),
        "indexed": session.indexing.is_complete && !session.indexing.is_running,
        "projects": projects,
        "configurationProblems": snapshot.config_problems().len(),
    });
    serde_json::to_string_pretty(&information).unwrap_or_default()
}
