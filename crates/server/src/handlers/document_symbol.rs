//! `textDocument/documentSymbol`: the outline of configuration files. Python outlines are left to other servers.

use crate::proto::{
    self, DocumentSymbolParams, DocumentSymbolResponse, Features, OneOf, ServerCapabilities, flat_symbols,
    nested_symbol, request,
};
use crate::view::View;
use crate::work::Read;

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::DocumentSymbolRequest;

    fn read(view: &View, params: &DocumentSymbolParams) -> proto::Result<Option<DocumentSymbolResponse>> {
        Ok(find(view, params))
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        can.document_symbol_provider = Some(OneOf::Left(true));
    }
}

fn find(view: &View, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let uri = &params.text_document.uri;
    let document = view.locate(uri)?;
    let symbols = ide::document_symbols(&view.snapshot, document.file);
    if symbols.is_empty() {
        return None;
    }
    let (text, encoding) = (&document.text, view.encoding());
    Some(if view.features.nested_symbols {
        let nested = symbols.into_iter().map(|symbol| nested_symbol(symbol, text, encoding));
        DocumentSymbolResponse::Nested(nested.collect())
    } else {
        DocumentSymbolResponse::Flat(flat_symbols(symbols, None, (uri, text), encoding))
    })
}
