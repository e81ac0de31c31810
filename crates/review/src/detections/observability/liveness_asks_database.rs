//! A liveness probe whose route queries the database.

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "liveness-asks-database",
    area: Area::Observability,
    title: "Liveness depends on the process alone",
    docs: include_str!("liveness_asks_database.md"),
    asvs: None,
    factor: Some(9),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for service in evidence.services() {
        for probe in service.probes.iter().filter(|it| it.kind == "livenessProbe") {
            let path = probe.path.trim_end_matches('/');
            let mut routes = evidence.routes.iter().filter(|it| it.path.trim_end_matches('/') == path);
            let (Some(route), None) = (routes.next(), routes.next()) else { continue };
            let queries = route.cost.split(' ').next().unwrap_or_default();
            if matches!(queries, "0" | "?" | "") {
                if queries == "0" && !route.cost.contains('?') {
                    let text =
                        format!("`{}`, the liveness of `{}`, queries nothing.", route.title(), service.name);
                    out.fine(&[&service.name, &route.path], text).at(&probe.at);
                }
                continue;
            }
            let text = format!(
                "`{}` is the liveness of `{}` and queries the database: where that is slow, all its containers are killed.",
                route.title(),
                service.name
            );
            let claim = out.contradiction(Level::Medium, &[&service.name, &route.path], text);
            claim.at(route.place.clone()).at(&probe.at);
            claim.recommend(format!(
                "Let the readiness of `{}` ask `{}`, and its liveness a route that queries nothing.",
                service.name, route.path
            ));
        }
    }
}
