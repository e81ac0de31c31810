//! `codeAction/resolve`: the edits of an action, made from the current state.

use ide::{Failure, Remedy};

use crate::proto::{self, CodeAction, Features, ServerCapabilities, request};
use crate::render::{self, ActionData};
use crate::view::View;
use crate::work::Read;

pub(super) struct Handler;

impl Read for Handler {
    type Request = request::CodeActionResolveRequest;

    fn read(view: &View, action: &CodeAction) -> proto::Result<CodeAction> {
        fill_in(view, action.clone())
    }

    /// Announced with the actions.
    fn announce(_: &mut ServerCapabilities, _: &Features) {}
}

fn fill_in(view: &View, mut action: CodeAction) -> proto::Result<CodeAction> {
    let data = action.data.clone().and_then(|data| serde_json::from_value::<ActionData>(data).ok());
    let Some(data) = data else {
        return Err(proto::invalid_params("this action was not offered here".to_owned()));
    };
    if matches!(data.remedy, Remedy::Accept { .. } | Remedy::PickTarget { .. }) {
        // Its command does the work; some clients request an edit all the same.
        return Ok(action);
    }
    let resolved =
        ide::attempt(&view.snapshot, &data, view.features.abilities()).map_err(|why| match why {
            // The finding that it was offered for has been fixed since.
            Failure::Gone => proto::content_modified(),
            // What reads other files may turn out to be impossible only when it is carried out.
            Failure::Refused(reason) => {
                proto::request_failed(format!("\"{}\" can't be done here: {reason}", action.title))
            }
        })?;
    render::fill_in(view, &mut action, &resolved);
    Ok(action)
}
