//! `textDocument/codeLens`

use crate::answer::{Overtaken, Reply};
use crate::proto::{CodeLens, CodeLensParams, Command, range_of_span};
use crate::session::Session;
use crate::view::View;

pub(crate) fn code_lens(session: &mut Session, params: CodeLensParams, reply: Reply<Option<Vec<CodeLens>>>) {
    session.answer("textDocument/codeLens", reply, Overtaken::ContentModified, move |view| {
        Ok(find(view, &params))
    });
}

fn find(view: &View, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    if !view.is_indexed {
        // Routes and costs come from the whole project; the client is told to ask again.
        return None;
    }
    let document = view.locate(&params.text_document.uri)?;
    let lenses = ide::code_lenses(&view.snapshot, document.file).into_iter().map(|lens| CodeLens {
        range: range_of_span(&document.text, lens.span, view.encoding()),
        // Words to read: there is nothing to run.
        command: Some(Command { title: lens.title, command: String::new(), arguments: None }),
        data: None,
    });
    Some(lenses.collect())
}
