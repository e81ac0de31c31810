//! The client's capabilities, read from its `initialize` once.

use source::PositionEncoding;

use crate::clients::{Identity, Quirk};

use tower_lsp::ls_types::{
    ClientCapabilities, CompletionItemTag, MarkupKind, PositionEncodingKind, ResourceOperationKind,
};

/// The client's capabilities that matter to us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a separate switch in the protocol")]
pub(crate) struct Features {
    /// The negotiated unit of columns.
    pub(crate) encoding: PositionEncoding,
    /// Pulls the diagnostics of documents, and repeats that for open ones on a refresh: then none are pushed. A client
    /// that pulls but can't be refreshed would show outdated diagnostics until the next edit.
    pub(crate) pull: bool,
    /// Accepts a refresh of all code lenses.
    pub(crate) lens_refresh: bool,
    /// Has the command that shows a list of places, [`super::server::COMMAND_PLACES`]: announced under
    /// `experimental.commands.commands`, where editors list their own commands that a server may use.
    pub(crate) shows_places: bool,
    /// Draws the architecture and wants notifications of its changes: `experimental.architecture`, our own extension.
    pub(crate) architecture: bool,
    /// Has the command that lets the user pick a move's target, [`super::server::COMMAND_MOVE_SYMBOL`].
    pub(crate) picks_targets: bool,
    /// Shows a document on request.
    pub(crate) show_document: bool,
    /// Has the command that shows a picture, [`super::server::COMMAND_SHOW_PICTURE`].
    pub(crate) shows_pictures: bool,
    /// Has the command that shows a rule's page, [`super::server::COMMAND_EXPLAIN`], announced in the same place.
    pub(crate) explains_rules: bool,
    /// Accepts a refresh of all inlay hints.
    pub(crate) hint_refresh: bool,
    /// Shows related places.
    pub(crate) related_information: bool,
    /// Draws tags (unnecessary, deprecated).
    pub(crate) tags: bool,
    /// Links a code to its page.
    pub(crate) code_description: bool,
    /// Keeps the version of a pushed set.
    pub(crate) versions: bool,
    /// Requests the edits of a code action when it is chosen.
    pub(crate) lazy_edits: bool,
    /// Accepts code action literals; without that only commands are supported and we offer none.
    pub(crate) code_action_literals: bool,
    /// Draws preferred actions.
    pub(crate) preferred: bool,
    /// Shows disabled actions, with the reason.
    pub(crate) disabled_actions: bool,
    /// Accepts edits with document versions.
    pub(crate) document_changes: bool,
    /// Creates files as part of an edit.
    pub(crate) create_files: bool,
    /// Applies edits that the server sends.
    pub(crate) apply_edit: bool,
    /// Lets the user confirm annotated changes.
    pub(crate) change_annotations: bool,
    /// Hovers may be Markdown.
    pub(crate) hover_markdown: bool,
    /// Shows discouraged completions struck through, by their tag.
    pub(crate) deprecated_completions: bool,
    /// Requests the imports for a completion when it is selected.
    pub(crate) lazy_completions: bool,
    /// The documentation of completions may be Markdown.
    pub(crate) completion_markdown: bool,
    /// Shows the symbols of a document as a tree.
    pub(crate) nested_symbols: bool,
    /// Registers file watchers for us.
    pub(crate) watched_files: bool,
    /// Answers requests for its settings.
    pub(crate) configuration: bool,
    /// Reports changed settings only after registration.
    pub(crate) register_configuration: bool,
    /// Shows progress started by the server.
    pub(crate) progress: bool,
}

impl Features {
    /// Reads them from the capabilities, and from what is known about the client.
    pub(crate) fn of(capabilities: &ClientCapabilities, client: &Identity) -> Self {
        let text = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let diagnostic = text.and_then(|text| text.diagnostic.as_ref());
        let publish = text.and_then(|text| text.publish_diagnostics.as_ref());
        let action = text.and_then(|text| text.code_action.as_ref());
        let completion = text.and_then(|text| text.completion.as_ref()?.completion_item.as_ref());
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let yes = |flag: Option<bool>| flag == Some(true);
        Self {
            encoding: encoding(capabilities),
            pull: diagnostic.is_some()
                && yes(workspace.and_then(|workspace| workspace.diagnostics.as_ref()?.refresh_support))
                && !client.has(Quirk::RefreshPassesOpenDocuments),
            lens_refresh: yes(workspace.and_then(|workspace| workspace.code_lens.as_ref()?.refresh_support)),
            architecture: capabilities
                .experimental
                .as_ref()
                .is_some_and(|experimental| experimental["architecture"] == true),
            shows_places: has_command(capabilities, super::server::COMMAND_PLACES),
            picks_targets: has_command(capabilities, super::server::COMMAND_MOVE_SYMBOL),
            show_document: capabilities
                .window
                .as_ref()
                .and_then(|window| window.show_document.as_ref())
                .is_some_and(|show| show.support),
            shows_pictures: has_command(capabilities, super::server::COMMAND_SHOW_PICTURE),
            explains_rules: has_command(capabilities, super::server::COMMAND_EXPLAIN),
            hint_refresh: yes(workspace.and_then(|workspace| workspace.inlay_hint.as_ref()?.refresh_support)),
            related_information: yes(publish.and_then(|publish| publish.related_information))
                || yes(diagnostic.and_then(|diagnostic| diagnostic.related_information)),
            tags: publish.is_some_and(|publish| publish.tag_support.is_some())
                || diagnostic.is_some_and(|diagnostic| diagnostic.tag_support.is_some()),
            code_description: yes(publish.and_then(|publish| publish.code_description_support))
                || yes(diagnostic.and_then(|diagnostic| diagnostic.code_description_support)),
            versions: yes(publish.and_then(|publish| publish.version_support)),
            lazy_edits: yes(action.and_then(|action| action.data_support))
                && action
                    .and_then(|action| action.resolve_support.as_ref())
                    .is_some_and(|resolve| resolve.properties.iter().any(|property| property == "edit")),
            code_action_literals: action.is_some_and(|action| action.code_action_literal_support.is_some()),
            preferred: yes(action.and_then(|action| action.is_preferred_support)),
            disabled_actions: yes(action.and_then(|action| action.disabled_support)),
            // Some clients apply versioned edits without announcing them, but all of those announce operations.
            document_changes: edit
                .is_some_and(|edit| yes(edit.document_changes) || edit.resource_operations.is_some()),
            create_files: edit
                .and_then(|edit| edit.resource_operations.as_ref())
                .is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)),
            apply_edit: yes(workspace.and_then(|workspace| workspace.apply_edit)),
            change_annotations: edit.is_some_and(|edit| edit.change_annotation_support.is_some()),
            hover_markdown: text
                .and_then(|text| text.hover.as_ref()?.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            deprecated_completions: completion
                .and_then(|item| item.tag_support.as_ref())
                .is_some_and(|tags| tags.value_set.contains(&CompletionItemTag::DEPRECATED)),
            lazy_completions: completion
                .and_then(|item| item.resolve_support.as_ref())
                .is_some_and(|resolve| resolve.properties.iter().any(|it| it == "additionalTextEdits")),
            completion_markdown: completion
                .and_then(|item| item.documentation_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            nested_symbols: yes(
                text.and_then(|text| text.document_symbol.as_ref()?.hierarchical_document_symbol_support)
            ),
            watched_files: yes(workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref()?.dynamic_registration)),
            configuration: yes(workspace.and_then(|workspace| workspace.configuration)),
            register_configuration: yes(workspace
                .and_then(|workspace| workspace.did_change_configuration.as_ref()?.dynamic_registration)),
            progress: yes(capabilities.window.as_ref().and_then(|window| window.work_done_progress)),
        }
    }
}

/// Whether a command is among the client's own.
fn has_command(capabilities: &ClientCapabilities, wanted: &str) -> bool {
    let experimental = capabilities.experimental.as_ref();
    let commands = experimental.and_then(|experimental| experimental["commands"]["commands"].as_array());
    commands.is_some_and(|commands| commands.iter().any(|command| command == wanted))
}

impl Features {
    /// Its capabilities for the changes of a fix.
    pub(crate) fn abilities(&self) -> refactor::Abilities {
        refactor::Abilities { create_files: self.create_files && self.document_changes }
    }
}

/// UTF-8 if the client supports it, since that is how text is in memory; then UTF-32; otherwise UTF-16, the protocol's
/// default.
fn encoding(capabilities: &ClientCapabilities) -> PositionEncoding {
    let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
    let can = |kind: &PositionEncodingKind| offered.is_some_and(|offered| offered.contains(kind));
    if can(&PositionEncodingKind::UTF8) {
        PositionEncoding::Utf8
    } else if can(&PositionEncodingKind::UTF32) {
        PositionEncoding::Utf32
    } else {
        PositionEncoding::Utf16
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn encodings_are_chosen_in_our_order() {
        let cases = [
            (r#"{}"#, PositionEncoding::Utf16),
            (r#"{"general":{"positionEncodings":["utf-16"]}}"#, PositionEncoding::Utf16),
            (r#"{"general":{"positionEncodings":["utf-16","utf-8"]}}"#, PositionEncoding::Utf8),
            (r#"{"general":{"positionEncodings":["utf-32","utf-16"]}}"#, PositionEncoding::Utf32),
            (r#"{"general":{"positionEncodings":["utf-32","utf-8","utf-16"]}}"#, PositionEncoding::Utf8),
        ];
        for (capabilities, expected) in cases {
            let features = Features::of(&serde_json::from_str(capabilities).unwrap(), &Identity::default());
            assert_eq!(features.encoding, expected, "{capabilities}");
        }
    }
}
