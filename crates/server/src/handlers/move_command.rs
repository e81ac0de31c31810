//! The command `architrave.move`: a definition goes to a module that the user named.

use camino::Utf8PathBuf;
use rules::{Applicability, SymbolMove};
use serde::Deserialize;
use serde_json::Value;

use crate::answer::{Overtaken, Reply};
use crate::proto::{self, COMMAND_MOVE, ExecuteCommandParams, Uri, path_of};
use crate::session::Session;

/// What the command is given.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    /// The file, as a URI or an absolute path.
    path: String,
    /// The name of a class, function or variable at its head.
    symbol: String,
    /// The dotted name of the module that it goes to.
    target: String,
    /// Whether private names that only it uses go along.
    #[serde(default)]
    with_helpers: bool,
}

impl Arguments {
    fn path(&self) -> Option<Utf8PathBuf> {
        let path = Utf8PathBuf::from(&self.path);
        if path.is_absolute() { Some(path) } else { path_of(&self.path.parse::<Uri>().ok()?) }
    }
}

/// Lets the client apply the edits; answers with what stands in the way where they can't be made.
pub(crate) fn move_symbol(session: &Session, params: &ExecuteCommandParams, reply: Reply<Option<Value>>) {
    let arguments = params.arguments.first().cloned().unwrap_or_default();
    let arguments: Arguments = match serde_json::from_value(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return reply.send(Err(proto::invalid_params(error.to_string()))),
    };
    let Some(path) = arguments.path() else {
        return reply.send(Err(proto::invalid_params(format!("`{}` is no path of a file", arguments.path))));
    };
    if !session.features.apply_edit {
        return reply.send(Err(proto::request_failed("the editor applies no edits of servers".to_owned())));
    }
    let outbox = session.outbox.clone();
    session.answer(COMMAND_MOVE, reply, Overtaken::ContentModified, move |view| {
        let Arguments { symbol, target, with_helpers, .. } = &arguments;
        let wanted = SymbolMove { name: symbol, target, with_helpers: *with_helpers };
        let title = format!("Move {symbol} to {target}");
        match ide::move_symbol(&view.snapshot, &path, wanted, view.features.abilities()) {
            Ok(changes) => {
                let edit = proto::workspace_edit(view, &title, Applicability::Safe, &changes);
                outbox.apply_edit(title, edit);
                Ok(None)
            }
            Err(refusal) => {
                Err(proto::request_failed(format!("{symbol} can't be moved to {target}: {refusal}")))
            }
        }
    });
}
