//! `textDocument/inlayHint`

use source::Span;

use crate::handlers::code_lens::show_places;
use crate::proto::{
    self, COMMAND_PLACES, Command, Features, InlayHint, InlayHintLabel, InlayHintLabelPart, InlayHintParams,
    InlayHintTooltip, OneOf, Range, ServerCapabilities, range, range_of_span, request,
};
use crate::render::{location, markup};
use crate::view::View;
use crate::work::Read;

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::InlayHintRequest;

    fn read(view: &View, params: &InlayHintParams) -> proto::Result<Option<Vec<InlayHint>>> {
        Ok(find(view, params))
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        can.inlay_hint_provider = Some(OneOf::Left(true));
    }
}

fn find(view: &View, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    if !view.is_indexed || !view.settings.inlay_hints {
        // Costs need the whole project; a refresh follows.
        return None;
    }
    let document = view.locate(&params.text_document.uri)?;
    let shown = range(&document.text, params.range, view.encoding());
    let hints = ide::inlay_hints(&view.snapshot, document.file, shown).into_iter().map(|hint| {
        let end = Span::new(hint.offset, hint.offset);
        let position = range_of_span(&document.text, end, view.encoding()).start;
        let places = &hint.places;
        let arguments = show_places(view, &params.text_document.uri, Range::new(position, position), places);
        let open = arguments.map(|arguments| Command {
            title: "Show the queries".to_owned(),
            command: COMMAND_PLACES.to_owned(),
            arguments: Some(arguments),
        });
        let part = |(text, place): (String, Option<ide::Place>)| InlayHintLabelPart {
            value: text,
            tooltip: None,
            // Terms link to their queries, the rest of the text opens the list.
            command: if place.is_none() { open.clone() } else { None },
            location: place.and_then(|place| location(view, place)),
        };
        let tooltip = markup(view, &hint.tooltip, true);
        InlayHint {
            position,
            label: InlayHintLabel::LabelParts(hint.label.into_iter().map(part).collect()),
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
