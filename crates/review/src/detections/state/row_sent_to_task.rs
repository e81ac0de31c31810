//! A row that is sent to a task whole.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "row-sent-to-task",
    area: Area::State,
    title: "Tasks are sent ids",
    docs: include_str!("row_sent_to_task.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let tasks: Vec<String> = evidence.tasks().into_iter().map(|it| it.function).collect();
    for (source, call) in evidence.calls() {
        let is_sent = matches!(call.called.method.as_str(), "delay" | "apply_async" | "kiq" | "send");
        let owner = call.called.callee.as_deref().and_then(|it| it.rsplit_once('.'));
        let Some((task, _)) = owner.filter(|(it, _)| is_sent && tasks.iter().any(|task| task == it)) else {
            continue;
        };
        let Some((variable, table)) = row(evidence, source, call) else { continue };
        let who = call.function.as_deref().unwrap_or(&source.path);
        let short = task.rsplit('.').next().unwrap_or(task);
        let text = format!(
            "`{who}` sends `{variable}`, a row of `{table}`, to `{short}`: a worker gets what the row was, or can't read it at all."
        );
        let claim = out.presence(Level::High, &[&source.path, who, task], text);
        claim.at(Place::new(source.path.clone(), call.line));
        claim.recommend(format!("Send the id of `{variable}` to `{short}`, and let it load the row."));
        claim
            .example("python", format!("{}({variable}.id)", call.called.written.as_deref().unwrap_or(short)));
    }
}

/// The variable among the arguments of a call that the same function made of a table.
fn row(evidence: &Evidence, source: &Source, call: &Call) -> Option<(String, String)> {
    call.called.arguments.iter().find_map(|(_, value)| {
        let Value::Name(name) = value else { return None };
        let mut of_body = source.calls.iter().filter(|it| it.body == call.body && it.offset < call.offset);
        let made = of_body.rfind(|it| it.bound_to.as_deref() == Some(name))?;
        let callee = made.called.callee.as_deref()?;
        let table = evidence
            .tables
            .iter()
            .find(|it| callee == format!("{}.{}", evidence.sources[it.source].name, it.class))?;
        Some((name.clone(), table.class.clone()))
    })
}
