//! A server that a script starts as its child, so that signals don't reach it.

use std::collections::BTreeSet;

use libraries::Job;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, is_for_development};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "server-behind-shell",
    area: Area::Deployment,
    title: "Signals reach what they are for",
    docs: include_str!("server_behind_shell.md"),
    asvs: None,
    factor: Some(9),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut shown: BTreeSet<(String, u32)> = BTreeSet::new();
    for launch in evidence.launches.iter().filter(|it| it.is_behind_shell && !it.is_conditional) {
        let service = evidence.service(launch);
        // An init that signals all processes of its group.
        let has_init = service.command.iter().any(|it| it.ends_with("dumb-init") || it == "-g");
        let is_server = matches!(launch.job, Job::Web | Job::Worker) && launch.program.is_some();
        if !is_server || has_init || is_for_development(service) {
            continue;
        }
        if !shown.insert((launch.at.file.clone(), launch.at.line)) {
            continue;
        }
        let text = format!(
            "`{}` starts `{}` as its child: the signal to stop `{}` ends at the shell, and open requests and tasks are cut off.",
            launch.at.file,
            launch.name(),
            service.name
        );
        let claim = out.presence(Level::Medium, &[&launch.at.file, &launch.name()], text);
        claim.at(&launch.at).at(Place::from(&service.command_at));
        claim.recommend(format!("Let the shell of `{}` become `{}`.", launch.at.file, launch.name()));
        let program = launch.program.map_or("", |it| it.name);
        claim.example("sh", format!("exec {program} ..."));
    }
}
