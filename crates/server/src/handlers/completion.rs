//! `textDocument/completion` and `completionItem/resolve`

use crate::answer::{Overtaken, Reply};
use crate::proto::{self, CompletionItem, CompletionParams, CompletionResponse, CompletionTriggerKind};
use crate::session::Session;
use crate::view::View;

pub(crate) fn completion(
    session: &mut Session,
    params: CompletionParams,
    reply: Reply<Option<CompletionResponse>>,
) {
    session.answer("textDocument/completion", reply, Overtaken::ContentModified, move |view| {
        Ok(find(view, &params))
    });
}

fn find(view: &View, params: &CompletionParams) -> Option<CompletionResponse> {
    if !view.is_indexed || !view.settings.completion {
        // Which modules there are is not known yet.
        return None;
    }
    let at = &params.text_document_position;
    let document = view.locate(&at.text_document.uri)?;
    let offset = document.text.offset(proto::position(at.position), view.encoding());
    let by_trigger = params
        .context
        .as_ref()
        .is_some_and(|context| context.trigger_kind == CompletionTriggerKind::TRIGGER_CHARACTER);
    let found = ide::completions(&view.snapshot, document.file, offset, by_trigger);
    let says_nothing = found.items.is_empty() && !found.is_incomplete;
    (!says_nothing).then(|| proto::completion_list(found, &document.text, view))
}

pub(crate) fn resolve_completion(session: &mut Session, item: CompletionItem, reply: Reply<CompletionItem>) {
    session.answer("completionItem/resolve", reply, Overtaken::ContentModified, move |view| {
        Ok(resolved(view, item))
    });
}

/// The same as it was where it is none of ours, or no longer fits.
fn resolved(view: &View, mut item: CompletionItem) -> CompletionItem {
    let data = item.data.clone().and_then(|data| serde_json::from_value::<ide::OfferData>(data).ok());
    if let Some(data) = data
        && let Some(file) = view.snapshot.file(&data.path)
    {
        proto::elaborate(view, &data, &view.snapshot.text(file), &mut item);
    }
    item
}
