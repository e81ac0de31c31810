//! `textDocument/documentLink`

use ide::LinkTarget;

use crate::answer::{Overtaken, Reply};
use crate::proto::{DocumentLink, DocumentLinkParams, explain_uri, range_of_span};
use crate::session::Session;
use crate::view::View;

pub(crate) fn document_link(
    session: &mut Session,
    params: DocumentLinkParams,
    reply: Reply<Option<Vec<DocumentLink>>>,
) {
    session.answer("textDocument/documentLink", reply, Overtaken::ContentModified, move |view| {
        Ok(find(view, &params))
    });
}

fn find(view: &View, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    if !view.is_indexed {
        // Which modules there are is not known yet.
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
