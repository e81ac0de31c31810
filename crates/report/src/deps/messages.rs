//! Commands, queries and events: dependencies from those who make them to those who handle them, which no import shows.

use model::{Maker, Project};
use serde::Serialize;
use workspace::Snapshot;

/// A command, query or event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MessageFlow {
    /// The class, with its module: `shop.events.Placed`.
    pub message: String,
    /// `command`, `query`, `event`
    pub kind: &'static str,
    /// The functions that make one: `shop.orders.place`; a module for what runs as it is imported.
    pub made_by: Vec<String>,
    /// The functions that handle it.
    pub handled_by: Vec<String>,
}

impl MessageFlow {
    /// `event shop.events.Placed: shop.orders.place -> shop.mail.send`
    pub(super) fn words(&self) -> String {
        let named = |names: &[String]| if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
        format!("{} {}: {} -> {}", self.kind, self.message, named(&self.made_by), named(&self.handled_by))
    }
}

/// The messages that somebody makes or handles, by name.
pub(super) fn messages(snapshot: &Snapshot, project: Project) -> Vec<MessageFlow> {
    let db = snapshot.db();
    let modules = model::query::modules(db, project);
    let named = |maker: Maker| model::query::maker_name(db, project, maker);
    let all = model::query::messages(db, project);
    let flows = all.by_class.iter().map(|(class, message)| {
        let makers = model::query::message_makers(db, project, class.clone());
        MessageFlow {
            message: format!("{}.{}", modules[class.module].name, class.name),
            kind: message.kind.as_str(),
            made_by: makers.iter().map(|maker| named(*maker)).collect(),
            handled_by: message.handlers.iter().map(|it| named((it.module, Some(it.function)))).collect(),
        }
    });
    let mut found: Vec<MessageFlow> =
        flows.filter(|it| !it.made_by.is_empty() || !it.handled_by.is_empty()).collect();
    found.sort_by(|one, other| one.message.cmp(&other.message));
    found
}
