//! `workspace/symbol`

use crate::proto::{
    self, Features, OneOf, ServerCapabilities, WorkspaceSymbolParams, WorkspaceSymbolResponse, request,
};
use crate::render::symbol_information;
use crate::view::View;
use crate::work::Read;

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::WorkspaceSymbolRequest;

    fn read(view: &View, params: &WorkspaceSymbolParams) -> proto::Result<Option<WorkspaceSymbolResponse>> {
        if !view.is_indexed {
            // Routes, ports and layers need the whole project.
            return Ok(None);
        }
        let found = ide::symbols(&view.snapshot, &params.query).into_iter();
        let symbols = found.filter_map(|symbol| symbol_information(view, symbol)).collect();
        Ok(Some(WorkspaceSymbolResponse::Flat(symbols)))
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        can.workspace_symbol_provider = Some(OneOf::Left(true));
    }
}
