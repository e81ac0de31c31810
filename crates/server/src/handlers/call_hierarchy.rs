//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `outgoingCalls`: who reaches a query.

use ide::calls::{self, Call, CallData};

use crate::answer::{Overtaken, Reply};
use crate::proto::{
    self, CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, Range, Uri,
    call_item,
};
use crate::session::Session;
use crate::view::View;

pub(crate) fn prepare_calls(
    session: &mut Session,
    params: CallHierarchyPrepareParams,
    reply: Reply<Option<Vec<CallHierarchyItem>>>,
) {
    session.answer("textDocument/prepareCallHierarchy", reply, Overtaken::ContentModified, move |view| {
        Ok(prepare(view, &params))
    });
}

fn prepare(view: &View, params: &CallHierarchyPrepareParams) -> Option<Vec<CallHierarchyItem>> {
    if !view.is_indexed {
        // Who calls whom is known with the whole project.
        return None;
    }
    let at = &params.text_document_position_params;
    let document = view.locate(&at.text_document.uri)?;
    let offset = document.text.offset(proto::position(at.position), view.encoding());
    let item = calls::prepare(&view.snapshot, document.file, offset)?;
    Some(vec![call_item(view, item)?])
}

pub(crate) fn incoming_calls(
    session: &mut Session,
    params: CallHierarchyIncomingCallsParams,
    reply: Reply<Option<Vec<CallHierarchyIncomingCall>>>,
) {
    session.answer("callHierarchy/incomingCalls", reply, Overtaken::ContentModified, move |view| {
        let Some(data) = data(&params.item) else { return Ok(None) };
        let calls = calls::incoming(&view.snapshot, &data).into_iter().filter_map(|call| {
            let Call { item, sites } = call;
            let from = call_item(view, item)?;
            // The places lie in the caller.
            let from_ranges = ranges(view, &from.uri, &sites);
            Some(CallHierarchyIncomingCall { from, from_ranges })
        });
        Ok(Some(calls.collect()))
    });
}

pub(crate) fn outgoing_calls(
    session: &mut Session,
    params: CallHierarchyOutgoingCallsParams,
    reply: Reply<Option<Vec<CallHierarchyOutgoingCall>>>,
) {
    session.answer("callHierarchy/outgoingCalls", reply, Overtaken::ContentModified, move |view| {
        let Some(data) = data(&params.item) else { return Ok(None) };
        let calls = calls::outgoing(&view.snapshot, &data).into_iter().filter_map(|call| {
            let Call { item, sites } = call;
            let from_ranges = ranges(view, &params.item.uri, &sites);
            Some(CallHierarchyOutgoingCall { to: call_item(view, item)?, from_ranges })
        });
        Ok(Some(calls.collect()))
    });
}

/// What finds the item again; nothing where another server made it.
fn data(item: &CallHierarchyItem) -> Option<CallData> {
    serde_json::from_value(item.data.clone()?).ok()
}

fn ranges(view: &View, uri: &Uri, sites: &[source::Span]) -> Vec<Range> {
    let Some(document) = view.locate(uri) else { return Vec::new() };
    sites.iter().map(|span| proto::range_of_span(&document.text, *span, view.encoding())).collect()
}
