//! `initialize`: negotiates capabilities, and starts reading the folders.

use std::sync::Arc;

use crate::answer::Reply;
use crate::client_process;
use crate::clients::Identity;
use crate::proto::{Features, InitializeParams, InitializeResult, ServerInfo, TraceValue, path_of, request};
use crate::session::Session;
use crate::work::Phase;

pub(super) struct Handler;

impl Phase for Handler {
    type Request = request::Initialize;

    fn enter(session: &mut Session, params: InitializeParams, reply: Reply<InitializeResult>) {
        initialize(session, params, reply);
    }
}

fn initialize(session: &mut Session, params: InitializeParams, reply: Reply<InitializeResult>) {
    session.client = params.client_info.map_or_else(Identity::default, |info| Identity {
        name: info.name,
        version: info.version.unwrap_or_default(),
    });
    session.features = Arc::new(Features::of(&params.capabilities, &session.client));
    if let Some(options) = &params.initialization_options {
        session.set_settings(options);
    }
    if params.trace == Some(TraceValue::Verbose) {
        super::set_trace::set_verbose(session, true);
    }
    let result = InitializeResult {
        capabilities: super::capabilities(&session.features),
        server_info: Some(ServerInfo {
            name: "architrave".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        offset_encoding: None,
    };
    // Answered before anything is read: reading time depends on the folders.
    reply.send(Ok(result));
    if let Some(process) = params.process_id {
        let lifecycle = session.lifecycle.clone();
        client_process::watch(process, move || lifecycle.leave());
    }
    #[allow(deprecated, reason = "what clients without workspace folders send")]
    let root = params.root_uri;
    let uris = params.workspace_folders.map_or_else(
        || root.into_iter().collect(),
        |folders| folders.into_iter().map(|folder| folder.uri).collect::<Vec<_>>(),
    );
    session.open_folders(Vec::new(), uris.iter().filter_map(path_of).collect());
    if !session.indexing.is_running {
        // Without folders there is nothing to read, so this finishes immediately.
        session.start_index();
    }
}
