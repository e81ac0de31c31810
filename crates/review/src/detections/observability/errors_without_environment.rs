//! An error tracker that isn't told which environment it runs in.

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "errors-without-environment",
    area: Area::Observability,
    title: "Errors say where they happened",
    docs: include_str!("errors_without_environment.md"),
    asvs: None,
    factor: Some(11),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (source, call) in evidence.calls() {
        if call.called.callee.as_deref().and_then(caution) != Some(Caution::ErrorTracker) {
            continue;
        }
        let place = Place::new(source.path.clone(), call.line);
        let what = call.called.written.clone().unwrap_or_default();
        let is_told =
            call.called.keyword("environment").is_some() || evidence.names_variable("SENTRY_ENVIRONMENT");
        if is_told {
            let text = format!("`{what}` in `{}` is told which environment it runs in.", source.path);
            out.fine(&[&source.path], text).at(place);
        } else if !call.called.has_hidden_arguments() {
            let text = format!(
                "`{what}` in `{}` isn't told which environment it runs in: errors of all of them arrive as `production`.",
                source.path
            );
            let claim = out.presence(Level::Low, &[&source.path], text);
            claim.at(place);
            claim.recommend(format!("Tell `{what}` in `{}` the environment, from a setting.", source.path));
            claim.example("python", format!("{what}(..., environment=settings.environment)"));
        }
    }
}
