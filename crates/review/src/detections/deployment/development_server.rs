//! A server that is made for development, in an image or a cluster.

use std::collections::BTreeSet;

use libraries::Job;
use report::deployment::Written;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Launch, is_for_development};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "development-server",
    area: Area::Deployment,
    title: "Images start servers for operation",
    docs: include_str!("development_server.md"),
    asvs: None,
    factor: Some(10),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut shown: BTreeSet<Place> = BTreeSet::new();
    for launch in evidence.launches.iter().filter(|it| !it.is_conditional) {
        let service = evidence.service(launch);
        let is_operated = matches!(service.written, Written::Image | Written::Workload);
        let Some(what) = development(launch).filter(|_| is_operated && !is_for_development(service)) else {
            continue;
        };
        if !shown.insert(Place::from(&launch.at)) {
            continue;
        }
        let text = format!(
            "`{}` runs `{what}`, a server for development: it is made for one developer, not for load or strangers.",
            service.name
        );
        let claim = out.presence(Level::Medium, &[&service.file, &service.name, &what], text);
        claim.at(&launch.at);
        claim.recommend(format!("Start what `{}` serves with a server for operation.", service.name));
    }
}

/// The command, if it starts a server for development.
fn development(launch: &Launch) -> Option<String> {
    let Some(program) = launch.program else {
        let is_manager = launch.module.as_deref().is_some_and(|it| it == "manage" || it.ends_with(".manage"));
        let runs = launch.words.iter().any(|it| it == "runserver" || it == "runserver_plus");
        return (is_manager && runs).then(|| "manage.py runserver".to_owned());
    };
    let option = program.development.iter().find(|it| launch.has(&[it]));
    let known = program.subcommands();
    let is_made_for_it = known.contains(&"dev") && launch.has(&["dev"]);
    // What frameworks bring to try an application can't have several processes.
    let is_alone = program.job == Job::Web && program.workers.is_empty() && known.contains(&"run");
    let word = match (is_made_for_it, is_alone) {
        (true, _) => "dev",
        (false, true) => "run",
        (false, false) => option.copied()?,
    };
    Some(format!("{} {word}", program.name))
}
