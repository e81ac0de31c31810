//! `codeAction/resolve`: the edits of an action, made from what is true now.

use ide::Remedy;

use crate::answer::{Overtaken, Reply};
use crate::proto::{self, ActionData, CodeAction};
use crate::session::Session;
use crate::view::View;

pub(crate) fn resolve_code_action(session: &mut Session, action: CodeAction, reply: Reply<CodeAction>) {
    session
        .answer("codeAction/resolve", reply, Overtaken::ContentModified, move |view| fill_in(view, action));
}

fn fill_in(view: &View, mut action: CodeAction) -> proto::Result<CodeAction> {
    let data = action.data.clone().and_then(|data| serde_json::from_value::<ActionData>(data).ok());
    let Some(data) = data else {
        return Err(proto::invalid_params("this action was not offered here".to_owned()));
    };
    if matches!(data.remedy, Remedy::Accept { .. } | Remedy::PickTarget { .. }) {
        // Its command does it; some clients ask for an edit all the same.
        return Ok(action);
    }
    // Offered for a finding that an edit has fixed since.
    let resolved = ide::resolve(&view.snapshot, &data, view.features.abilities());
    let Some(resolved) = resolved else { return Err(proto::content_modified()) };
    proto::fill_in(view, &mut action, &resolved);
    Ok(action)
}
