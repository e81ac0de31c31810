//! A sent task that no worker knows.

use std::collections::BTreeSet;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "task-unregistered",
    area: Area::State,
    title: "Tasks that are sent are registered",
    docs: include_str!("task_unregistered.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    by_name(evidence, out);
    of_arq(evidence, out);
    not_included(evidence, out);
}

/// Celery: `send_task("shop.mail.send")`.
fn by_name(evidence: &Evidence, out: &mut Answers<'_>) {
    let registered = evidence.tasks();
    if registered.is_empty() {
        return;
    }
    for (source, call) in calls(evidence, "send_task") {
        let Some(name) =
            call.called.positional(0).or_else(|| call.called.keyword("name")).and_then(Value::text)
        else {
            continue;
        };
        // Another program's task has another prefix.
        let is_own = registered.iter().any(|it| it.name.split('.').next() == name.split('.').next());
        // A name may start at another root.
        let is_it =
            |it: &str| it == name || it.ends_with(&format!(".{name}")) || name.ends_with(&format!(".{it}"));
        if !is_own || registered.iter().any(|it| is_it(&it.name)) {
            continue;
        }
        let near = registered.iter().find(|it| it.name.rsplit('.').next() == name.rsplit('.').next());
        tell(source, call, name, near.map(|it| (it.name.as_str(), it.place.clone())), out);
    }
}

/// arq: `enqueue_job("send")`, if one list contains all functions.
fn of_arq(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut lists = evidence.sources.iter().flat_map(|source| {
        let lists = source.assignments.iter().filter(|it| it.name == "functions" && it.class.is_some());
        lists.map(move |it| (source, it))
    });
    let (Some((worker, list)), None) = (lists.next(), lists.next()) else { return };
    let Some(Value::List(functions)) = &list.value else { return };
    let mut names: Vec<String> = Vec::new();
    for function in functions {
        let name = match function {
            Value::Name(name) => name.rsplit('.').next().map(str::to_owned),
            Value::Text(name) => name.rsplit('.').next().map(str::to_owned),
            Value::Call(call) if call.method == "func" => match (call.keyword("name"), call.positional(0)) {
                (Some(Value::Text(name)), _) => Some(name.to_string()),
                (None, Some(Value::Name(name))) => name.rsplit('.').next().map(str::to_owned),
                _ => None,
            },
            _ => None,
        };
        let Some(name) = name else { return };
        names.push(name);
    }
    for (source, call) in calls(evidence, "enqueue_job") {
        let Some(name) = call.called.positional(0).and_then(Value::text) else { continue };
        if names.iter().any(|it| it == name) {
            continue;
        }
        tell(source, call, name, Some(("functions", Place::new(worker.path.clone(), list.line))), out);
    }
}

/// A Celery task in a module that the worker doesn't import.
fn not_included(evidence: &Evidence, out: &mut Answers<'_>) {
    let uses_django =
        evidence.sources.iter().any(|it| it.outside.iter().any(|name| libraries::is_of(name, "django")));
    let discovers = calls(evidence, "autodiscover_tasks").next().is_some();
    let workers: Vec<usize> = evidence
        .started()
        .filter(|(launch, _)| launch.program.is_some_and(|it| it.name == "celery") && launch.has(&["worker"]))
        .map(|(_, at)| at)
        .collect();
    let apps: Vec<&Call> = evidence
        .sources
        .iter()
        .flat_map(|it| &it.calls)
        .filter(|it| it.called.is("celery", "Celery"))
        .collect();
    let [app] = apps.as_slice() else { return };
    // Configuration files aren't followed.
    let is_configured = calls(evidence, "config_from_object").next().is_some()
        || evidence.sources.iter().any(|it| {
            it.assignments
                .iter()
                .any(|it| matches!(it.name.as_str(), "imports" | "include" | "CELERY_IMPORTS"))
        })
        || calls(evidence, "update")
            .any(|(_, it)| it.called.keyword("imports").is_some() || it.called.keyword("include").is_some());
    if uses_django || discovers || workers.is_empty() || is_configured || app.called.has_hidden_arguments() {
        return;
    }
    let mut known: BTreeSet<usize> = workers.iter().flat_map(|at| evidence.reached(*at)).collect();
    match app.called.keyword("include") {
        None => {}
        Some(Value::List(items)) => {
            for item in items {
                let Some(name) = item.text() else { return };
                if let Some(at) = evidence
                    .sources
                    .iter()
                    .position(|it| it.name == name || it.name.ends_with(&format!(".{name}")))
                {
                    known.extend(evidence.reached(at));
                }
            }
        }
        Some(_) => return,
    }
    for task in evidence.tasks().iter().filter(|it| !known.contains(&it.source)) {
        let sends = |call: &&Call| {
            matches!(call.called.method.as_str(), "delay" | "apply_async")
                && call
                    .called
                    .callee
                    .as_deref()
                    .and_then(|it| it.rsplit_once('.'))
                    .is_some_and(|(it, _)| it == task.function)
        };
        let Some((source, call)) =
            evidence.sources.iter().find_map(|it| Some((it, it.calls.iter().find(sends)?)))
        else {
            continue;
        };
        let worker = &evidence.sources[workers[0]];
        let text = format!(
            "`{}` is sent, and the worker that starts `{}` doesn't import `{}`: it is unknown there.",
            task.function, worker.name, evidence.sources[task.source].name
        );
        let claim = out.contradiction(Level::High, &[&task.function], text);
        claim
            .at(Place::new(source.path.clone(), call.line))
            .at(task.place.clone())
            .at(Place::new(worker.path.clone(), 1));
        claim.recommend(format!(
            "Include `{}` where the worker's application is made.",
            evidence.sources[task.source].name
        ));
        claim.example("python", format!("Celery(..., include=[\"{}\"])", evidence.sources[task.source].name));
    }
}

fn tell(source: &Source, call: &Call, name: &str, near: Option<(&str, Place)>, out: &mut Answers<'_>) {
    let text = format!(
        "`{}` sends `{name}`, and no worker has a task of this name.",
        call.function.as_deref().unwrap_or(&source.name)
    );
    let claim = out.contradiction(Level::High, &[&source.path, name], text);
    claim.at(Place::new(source.path.clone(), call.line));
    if let Some((near, place)) = near {
        claim.at(place);
        claim.recommend(format!("Send what `{near}` names, or register `{name}`."));
    } else {
        claim.recommend(format!("Register `{name}`, or send a task that is there."));
    }
}

fn calls<'e>(evidence: &'e Evidence, method: &str) -> impl Iterator<Item = (&'e Source, &'e Call)> {
    let method = method.to_owned();
    let code = evidence.sources.iter().filter(|it| it.role == model::PathRole::Code);
    code.flat_map(move |source| {
        let method = method.clone();
        source
            .calls
            .iter()
            .filter(move |call| call.called.method == method.as_str())
            .map(move |call| (source, call))
    })
}
