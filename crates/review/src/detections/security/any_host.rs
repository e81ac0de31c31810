//! Any host is taken in what runs.

use libraries::Job;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, is_for_development};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "any-host",
    area: Area::Security,
    title: "Requests name known hosts",
    docs: include_str!("any_host.md"),
    asvs: Some("V13 Configuration"),
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut shown: Vec<Place> = Vec::new();
    for (launch, module) in evidence.started().filter(|(it, _)| it.job == Job::Web && !it.is_conditional) {
        let service = evidence.service(launch);
        let Some((source, value, line)) = evidence.django_setting(launch, module, "ALLOWED_HOSTS") else {
            continue;
        };
        let place = Place::new(source.path.clone(), line);
        let is_any = value.items().iter().any(|it| it.text() == Some("*"));
        if !is_any || is_for_development(service) || shown.contains(&place) {
            continue;
        }
        shown.push(place.clone());
        let text = format!(
            "`ALLOWED_HOSTS` in `{}` takes any host, and `{}` uses it: links in mails may lead to whoever asks for them.",
            source.path, service.name
        );
        let claim = out.presence(Level::Medium, &[&source.path], text);
        claim.at(place).at(&launch.at);
        claim.recommend(format!(
            "List the hosts of `{}` in `{}`, or read them from a variable.",
            service.name, source.path
        ));
    }
}
