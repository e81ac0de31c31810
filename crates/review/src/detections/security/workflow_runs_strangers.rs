//! A workflow with the secrets of the project that runs the code of a pull request.

use report::deployment::document::Node;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "workflow-runs-strangers",
    area: Area::Security,
    title: "Workflows with secrets run known code",
    docs: include_str!("workflow_runs_strangers.md"),
    asvs: Some("V13 Configuration"),
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for file in evidence.files.iter().filter(|it| it.path.contains(".github/workflows/")) {
        if !file.text.contains("pull_request_target") {
            continue;
        }
        for document in Node::documents(&file.text).unwrap_or_default() {
            let jobs = document.get("jobs").map(Node::entries).unwrap_or_default();
            for (_, name, job) in jobs {
                let Some(line) = runs(job).filter(|_| job.get("if").is_none()) else { continue };
                let text = format!(
                    "The job `{name}` of `{}` runs the code of a pull request with the token and secrets of the project: \
                     whoever opens one has them.",
                    file.path
                );
                let claim = out.presence(Level::High, &[&file.path, name], text);
                claim.at(Place::new(file.path.clone(), line));
                claim.recommend(format!(
                    "Let `{name}` run on `pull_request`, or check out the branch that it is meant for."
                ));
            }
        }
    }
}

/// The line where a job checks out the code of a pull request that a later step runs.
fn runs(job: &Node) -> Option<u32> {
    let steps = job.get("steps").map(Node::items).unwrap_or_default();
    let is_foreign = |step: &Node| {
        let is_checkout =
            step.get("uses").and_then(Node::text).is_some_and(|it| it.starts_with("actions/checkout"));
        let named = step.at("with/ref").and_then(Node::text).unwrap_or_default();
        is_checkout && (named.contains("pull_request.head") || named.contains("head_ref"))
    };
    let at = steps.iter().position(is_foreign)?;
    let is_run = steps[at + 1..].iter().any(|it| it.get("run").is_some() && it.get("if").is_none());
    is_run.then(|| steps[at].line)
}
