//! A scheduler with several instances: each job runs several times.

use libraries::Job;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "scheduler-replicated",
    area: Area::Deployment,
    title: "One scheduler runs",
    docs: include_str!("scheduler_replicated.md"),
    asvs: None,
    factor: Some(8),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for launch in &evidence.launches {
        let is_beat =
            launch.program.is_some_and(|it| it.name == "celery") && launch.has(&["-B", "--beat", "beat"]);
        let service = evidence.service(launch);
        let Some(replicas) = service.replicas.as_ref().filter(|it| is_beat && it.count > 1) else { continue };
        let text = format!(
            "`{}` starts Celery's beat, and {} of it run: each periodic task is sent that many times.",
            service.name, replicas.count
        );
        let claim = out.contradiction(Level::High, &[&service.name, "beat"], text);
        claim.at(Place::from(&replicas.at).note(format!("{} replicas", replicas.count))).at(&launch.at);
        claim.recommend(format!("Run beat apart from the workers of `{}`, once.", service.name));
        let module = launch.module.as_deref().unwrap_or("app");
        claim.example("yaml", format!("beat:\n  command: celery -A {module} beat"));
    }
    for (launch, module) in evidence.started().filter(|(launch, _)| launch.job == Job::Web) {
        let counts = evidence.processes(launch);
        let Some(count) = counts.first() else { continue };
        for at in evidence.reached(module) {
            let source = &evidence.sources[at];
            for (name, line) in schedulers(source) {
                let service = &evidence.service(launch).name;
                let text = format!(
                    "`{name}` runs jobs inside of `{}`, which `{service}` runs with {}: each job runs in every process.",
                    launch.name(),
                    count.words
                );
                let claim = out.contradiction(Level::High, &[&source.path, &name, service], text);
                claim
                    .at(Place::new(source.path.clone(), line))
                    .at(Place::from(&count.at).note(count.words.clone()));
                claim.recommend(format!("Start `{name}` in a process of its own, of which one runs."));
            }
        }
    }
}

/// Schedulers that a module starts: by name, with the line where they are created.
fn schedulers(source: &crate::evidence::Source) -> Vec<(String, u32)> {
    let starts = |name: &str| {
        source.calls.iter().any(|call| call.called.written.as_deref() == Some(&format!("{name}.start")))
    };
    // A shared store with the project's own locking can't be analysed.
    let locks = source.outside.iter().any(|it| {
        ["redlock", "aioredlock", "pottery", "filelock", "fcntl"]
            .iter()
            .any(|lock| libraries::is_of(it, lock))
    }) || source.calls.iter().any(|it| it.called.method.contains("lock"));
    if locks {
        return Vec::new();
    }
    let made = source.calls.iter().filter_map(|call| {
        let is_scheduler =
            call.called.callee.as_deref().is_some_and(|it| libraries::is_of(it, "apscheduler"))
                && call.called.method.ends_with("Scheduler")
                && !call.called.method.starts_with("Blocking");
        let name = call.bound_to.as_ref().filter(|_| is_scheduler)?;
        starts(name).then(|| (name.to_string(), call.line))
    });
    let repeated = source.functions.iter().filter_map(|function| {
        let is_repeat = |it: &Value| {
            it.call().is_some_and(|call| {
                call.method == "repeat_every"
                    && call.callee.as_deref().is_some_and(|it| {
                        it.starts_with("fastapi_utils") || it.starts_with("fastapi_utilities")
                    })
            })
        };
        function.decorators.iter().any(is_repeat).then(|| (function.name.clone(), function.line))
    });
    made.chain(repeated).collect()
}
