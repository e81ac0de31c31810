//! `textDocument/documentLink`

use ide::LinkTarget;

use crate::proto::{
    self, DocumentLink, DocumentLinkOptions, DocumentLinkParams, Features, ServerCapabilities,
    WorkDoneProgressOptions, explain_uri, range_of_span, request,
};
use crate::view::View;
use crate::work::Read;

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::DocumentLinkRequest;

    fn read(view: &View, params: &DocumentLinkParams) -> proto::Result<Option<Vec<DocumentLink>>> {
        Ok(find(view, params))
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        can.document_link_provider = Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        });
    }
}

fn find(view: &View, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    if !view.is_indexed {
        // The existing modules are not known yet.
        return None;
    }
    let document = view.locate(&params.text_document.uri)?;
    let links = ide::document_links(&view.snapshot, document.file).into_iter().filter_map(|link| {
        let (target, tooltip) = match link.target {
            LinkTarget::File(file) => (view.uri_and_text(file)?.0, None),
            LinkTarget::Rule(id) if view.features.explains_rules => {
                (explain_uri(id)?, Some("Explain the rule".to_owned()))
            }
            LinkTarget::Rule(_) => return None,
        };
        let range = range_of_span(&document.text, link.span, view.encoding());
        Some(DocumentLink { range, target: Some(target), tooltip, data: None })
    });
    Some(links.collect())
}
