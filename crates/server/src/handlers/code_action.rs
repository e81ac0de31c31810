//! `textDocument/codeAction`: asked at every move of the cursor, so edits are made only for clients that can't ask for
//! them later.

use ide::{Action, ActionKind, Reach, Remedy};

use crate::answer::{Overtaken, Reply};
use crate::proto::{
    self, CodeActionOrCommand, CodeActionParams, CodeActionResponse, CodeActionTriggerKind, is_wanted,
};
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
    // Asked at every move of the cursor, it looks no further than the file.
    let reach = match params.context.trigger_kind {
        Some(CodeActionTriggerKind::AUTOMATIC) => Reach::File,
        _ => Reach::Project,
    };
    let actions = ide::actions(&view.snapshot, document.file, range, &kinds, reach);
    // Whoever opened a menu sees what can't be done, and why.
    let is_invoked = params.context.trigger_kind == Some(CodeActionTriggerKind::INVOKED);
    let refused = if is_invoked && view.features.disabled_actions {
        let all = ide::refused_actions(&view.snapshot, document.file, range, view.features.abilities());
        all.into_iter().filter(|refused| kinds.contains(&refused.kind)).collect()
    } else {
        Vec::new()
    };
    let is_refused = |action: &Action| refused.iter().any(|refused| refused.title == action.title);
    let possible = actions.iter().filter(|action| !is_refused(action));
    let offered = possible.filter_map(|action| offer(view, action, params));
    let disabled = refused.iter().map(|refused| CodeActionOrCommand::CodeAction(proto::disabled(refused)));
    Some(offered.chain(disabled).collect())
}

/// An action with its edit, or with what its edit is made from later. Nothing where the client could do nothing with it.
fn offer(view: &View, action: &Action, params: &CodeActionParams) -> Option<CodeActionOrCommand> {
    let mut offered = proto::code_action(action, &params.context.diagnostics, &view.features);
    match action.data.remedy {
        Remedy::PickTarget { .. } if !view.features.picks_targets => return None,
        // Its edits are those of a whole project: too much to be made before anybody chooses it.
        Remedy::FixRule { in_project: true, .. } if !view.features.lazy_edits => return None,
        Remedy::Accept { .. } | Remedy::PickTarget { .. } => {}
        _ if view.features.lazy_edits => {}
        _ => {
            let resolved = ide::resolve(&view.snapshot, &action.data, view.features.abilities())?;
            proto::fill_in(view, &mut offered, &resolved);
            offered.data = None;
        }
    }
    Some(CodeActionOrCommand::CodeAction(offered))
}
