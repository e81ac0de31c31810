//! `textDocument/codeAction`: requested at every cursor movement, so edits are made immediately only for clients that
//! can't request them later.

use ide::{Action, ActionKind, Reach, Remedy};
use report::pictures::Picture;

use crate::handlers::draw::showing;
use crate::proto::{
    self, CodeAction, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams,
    CodeActionProviderCapability, CodeActionResponse, CodeActionTriggerKind, Features, ServerCapabilities,
    WorkDoneProgressOptions, request,
};
use crate::render::{self, is_wanted};
use crate::view::View;
use crate::work::Read;

/// The kind of actions that show pictures: they change nothing, so none of the protocol's kinds fits.
const PICTURE: CodeActionKind = CodeActionKind::new("architrave.show");

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::CodeActionRequest;

    fn read(view: &View, params: &CodeActionParams) -> proto::Result<Option<CodeActionResponse>> {
        Ok(find(view, params))
    }

    fn announce(can: &mut ServerCapabilities, client: &Features) {
        can.code_action_provider = client.code_action_literals.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(
                    ActionKind::ALL.map(render::of_kind).into_iter().chain([PICTURE]).collect(),
                ),
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
    let wants_pictures =
        only.is_none_or(|only| only.iter().any(|kind| PICTURE.as_str().starts_with(kind.as_str())));
    if kinds.is_empty() && !wants_pictures {
        return None;
    }
    let document = view.locate(&params.text_document.uri)?;
    let range = proto::range(&document.text, params.range, view.encoding());
    // For automatic requests at every cursor movement, only the file is considered.
    let reach = match params.context.trigger_kind {
        Some(CodeActionTriggerKind::AUTOMATIC) => Reach::File,
        _ => Reach::Project,
    };
    let actions = ide::actions(&view.snapshot, document.file, range, &kinds, reach);
    // A user who opened a menu sees refused actions, with the reason.
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
    // A light bulb at each handler and model would be noise: pictures are only offered in an opened menu.
    let is_asked = params.context.trigger_kind != Some(CodeActionTriggerKind::AUTOMATIC);
    let here = if is_asked && wants_pictures {
        report::pictures::offered(&view.snapshot, document.file, range.start)
    } else {
        Vec::new()
    };
    let pictures = here.into_iter().filter_map(|picture| show_picture(view, picture, params));
    Some(offered.chain(disabled).chain(pictures).collect())
}

/// The action that shows a picture, if the client can.
fn show_picture(view: &View, picture: Picture, params: &CodeActionParams) -> Option<CodeActionOrCommand> {
    let command = showing(view, picture, &params.text_document.uri)?;
    Some(CodeActionOrCommand::CodeAction(CodeAction {
        title: command.title.clone(),
        kind: Some(PICTURE),
        command: Some(command),
        ..CodeAction::default()
    }))
}

/// An action with its edit, or with the data to make it later. `None` if the client couldn't do anything with it.
fn offer(view: &View, action: &Action, params: &CodeActionParams) -> Option<CodeActionOrCommand> {
    let mut offered = render::code_action(action, &params.context.diagnostics, &view.features);
    match action.data.remedy {
        Remedy::PickTarget { .. } if !view.features.picks_targets => return None,
        // Its edits cover a whole project: too much to compute before the user chooses it.
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
