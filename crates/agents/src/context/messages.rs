//! Commands, queries and events that a subject is, handles or makes: who handles them, and who makes them.

use model::{ClassRef, Maker, Message, ModuleId};
use python::FunctionId;
use serde::Serialize;
use workspace::Snapshot;

use crate::subject::{Subject, SymbolKind};

/// Limit on the functions named in a row.
const NAMED: usize = 5;

/// A command, query or event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MessageRow {
    /// `OrderPlaced`
    pub(crate) message: String,
    /// `command`, `query`, `event`
    pub(crate) kind: &'static str,
    /// `shop.mail.send_mail`
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) handled_by: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) made_by: Vec<String>,
}

/// The messages that the subject is, handles or makes.
pub(crate) fn of_subject(snapshot: &Snapshot, subject: &Subject) -> Vec<MessageRow> {
    let db = snapshot.db();
    let all = model::query::messages(db, subject.project);
    let rows = all.by_class.iter().filter_map(|(class, message)| {
        let makers = model::query::message_makers(db, subject.project, class.clone());
        let handlers = || message.handlers.iter().map(|it| (it.module, Some(it.function)));
        let is_about = subject.class().as_ref() == Some(class)
            || (subject.symbol.is_none() && class.module == subject.module)
            || handlers()
                .chain(makers.iter().copied())
                .any(|(module, function)| is_in(subject, module, function));
        is_about.then(|| row(snapshot, subject, class, message, &makers))
    });
    rows.collect()
}

/// Whether a function belongs to the subject.
fn is_in(subject: &Subject, module: ModuleId, function: Option<FunctionId>) -> bool {
    let Some(symbol) = &subject.symbol else { return module == subject.module };
    match symbol.kind {
        SymbolKind::Function(id) => module == subject.module && function == Some(id),
        SymbolKind::Class(_) | SymbolKind::Variable => false,
    }
}

fn row(
    snapshot: &Snapshot,
    subject: &Subject,
    class: &ClassRef,
    message: &Message,
    makers: &[Maker],
) -> MessageRow {
    let named = |maker: Maker| model::query::maker_name(snapshot.db(), subject.project, maker);
    MessageRow {
        message: class.name.to_string(),
        kind: message.kind.as_str(),
        handled_by: message
            .handlers
            .iter()
            .take(NAMED)
            .map(|it| named((it.module, Some(it.function))))
            .collect(),
        made_by: makers.iter().take(NAMED).copied().map(named).collect(),
    }
}
