//! A session of the request that work after the response uses.

use libraries::{Caution, caution};
use model::Framework;
use pep440_rs::Version;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Function, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "session-after-response",
    area: Area::State,
    title: "Work after the response has its own session",
    docs: include_str!("session_after_response.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let Some(package) = evidence.locked.version(Framework::FastApi.as_str()) else { return };
    let Some(version) = package.version.as_deref().and_then(|it| it.parse::<Version>().ok()) else { return };
    // Dependencies end before the response from the first, and after the work from the second.
    let between = [Version::new([0, 106]), Version::new([0, 118])];
    if version < between[0] || version >= between[1] {
        return;
    }
    for (source, call) in evidence.calls().filter(|(_, it)| it.called.method == "add_task") {
        let Some(function) = call.function.as_deref().and_then(|it| source.function(it)) else { continue };
        let Some(name) = handed(call, function) else { continue };
        let text = format!(
            "`{}` hands its session `{name}` to work after the response, and FastAPI {version} closes it before that work \
             runs.",
            function.name
        );
        let claim = out.contradiction(Level::High, &[&source.path, &function.name], text);
        claim
            .at(Place::new(source.path.clone(), call.line))
            .at(Place::new(package.file.clone(), package.line));
        claim.recommend(format!(
            "Let the work that `{}` adds open a session of its own, and hand it ids.",
            function.name
        ));
    }
}

/// The session of the request that a background task is given.
fn handed(call: &Call, function: &Function) -> Option<String> {
    let owner = call.called.written.as_deref()?.strip_suffix(".add_task")?;
    let is_background = matches!(
        function.parameter(owner).and_then(|it| it.annotation.as_ref()),
        Some(Value::Name(name)) if name.ends_with(".BackgroundTasks")
    );
    let given = call.called.arguments.iter().filter(|_| is_background).skip(1);
    given.filter_map(|(_, it)| if let Value::Name(name) = it { Some(name) } else { None }).find_map(|name| {
        let parameter = function.parameter(name)?;
        let is_session =
            matches!(&parameter.annotation, Some(Value::Name(it)) if caution(it) == Some(Caution::Session));
        let is_asked_for =
            parameter.default.as_ref().and_then(Value::call).is_some_and(|it| it.method == "Depends");
        (is_session && is_asked_for).then(|| name.clone())
    })
}
