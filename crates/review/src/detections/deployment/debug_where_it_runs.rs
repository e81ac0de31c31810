//! Debugging enabled in an image or a cluster.

use libraries::Job;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Launch, Value, is_for_development};

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

/// `DEBUG = True` in the Django settings that a service uses.
fn settings(evidence: &Evidence, launch: &Launch, module: usize) -> Option<(String, Place)> {
    match evidence.django_setting(launch, module, "DEBUG")? {
        (source, Value::Bool(true), line) => {
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
