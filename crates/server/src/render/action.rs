//! Code actions and their edits.

use std::collections::HashMap;
use std::sync::Arc;

use ide::{Action, ActionKind, RefusedAction, Remedy, Resolved, Show};
use refactor::{Changes, NewFile};
use source::PositionEncoding;

use crate::proto::{
    AnnotatedTextEdit, COMMAND_ACCEPT, COMMAND_MOVE_SYMBOL, COMMAND_SHOW, ChangeAnnotation, CodeAction,
    CodeActionDisabled, CodeActionKind, Command, CreateFile, CreateFileOptions, Diagnostic,
    DocumentChangeOperation, DocumentChanges, FIX_ALL, Features, NumberOrString, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range, ResourceOp, ShowDocumentParams,
    TextDocumentEdit, TextEdit, Uri, WorkspaceEdit, range_of_span,
};
use crate::view::View;

/// The data that a code action carries from being offered to being chosen.
pub(crate) type ActionData = ide::ActionData;

/// The annotation of changes that should be reviewed after they are applied.
const ANNOTATION: &str = "architrave.review";

/// LSP 3.18; clients that don't know it see a `refactor`.
const REFACTOR_MOVE: CodeActionKind = CodeActionKind::new("refactor.move");

/// Whether `only` includes actions of this kind. Kinds are hierarchical: `refactor` includes `refactor.move`.
///
/// `source` and `source.fixAll` don't include `source.fixAll.architrave` unless `fix_all` is set: editors request them
/// on every save for other tools' fixes, and ours would move imports along with those.
pub(crate) fn is_wanted(only: Option<&[CodeActionKind]>, kind: ActionKind, fix_all: bool) -> bool {
    let ours = of_kind(kind);
    let exactly = kind == ActionKind::SourceFixAll && !fix_all;
    only.is_none_or(|only| {
        only.iter().any(|asked| {
            let asked = asked.as_str();
            asked.is_empty()
                || ours
                    .as_str()
                    .strip_prefix(asked)
                    .is_some_and(|rest| rest.is_empty() || (!exactly && rest.starts_with('.')))
        })
    })
}

pub(crate) fn of_kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::SourceFixAll => FIX_ALL,
        ActionKind::RefactorExtract => CodeActionKind::REFACTOR_EXTRACT,
        ActionKind::RefactorMove => REFACTOR_MOVE,
        ActionKind::RefactorRewrite => CodeActionKind::REFACTOR_REWRITE,
    }
}

/// An action as it is offered, without its edits.
pub(crate) fn code_action(action: &Action, shown: &[Diagnostic], features: &Features) -> CodeAction {
    let mended: Vec<Diagnostic> =
        shown.iter().filter(|diagnostic| is_about(action, diagnostic)).cloned().collect();
    CodeAction {
        title: action.title.clone(),
        command: command(action),
        kind: Some(of_kind(action.kind)),
        diagnostics: (!mended.is_empty()).then_some(mended),
        is_preferred: (features.preferred && action.is_preferred).then_some(true),
        data: serde_json::to_value(&action.data).ok(),
        ..CodeAction::default()
    }
}

/// An action that can't be carried out (LSP 3.16, `CodeAction.disabled`).
pub(crate) fn disabled(refused: &RefusedAction) -> CodeAction {
    CodeAction {
        title: refused.title.clone(),
        kind: Some(of_kind(refused.kind)),
        disabled: Some(CodeActionDisabled { reason: refused.reason.clone() }),
        ..CodeAction::default()
    }
}

/// The command of an action that is not an edit by itself.
fn command(action: &Action) -> Option<Command> {
    let (command, argument) = match &action.data.remedy {
        // The server writes the baseline: an edit would leave behind an unsaved document that the user didn't open.
        Remedy::Accept { .. } => (COMMAND_ACCEPT, serde_json::to_value(&action.data).ok()?),
        Remedy::PickTarget { name } => {
            (COMMAND_MOVE_SYMBOL, serde_json::json!({ "path": action.data.path, "symbol": name }))
        }
        _ => return None,
    };
    Some(Command {
        title: action.title.clone(),
        command: command.to_owned(),
        arguments: Some(vec![argument]),
    })
}

/// Whether a diagnostic that the client shows is the one that the action fixes. Diagnostics of other servers are
/// included, and their data may have any shape.
fn is_about(action: &Action, diagnostic: &Diagnostic) -> bool {
    let (Remedy::Fix { rule, fingerprint, .. }
    | Remedy::Ignore { rule, fingerprint }
    | Remedy::Accept { rule, fingerprint }) = &action.data.remedy
    else {
        return false;
    };
    let is_ours = diagnostic.source.as_deref() == Some(crate::proto::SOURCE)
        && diagnostic
            .code
            .as_ref()
            .is_some_and(|code| matches!(code, NumberOrString::String(code) if code == rule));
    let carried = diagnostic.data.as_ref().and_then(|data| data.get("fingerprint"));
    is_ours && carried.is_none_or(|carried| carried == fingerprint.as_str())
}

/// Adds an action's edits, and the command that shows a result after they are applied.
pub(crate) fn fill_in(view: &View, action: &mut CodeAction, resolved: &Resolved) {
    action.edit = Some(workspace_edit(view, &action.title, resolved.caution.as_deref(), &resolved.changes));
    if view.features.show_document {
        action.command = resolved.show.as_ref().and_then(|show| showing(view, show));
    }
}

/// The command that makes us show a place through the client ([`COMMAND_SHOW`]). Clients run an action's command after
/// its edits are applied.
fn showing(view: &View, show: &Show) -> Option<Command> {
    let text = source::Text::from_buffer(show.contents.as_str().into());
    let params = ShowDocumentParams {
        uri: view.documents.uri(&show.path)?,
        external: None,
        take_focus: Some(true),
        selection: Some(range_of_span(&text, show.span, view.encoding())),
    };
    Some(Command {
        title: "Show".to_owned(),
        command: COMMAND_SHOW.to_owned(),
        arguments: Some(vec![serde_json::to_value(params).ok()?]),
    })
}

/// The edits in a form that the client accepts: with the document versions they were made for, if supported. With a
/// `caution` they are annotated with it, if supported. The annotation requires no confirmation: an editor that honours
/// it would apply nothing until each change is ticked, and undo reverts all at once.
pub(crate) fn workspace_edit(
    view: &View,
    title: &str,
    caution: Option<&str>,
    changes: &Changes,
) -> WorkspaceEdit {
    let features = &view.features;
    let created = &changes.created;
    let edits: Vec<Document> = documents(view, changes);
    if !features.document_changes {
        let changes: HashMap<Uri, Vec<TextEdit>> =
            edits.into_iter().map(|document| (document.uri, document.edits)).collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let annotate = features.change_annotations && caution.is_some();
    let changes: Vec<TextDocumentEdit> = edits
        .into_iter()
        .map(|Document { uri, version, edits }| {
            let edits = edits
                .into_iter()
                .map(|text_edit| {
                    if annotate {
                        OneOf::Right(AnnotatedTextEdit { text_edit, annotation_id: ANNOTATION.to_owned() })
                    } else {
                        OneOf::Left(text_edit)
                    }
                })
                .collect();
            TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
                edits,
            }
        })
        .collect();
    let annotation = ChangeAnnotation {
        label: title.to_owned(),
        needs_confirmation: Some(false),
        description: caution.map(str::to_owned),
    };
    let changes = if created.is_empty() {
        DocumentChanges::Edits(changes)
    } else {
        let written = created.iter().filter_map(|file| creation(view, file)).flatten();
        DocumentChanges::Operations(
            written.chain(changes.into_iter().map(DocumentChangeOperation::Edit)).collect(),
        )
    };
    WorkspaceEdit {
        document_changes: Some(changes),
        change_annotations: annotate.then(|| HashMap::from([(ANNOTATION.to_owned(), annotation)])),
        ..WorkspaceEdit::default()
    }
}

/// The edits of one document.
struct Document {
    uri: Uri,
    version: Option<i32>,
    edits: Vec<TextEdit>,
}

/// The edits of all documents, modules first.
fn documents(view: &View, changes: &Changes) -> Vec<Document> {
    let encoding = view.features.encoding;
    let modules = changes.edits.iter().filter_map(|edit| {
        let (uri, text) = view.uri_and_text(edit.file)?;
        let version = view.version(view.path(edit.file));
        Some(Document { uri, version, edits: text_edits(&edit.edits, &text, encoding) })
    });
    let others = changes.others.iter().filter_map(|other| {
        let text = source::Text::from_buffer(Arc::clone(&other.before));
        let uri = view.documents.uri(&other.path)?;
        let version = view.version(&other.path);
        Some(Document { uri, version, edits: text_edits(&other.edits, &text, encoding) })
    });
    modules.chain(others).collect()
}

/// The operations that create a file: an empty one, then its text, as the protocol requires.
fn creation(view: &View, file: &NewFile) -> Option<[DocumentChangeOperation; 2]> {
    let uri = view.documents.uri(&file.path)?;
    let start = Position::new(0, 0);
    let text = TextEdit { range: Range::new(start, start), new_text: file.contents.clone() };
    Some([
        DocumentChangeOperation::Op(ResourceOp::Create(CreateFile {
            uri: uri.clone(),
            // Another program may have created it first: its text is kept, and ours inserted before it, visibly.
            options: Some(CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) }),
            annotation_id: None,
        })),
        DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version: None },
            edits: vec![OneOf::Left(text)],
        }),
    ])
}

fn text_edits(edits: &[source::TextEdit], text: &source::Text, encoding: PositionEncoding) -> Vec<TextEdit> {
    edits
        .iter()
        .map(|edit| TextEdit {
            range: range_of_span(text, edit.span, encoding),
            new_text: edit.insert.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_hierarchical() {
        // The requested kinds; whether they include quick fixes; whether they include our fix-all without the user's
        // setting, and with it.
        let cases: &[(Option<&[&'static str]>, bool, bool, bool)] = &[
            (None, true, true, true),
            (Some(&[""]), true, true, true),
            (Some(&["quickfix"]), true, false, false),
            (Some(&["source"]), false, false, true),
            (Some(&["source.fixAll"]), false, false, true),
            (Some(&["source.fixAll.architrave"]), false, true, true),
            (Some(&["source.fixAll.ruff"]), false, false, false),
            (Some(&["source.fix"]), false, false, false),
            (Some(&["refactor", "quickfix"]), true, false, false),
            (Some(&[]), false, false, false),
        ];
        for (only, quick_fix, fix_all, switched_on) in cases {
            let only: Option<Vec<CodeActionKind>> =
                only.map(|only| only.iter().map(|kind| CodeActionKind::new(kind)).collect());
            let is_wanted = |kind, fix_all| is_wanted(only.as_deref(), kind, fix_all);
            assert_eq!(is_wanted(ActionKind::QuickFix, false), *quick_fix, "{only:?}");
            assert_eq!(is_wanted(ActionKind::SourceFixAll, false), *fix_all, "{only:?}");
            assert_eq!(is_wanted(ActionKind::SourceFixAll, true), *switched_on, "{only:?}");
        }
    }
}
