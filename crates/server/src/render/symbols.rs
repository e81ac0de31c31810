//! Symbols and calls in protocol form.

use ide::calls::{CallItem, CallKind};

use super::location;
use crate::proto::{CallHierarchyItem, SymbolInformation, SymbolKind, range_of_span};
use crate::view::View;

/// A symbol, in the form that all clients read.
#[allow(deprecated, reason = "a field of the type that has to be written")]
pub(crate) fn symbol_information(view: &View, symbol: ide::Symbol) -> Option<SymbolInformation> {
    Some(SymbolInformation {
        name: symbol.name,
        kind: match symbol.kind {
            ide::SymbolKind::Route => SymbolKind::EVENT,
            ide::SymbolKind::Port => SymbolKind::INTERFACE,
            ide::SymbolKind::Entity => SymbolKind::STRUCT,
            ide::SymbolKind::Layer => SymbolKind::PACKAGE,
        },
        tags: None,
        deprecated: None,
        location: location(view, symbol.place)?,
        container_name: Some(symbol.container),
    })
}

/// An item of a call hierarchy.
pub(crate) fn call_item(view: &View, item: CallItem) -> Option<CallHierarchyItem> {
    let (uri, text) = view.uri_and_text(item.file)?;
    Some(CallHierarchyItem {
        name: item.name,
        kind: match item.kind {
            CallKind::Route | CallKind::Query => SymbolKind::EVENT,
            CallKind::Function => SymbolKind::FUNCTION,
            CallKind::Method => SymbolKind::METHOD,
        },
        tags: None,
        detail: item.detail,
        uri,
        range: range_of_span(&text, item.whole, view.encoding()),
        selection_range: range_of_span(&text, item.name_span, view.encoding()),
        data: serde_json::to_value(&item.data).ok(),
    })
}
