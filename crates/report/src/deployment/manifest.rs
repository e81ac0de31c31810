//! Workloads of Kubernetes manifests.

use super::document::{Content, Node};
use super::read::listed;
use super::service::{Probe, Replicas, Service, Spot, Variable, Written, asked_for};

/// The contents of one manifest.
pub(super) enum Manifest {
    /// Something that runs.
    Runs(Box<Service>),
    /// A name for reaching a workload: name, and selector.
    Reaches(String, String),
    /// The number of a workload's instances: its name, and the number.
    Scales(String, Replicas),
    /// Anything else.
    Other,
}

/// The contents of a document.
pub(super) fn of_manifest(document: &Node, file: &str) -> Manifest {
    let kind = document.get("kind").and_then(Node::text).unwrap_or_default();
    let Some(name) = document.at("metadata/name").and_then(Node::text) else { return Manifest::Other };
    let (pod, written) = match kind {
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" => {
            ("spec/template/spec", Written::Workload)
        }
        "Job" => ("spec/template/spec", Written::Job),
        "CronJob" => ("spec/jobTemplate/spec/template/spec", Written::Job),
        "Pod" => ("spec", Written::Workload),
        "Service" => {
            let selector = document.at("spec/selector").map(Node::entries).unwrap_or_default();
            let selected = selector.iter().find_map(|(_, _, value)| value.text());
            return selected.map_or(Manifest::Other, |it| Manifest::Reaches(name.to_owned(), it.to_owned()));
        }
        "HorizontalPodAutoscaler" => return scales(document, file),
        _ => return Manifest::Other,
    };
    let Some(pod) = document.at(pod) else { return Manifest::Other };
    let Some(container) = pod.get("containers").and_then(|it| it.items().first()) else {
        return Manifest::Other;
    };
    let at = |line: u32| Spot { file: file.to_owned(), line };
    let (command, arguments) = (container.entry("command"), container.entry("args"));
    let mut words = listed(command.map(|(_, it)| it));
    words.extend(listed(arguments.map(|(_, it)| it)));
    let line = document.get("metadata").and_then(|it| it.entry("name")).map_or(1, |(line, _)| line);
    let replicas = document.get("spec").and_then(|it| it.entry("replicas"));
    let ports = container.get("ports").map(Node::items).unwrap_or_default();
    Manifest::Runs(Box::new(Service {
        name: name.to_owned(),
        file: file.to_owned(),
        line,
        written,
        image: container.get("image").and_then(Node::text).map(str::to_owned),
        command: words,
        command_at: at(arguments.or(command).map_or(line, |(line, _)| line)),
        environment: environment(container, file),
        has_hidden_environment: container.get("envFrom").is_some(),
        replicas: replicas
            .and_then(|(line, it)| Some(Replicas { count: it.count()?, is_most: false, at: at(line) })),
        probes: probes(container, file),
        volumes: mounts(pod, container),
        ports: ports.iter().filter_map(|it| it.get("containerPort")?.scalar()).collect(),
        has_user: [pod, container].iter().any(|it| {
            let context = it.get("securityContext");
            context.is_some_and(|it| it.get("runAsUser").is_some() || it.get("runAsNonRoot").is_some())
        }),
        folder: container.get("workingDir").and_then(Node::text).map(str::to_owned),
        ..Service::default()
    }))
}

fn scales(document: &Node, file: &str) -> Manifest {
    let target = document.at("spec/scaleTargetRef/name").and_then(Node::text);
    let least = document.at("spec/minReplicas").and_then(Node::count).unwrap_or(1);
    let most = document.get("spec").and_then(|it| it.entry("maxReplicas"));
    match (target, most.and_then(|(line, it)| Some((line, it.count()?)))) {
        (Some(target), Some((line, count))) => {
            let at = Spot { file: file.to_owned(), line };
            Manifest::Scales(target.to_owned(), Replicas { count, is_most: count > least, at })
        }
        _ => Manifest::Other,
    }
}

fn environment(container: &Node, file: &str) -> Vec<Variable> {
    let list = container.get("env").map(Node::items).unwrap_or_default();
    let read = |it: &Node| {
        Some(Variable {
            name: it.get("name")?.scalar()?,
            value: it.get("value").and_then(Node::scalar),
            at: Spot { file: file.to_owned(), line: it.line },
        })
    };
    list.iter().filter_map(read).collect()
}

/// The probes; named ports are looked up among those of the container.
fn probes(container: &Node, file: &str) -> Vec<Probe> {
    let ports = container.get("ports").map(Node::items).unwrap_or_default();
    let named = |name: &str| {
        let port = ports.iter().find(|it| it.get("name").and_then(Node::text) == Some(name))?;
        port.get("containerPort")?.scalar()?.parse().ok()
    };
    let mut found = Vec::new();
    for kind in ["startupProbe", "readinessProbe", "livenessProbe"] {
        let Some(probe) = container.get(kind) else { continue };
        let http = probe.get("httpGet").and_then(|get| {
            let (line, path) = get.entry("path")?;
            let port = match &get.get("port")?.content {
                Content::Number(port) => port.parse().ok(),
                Content::Text(name) => name.parse().ok().or_else(|| named(name)),
                _ => None,
            };
            Some((line, path.text()?.split('?').next()?.to_owned(), port))
        });
        let run = probe.at("exec/command").and_then(|words| {
            let (path, port) = asked_for(&listed(Some(words)))?;
            Some((words.line, path, port))
        });
        found.extend(http.or(run).map(|(line, path, port)| Probe {
            kind: kind.to_owned(),
            path,
            port,
            at: Spot { file: file.to_owned(), line },
        }));
    }
    found
}

/// Paths in the container whose contents outlive it, which excludes scratch folders.
fn mounts(pod: &Node, container: &Node) -> Vec<String> {
    let volumes = pod.get("volumes").map(Node::items).unwrap_or_default();
    let name = |it: &Node| it.get("name").and_then(Node::scalar);
    let is_scratch = |volume: &str| {
        volumes.iter().any(|it| name(it).as_deref() == Some(volume) && it.get("emptyDir").is_some())
    };
    let mounts = container.get("volumeMounts").map(Node::items).unwrap_or_default();
    let kept = mounts.iter().filter(|it| !name(it).is_some_and(|volume| is_scratch(&volume)));
    kept.filter_map(|it| it.get("mountPath")?.scalar()).collect()
}
