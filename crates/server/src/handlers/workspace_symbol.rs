//! `workspace/symbol`

use crate::answer::{Overtaken, Reply};
use crate::proto::{WorkspaceSymbolParams, WorkspaceSymbolResponse, symbol_information};
use crate::session::Session;

pub(crate) fn workspace_symbol(
    session: &mut Session,
    params: WorkspaceSymbolParams,
    reply: Reply<Option<WorkspaceSymbolResponse>>,
) {
    session.answer("workspace/symbol", reply, Overtaken::ContentModified, move |view| {
        if !view.is_indexed {
            // Routes, ports and layers come from the whole project.
            return Ok(None);
        }
        let found = ide::symbols(&view.snapshot, &params.query).into_iter();
        let symbols = found.filter_map(|symbol| symbol_information(view, symbol)).collect();
        Ok(Some(WorkspaceSymbolResponse::Flat(symbols)))
    });
}
