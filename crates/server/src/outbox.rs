//! Messages to the client other than answers: one queue, emptied by one task, in order.
//!
//! Nothing is sent before the client has sent `initialized`. Requests are not awaited here: each waits in its own task
//! and its answer comes back as an event.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::proto::{
    ApplyWorkspaceEditParams, ArchitectureChanged, ArchitectureChangedParams, Client, ConfigurationItem,
    Diagnostic, MessageType, ProgressParams, ProgressParamsValue, ProgressToken, PublishDiagnosticsParams,
    Registration, ShowDocumentParams, Uri, WorkDoneProgress, WorkspaceEdit, notification, request,
};

/// The client's answers to our requests.
#[derive(Debug)]
pub(crate) enum Answered {
    /// The settings of section `architrave`.
    Configuration(Value),
    /// Whether it will show progress.
    Progress(bool),
}

/// Messages to the client.
#[derive(Debug)]
pub(crate) enum Message {
    /// The client is ready.
    Open,
    Log(MessageType, String),
    /// A message to the user.
    Tell(MessageType, String),
    Publish(PublishDiagnosticsParams),
    Progress(ProgressParams),
    CreateProgress(ProgressToken),
    Refresh(Refresh),
    Register(Vec<Registration>),
    Apply(Box<ApplyWorkspaceEditParams>),
    Show(Box<ShowDocumentParams>),
    Configuration,
    ArchitectureChanged(ArchitectureChangedParams),
}

/// The subject of a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refresh {
    /// `workspace/diagnostic/refresh`
    Diagnostics,
    /// `workspace/codeLens/refresh`
    Lenses,
    /// `workspace/inlayHint/refresh`
    Hints,
}

/// The sending end of the queue.
#[derive(Debug, Clone)]
pub(crate) struct Outbox {
    queue: UnboundedSender<Message>,
}

/// The receiving end of the queue.
pub(crate) struct Waiting {
    queue: UnboundedReceiver<Message>,
}

/// Creates a queue.
pub(crate) fn outbox() -> (Outbox, Waiting) {
    let (sender, queue) = unbounded_channel();
    (Outbox { queue: sender }, Waiting { queue })
}

impl Outbox {
    fn send(&self, message: Message) {
        // The task has ended only if the server is ending.
        let _ = self.queue.send(message);
    }

    /// The client has sent `initialized`.
    pub(crate) fn open(&self) {
        self.send(Message::Open);
    }

    /// `window/logMessage`
    pub(crate) fn log(&self, kind: MessageType, message: String) {
        self.send(Message::Log(kind, message));
    }

    /// `window/showMessage`
    pub(crate) fn show(&self, kind: MessageType, message: String) {
        self.send(Message::Tell(kind, message));
    }

    /// `textDocument/publishDiagnostics`
    pub(crate) fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        self.send(Message::Publish(PublishDiagnosticsParams { uri, diagnostics, version }));
    }

    /// `window/workDoneProgress/create`; the answer comes as [`Answered::Progress`].
    pub(crate) fn create_progress(&self, token: ProgressToken) {
        self.send(Message::CreateProgress(token));
    }

    /// `$/progress` of work
    pub(crate) fn progress(&self, token: ProgressToken, progress: WorkDoneProgress) {
        self.send(Message::Progress(ProgressParams {
            token,
            value: ProgressParamsValue::WorkDone(progress),
        }));
    }

    /// Sends a refresh.
    pub(crate) fn refresh(&self, what: Refresh) {
        self.send(Message::Refresh(what));
    }

    /// `workspace/applyEdit`; `label` names it for undo.
    pub(crate) fn apply_edit(&self, label: String, edit: WorkspaceEdit) {
        self.send(Message::Apply(Box::new(ApplyWorkspaceEditParams { label: Some(label), edit })));
    }

    /// `window/showDocument`
    pub(crate) fn show_document(&self, params: ShowDocumentParams) {
        self.send(Message::Show(Box::new(params)));
    }

    /// `client/registerCapability`
    pub(crate) fn register(&self, registrations: Vec<Registration>) {
        self.send(Message::Register(registrations));
    }

    /// `architrave/architectureChanged`
    pub(crate) fn architecture_changed(&self, params: ArchitectureChangedParams) {
        self.send(Message::ArchitectureChanged(params));
    }

    /// `workspace/configuration`; the answer comes as [`Answered::Configuration`].
    pub(crate) fn ask_configuration(&self) {
        self.send(Message::Configuration);
    }
}

impl Waiting {
    /// Sends what is queued until the session has ended; `answered` receives the client's answers.
    pub(crate) async fn pump(mut self, client: Client, answered: impl Fn(Answered) + Send + Sync + 'static) {
        let answered: Answers = Arc::new(answered);
        let mut door = Door::default();
        while let Some(message) = self.queue.recv().await {
            for message in door.pass(message) {
                send(message, &client, &answered).await;
            }
        }
    }

    /// The messages that may be sent by now.
    #[cfg(test)]
    pub(crate) fn passed(&mut self, door: &mut Door) -> Vec<Message> {
        std::iter::from_fn(|| self.queue.try_recv().ok()).flat_map(|message| door.pass(message)).collect()
    }
}

/// The receiver of the client's answers.
type Answers = Arc<dyn Fn(Answered) + Send + Sync>;

/// Withholds messages until the client has sent `initialized` (LSP 3.17, "Initialize Request").
#[derive(Debug, Default)]
pub(crate) struct Door {
    is_open: bool,
    early: Vec<Message>,
}

impl Door {
    /// What can be sent after this message has arrived, in order.
    pub(crate) fn pass(&mut self, message: Message) -> Vec<Message> {
        if matches!(message, Message::Open) {
            self.is_open = true;
            return std::mem::take(&mut self.early);
        }
        if self.is_open {
            return vec![message];
        }
        self.early.push(message);
        Vec::new()
    }
}

async fn send(message: Message, client: &Client, answered: &Answers) {
    match message {
        Message::Open => {}
        Message::Log(kind, message) => client.log_message(kind, message).await,
        Message::Tell(kind, message) => client.show_message(kind, message).await,
        Message::Publish(params) => {
            client.send_notification::<notification::PublishDiagnostics>(params).await;
        }
        Message::Progress(params) => client.send_notification::<notification::Progress>(params).await,
        Message::CreateProgress(token) => {
            let (client, answered) = (client.clone(), Arc::clone(answered));
            tokio::spawn(async move {
                let granted = client.create_work_done_progress(token).await.is_ok();
                answered(Answered::Progress(granted));
            });
        }
        Message::Refresh(what) => {
            let client = client.clone();
            tokio::spawn(async move {
                let done = match what {
                    Refresh::Diagnostics => client.workspace_diagnostic_refresh().await,
                    Refresh::Lenses => client.code_lens_refresh().await,
                    Refresh::Hints => client.inlay_hint_refresh().await,
                };
                if let Err(error) = done {
                    tracing::debug!("the client did not refresh: {error}");
                }
            });
        }
        Message::Apply(params) => {
            let client = client.clone();
            tokio::spawn(async move {
                match client.send_request::<request::ApplyWorkspaceEdit>(*params).await {
                    Ok(answer) if answer.applied => {}
                    Ok(answer) => {
                        let reason = answer.failure_reason.unwrap_or_default();
                        client
                            .show_message(MessageType::ERROR, format!("The edit was not applied: {reason}"))
                            .await;
                    }
                    Err(error) => tracing::warn!("the client did not apply an edit: {error}"),
                }
            });
        }
        Message::Show(params) => {
            let client = client.clone();
            tokio::spawn(async move {
                if let Err(error) = client.show_document(*params).await {
                    tracing::warn!("the client did not show a document: {error}");
                }
            });
        }
        Message::Register(registrations) => {
            let client = client.clone();
            tokio::spawn(async move {
                if let Err(error) = client.register_capability(registrations).await {
                    tracing::warn!("the client did not register what it offered to: {error}");
                }
            });
        }
        Message::ArchitectureChanged(params) => {
            client.send_notification::<ArchitectureChanged>(params).await;
        }
        Message::Configuration => {
            let (client, answered) = (client.clone(), Arc::clone(answered));
            tokio::spawn(async move {
                let section = Some("architrave".to_owned());
                match client.configuration(vec![ConfigurationItem { scope_uri: None, section }]).await {
                    Ok(values) => {
                        let value = values.into_iter().next().unwrap_or_default();
                        answered(Answered::Configuration(value));
                    }
                    Err(error) => tracing::warn!("the client did not tell its settings: {error}"),
                }
            });
        }
    }
}
