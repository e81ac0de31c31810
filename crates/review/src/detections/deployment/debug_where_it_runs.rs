//! Debugging enabled in an image or a cluster.

use libraries::Job;
use report::deployment::{Service, Written};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Launch, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "debug-where-it-runs",
    area: Area::Security,
    title: "Debugging is off in what runs",
    docs: include_str!("debug_where_it_runs.md"),
    asvs: Some("V13 Configuration"),
    factor: Some(10),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut shown: Vec<Place> = Vec::new();
    for (launch, module) in
        evidence.started().filter(|(launch, _)| launch.job == Job::Web && !launch.is_conditional)
    {
        let service = evidence.service(launch);
        if is_for_development(service) {
            continue;
        }
        let Some((what, place)) =
            settings(evidence, launch, module).or_else(|| application(evidence, launch, module))
        else {
            continue;
        };
        if shown.contains(&place) {
            continue;
        }
        shown.push(place.clone());
        let text = format!(
            "`{}` starts `{}` with {what}: errors show settings and code to whoever asks.",
            service.name,
            launch.name()
        );
        let claim = out.contradiction(Level::High, &[&service.name, &place.path], text);
        claim.at(place.clone()).at(&launch.at);
        claim.recommend(format!(
            "Turn it off in `{}`, or read it from a variable that is off without a value.",
            place.path
        ));
        if what.contains("DEBUG") {
            claim.example("python", "DEBUG = os.environ.get(\"DEBUG\") == \"1\"");
        }
    }
}

/// Whether a service is for development: by the name of its file, or by its command.
fn is_for_development(service: &Service) -> bool {
    let path = service.file.to_ascii_lowercase();
    let named = ["dev", "local", "override", "test", "debug", "example", "demo", "sandbox"]
        .iter()
        .any(|it| path.contains(it) || service.name.contains(it));
    let is_plain_compose = service.written == Written::Compose
        && service.environment.iter().any(|it| matches!(it.name.as_str(), "DEBUG" | "DJANGO_DEBUG"));
    named || is_plain_compose
}

/// `DEBUG = True` in the Django settings that a service uses.
fn settings(evidence: &Evidence, launch: &Launch, module: usize) -> Option<(String, Place)> {
    let service = evidence.service(launch);
    let set = service.environment.iter().find(|it| it.name == "DJANGO_SETTINGS_MODULE");
    let name = set.and_then(|it| it.value.clone()).or_else(|| {
        let said = evidence.sources[module].calls.iter().find(|call| {
            call.called.method == "setdefault"
                && call.called.positional(0).and_then(Value::text) == Some("DJANGO_SETTINGS_MODULE")
        })?;
        said.called.positional(1)?.text().map(str::to_owned)
    })?;
    let source = evidence.module(&name).or_else(|| {
        let mut all = evidence.sources.iter().filter(|it| it.name.ends_with(&format!(".{name}")));
        all.next().filter(|_| all.next().is_none())
    })?;
    // A later star import may override it.
    let said = source.value("DEBUG").map(|(_, line)| line)?;
    if source.stars.iter().any(|line| *line > said) {
        return None;
    }
    match source.value("DEBUG")? {
        (Value::Bool(true), line) => {
            Some((format!("`DEBUG = True` in `{}`", source.path), Place::new(source.path.clone(), line)))
        }
        _ => None,
    }
}

/// `FastAPI(debug=True)` of the started application.
fn application(evidence: &Evidence, launch: &Launch, module: usize) -> Option<(String, Place)> {
    let attribute = launch.attribute.as_deref()?;
    let source = &evidence.sources[module];
    let call =
        source.calls.iter().find(|it| it.function.is_none() && it.bound_to.as_deref() == Some(attribute))?;
    let makes = call.called.callee.as_deref().and_then(libraries::call) == Some(libraries::Mark::CreatesApp);
    (makes && call.called.keyword("debug") == Some(&Value::Bool(true))).then(|| {
        (format!("`{}(debug=True)`", call.called.method), Place::new(source.path.clone(), call.line))
    })
}
