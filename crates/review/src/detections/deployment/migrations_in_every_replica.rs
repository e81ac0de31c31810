//! Migrations that each replica of a service runs when it starts.

use libraries::Job;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Launch};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "migrations-in-every-replica",
    area: Area::Deployment,
    title: "Migrations run once",
    docs: include_str!("migrations_in_every_replica.md"),
    asvs: None,
    factor: Some(12),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (index, service) in evidence.services().iter().enumerate() {
        let Some(replicas) = service.replicas.as_ref().filter(|it| it.count > 1) else { continue };
        let of_it = || evidence.launches.iter().filter(move |it| it.service == index && !it.is_conditional);
        let serves = of_it().any(|it| matches!(it.job, Job::Web | Job::Worker));
        let Some((launch, what)) = of_it().find_map(|it| Some((it, migrates(it)?))).filter(|_| serves) else {
            continue;
        };
        let count =
            if replicas.is_most { format!("up to {}", replicas.count) } else { replicas.count.to_string() };
        let text =
            format!("`{}` runs `{what}` when it starts, in each of {count} replicas at once.", service.name);
        let claim = out.contradiction(Level::Medium, &[&service.file, &service.name], text);
        claim.at(&launch.at).at(Place::from(&replicas.at));
        claim.recommend(format!("Run `{what}` in a job of its own, before `{}` is replaced.", service.name));
    }
}

/// The command, if it changes the schema.
fn migrates(launch: &Launch) -> Option<&'static str> {
    if launch.job == Job::Migration && launch.has(&["upgrade"]) {
        return Some("alembic upgrade");
    }
    let is_manager = launch.module.as_deref().is_some_and(|it| it == "manage" || it.ends_with(".manage"));
    (is_manager && launch.has(&["migrate"])).then_some("manage.py migrate")
}
