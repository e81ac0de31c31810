//! The face towards `tower_lsp`: every method is one line.

use std::future::{Ready, ready};

use crossbeam_channel::Sender;
use serde_json::Value;

use crate::answer::Reply;
use crate::event::{Event, FromClient};
use crate::proto::{
    self, CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, CodeAction,
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem, CompletionParams,
    CompletionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentLink, DocumentLinkParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandParams, Hover, HoverParams, InitializeParams, InitializeResult,
    InitializedParams, InlayHint, InlayHintParams, LanguageServer, RenameFilesParams, SetTraceParams,
    WorkDoneProgressCancelParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit,
    WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

/// Puts everything into the inbox.
pub(crate) struct Backend {
    inbox: Sender<Event>,
}

impl Backend {
    pub(crate) fn new(inbox: Sender<Event>) -> Self {
        Self { inbox }
    }

    fn tell(&self, event: FromClient) {
        // The loop is gone only when the server is ending.
        let _ = self.inbox.send(Event::Client(Box::new(event)));
    }

    async fn ask<T>(&self, event: impl FnOnce(Reply<T>) -> FromClient) -> proto::Result<T> {
        let (reply, answer) = Reply::new();
        self.tell(event(reply));
        // Without an answer the work has panicked in a way that nobody caught.
        answer.await.unwrap_or_else(|_| Err(proto::failed("internal error: no answer".to_owned())))
    }

    /// `$/setTrace`
    pub(crate) fn set_trace(&self, params: SetTraceParams) -> Ready<()> {
        self.tell(FromClient::SetTrace(params));
        ready(())
    }

    /// `window/workDoneProgress/cancel`
    pub(crate) fn cancel_progress(&self, params: WorkDoneProgressCancelParams) -> Ready<()> {
        self.tell(FromClient::CancelProgress(params));
        ready(())
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> proto::Result<InitializeResult> {
        self.ask(|reply| FromClient::Initialize(Box::new(params), reply)).await
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(FromClient::Initialized);
    }

    async fn shutdown(&self) -> proto::Result<()> {
        self.ask(FromClient::Shutdown).await
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.tell(FromClient::DidOpen(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(FromClient::DidChange(params));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell(FromClient::DidSave(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(FromClient::DidClose(params));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.tell(FromClient::DidChangeWatchedFiles(params));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell(FromClient::DidChangeWorkspaceFolders(params));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell(FromClient::DidChangeConfiguration(params));
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> proto::Result<DocumentDiagnosticReportResult> {
        self.ask(|reply| FromClient::Diagnostic(params, reply)).await
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> proto::Result<WorkspaceDiagnosticReportResult> {
        self.ask(|reply| FromClient::WorkspaceDiagnostic(params, reply)).await
    }

    async fn hover(&self, params: HoverParams) -> proto::Result<Option<Hover>> {
        self.ask(|reply| FromClient::Hover(params, reply)).await
    }

    async fn completion(&self, params: CompletionParams) -> proto::Result<Option<CompletionResponse>> {
        self.ask(|reply| FromClient::Completion(params, reply)).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> proto::Result<CompletionItem> {
        self.ask(|reply| FromClient::ResolveCompletion(Box::new(item), reply)).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> proto::Result<Option<Vec<CallHierarchyItem>>> {
        self.ask(|reply| FromClient::PrepareCalls(params, reply)).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> proto::Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.ask(|reply| FromClient::IncomingCalls(params, reply)).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> proto::Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.ask(|reply| FromClient::OutgoingCalls(params, reply)).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> proto::Result<Option<WorkspaceSymbolResponse>> {
        self.ask(|reply| FromClient::WorkspaceSymbol(params, reply)).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> proto::Result<Option<Vec<DocumentLink>>> {
        self.ask(|reply| FromClient::DocumentLink(params, reply)).await
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> proto::Result<Option<DocumentSymbolResponse>> {
        self.ask(|reply| FromClient::DocumentSymbol(params, reply)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> proto::Result<Option<Vec<CodeLens>>> {
        self.ask(|reply| FromClient::CodeLens(params, reply)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> proto::Result<Option<Vec<InlayHint>>> {
        self.ask(|reply| FromClient::InlayHint(params, reply)).await
    }

    async fn code_action(&self, params: CodeActionParams) -> proto::Result<Option<CodeActionResponse>> {
        self.ask(|reply| FromClient::CodeAction(params, reply)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> proto::Result<CodeAction> {
        self.ask(|reply| FromClient::ResolveCodeAction(action, reply)).await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> proto::Result<Option<WorkspaceEdit>> {
        self.ask(|reply| FromClient::WillRenameFiles(params, reply)).await
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        self.tell(FromClient::DidRenameFiles(params));
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> proto::Result<Option<Value>> {
        self.ask(|reply| FromClient::ExecuteCommand(params, reply)).await
    }
}
