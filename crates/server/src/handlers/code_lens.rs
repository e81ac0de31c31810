//! `textDocument/codeLens`

use serde_json::{Value, json};

use crate::handlers::draw::showing;
use crate::proto::{
    self, COMMAND_PLACES, CodeLens, CodeLensOptions, CodeLensParams, Command, Features, Location, Range,
    ServerCapabilities, Uri, range_of_span, request,
};
use crate::render::location;
use crate::view::View;
use crate::work::Read;

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::CodeLensRequest;

    fn read(view: &View, params: &CodeLensParams) -> proto::Result<Option<Vec<CodeLens>>> {
        Ok(find(view, params))
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        can.code_lens_provider = Some(CodeLensOptions { resolve_provider: Some(false) });
    }
}

fn find(view: &View, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    if !view.is_indexed || !view.settings.code_lens {
        // Routes and costs need the whole project; a refresh follows.
        return None;
    }
    let document = view.locate(&params.text_document.uri)?;
    let lenses = ide::code_lenses(&view.snapshot, document.file).into_iter().map(|lens| {
        let range = range_of_span(&document.text, lens.span, view.encoding());
        let arguments = show_places(view, &params.text_document.uri, range, &lens.places);
        // Without places to open, or a client that can open them, only the text is shown.
        let name = if arguments.is_some() { COMMAND_PLACES } else { "" };
        let command = Command { title: lens.title, command: name.to_owned(), arguments };
        CodeLens { range, command: Some(command), data: None }
    });
    let mut lenses: Vec<CodeLens> = lenses.collect();
    if view.settings.picture_lenses {
        let pictures = report::pictures::beside(&view.snapshot, document.file).into_iter();
        lenses.extend(pictures.filter_map(|(span, picture)| {
            let command = showing(view, picture, &params.text_document.uri)?;
            let range = range_of_span(&document.text, span, view.encoding());
            Some(CodeLens { range, command: Some(command), data: None })
        }));
        lenses.sort_by_key(|lens| lens.range.start.line);
    }
    Some(lenses)
}

/// The arguments of the client's command that shows places: the document, the position in it, the places.
pub(super) fn show_places(view: &View, uri: &Uri, range: Range, places: &[ide::Place]) -> Option<Vec<Value>> {
    if places.is_empty() || !view.features.shows_places {
        return None;
    }
    let locations: Vec<Location> = places.iter().filter_map(|place| location(view, *place)).collect();
    Some(vec![json!(uri), json!(range.start), json!(locations)])
}
