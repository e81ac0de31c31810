//! The table of methods: what the client may send, and its handler. A new method is a line here and a file in
//! `handlers`.
//!
//! A line is: the method of [`crate::proto::LanguageServer`], the name of its event, its protocol type, its handler.
//! From the table come [`crate::event::FromClient`], [`crate::backend`], and in [`crate::handlers`] the dispatch and
//! the capabilities.

/// Passes the table to another macro.
macro_rules! with_methods {
    ($macro:ident) => {
        $macro! {
            // Start and end: they change the session and are answered.
            phases {
                initialize(params): Initialize(request::Initialize) => initialize::Handler;
                shutdown(): Shutdown(request::Shutdown) => shutdown::Handler;
            }
            // Processed in bursts; see `main_loop`.
            edits {
                did_change: (notification::DidChangeTextDocument) => did_change::Handler;
            }
            // They change the session.
            notifications {
                initialized: Initialized(notification::Initialized) => initialized::Handler;
                did_open: DidOpen(notification::DidOpenTextDocument) => did_open::Handler;
                did_save: DidSave(notification::DidSaveTextDocument) => did_save::Handler;
                did_close: DidClose(notification::DidCloseTextDocument) => did_close::Handler;
                did_change_watched_files: DidChangeWatchedFiles(notification::DidChangeWatchedFiles)
                    => did_change_watched_files::Handler;
                did_change_workspace_folders: DidChangeWorkspaceFolders(notification::DidChangeWorkspaceFolders)
                    => did_change_workspace_folders::Handler;
                did_change_configuration: DidChangeConfiguration(notification::DidChangeConfiguration)
                    => did_change_configuration::Handler;
                did_rename_files: DidRenameFiles(notification::DidRenameFiles) => rename_files::Renamed;
            }
            // The same, for methods that `tower_lsp` doesn't know.
            custom {
                set_trace: SetTrace(notification::SetTrace) => set_trace::Handler;
                cancel_progress: CancelProgress(notification::WorkDoneProgressCancel) => cancel_progress::Handler;
            }
            // Held, or of several kinds.
            pulls {
                diagnostic: Diagnostic(request::DocumentDiagnosticRequest) => diagnostic::Handler;
                workspace_diagnostic: WorkspaceDiagnostic(request::WorkspaceDiagnosticRequest)
                    => workspace_diagnostic::Handler;
                execute_command: ExecuteCommand(request::ExecuteCommand) => execute_command::Handler;
            }
            // Answered from a view.
            reads {
                hover: Hover(request::HoverRequest) => hover::Handler;
                completion: Completion(request::Completion) => completion::Handler;
                completion_resolve: ResolveCompletion(request::ResolveCompletionItem) => completion::Resolve;
                prepare_call_hierarchy: PrepareCalls(request::CallHierarchyPrepare) => call_hierarchy::Prepare;
                incoming_calls: IncomingCalls(request::CallHierarchyIncomingCalls) => call_hierarchy::Incoming;
                outgoing_calls: OutgoingCalls(request::CallHierarchyOutgoingCalls) => call_hierarchy::Outgoing;
                symbol: WorkspaceSymbol(request::WorkspaceSymbolRequest) => workspace_symbol::Handler;
                document_link: DocumentLink(request::DocumentLinkRequest) => document_link::Handler;
                document_symbol: DocumentSymbol(request::DocumentSymbolRequest) => document_symbol::Handler;
                code_lens: CodeLens(request::CodeLensRequest) => code_lens::Handler;
                inlay_hint: InlayHint(request::InlayHintRequest) => inlay_hint::Handler;
                code_action: CodeAction(request::CodeActionRequest) => code_action::Handler;
                code_action_resolve: ResolveCodeAction(request::CodeActionResolveRequest)
                    => resolve_code_action::Handler;
                will_rename_files: WillRenameFiles(request::WillRenameFiles) => rename_files::Rename;
            }
        }
    };
}

pub(crate) use with_methods;
