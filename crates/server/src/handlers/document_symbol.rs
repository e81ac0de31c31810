//! `textDocument/documentSymbol`: the outline of configuration files. That of Python is the business of other servers.

use crate::answer::{Overtaken, Reply};
use crate::proto::{DocumentSymbolParams, DocumentSymbolResponse, flat_symbols, nested_symbol};
use crate::session::Session;
use crate::view::View;

pub(crate) fn document_symbol(
    session: &mut Session,
    params: DocumentSymbolParams,
    reply: Reply<Option<DocumentSymbolResponse>>,
) {
    session.answer("textDocument/documentSymbol", reply, Overtaken::ContentModified, move |view| {
        Ok(find(view, &params))
    });
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
