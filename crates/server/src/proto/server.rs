//! What the server can do, said in the answer to `initialize` and registered later.

use super::{
    CallHierarchyServerCapability, CodeActionKind, CodeActionOptions, CodeActionProviderCapability,
    CodeLensOptions, CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions,
    ExecuteCommandOptions, Features, FileOperationFilter, FileOperationPattern, FileOperationPatternKind,
    FileOperationRegistrationOptions, FileSystemWatcher, GlobPattern, HoverProviderCapability, OneOf,
    PositionEncodingKind, SaveOptions, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WatchKind, WorkDoneProgressOptions,
    WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

/// Answers what the server sees: version, folders, configuration files, how far the index is.
pub(crate) const COMMAND_DEBUG: &str = "architrave.debugInformation";

/// Answers the architecture of a project: `{root?, known?}`. See `handlers/architecture.rs`.
pub(crate) const COMMAND_ARCHITECTURE: &str = "architrave.architecture";

/// Writes the finding that a code action was offered for into the baseline; its argument is the action's data.
pub(crate) const COMMAND_ACCEPT: &str = "architrave.acceptIntoBaseline";

/// Writes all findings of a file into the baseline: `{path}`, a URI or an absolute path. Answers how many.
pub(crate) const COMMAND_ACCEPT_FILE: &str = "architrave.acceptFileIntoBaseline";

/// A command of the client, not ours: shows a list of places. Its arguments are a document, a position in it, and
/// locations.
pub(crate) const COMMAND_PLACES: &str = "architrave.showPlaces";

/// A command of the client, not ours: shows the page of a rule. Its argument is the rule's id.
pub(crate) const COMMAND_EXPLAIN: &str = "architrave.explainRule";

/// Answers the page of a rule as Markdown; its argument is the rule's id. Without one, all rules as a list of
/// `{id, summary, group, level}`.
pub(crate) const COMMAND_RULES: &str = "architrave.ruleDocumentation";

/// Moves a definition: `{path, symbol, target, withHelpers?}`. The client is asked to apply the edits.
pub(crate) const COMMAND_MOVE: &str = "architrave.move";

/// Answers to which modules a definition may go, nearest first. Its argument is `{path, symbol}`: the file as a URI or an
/// absolute path, and the name of a class, function or variable at its top level. The answer is a list of
/// `{module, path, layer, reason, exists}`: the dotted name, to be given to [`COMMAND_MOVE`] as its `target`; the absolute
/// path of the file; the layer's name or `null`; why it is in the list, as words beside the name; and whether the file is
/// there already. A module that is yet to be made comes last. Names that are not in the list can be given to
/// [`COMMAND_MOVE`] all the same.
pub(crate) const COMMAND_MOVE_TARGETS: &str = "architrave.moveTargets";

/// A command of the client, not ours, announced under `experimental.commands.commands`: lets the user pick one of
/// [`COMMAND_MOVE_TARGETS`] and asks for [`COMMAND_MOVE`]. Its argument is `{path, symbol}` as above.
pub(crate) const COMMAND_MOVE_SYMBOL: &str = "architrave.moveSymbol";

/// Has the client show a place (`window/showDocument`); its argument is what that request takes. Comes with code actions
/// whose edits want to be seen or typed into: the file that a Protocol was written to, the reason of an ignore comment.
pub(crate) const COMMAND_SHOW: &str = "architrave.show";

/// Applies every safe fix of a file.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.architrave");

/// The characters, beside those of names, at which clients ask for completions by themselves.
const TRIGGERS: [&str; 5] = [".", "\"", "'", "[", " "];

/// What the server can do for this client.
pub(crate) fn capabilities(features: &Features) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match features.encoding {
            source::PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
            source::PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
            source::PositionEncoding::Utf32 => PositionEncodingKind::UTF32,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            // Strings, dotted names, tables and lists; letters ask by themselves.
            trigger_characters: Some(TRIGGERS.map(str::to_owned).into()),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_action_provider: features.code_action_literals.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(ide::ActionKind::ALL.map(super::action::of_kind).into()),
                resolve_provider: Some(features.lazy_edits),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: [
                COMMAND_ACCEPT,
                COMMAND_ACCEPT_FILE,
                COMMAND_ARCHITECTURE,
                COMMAND_DEBUG,
                COMMAND_MOVE,
                COMMAND_MOVE_TARGETS,
                COMMAND_RULES,
                COMMAND_SHOW,
            ]
            .map(str::to_owned)
            .into(),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        // Pull or push, never both: a client given both shows both.
        diagnostic_provider: features.pull.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("architrave".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                will_rename: Some(renames()),
                did_rename: Some(renames()),
                ..WorkspaceFileOperationsServerCapabilities::default()
            }),
        }),
        ..ServerCapabilities::default()
    }
}

/// The files and folders whose new names concern imports.
fn renames() -> FileOperationRegistrationOptions {
    let filter = |glob: &str, matches| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: glob.to_owned(), matches: Some(matches), options: None },
    };
    FileOperationRegistrationOptions {
        filters: vec![
            filter("**/*.{py,pyi}", FileOperationPatternKind::File),
            filter("**", FileOperationPatternKind::Folder),
        ],
    }
}

/// The files whose changes we want to hear of. What comes or goes may be a folder, which no pattern for files matches.
pub(crate) fn watchers() -> Vec<FileSystemWatcher> {
    let changed = [
        "**/*.{py,pyi}",
        "**/{architrave,pyproject,ruff,.ruff,tach,tach.domain}.toml",
        "**/{setup.cfg,tox.ini,.isort.cfg,.flake8,.editorconfig}",
        "**/{.importlinter,.gitignore,.architrave-baseline.json}",
    ];
    let watcher = |pattern: &str, kind| FileSystemWatcher {
        glob_pattern: GlobPattern::String(pattern.to_owned()),
        kind: Some(kind),
    };
    let mut watchers: Vec<_> = changed.iter().map(|pattern| watcher(pattern, WatchKind::Change)).collect();
    watchers.push(watcher("**/*", WatchKind::Create | WatchKind::Delete));
    watchers
}
