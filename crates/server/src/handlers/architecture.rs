//! The command `architrave.architecture`: the data for drawing a project's architecture.
//!
//! The answer is `{ready, roots, root, hash, architecture}`. Until the project is indexed `ready` is `false` and there
//! is no architecture; it is also omitted if its hash is the one that the client knows.

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answer::Reply;
use crate::drawing::{Drawn, Hash, of_root};
use crate::event::Event;
use crate::handlers::execute_command::question;
use crate::proto::{self, COMMAND_ARCHITECTURE, ExecuteCommandParams, path_written};
use crate::session::Session;
use crate::view::View;

/// The arguments of the command.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Arguments {
    /// The project's folder, or a file or folder in it, as a URI or an absolute path. Defaults to the first opened
    /// folder.
    root: Option<String>,
    /// The hash of the last answer.
    known: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    /// Whether the project is indexed.
    ready: bool,
    /// All opened folders, in order.
    roots: Vec<Utf8PathBuf>,
    /// The folder that the answer is about.
    root: Utf8PathBuf,
    /// Identifies the contents.
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    /// See [`ide::architecture::Architecture`].
    #[serde(skip_serializing_if = "Option::is_none")]
    architecture: Option<ide::architecture::Architecture>,
}

pub(super) fn architecture(session: &Session, params: ExecuteCommandParams, reply: Reply<Option<Value>>) {
    session.answer_noting(question(COMMAND_ARCHITECTURE, params, reply), |view, params| {
        let arguments = match params.arguments.first().filter(|arguments| !arguments.is_null()) {
            None => Arguments::default(),
            Some(arguments) => serde_json::from_value(arguments.clone())
                .map_err(|error| proto::invalid_params(error.to_string()))?,
        };
        let (answer, hash) = answer(view, &arguments)?;
        let drawn = Event::Drawn(Drawn::Answered(answer.root.clone(), hash));
        let value = serde_json::to_value(answer).map_err(|error| proto::failed(error.to_string()))?;
        Ok((Some(value), Some(drawn)))
    });
}

fn answer(view: &View, arguments: &Arguments) -> proto::Result<(Answer, Option<Hash>)> {
    let snapshot = &view.snapshot;
    let roots: Vec<Utf8PathBuf> =
        snapshot.projects().iter().map(|project| project.root(snapshot.db()).clone()).collect();
    let root = match &arguments.root {
        None => {
            roots.first().cloned().ok_or_else(|| proto::request_failed("no folder is open".to_owned()))?
        }
        Some(wanted) => {
            let path = path_written(wanted);
            let around = roots.iter().filter(|root| path.as_ref().is_some_and(|path| path.starts_with(root)));
            let innermost = around.max_by_key(|root| root.components().count()).cloned();
            innermost.ok_or_else(|| proto::invalid_params(format!("`{wanted}` is in no opened folder")))?
        }
    };
    if !view.is_indexed {
        return Ok((Answer { ready: false, roots, root, hash: None, architecture: None }, None));
    }
    let architecture = of_root(snapshot, &root);
    let hash = architecture.as_ref().map(Hash::of);
    let name = hash.map(|hash| hash.to_string());
    let architecture = architecture.filter(|_| name != arguments.known);
    Ok((Answer { ready: true, roots, root, hash: name, architecture }, hash))
}
