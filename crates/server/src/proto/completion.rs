//! Completions as the protocol writes them.

use ide::{Completion, CompletionKind, Completions};
use source::Text;

use super::{
    CompletionItem, CompletionItemKind, CompletionItemTag, CompletionList, CompletionResponse,
    CompletionTextEdit, Documentation, Features, MarkupContent, MarkupKind, TextEdit, range_of_span,
};

/// The proposals as a list in `text`. Clients sort by `sortText`: it is written so that our order stays.
pub(crate) fn completion_list(found: Completions, text: &Text, features: &Features) -> CompletionResponse {
    let items = found.items.into_iter().enumerate();
    CompletionResponse::List(CompletionList {
        is_incomplete: found.is_incomplete,
        items: items.map(|(index, item)| of_completion(index, item, text, features)).collect(),
    })
}

fn of_completion(index: usize, item: Completion, text: &Text, features: &Features) -> CompletionItem {
    let edit = |edit: source::TextEdit| TextEdit {
        range: range_of_span(text, edit.span, features.encoding),
        new_text: edit.insert,
    };
    let additional: Vec<TextEdit> = item.additional_edits.into_iter().map(edit).collect();
    let kind = if features.completion_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let tags = item.is_discouraged && features.deprecated_completions;
    CompletionItem {
        label: item.label,
        kind: Some(of_kind(item.kind)),
        detail: item.detail,
        documentation: item
            .documentation
            .map(|value| Documentation::MarkupContent(MarkupContent { kind, value })),
        sort_text: Some(format!("{index:05}")),
        filter_text: item.filter,
        text_edit: Some(CompletionTextEdit::Edit(edit(item.edit))),
        additional_text_edits: (!additional.is_empty()).then_some(additional),
        tags: tags.then(|| vec![CompletionItemTag::DEPRECATED]),
        ..CompletionItem::default()
    }
}

fn of_kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Module => CompletionItemKind::MODULE,
        CompletionKind::Class => CompletionItemKind::CLASS,
        CompletionKind::Interface => CompletionItemKind::INTERFACE,
        CompletionKind::Function => CompletionItemKind::FUNCTION,
        CompletionKind::Variable => CompletionItemKind::VARIABLE,
        CompletionKind::Key => CompletionItemKind::PROPERTY,
        CompletionKind::Word => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Rule => CompletionItemKind::REFERENCE,
        CompletionKind::Path => CompletionItemKind::FILE,
    }
}
