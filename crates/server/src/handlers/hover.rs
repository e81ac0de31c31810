//! `textDocument/hover`

use crate::proto::{
    self, Features, Hover, HoverContents, HoverParams, HoverProviderCapability, ServerCapabilities,
    range_of_span, request,
};
use crate::render::markup;
use crate::view::View;
use crate::work::Read;

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::HoverRequest;

    fn read(view: &View, params: &HoverParams) -> proto::Result<Option<Hover>> {
        Ok(find(view, params))
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        can.hover_provider = Some(HoverProviderCapability::Simple(true));
    }
}

fn find(view: &View, params: &HoverParams) -> Option<Hover> {
    if !view.is_indexed {
        // Layers and coupling are not known yet.
        return None;
    }
    let at = &params.text_document_position_params;
    let document = view.locate(&at.text_document.uri)?;
    let offset = document.text.offset(proto::position(at.position), view.encoding());
    let hover = ide::hover(&view.snapshot, document.file, offset)?;
    Some(Hover {
        contents: HoverContents::Markup(markup(view, &hover.words, view.features.hover_markdown)),
        range: Some(range_of_span(&document.text, hover.span, view.encoding())),
    })
}
