//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `outgoingCalls`: what reaches a query.

use ide::calls::{self, Call, CallData};

use crate::proto::{
    self, CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams,
    CallHierarchyServerCapability, Features, Range, ServerCapabilities, Uri, request,
};
use crate::render::call_item;
use crate::view::View;
use crate::work::Read;

pub(super) struct Prepare;

impl Read for Prepare {
    type Request = request::CallHierarchyPrepare;

    fn read(
        view: &View,
        params: &CallHierarchyPrepareParams,
    ) -> proto::Result<Option<Vec<CallHierarchyItem>>> {
        Ok(prepare(view, params))
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        can.call_hierarchy_provider = Some(CallHierarchyServerCapability::Simple(true));
    }
}

fn prepare(view: &View, params: &CallHierarchyPrepareParams) -> Option<Vec<CallHierarchyItem>> {
    if !view.is_indexed {
        // Callers are known only with the whole project.
        return None;
    }
    let at = &params.text_document_position_params;
    let document = view.locate(&at.text_document.uri)?;
    let offset = document.text.offset(proto::position(at.position), view.encoding());
    let item = calls::prepare(&view.snapshot, document.file, offset)?;
    Some(vec![call_item(view, item)?])
}

pub(super) struct Incoming;

impl Read for Incoming {
    type Request = request::CallHierarchyIncomingCalls;

    fn read(
        view: &View,
        params: &CallHierarchyIncomingCallsParams,
    ) -> proto::Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let Some(data) = data(&params.item) else { return Ok(None) };
        let calls = calls::incoming(&view.snapshot, &data).into_iter().filter_map(|call| {
            let Call { item, sites } = call;
            let from = call_item(view, item)?;
            // The ranges are in the caller.
            let from_ranges = ranges(view, &from.uri, &sites);
            Some(CallHierarchyIncomingCall { from, from_ranges })
        });
        Ok(Some(calls.collect()))
    }

    /// Announced with the first request of the three.
    fn announce(_: &mut ServerCapabilities, _: &Features) {}
}

pub(super) struct Outgoing;

impl Read for Outgoing {
    type Request = request::CallHierarchyOutgoingCalls;

    fn read(
        view: &View,
        params: &CallHierarchyOutgoingCallsParams,
    ) -> proto::Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let Some(data) = data(&params.item) else { return Ok(None) };
        let calls = calls::outgoing(&view.snapshot, &data).into_iter().filter_map(|call| {
            let Call { item, sites } = call;
            let from_ranges = ranges(view, &params.item.uri, &sites);
            Some(CallHierarchyOutgoingCall { to: call_item(view, item)?, from_ranges })
        });
        Ok(Some(calls.collect()))
    }

    /// Announced with the first request of the three.
    fn announce(_: &mut ServerCapabilities, _: &Features) {}
}

/// The data for finding the item again; `None` if another server created it.
fn data(item: &CallHierarchyItem) -> Option<CallData> {
    serde_json::from_value(item.data.clone()?).ok()
}

fn ranges(view: &View, uri: &Uri, sites: &[source::Span]) -> Vec<Range> {
    let Some(document) = view.locate(uri) else { return Vec::new() };
    sites.iter().map(|span| proto::range_of_span(&document.text, *span, view.encoding())).collect()
}
