//! Document links and symbols in protocol form.

use ide::{DocumentSymbol as Symbol, OutlineKind as Kind};
use source::{PositionEncoding, Text};

use super::convert::range_of_span;
use super::server::COMMAND_EXPLAIN;
use tower_lsp::ls_types::{DocumentSymbol, Location, SymbolInformation, SymbolKind, Uri};

/// The link that makes the client show the page of a rule: its own command, [`COMMAND_EXPLAIN`].
pub(crate) fn explain_uri(rule: &str) -> Option<Uri> {
    // `["hidden-import"]`, the command's arguments as JSON. Ids consist of letters and hyphens.
    format!("command:{COMMAND_EXPLAIN}?%5B%22{rule}%22%5D").parse().ok()
}

/// A symbol with its children.
#[allow(deprecated, reason = "the field has to be named")]
pub(crate) fn nested_symbol(symbol: Symbol, text: &Text, encoding: PositionEncoding) -> DocumentSymbol {
    let children = symbol.children.into_iter().map(|child| nested_symbol(child, text, encoding));
    DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: of_kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: range_of_span(text, symbol.span, encoding),
        selection_range: range_of_span(text, symbol.selection, encoding),
        children: Some(children.collect()),
    }
}

/// Symbols and their children as a flat list, for clients that don't show trees.
#[allow(deprecated, reason = "the field has to be named")]
pub(crate) fn flat_symbols(
    symbols: Vec<Symbol>,
    container: Option<&str>,
    document: (&Uri, &Text),
    encoding: PositionEncoding,
) -> Vec<SymbolInformation> {
    let (uri, text) = document;
    let mut flat = Vec::new();
    for symbol in symbols {
        let range = range_of_span(text, symbol.span, encoding);
        let children = flat_symbols(symbol.children, Some(&symbol.name), document, encoding);
        flat.push(SymbolInformation {
            name: symbol.name,
            kind: of_kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location { uri: uri.clone(), range },
            container_name: container.map(str::to_owned),
        });
        flat.extend(children);
    }
    flat
}

fn of_kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Table => SymbolKind::OBJECT,
        Kind::Contract => SymbolKind::INTERFACE,
        Kind::Key => SymbolKind::KEY,
    }
}
