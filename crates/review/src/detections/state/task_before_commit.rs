//! A task that is sent before the data it works on is committed.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "task-before-commit",
    area: Area::State,
    title: "Tasks are sent after the commit",
    docs: include_str!("task_before_commit.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let tasks: Vec<String> = evidence.tasks().iter().map(|it| it.function.clone()).collect();
    for source in evidence.sources.iter().filter(|it| it.role == model::PathRole::Code) {
        for call in source.calls.iter().filter(|it| it.function.is_some()) {
            let Some(task) = sent(evidence, call, &tasks).filter(|_| !waits(call)) else { continue };
            let Some((end, words)) = ends_after(source, call) else { continue };
            if !writes_before(source, call) {
                continue;
            }
            let function = call.function.as_deref().unwrap_or_default();
            let text = format!(
                "`{function}` sends `{task}` {words}: a worker may read the rows before they are there, and the task stays sent where the commit fails."
            );
            let claim = out.contradiction(Level::Medium, &[&source.path, function, &task], text);
            claim.at(Place::new(source.path.clone(), call.line)).at(Place::new(source.path.clone(), end));
            let method = call.called.written.as_deref().unwrap_or_default();
            if words.contains("atomic") {
                claim.recommend(format!("Send `{task}` once the transaction of `{function}` is committed."));
                claim.example("python", format!("transaction.on_commit(lambda: {method}(...))"));
            } else {
                claim.recommend(format!("Send `{task}` behind the commit in `{function}`, or write it to an outbox in the same transaction."));
            }
        }
    }
}

/// The task that a call sends.
fn sent(evidence: &Evidence, call: &Call, tasks: &[String]) -> Option<String> {
    match call.called.method.as_str() {
        "delay" | "apply_async" | "kiq" | "send" | "send_with_options" => {
            let (task, _) = call.called.callee.as_deref()?.rsplit_once('.')?;
            tasks.iter().any(|it| it == task).then(|| task.to_owned())
        }
        "enqueue_job" | "send_task" => {
            // A function of the project may gather what it is given, and send it behind the commit.
            let is_method = call.called.written.as_deref().is_some_and(|it| it.contains('.'));
            let owner = call.called.callee.as_deref().and_then(|it| it.rsplit_once('.'));
            let is_own =
                owner.is_some_and(|(owner, _)| evidence.module(owner).is_some())
                    || evidence.sources.iter().flat_map(|it| &it.functions).any(|it| {
                        it.name.rsplit_once('.').is_some_and(|(_, name)| name == call.called.method)
                    });
            if !is_method || is_own {
                return None;
            }
            call.called.positional(0)?.text().map(str::to_owned)
        }
        _ => None,
    }
}

/// Whether the worker begins later than a transaction takes: `countdown=300`.
fn waits(call: &Call) -> bool {
    /// In seconds.
    const LONG: i64 = 5;
    let countdown = call.called.keyword("countdown").is_some_and(|it| match it {
        Value::Int(seconds) => *seconds > LONG,
        it => *it != Value::None,
    });
    countdown || call.called.keyword("eta").is_some_and(|it| *it != Value::None)
}

/// The end of the transaction after a call: its line, and as text.
pub(super) fn ends_after(source: &Source, call: &Call) -> Option<(u32, String)> {
    let atomic = call.within.iter().find(|it| it.ends_with("transaction.atomic"));
    if atomic.is_some() {
        let opened = source
            .calls
            .iter()
            .rev()
            .find(|it| it.body == call.body && it.offset < call.offset && it.called.method == "atomic");
        return Some((opened.map_or(call.line, |it| it.line), "inside of `transaction.atomic()`".to_owned()));
    }
    let is_commit = |it: &&Call| {
        it.body == call.body
            && it.offset > call.offset
            && it.called.method == "commit"
            && it.called.arguments.is_empty()
    };
    let commit = source.calls.iter().filter(is_commit).find(|it| follows(call, it))?;
    Some((commit.line, format!("before `{}()`", commit.called.written.as_deref().unwrap_or("commit"))))
}

/// Whether both may run in one call, the second after the first: they are not in two branches of one statement.
fn follows(first: &Call, second: &Call) -> bool {
    first.blocks.iter().zip(&second.blocks).all(|(one, other)| one.0 != other.0 || one.1 == other.1)
        // A block without the second call may return from the function.
        && first.blocks.len() <= second.blocks.len()
}

/// Whether the function has written something before, without committing it.
pub(super) fn writes_before(source: &Source, call: &Call) -> bool {
    let before = || source.calls.iter().filter(|it| it.body == call.body && it.offset < call.offset);
    let is_write = |it: &Call| match it.called.method.as_str() {
        "add" | "add_all" | "merge" | "flush" => it
            .called
            .written
            .as_deref()
            .is_some_and(|it| ["session", "db", "uow"].iter().any(|name| it.contains(name))),
        "save" | "bulk_create" | "bulk_update" | "get_or_create" | "update_or_create" => true,
        "create" => it.called.written.as_deref().is_some_and(|it| it.contains(".objects.")),
        _ => false,
    };
    let last_write = before().filter(|it| is_write(it)).map(|it| it.offset).max();
    let last_commit = before().filter(|it| it.called.method == "commit").map(|it| it.offset).max();
    last_write.is_some_and(|write| last_commit.is_none_or(|commit| commit < write))
}
