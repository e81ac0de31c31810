//! A health check for a path that the code doesn't serve, or on another port.

use libraries::Job;
use model::Framework;
use report::deployment::Probe;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Launch, ServedRoute};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "probe-not-served",
    area: Area::Observability,
    title: "Health checks ask for what is served",
    docs: include_str!("probe_not_served.md"),
    asvs: None,
    factor: Some(9),
    run,
};

/// Paths that frameworks serve by themselves.
const OWN: &[&str] = &["/docs", "/redoc", "/openapi.json", "/schema", "/metrics", "/admin", "/static"];

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut shown = Vec::new();
    for (launch, module) in evidence.started().filter(|(launch, _)| launch.job == Job::Web) {
        let service = evidence.service(launch);
        for probe in &service.probes {
            let key = probe.at.clone();
            if shown.contains(&key) {
                continue;
            }
            shown.push(key);
            if !port(evidence, launch, probe, out) {
                path(evidence, launch, module, probe, out);
            }
        }
    }
}

/// Whether the port is wrong.
fn port(evidence: &Evidence, launch: &Launch, probe: &Probe, out: &mut Answers<'_>) -> bool {
    let service = evidence.service(launch);
    // Something else in the service may listen there: a proxy beside the application.
    let is_alone =
        evidence.launches.iter().filter(|it| it.service == launch.service && it.job == Job::Web).count() == 1;
    let (Some(asked), Some(answers)) = (probe.port, launch.port(service)) else { return false };
    if asked == answers || launch.is_conditional || !is_alone || is_proxied(evidence, launch) {
        return false;
    }
    let text = format!(
        "The {} of `{}` asks at port {asked}, and `{}` answers at {answers}.",
        probe.kind,
        service.name,
        launch.name()
    );
    let claim = out.contradiction(Level::High, &[&service.name, &probe.kind, "port"], text);
    claim.at(&probe.at).at(Place::from(&launch.at).note(format!("port {answers}")));
    claim.recommend(format!("Ask at port {answers}, or start `{}` at {asked}.", launch.name()));
    true
}

/// Whether the image also contains a reverse proxy.
fn is_proxied(evidence: &Evidence, launch: &Launch) -> bool {
    let service = evidence.service(launch);
    let Some(path) = &service.dockerfile else { return false };
    let file = evidence.files.iter().find(|it| it.path == *path);
    file.is_some_and(|it| {
        ["nginx", "caddy", "supervisor", "traefik"].iter().any(|name| it.text.contains(name))
    })
}

fn path(evidence: &Evidence, launch: &Launch, module: usize, probe: &Probe, out: &mut Answers<'_>) {
    let service = evidence.service(launch);
    let reached = evidence.reached(module);
    let wanted = probe.path.trim_end_matches('/');
    let served = evidence.routes.iter().find(|it| answers(it, wanted));
    if let Some(route) = served {
        let text = format!(
            "The {} of `{}` asks for `{}`, which `{}` serves.",
            probe.kind, service.name, probe.path, route.handler
        );
        out.fine(&[&service.name, &probe.kind], text).at(&probe.at).at(route.place.clone());
        return;
    }
    let is_own =
        wanted.is_empty() || OWN.iter().any(|it| wanted == *it || wanted.starts_with(&format!("{it}/")));
    // A path that appears anywhere in the code may be served by something that isn't analysed: a middleware, a mounted
    // application.
    let is_written = evidence.sources.iter().any(|it| it.paths.iter().any(|path| mentions(path, wanted)));
    let is_computed = evidence
        .routes
        .iter()
        .any(|it| it.path.starts_with("/{") && it.framework != Framework::Django && it.path.contains('.'));
    let of_service = evidence.routes.iter().filter(|it| reached.contains(&it.source)).count();
    let is_known = evidence.is_whole && evidence.not_read.is_empty() && of_service > 0 && !is_computed;
    if is_own || is_written || !is_known || has_mount(evidence, wanted) || is_proxied(evidence, launch) {
        return;
    }
    let text = format!(
        "The {} of `{}` asks for `{}`, and none of the {of_service} routes of `{}` is it.",
        probe.kind,
        service.name,
        probe.path,
        launch.name()
    );
    let near = nearest(evidence, wanted);
    let claim = out.contradiction(Level::High, &[&service.name, &probe.kind, &probe.path], text);
    claim.at(&probe.at);
    if let Some(route) = near {
        claim.at(route.place.clone().note(route.title()));
        claim.recommend(format!("Ask for `{}`, which `{}` serves.", route.path, route.handler));
    } else {
        claim.at(&launch.at);
        claim.recommend(format!(
            "Serve `{}` in `{}`, or ask for a route that is there.",
            probe.path, evidence.sources[module].path
        ));
    }
}

/// Whether a string in code is the path, or its last part below a prefix.
fn mentions(written: &str, wanted: &str) -> bool {
    let written = written.trim_end_matches('/');
    !written.is_empty() && (written == wanted || wanted.ends_with(written))
}

/// Whether a path may be below something that is mounted, or that registers routes by itself.
fn has_mount(evidence: &Evidence, wanted: &str) -> bool {
    let registers = |called: &crate::evidence::Called| {
        let first = called.positional(0).and_then(|it| it.text());
        match called.method.as_str() {
            "mount" => first.is_none_or(|prefix| wanted.starts_with(prefix.trim_end_matches('/'))),
            "add_api_route" | "add_route" | "add_url_rule" | "route" => first.is_none(),
            _ => false,
        }
    };
    let words = ["health", "heartbeat", "liveness", "readiness", "watchman", "ht"];
    // A library that serves health checks is recognised by its name.
    let brings = |name: &str| {
        let first = name.split('.').next().unwrap_or(name);
        words.iter().any(|word| first.contains(word) && first != "ht") || first == "dockerflow"
    };
    evidence.sources.iter().any(|it| {
        it.calls.iter().any(|call| registers(&call.called)) || it.outside.iter().any(|name| brings(name))
    })
}

/// Whether a route matches a path.
fn answers(route: &ServedRoute, wanted: &str) -> bool {
    if !route.methods.is_empty() && !route.methods.iter().any(|it| it == "GET" || it == "HEAD") {
        return false;
    }
    let is_any = |part: &str| part.starts_with(['{', '<', ':']) || part.contains("(?P");
    let mut parts = wanted.split('/');
    for part in route.path.trim_end_matches('/').split('/') {
        match parts.next() {
            Some(_) if part.contains(":path") || part.starts_with("<path:") => return true,
            Some(_) if is_any(part) => {}
            Some(asked) if asked == part => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}

/// A route for the same purpose: its last segment is the probe's, or it is the only one about health.
fn nearest<'e>(evidence: &'e Evidence, wanted: &str) -> Option<&'e ServedRoute> {
    let last = wanted.rsplit('/').next().unwrap_or(wanted);
    let same =
        evidence.routes.iter().find(|it| it.path.trim_end_matches('/').rsplit('/').next() == Some(last));
    same.or_else(|| {
        let mut all = evidence.routes.iter().filter(|it| {
            ["health", "ready", "live", "ping", "status"].iter().any(|word| it.path.contains(word))
        });
        all.next().filter(|_| all.next().is_none())
    })
}
