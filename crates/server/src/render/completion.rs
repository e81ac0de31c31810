//! Completions in protocol form.

use ide::{Completion, CompletionKind, Completions, OfferData};
use source::Text;

use super::markup;
use crate::proto::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionItemTag, CompletionList,
    CompletionResponse, CompletionTextEdit, Documentation, Features, MarkupContent, MarkupKind, TextEdit,
    range_of_span,
};
use crate::view::View;

/// The proposals as a list in `text`. Clients sort by `sortText`, which preserves our order.
pub(crate) fn completion_list(found: Completions, text: &Text, view: &View) -> CompletionResponse {
    let items = found.items.into_iter().enumerate().map(|(index, item)| {
        let data = item.data.clone();
        let mut item = of_completion(index, item, text, &view.features);
        if let Some(data) = data {
            if !view.features.lazy_completions {
                elaborate(view, &data, text, &mut item);
            }
            item.data = serde_json::to_value(&data).ok();
        }
        item
    });
    CompletionResponse::List(CompletionList { is_incomplete: found.is_incomplete, items: items.collect() })
}

/// Adds what is computed only for a single proposal: the import that it needs, and its documentation.
pub(crate) fn elaborate(view: &View, data: &OfferData, text: &Text, item: &mut CompletionItem) {
    let Some(elaborated) = ide::elaborate(&view.snapshot, data) else { return };
    let edits = elaborated.edits.into_iter().map(|edit| of_edit(edit, text, &view.features));
    let edits: Vec<TextEdit> = edits.collect();
    item.additional_text_edits = (!edits.is_empty()).then_some(edits);
    let documentation = markup(view, &elaborated.words, view.features.completion_markdown);
    item.documentation = Some(Documentation::MarkupContent(documentation));
}

fn of_edit(edit: source::TextEdit, text: &Text, features: &Features) -> TextEdit {
    TextEdit { range: range_of_span(text, edit.span, features.encoding), new_text: edit.insert }
}

fn of_completion(index: usize, item: Completion, text: &Text, features: &Features) -> CompletionItem {
    let kind = if features.completion_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let tags = item.is_discouraged && features.deprecated_completions;
    let is_import = item.data.is_some_and(|data| data.adds_import);
    CompletionItem {
        label: item.label,
        kind: Some(of_kind(item.kind)),
        detail: item.detail,
        documentation: item
            .documentation
            .map(|value| Documentation::MarkupContent(MarkupContent { kind, value })),
        // Proposals of other servers for local code come before names from elsewhere.
        sort_text: Some(if is_import { format!("zz{index:05}") } else { format!("{index:05}") }),
        label_details: item
            .description
            .map(|description| CompletionItemLabelDetails { detail: None, description: Some(description) }),
        filter_text: item.filter,
        text_edit: Some(CompletionTextEdit::Edit(of_edit(item.edit, text, features))),
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
