//! `textDocument/completion` and `completionItem/resolve`

use crate::proto::{
    self, CompletionItem, CompletionOptions, CompletionParams, CompletionResponse, CompletionTriggerKind,
    Features, ServerCapabilities, request,
};
use crate::render;
use crate::view::View;
use crate::work::Read;

/// The characters, beside those of names, at which clients request completions automatically.
const TRIGGERS: [&str; 5] = [".", "\"", "'", "[", " "];

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::Completion;

    // Clients request once per word: a user who typed on meanwhile would otherwise get no list at all.
    const OUTLIVES_EDITS: bool = true;

    fn read(view: &View, params: &CompletionParams) -> proto::Result<Option<CompletionResponse>> {
        Ok(find(view, params))
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        can.completion_provider = Some(CompletionOptions {
            // Strings, dotted names, tables and lists; letters trigger by default.
            trigger_characters: Some(TRIGGERS.map(str::to_owned).into()),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        });
    }
}

fn find(view: &View, params: &CompletionParams) -> Option<CompletionResponse> {
    if !view.is_indexed || !view.settings.completion {
        // The existing modules are not known yet.
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
    (!says_nothing).then(|| render::completion_list(found, &document.text, view))
}

pub(super) struct Resolve;

impl Read for Resolve {
    type Request = request::ResolveCompletionItem;

    fn read(view: &View, item: &CompletionItem) -> proto::Result<CompletionItem> {
        Ok(resolved(view, item.clone()))
    }

    /// Announced with the completions.
    fn announce(_: &mut ServerCapabilities, _: &Features) {}
}

/// The item unchanged if it is not ours, or no longer fits.
fn resolved(view: &View, mut item: CompletionItem) -> CompletionItem {
    let data = item.data.clone().and_then(|data| serde_json::from_value::<ide::OfferData>(data).ok());
    if let Some(data) = data
        && let Some(file) = view.snapshot.file(&data.path)
    {
        render::elaborate(view, &data, &view.snapshot.text(file), &mut item);
    }
    item
}
