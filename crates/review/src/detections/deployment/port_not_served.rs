//! A published port at which the server of a service doesn't listen.

use libraries::Job;
use report::deployment::Written;

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "port-not-served",
    area: Area::Deployment,
    title: "Published ports are listened at",
    docs: include_str!("port_not_served.md"),
    asvs: None,
    factor: Some(7),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (index, service) in
        evidence.services().iter().enumerate().filter(|(_, it)| it.written == Written::Compose)
    {
        let mut all = evidence.launches.iter().filter(|it| it.service == index && it.job == Job::Web);
        let (Some(launch), None) = (all.next(), all.next()) else { continue };
        let Some((published, at)) = service.inner_ports.first() else { continue };
        let is_said = launch.program.is_some_and(|it| launch.option(it.ports).is_some());
        let is_open = !is_said && !service.environment_files.is_empty();
        let Some(port) = launch.port(service).filter(|_| !launch.is_conditional && !is_open) else {
            continue;
        };
        let is_proxied = evidence
            .files
            .iter()
            .any(|it| service.dockerfile.as_deref() == Some(&it.path) && it.text.contains("nginx"));
        if is_proxied || service.inner_ports.iter().any(|(it, _)| *it == port) {
            continue;
        }
        let text = format!(
            "`{}` publishes its port {published}, and `{}` listens at {port}: nothing answers there.",
            service.name,
            launch.name()
        );
        let claim = out.contradiction(Level::High, &[&service.file, &service.name], text);
        claim.at(at).at(&launch.at);
        claim.recommend(format!(
            "Publish {port} of `{}`, or let `{}` listen at {published}.",
            service.name,
            launch.name()
        ));
        claim.example("yaml", format!("ports: [\"{published}:{port}\"]"));
    }
}
