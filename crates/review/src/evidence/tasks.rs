//! Functions that workers run on request.

use super::Evidence;
use super::value::Value;
use crate::claim::Place;

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The name that it is sent by.
    pub name: String,
    /// The full name of the function: `shop.tasks.send`.
    pub function: String,
    /// The module, by index.
    pub source: usize,
    /// The place of the function.
    pub place: Place,
}

/// All tasks.
pub(super) fn tasks(evidence: &Evidence) -> Vec<Task> {
    let mut found = Vec::new();
    for (at, source) in evidence.sources.iter().enumerate().filter(|(_, it)| it.role == model::PathRole::Code)
    {
        for function in source.functions.iter().filter(|it| !it.name.contains('.')) {
            for decorator in &function.decorators {
                let (callee, said) = match decorator {
                    Value::Name(name) => (name.as_str(), None),
                    Value::Call(call) => {
                        let Some(callee) = call.callee.as_deref() else { continue };
                        (callee, call.keyword("name").or_else(|| call.keyword("actor_name")))
                    }
                    _ => continue,
                };
                if !is_task(evidence, callee) && !makes_task(evidence, callee) {
                    continue;
                }
                let plain = format!("{}.{}", source.name, function.name);
                found.push(Task {
                    name: said.and_then(Value::text).map_or_else(|| plain.clone(), str::to_owned),
                    function: plain,
                    source: at,
                    place: Place::new(source.path.clone(), function.line),
                });
            }
        }
    }
    found
}

/// Whether a decorator of the project creates a task: a function or class that calls a decorator that does.
fn makes_task(evidence: &Evidence, callee: &str) -> bool {
    let Some((module, name)) = callee.rsplit_once('.') else { return false };
    let Some(source) = evidence.module(module) else { return false };
    source.calls.iter().any(|call| {
        let is_inside = call.function.as_deref().and_then(|it| it.strip_prefix(name));
        is_inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            && call.called.callee.as_deref().is_some_and(|it| is_task(evidence, it))
    })
}

/// Whether a decorator creates a task: a library's, or that of a library's application or broker.
fn is_task(evidence: &Evidence, callee: &str) -> bool {
    let Some((owner, method)) = callee.rsplit_once('.') else { return false };
    if !matches!(method, "task" | "shared_task" | "actor" | "periodic_task") {
        return false;
    }
    let of_library =
        |name: &str| ["celery", "dramatiq", "taskiq"].iter().any(|it| libraries::is_of(name, it));
    of_library(owner)
        || evidence.constant(owner).is_some_and(|(value, _)| {
            value
                .call()
                .and_then(|it| it.callee.as_deref())
                .is_some_and(|it| of_library(it) || it.contains("taskiq") || it.ends_with("Broker"))
        })
}
