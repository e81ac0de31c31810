//! `initialized`: from here on requests and notifications may be sent to the client.

use crate::proto::{
    DidChangeWatchedFilesRegistrationOptions, InitializedParams, Registration, notification, watchers,
};
use crate::session::Session;
use crate::watcher::Watcher;
use crate::work::Notify;

pub(super) struct Handler;

impl Notify for Handler {
    type Notification = notification::Initialized;

    fn apply(session: &mut Session, _: InitializedParams) {
        initialized(session);
    }
}

fn initialized(session: &mut Session) {
    session.is_initialized = true;
    session.outbox.open();
    let mut registrations = Vec::new();
    if session.features.watched_files {
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers() };
        registrations.push(Registration {
            id: "architrave/files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        });
    } else {
        match Watcher::new(session.inbox.clone()) {
            Ok(watcher) => {
                session.watcher = Some(watcher);
                session.follow_folders(&[]);
            }
            Err(error) => tracing::warn!("files are not watched: {error:#}"),
        }
    }
    if session.features.register_configuration {
        registrations.push(Registration {
            id: "architrave/settings".to_owned(),
            method: "workspace/didChangeConfiguration".to_owned(),
            register_options: Some(serde_json::json!({ "section": "architrave" })),
        });
    }
    if !registrations.is_empty() {
        session.outbox.register(registrations);
    }
    if session.features.configuration {
        session.outbox.ask_configuration();
    }
}
