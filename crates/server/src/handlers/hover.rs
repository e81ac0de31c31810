//! `textDocument/hover`

use crate::answer::{Overtaken, Reply};
use crate::proto::{self, Hover, HoverContents, HoverParams, markup, range_of_span};
use crate::session::Session;
use crate::view::View;

pub(crate) fn hover(session: &mut Session, params: HoverParams, reply: Reply<Option<Hover>>) {
    session
        .answer("textDocument/hover", reply, Overtaken::ContentModified, move |view| Ok(find(view, &params)));
}

fn find(view: &View, params: &HoverParams) -> Option<Hover> {
    if !view.is_indexed {
        // What it would say of layers and coupling is not known yet.
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
