//! The server's capabilities, sent in the answer to `initialize` or registered later.

use tower_lsp::ls_types::{
    CodeActionKind, FileOperationFilter, FileOperationPattern, FileOperationPatternKind,
    FileOperationRegistrationOptions, FileSystemWatcher, GlobPattern, PositionEncodingKind,
    ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncOptions, WatchKind,
    WorkspaceFileOperationsServerCapabilities, WorkspaceServerCapabilities,
};

/// Returns the server's state: version, folders, configuration files, progress of the index.
pub(crate) const COMMAND_DEBUG: &str = "architrave.debugInformation";

/// Returns the architecture of a project: `{root?, known?}`. See `handlers/architecture.rs`.
pub(crate) const COMMAND_ARCHITECTURE: &str = "architrave.architecture";

/// Writes the finding that a code action was offered for into the baseline; its argument is the action's data.
pub(crate) const COMMAND_ACCEPT: &str = "architrave.acceptIntoBaseline";

/// Writes all findings of a file into the baseline: `{path}`, a URI or an absolute path. Returns their number.
pub(crate) const COMMAND_ACCEPT_FILE: &str = "architrave.acceptFileIntoBaseline";

/// A command of the client, not ours: shows a list of places. Its arguments are a document, a position in it, and
/// locations.
pub(crate) const COMMAND_PLACES: &str = "architrave.showPlaces";

/// A command of the client, not ours: shows the page of a rule. Its argument is the rule's id.
pub(crate) const COMMAND_EXPLAIN: &str = "architrave.explainRule";

/// Returns the page of a rule as Markdown; its argument is the rule's id. Without one, returns all rules as a list of
/// `{id, summary, group, level}`.
pub(crate) const COMMAND_RULES: &str = "architrave.ruleDocumentation";

/// Moves a definition: `{path, symbol, target, withHelpers?}`. The edits are sent to the client to apply.
pub(crate) const COMMAND_MOVE: &str = "architrave.move";

/// Returns the modules to which a definition may go, nearest first. Its argument is `{path, symbol}`: the file as a URI
/// or an absolute path, and the name of a class, function or variable at its top level. The answer is a list of
/// `{module, path, layer, reason, exists}`: the dotted name, to be passed to [`COMMAND_MOVE`] as its `target`; the
/// absolute path of the file; the layer's name or `null`; why it is in the list, as text beside the name; and whether
/// the file exists. A module to be created comes last. Names that are not in the list can be passed to [`COMMAND_MOVE`]
/// as well.
pub(crate) const COMMAND_MOVE_TARGETS: &str = "architrave.moveTargets";

/// A command of the client, not ours, announced under `experimental.commands.commands`: lets the user pick one of
/// [`COMMAND_MOVE_TARGETS`] and runs [`COMMAND_MOVE`]. Its argument is `{path, symbol}` as above.
pub(crate) const COMMAND_MOVE_SYMBOL: &str = "architrave.moveSymbol";

/// Makes the client show a place (`window/showDocument`); its argument is that request's parameters. Used by code
/// actions whose result the user wants to see or complete: the file of a new Protocol, the reason of an ignore comment.
pub(crate) const COMMAND_SHOW: &str = "architrave.show";

/// Returns a picture as a document, and can make the client show it. See `handlers/draw.rs`.
pub(crate) const COMMAND_DRAW: &str = "architrave.draw";

/// A command of the client, not ours, announced under `experimental.commands.commands`: runs [`COMMAND_DRAW`] and shows
/// the picture itself. It has the same argument.
pub(crate) const COMMAND_SHOW_PICTURE: &str = "architrave.showPicture";

/// Applies every safe fix of a file.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.architrave");

/// The negotiated unit of columns, as named by the protocol.
pub(crate) fn position_encoding(encoding: source::PositionEncoding) -> PositionEncodingKind {
    match encoding {
        source::PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
        source::PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
        source::PositionEncoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

/// The part of the capabilities for document notifications.
pub(crate) fn sync(capabilities: &mut ServerCapabilities) -> &mut TextDocumentSyncOptions {
    let sync = capabilities
        .text_document_sync
        .get_or_insert_with(|| TextDocumentSyncCapability::Options(TextDocumentSyncOptions::default()));
    match sync {
        TextDocumentSyncCapability::Options(options) => options,
        TextDocumentSyncCapability::Kind(_) => unreachable!("we always announce options"),
    }
}

/// The part of the capabilities for folders and files.
pub(crate) fn workspace(capabilities: &mut ServerCapabilities) -> &mut WorkspaceServerCapabilities {
    capabilities.workspace.get_or_insert_default()
}

/// The part of the capabilities for file operations.
pub(crate) fn file_operations(
    capabilities: &mut ServerCapabilities,
) -> &mut WorkspaceFileOperationsServerCapabilities {
    workspace(capabilities).file_operations.get_or_insert_default()
}

/// The files and folders whose renames affect imports.
pub(crate) fn renames() -> FileOperationRegistrationOptions {
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

/// The files to watch. Creations and deletions may be of folders, which no file pattern matches.
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
