//! All that can happen to the server: its table of contents.

use camino::Utf8PathBuf;
use ide::baseline::Entries;
use serde_json::Value;

use crate::answer::Reply;
use crate::diagnostics::Diagnosed;
use crate::drawing::Drawn;
use crate::indexing::Indexed;
use crate::proto::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, CodeAction,
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem, CompletionParams,
    CompletionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentLink, DocumentLinkParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandParams, Hover, HoverParams, InitializeParams, InitializeResult,
    InlayHint, InlayHintParams, RenameFilesParams, SetTraceParams, WorkDoneProgressCancelParams,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};

/// Something that happened, in the order in which it did.
#[derive(Debug)]
pub(crate) enum Event {
    /// The client asks or tells.
    Client(Box<FromClient>),
    /// The answer of the client to something that we asked.
    Answered(Answered),
    /// A watcher of our own saw changes on disk.
    Watched(Watched),
    /// A piece of the index is done, or was cut off.
    Indexed(Indexed),
    /// Diagnostics were computed.
    Diagnosed(Diagnosed),
    /// The architecture was computed for whoever draws it.
    Drawn(Drawn),
    /// It is known what goes into a baseline or out of it.
    Baseline(BaselineChange),
    /// The service has ended: end too.
    End,
}

/// What goes into a baseline or out of it. Written on the main loop's thread, so that two writes don't cross.
#[derive(Debug)]
pub(crate) enum BaselineChange {
    /// The user accepted a finding.
    Accept(Entries, Reply<Option<Value>>),
    /// These hold no longer, as of this generation.
    Shrink(u64, Vec<Entries>),
}

/// What clients ask and tell.
#[derive(Debug)]
pub(crate) enum FromClient {
    /// `initialize`
    Initialize(Box<InitializeParams>, Reply<InitializeResult>),
    /// `initialized`
    Initialized,
    /// `shutdown`
    Shutdown(Reply<()>),
    /// `textDocument/didOpen`
    DidOpen(DidOpenTextDocumentParams),
    /// `textDocument/didChange`
    DidChange(DidChangeTextDocumentParams),
    /// `textDocument/didSave`
    DidSave(DidSaveTextDocumentParams),
    /// `textDocument/didClose`
    DidClose(DidCloseTextDocumentParams),
    /// `workspace/didChangeWatchedFiles`
    DidChangeWatchedFiles(DidChangeWatchedFilesParams),
    /// `workspace/didChangeWorkspaceFolders`
    DidChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams),
    /// `workspace/didChangeConfiguration`
    DidChangeConfiguration(DidChangeConfigurationParams),
    /// `$/setTrace`
    SetTrace(SetTraceParams),
    /// `window/workDoneProgress/cancel`
    CancelProgress(WorkDoneProgressCancelParams),
    /// `textDocument/diagnostic`
    Diagnostic(DocumentDiagnosticParams, Reply<DocumentDiagnosticReportResult>),
    /// `workspace/diagnostic`
    WorkspaceDiagnostic(WorkspaceDiagnosticParams, Reply<WorkspaceDiagnosticReportResult>),
    /// `textDocument/hover`
    Hover(HoverParams, Reply<Option<Hover>>),
    /// `textDocument/completion`
    Completion(CompletionParams, Reply<Option<CompletionResponse>>),
    /// `completionItem/resolve`
    ResolveCompletion(Box<CompletionItem>, Reply<CompletionItem>),
    /// `textDocument/prepareCallHierarchy`
    PrepareCalls(CallHierarchyPrepareParams, Reply<Option<Vec<CallHierarchyItem>>>),
    /// `callHierarchy/incomingCalls`
    IncomingCalls(CallHierarchyIncomingCallsParams, Reply<Option<Vec<CallHierarchyIncomingCall>>>),
    /// `callHierarchy/outgoingCalls`
    OutgoingCalls(CallHierarchyOutgoingCallsParams, Reply<Option<Vec<CallHierarchyOutgoingCall>>>),
    /// `workspace/symbol`
    WorkspaceSymbol(WorkspaceSymbolParams, Reply<Option<WorkspaceSymbolResponse>>),
    /// `textDocument/documentLink`
    DocumentLink(DocumentLinkParams, Reply<Option<Vec<DocumentLink>>>),
    /// `textDocument/documentSymbol`
    DocumentSymbol(DocumentSymbolParams, Reply<Option<DocumentSymbolResponse>>),
    /// `textDocument/codeLens`
    CodeLens(CodeLensParams, Reply<Option<Vec<CodeLens>>>),
    /// `textDocument/inlayHint`
    InlayHint(InlayHintParams, Reply<Option<Vec<InlayHint>>>),
    /// `textDocument/codeAction`
    CodeAction(CodeActionParams, Reply<Option<CodeActionResponse>>),
    /// `codeAction/resolve`
    ResolveCodeAction(CodeAction, Reply<CodeAction>),
    /// `workspace/willRenameFiles`
    WillRenameFiles(RenameFilesParams, Reply<Option<WorkspaceEdit>>),
    /// `workspace/didRenameFiles`
    DidRenameFiles(RenameFilesParams),
    /// `workspace/executeCommand`
    ExecuteCommand(ExecuteCommandParams, Reply<Option<Value>>),
}

/// Answers of the client.
#[derive(Debug)]
pub(crate) enum Answered {
    /// The settings of section `architrave`.
    Configuration(Value),
    /// Whether it will show progress.
    Progress(bool),
}

/// What our own watcher saw.
#[derive(Debug)]
pub(crate) enum Watched {
    /// Something happened to these.
    Paths(Vec<Utf8PathBuf>),
    /// Events were lost: anything may have happened.
    Lost,
}
