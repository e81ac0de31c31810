//! `textDocument/completion`

use crate::answer::{Overtaken, Reply};
use crate::proto::{self, CompletionParams, CompletionResponse};
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
    let found = ide::completions(&view.snapshot, document.file, offset);
    (!found.items.is_empty()).then(|| proto::completion_list(found, &document.text, &view.features))
}
