//! The command that returns the page of a rule, or the list of rules.

use serde_json::{Value, json};

use crate::answer::Reply;
use crate::proto;
use crate::session::Session;

/// The page of the rule with the given id, as Markdown; without an id, all rules.
pub(crate) fn answer(session: &Session, rule: Option<&Value>, reply: Reply<Option<Value>>) {
    let snapshot = session.workspace.snapshot();
    let Some(id) = rule.filter(|rule| !rule.is_null()) else {
        let rules = ide::rule_list(&snapshot).into_iter().map(|row| {
            json!({
                "id": row.rule.id,
                "summary": row.rule.summary,
                "group": row.rule.group.as_str(),
                "level": row.level.as_str(),
            })
        });
        return reply.send(Ok(Some(rules.collect())));
    };
    reply.send(match id.as_str().and_then(|id| ide::rule_page(&snapshot, id)) {
        Some(page) => Ok(Some(Value::String(page))),
        None => Err(proto::invalid_params(format!("no rule is called {id}"))),
    });
}
