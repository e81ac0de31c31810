//! `codeAction/resolve`: the edits of an action, made from what is true now.

use ide::Remedy;
use rules::Applicability;

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
    if matches!(data.remedy, Remedy::Accept { .. }) {
        // Its command does it; some clients ask for an edit all the same.
        return Ok(action);
    }
    // Offered for a finding that an edit has mended since.
    let changes = ide::resolve(&view.snapshot, &data, view.features.abilities());
    let Some(changes) = changes else { return Err(proto::content_modified()) };
    let applicability = applicability(view, &data);
    action.edit = Some(proto::workspace_edit(view, &action.title, applicability, &changes));
    Ok(action)
}

/// Whether the edits want a look. An ignore comment changes nothing that runs.
fn applicability(view: &View, data: &ActionData) -> Applicability {
    if matches!(
        data.remedy,
        Remedy::Move { .. }
            | Remedy::ExtractProtocol { .. }
            | Remedy::DependOnPort { .. }
            | Remedy::ImplementMembers { .. }
    ) {
        return Applicability::Review;
    }
    let Remedy::Fix { rule, fingerprint, title } = &data.remedy else { return Applicability::Safe };
    let Some(file) = view.snapshot.file(&data.path) else { return Applicability::Review };
    ide::diagnostics(&view.snapshot, file)
        .iter()
        .filter(|finding| finding.rule == rule && finding.fingerprint.0 == *fingerprint)
        .flat_map(|finding| &finding.fixes)
        .find(|fix| fix.title == *title)
        .map_or(Applicability::Review, |fix| fix.applicability)
}
