//! The commands `architrave.moveTargets` and `architrave.move`: where a definition may go, and the move to the module
//! that the user picked or named.

use camino::Utf8PathBuf;
use refactor::SymbolMove;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::proto::{self, ExecuteCommandParams, MessageType, path_written};
use crate::render::workspace_edit;
use crate::view::View;

/// The arguments of the command.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    /// The file, as a URI or an absolute path.
    path: String,
    /// The name of a top-level class, function or variable.
    symbol: String,
    /// The dotted name of the target module.
    target: String,
    /// Whether private names that only it uses move along.
    #[serde(default)]
    with_helpers: bool,
}

/// The definition of the request.
#[derive(Debug, Deserialize)]
struct Definition {
    /// The file, as a URI or an absolute path.
    path: String,
    /// The name of a top-level class, function or variable.
    symbol: String,
}

/// A path given as a URI or plainly.
fn read_path(written: &str) -> proto::Result<Utf8PathBuf> {
    path_written(written).ok_or_else(|| proto::invalid_params(format!("`{written}` is no path of a file")))
}

fn read<T: for<'de> Deserialize<'de>>(params: &ExecuteCommandParams) -> proto::Result<T> {
    let arguments = params.arguments.first().cloned().unwrap_or_default();
    serde_json::from_value(arguments).map_err(|error| proto::invalid_params(error.to_string()))
}

/// Answers with the modules that a definition may go to, nearest first.
pub(super) fn move_targets(view: &View, params: &ExecuteCommandParams) -> proto::Result<Option<Value>> {
    let Definition { path, symbol } = read(params)?;
    let targets = ide::move_targets(&view.snapshot, &read_path(&path)?, &symbol, view.features.abilities());
    let row = |target: &refactor::MoveChoice| {
        json!({
            "module": target.module.as_str(),
            "path": target.path,
            "layer": target.layer.map(config::Layer::as_str),
            "reason": target.reason,
            "exists": target.exists,
        })
    };
    Ok(Some(targets.iter().map(row).collect()))
}

/// Lets the client apply the edits; answers with the obstacle if they can't be made.
pub(super) fn move_symbol(view: &View, params: &ExecuteCommandParams) -> proto::Result<Option<Value>> {
    let Arguments { path, symbol, target, with_helpers } = read(params)?;
    let path = read_path(&path)?;
    if !view.features.apply_edit {
        return Err(proto::request_failed("the editor applies no edits of servers".to_owned()));
    }
    let wanted = SymbolMove { name: &symbol, target: &target, with_helpers };
    let title = format!("Move {symbol} to {target}");
    match ide::move_symbol(&view.snapshot, &path, wanted, view.features.abilities()) {
        Ok(changes) => {
            let edit = workspace_edit(view, &title, None, &changes);
            for note in changes.notes {
                view.outbox.show(MessageType::INFO, note);
            }
            view.outbox.apply_edit(title, edit);
            Ok(None)
        }
        Err(refusal) => Err(proto::request_failed(format!("{symbol} can't be moved to {target}: {refusal}"))),
    }
}
