//! Reads services off files: compose, Kubernetes, Procfile, Dockerfile.

use std::collections::BTreeMap;

use libraries::Technology;
use serde_json::Value;

use super::File;
use super::address::filled;
use super::command;

/// Longer files are no deployment by hand.
const LONGEST: usize = 1_000_000;

/// Something that runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Service {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) image: Option<String>,
    pub(super) command: Vec<String>,
    pub(super) environment: Vec<(String, String)>,
    pub(super) starts_after: Vec<String>,
    pub(super) ports: Vec<String>,
    /// Other names that it answers to.
    pub(super) aliases: Vec<String>,
    /// The folder that its image is built from.
    pub(super) built_from: Option<String>,
}

impl Service {
    /// The kind of service, where its image tells.
    pub(super) fn technology(&self) -> Option<&'static Technology> {
        self.image.as_deref().and_then(|image| Technology::of_image(&filled(image)))
    }

    /// The module that its command names.
    pub(super) fn module(&self) -> Option<String> {
        command::named(&self.command)
    }

    /// Whether a host is this one: by its name, also with the namespace of a cluster behind it.
    pub(super) fn answers(&self, host: &str) -> bool {
        let first = host.split_once('.').map_or(host, |(first, rest)| {
            if rest.ends_with("svc") || rest.ends_with("svc.cluster.local") { first } else { host }
        });
        self.name == first || self.aliases.iter().any(|it| it == first)
    }
}

/// What files say.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By name, in the order of names.
    pub(super) services: Vec<Service>,
    /// Files that can't be read as YAML.
    pub(super) unread: usize,
}

/// Whether a file of this name may say how something runs.
pub fn is_wanted(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    let ending = low.rsplit_once('.').map(|(_, ending)| ending);
    let is_known = matches!(ending, Some("yml" | "yaml" | "dockerfile"));
    name == "Procfile" || low == "dockerfile" || low.starts_with("dockerfile.") || is_known
}

/// The services of all files. Of one name there is one: files that say more of it add to it.
pub(super) fn services(files: &[File]) -> Found {
    let mut found = Found::default();
    let mut all: BTreeMap<String, Service> = BTreeMap::new();
    let mut started: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut bases: BTreeMap<String, String> = BTreeMap::new();
    let mut selectors: Vec<(String, String)> = Vec::new();
    for file in files.iter().filter(|file| file.text.len() <= LONGEST) {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if name == "Procfile" {
            for (name, command) in file.text.lines().filter_map(|line| line.split_once(':')) {
                let is_name = !name.is_empty()
                    && name.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | '-'));
                if is_name {
                    add(
                        &mut all,
                        Service {
                            name: name.to_owned(),
                            file: file.path.clone(),
                            command: words(command),
                            ..Service::default()
                        },
                    );
                }
            }
        } else if name.to_ascii_lowercase().contains("dockerfile") {
            if let Some(base) = base(&file.text) {
                bases.entry(folder.to_owned()).or_insert(base);
            }
            if let Some(command) = of_dockerfile(&file.text) {
                started.entry(folder.to_owned()).or_insert(command);
            }
        } else {
            let is_compose = name.contains("compose");
            let is_manifest = file.text.contains("apiVersion:") && file.text.contains("kind:");
            if !is_compose && !is_manifest {
                continue;
            }
            if file.text.contains("{{") {
                found.unread += 1;
                continue;
            }
            let Ok(documents) = serde_saphyr::from_multiple::<Value>(&file.text) else {
                found.unread += 1;
                continue;
            };
            for document in &documents {
                if is_compose {
                    for service in of_compose(document, &file.path, folder) {
                        add(&mut all, service);
                    }
                } else {
                    of_manifest(document, &file.path, &mut all, &mut selectors);
                }
            }
        }
    }
    for (service, selected) in selectors {
        if let Some(service_of) = all.get_mut(&selected).filter(|_| selected != service) {
            service_of.aliases.push(service);
        }
    }
    for service in all.values_mut().filter(|it| it.technology().is_none()) {
        let base = service.built_from.as_ref().and_then(|folder| bases.get(folder));
        if let Some(base) = base.filter(|base| Technology::of_image(base).is_some()) {
            service.image = Some(base.clone());
        }
    }
    for service in all.values_mut().filter(|it| it.command.is_empty()) {
        if let Some(command) = service.built_from.as_ref().and_then(|folder| started.get(folder)) {
            service.command.clone_from(command);
        }
    }
    if all.is_empty() {
        for (folder, command) in started {
            let name = folder.rsplit('/').next().filter(|it| !it.is_empty()).unwrap_or("image").to_owned();
            add(
                &mut all,
                Service {
                    name,
                    file: format!("{folder}/Dockerfile").trim_start_matches('/').to_owned(),
                    command,
                    ..Service::default()
                },
            );
        }
    }
    found.services = all.into_values().collect();
    found
}

fn add(all: &mut BTreeMap<String, Service>, service: Service) {
    let Some(known) = all.get_mut(&service.name) else {
        all.insert(service.name.clone(), service);
        return;
    };
    known.image = known.image.take().or(service.image);
    known.built_from = known.built_from.take().or(service.built_from);
    if known.command.is_empty() {
        known.command = service.command;
    }
    known.environment.extend(service.environment);
    known.starts_after.extend(service.starts_after);
    for port in service.ports {
        if !known.ports.contains(&port) {
            known.ports.push(port);
        }
    }
}

fn of_compose(document: &Value, file: &str, folder: &str) -> Vec<Service> {
    let Some(services) = document.get("services").and_then(Value::as_object) else { return Vec::new() };
    let read = |(name, said): (&String, &Value)| {
        let build = said.get("build");
        let context = build.and_then(|build| build.as_str().or_else(|| build.get("context")?.as_str()));
        let entry = listed(said.get("entrypoint"));
        let command = entry.into_iter().chain(listed(said.get("command"))).collect();
        Service {
            name: name.clone(),
            file: file.to_owned(),
            image: said.get("image").and_then(Value::as_str).map(str::to_owned),
            command,
            environment: pairs(said.get("environment")),
            starts_after: keys(said.get("depends_on")),
            ports: keys(said.get("ports")).iter().filter_map(|it| published(it)).collect(),
            aliases: said
                .get("container_name")
                .and_then(Value::as_str)
                .map(str::to_owned)
                .into_iter()
                .collect(),
            built_from: context.map(|context| joined(folder, context)),
        }
    };
    // A name that begins with a point is a template of others.
    services.iter().filter(|(name, _)| !name.starts_with('.')).map(read).collect()
}

fn of_manifest(
    document: &Value,
    file: &str,
    all: &mut BTreeMap<String, Service>,
    selectors: &mut Vec<(String, String)>,
) {
    let kind = document.get("kind").and_then(Value::as_str).unwrap_or_default();
    let Some(name) = document.pointer("/metadata/name").and_then(Value::as_str) else { return };
    let pod = match kind {
        "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "ReplicaSet" => "/spec/template/spec/containers",
        "CronJob" => "/spec/jobTemplate/spec/template/spec/containers",
        "Pod" => "/spec/containers",
        "Service" => {
            let selector = document.pointer("/spec/selector").and_then(Value::as_object);
            let selected = selector.and_then(|it| it.values().find_map(Value::as_str));
            selectors.extend(selected.map(|selected| (name.to_owned(), selected.to_owned())));
            return;
        }
        _ => return,
    };
    for container in document.pointer(pod).and_then(Value::as_array).into_iter().flatten().take(1) {
        let environment = container.get("env").and_then(Value::as_array).into_iter().flatten();
        let variable =
            |it: &Value| Some((it.get("name")?.as_str()?.to_owned(), it.get("value")?.as_str()?.to_owned()));
        let ports = container.get("ports").and_then(Value::as_array).into_iter().flatten();
        let mut command = listed(container.get("command"));
        command.extend(listed(container.get("args")));
        add(
            all,
            Service {
                name: name.to_owned(),
                file: file.to_owned(),
                image: container.get("image").and_then(Value::as_str).map(str::to_owned),
                command,
                environment: environment.filter_map(variable).collect(),
                ports: ports.filter_map(|it| it.get("containerPort")).map(ToString::to_string).collect(),
                ..Service::default()
            },
        );
    }
}

/// The image that a Dockerfile ends with.
fn base(text: &str) -> Option<String> {
    let last = text.lines().filter_map(|line| line.trim_start().strip_prefix("FROM ")).next_back()?;
    last.split_whitespace().find(|word| !word.starts_with("--")).map(str::to_owned)
}

/// The last command of a Dockerfile, an entry point before it.
fn of_dockerfile(text: &str) -> Option<Vec<String>> {
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ");
    let last = |instruction: &str| {
        let mut lines = joined.lines().filter_map(|line| line.trim_start().strip_prefix(instruction));
        lines.rfind(|rest| rest.starts_with([' ', '\t', '['])).map(words)
    };
    let (entry, command) = (last("ENTRYPOINT"), last("CMD"));
    if entry.is_none() && command.is_none() {
        return None;
    }
    Some(entry.into_iter().flatten().chain(command.into_iter().flatten()).collect())
}

/// The words of a command, also of a list as JSON.
fn words(text: &str) -> Vec<String> {
    let text = text.trim();
    if let Ok(list) = serde_json::from_str::<Vec<String>>(text) {
        return list
            .iter()
            .flat_map(|it| it.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect();
    }
    text.split_whitespace().map(|word| word.trim_matches(['"', '\'']).to_owned()).collect()
}

/// A string's words or a list of them.
fn listed(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => words(text),
        Some(Value::Array(parts)) => parts.iter().filter_map(Value::as_str).flat_map(words).collect(),
        _ => Vec::new(),
    }
}

/// A mapping, or a list of `NAME=value`.
fn pairs(value: Option<&Value>) -> Vec<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    match value {
        Some(Value::Object(map)) => {
            // A merge key that the reader left alone is a mapping as well; none lies in another.
            let merged = map.get("<<").and_then(Value::as_object).into_iter().flatten();
            let own = map.iter().filter(|(name, _)| *name != "<<");
            merged.chain(own).map(|(name, value)| (name.clone(), text(value))).collect()
        }
        Some(Value::Array(list)) => {
            let parts = list.iter().filter_map(Value::as_str).filter_map(|it| it.split_once('='));
            parts.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

/// A list's strings, or the keys of a mapping.
fn keys(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Object(map)) => map.keys().cloned().collect(),
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(|it| match it {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                Value::Object(map) => {
                    map.get("published").map(|it| it.to_string().trim_matches('"').to_owned())
                }
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The port of the host in `8000:80`; variables are told as variables.
fn published(port: &str) -> Option<String> {
    let plain = port.trim_end_matches("/tcp").trim_end_matches("/udp");
    let mut parts = plain.rsplit(':');
    let (inner, outer) = (parts.next()?, parts.next());
    let port = outer.unwrap_or(inner);
    port.chars().all(|it| it.is_ascii_digit() || it == '-').then(|| port.to_owned())
}

/// A folder from another, with `.` and `..` taken in.
fn joined(folder: &str, below: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in below.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
