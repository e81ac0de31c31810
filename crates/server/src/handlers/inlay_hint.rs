//! `textDocument/inlayHint`

use source::Span;

use crate::answer::{Overtaken, Reply};
use crate::proto::{
    InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip, MarkupContent, MarkupKind, range,
    range_of_span,
};
use crate::session::Session;
use crate::view::View;

pub(crate) fn inlay_hint(
    session: &mut Session,
    params: InlayHintParams,
    reply: Reply<Option<Vec<InlayHint>>>,
) {
    session.answer("textDocument/inlayHint", reply, Overtaken::ContentModified, move |view| {
        Ok(find(view, &params))
    });
}

fn find(view: &View, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    if !view.is_indexed || !view.settings.inlay_hints {
        // Costs come from the whole project; the client is told to ask again.
        return None;
    }
    let document = view.locate(&params.text_document.uri)?;
    let shown = range(&document.text, params.range, view.encoding());
    let hints = ide::inlay_hints(&view.snapshot, document.file, shown).into_iter().map(|hint| {
        let end = Span::new(hint.offset, hint.offset);
        let tooltip = MarkupContent { kind: MarkupKind::Markdown, value: hint.tooltip };
        InlayHint {
            position: range_of_span(&document.text, end, view.encoding()).start,
            label: InlayHintLabel::String(hint.label),
            kind: None,
            text_edits: None,
            tooltip: (!tooltip.value.is_empty()).then_some(InlayHintTooltip::MarkupContent(tooltip)),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        }
    });
    Some(hints.collect())
}
