//! `textDocument/codeAction`: asked at every move of the cursor, so edits are made only for clients that can't ask for
//! them later.

use ide::{Action, ActionKind, Reach, Remedy};

use crate::proto::{
    self, CodeActionOptions, CodeActionOrCommand, CodeActionParams, CodeActionProviderCapability,
    CodeActionResponse, CodeActionTriggerKind, Features, ServerCapabilities, WorkDoneProgressOptions,
    request,
};
use crate::render::{self, is_wanted};
use crate::view::View;
use crate::work::Read;

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::CodeActionRequest;

    fn read(view: &View, params: &CodeActionParams) -> proto::Result<Option<CodeActionResponse>> {
        Ok(find(view, params))
    }

    fn announce(can: &mut ServerCapabilities, client: &Features) {
        can.code_action_provider = client.code_action_literals.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(ActionKind::ALL.map(render::of_kind).into()),
                resolve_provider: Some(client.lazy_edits),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        });
    }
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
    let disabled = refused.iter().map(|refused| CodeActionOrCommand::CodeAction(render::disabled(refused)));
    Some(offered.chain(disabled).collect())
}

/// An action with its edit, or with what its edit is made from later. Nothing where the client could do nothing with it.
fn offer(view: &View, action: &Action, params: &CodeActionParams) -> Option<CodeActionOrCommand> {
    let mut offered = render::code_action(action, &params.context.diagnostics, &view.features);
    match action.data.remedy {
        Remedy::PickTarget { .. } if !view.features.picks_targets => return None,
        // Its edits are those of a whole project: too much to be made before anybody chooses it.
        Remedy::FixRule { in_project: true, .. } if !view.features.lazy_edits => return None,
        Remedy::Accept { .. } | Remedy::PickTarget { .. } => {}
        _ if view.features.lazy_edits => {}
        _ => {
            let resolved = ide::resolve(&view.snapshot, &action.data, view.features.abilities())?;
            render::fill_in(view, &mut offered, &resolved);
            offered.data = None;
        }
    }
    Some(CodeActionOrCommand::CodeAction(offered))
}
