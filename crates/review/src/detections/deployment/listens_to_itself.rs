//! A server in a container that listens on the container's own loopback address.

use libraries::Job;
use report::deployment::{Service, Written};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Launch, is_for_development, is_shell};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "listens-to-itself",
    area: Area::Deployment,
    title: "Servers listen where they are asked",
    docs: include_str!("listens_to_itself.md"),
    asvs: None,
    factor: Some(7),
    run,
};

/// Servers that may stand before the application in one image.
const PROXIES: &[&str] = &["nginx", "caddy", "haproxy", "supervisord", "envoy", "traefik"];

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (launch, _) in evidence.started().filter(|(it, _)| it.job == Job::Web && !it.is_conditional) {
        let service = evidence.service(launch);
        let Some(program) = launch.program.filter(|it| !it.is_open) else { continue };
        let is_asked = match service.written {
            Written::Compose | Written::Workload => !service.ports.is_empty(),
            Written::Image => true,
            Written::Job | Written::Process => false,
        };
        if !is_asked || is_for_development(service) || may_listen(evidence, launch, service) {
            continue;
        }
        let text = format!(
            "`{}` in `{}` listens on 127.0.0.1 only: nothing outside of the container reaches it.",
            launch.name(),
            service.name
        );
        let claim = out.contradiction(Level::High, &[&service.name, &launch.name()], text);
        claim.at(&launch.at);
        claim
            .places
            .extend((service.line != launch.at.line).then(|| Place::new(service.file.clone(), service.line)));
        claim.recommend(format!("Tell `{}` to listen on all addresses of its container.", launch.name()));
        let option = program.hosts.first().copied().unwrap_or("--host");
        claim.example("sh", format!("{} ... {option} 0.0.0.0", program.name));
    }
}

/// Whether it may listen elsewhere: by an option, a variable, a configuration, or a proxy in the same image.
fn may_listen(evidence: &Evidence, launch: &Launch, service: &Service) -> bool {
    let Some(program) = launch.program else { return true };
    let is_own = |address: &str| ["127.", "localhost"].iter().any(|it| address.starts_with(it));
    let is_said = launch.option(program.hosts).is_some_and(|it| !is_own(it))
        || launch.has(&["--uds", "--fd", "-c", "--config", "--config-file", "--endpoint"])
        || launch.words.iter().any(|it| it.contains('$') || it.starts_with("--config"));
    let in_variables = service.has_hidden_environment
        || !service.environment_files.is_empty()
        || service
            .environment
            .iter()
            .any(|it| ["HOST", "BIND", "PORT", "ARGS", "OPTS"].iter().any(|word| it.name.contains(word)));
    let is_configured = evidence.sources.iter().any(|it| it.path.ends_with(".conf.py"));
    let is_behind = evidence.files.iter().any(|file| {
        let is_of_it = service.dockerfile.as_deref() == Some(&file.path) || is_shell(&file.path);
        is_of_it && PROXIES.iter().any(|it| file.text.contains(it))
    });
    is_said || in_variables || is_configured || is_behind
}
