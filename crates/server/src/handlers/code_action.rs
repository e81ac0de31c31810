//! `textDocument/codeAction`: asked at every move of the cursor, so edits are made only for clients that can't ask for
//! them later.

use ide::{Action, ActionKind, Remedy};

use crate::answer::{Overtaken, Reply};
use crate::proto::{self, CodeActionOrCommand, CodeActionParams, CodeActionResponse, is_wanted};
use crate::session::Session;
use crate::view::View;

pub(crate) fn code_action(
    session: &mut Session,
    params: CodeActionParams,
    reply: Reply<Option<CodeActionResponse>>,
) {
    session.answer("textDocument/codeAction", reply, Overtaken::ContentModified, move |view| {
        Ok(find(view, &params))
    });
}

fn find(view: &View, params: &CodeActionParams) -> Option<CodeActionResponse> {
    if !view.is_indexed || !view.features.code_action_literals {
        return None;
    }
    let only = params.context.only.as_deref();
    let kinds: Vec<ActionKind> =
        ActionKind::ALL.into_iter().filter(|kind| is_wanted(only, *kind, view.settings.fix_all)).collect();
    if kinds.is_empty() {
        return None;
    }
    let document = view.locate(&params.text_document.uri)?;
    let range = proto::range(&document.text, params.range, view.encoding());
    let actions = ide::actions(&view.snapshot, document.file, range, &kinds);
    Some(actions.iter().filter_map(|action| offer(view, action, params)).collect())
}

/// An action with its edit, or with what its edit is made from later.
fn offer(view: &View, action: &Action, params: &CodeActionParams) -> Option<CodeActionOrCommand> {
    let edit = if view.features.lazy_edits || matches!(action.data.remedy, Remedy::Accept { .. }) {
        None
    } else {
        let changes = ide::resolve(&view.snapshot, &action.data, view.features.abilities())?;
        Some(proto::workspace_edit(view, &action.title, action.applicability, &changes))
    };
    let action = proto::code_action(action, edit, &params.context.diagnostics, &view.features);
    Some(CodeActionOrCommand::CodeAction(action))
}
