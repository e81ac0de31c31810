//! Services of compose files.

use super::document::{Content, Node};
use super::read::{joined, listed};
use super::service::{Probe, Replicas, Service, Spot, Variable, asked_for};

/// The services of a document.
pub(super) fn of_compose(document: &Node, file: &str, folder: &str) -> Vec<Service> {
    let Some(services) = document.get("services") else { return Vec::new() };
    let at = |line: u32| Spot { file: file.to_owned(), line };
    let read = |(line, name, said): &(u32, String, Node)| {
        let build = said.get("build");
        let context = build.and_then(|build| build.text().or_else(|| build.get("context")?.text()));
        let entry = said.entry("entrypoint");
        let command = said.entry("command");
        let words = listed(entry.map(|(_, it)| it)).into_iter().chain(listed(command.map(|(_, it)| it)));
        let built_from = context.map(|context| joined(folder, context));
        let dockerfile = build.and_then(|build| build.get("dockerfile")?.text());
        Service {
            name: name.clone(),
            file: file.to_owned(),
            line: *line,
            image: said.get("image").and_then(Node::text).map(str::to_owned),
            image_at: said.entry("image").map(|(line, _)| at(line)),
            command: words.collect(),
            command_at: at(command.or(entry).map_or(*line, |(line, _)| line)),
            environment: variables(said.get("environment"), file),
            environment_files: names(said.get("env_file")),
            replicas: replicas(said, file),
            probes: said.entry("healthcheck").and_then(|(_, it)| probe(it, file)).into_iter().collect(),
            volumes: volumes(said.get("volumes")),
            starts_after: names(said.get("depends_on")),
            ports: ports(said.get("ports")),
            inner_ports: inner_ports(said.get("ports"), file),
            has_user: said.get("user").is_some(),
            aliases: said.get("container_name").and_then(Node::text).map(str::to_owned).into_iter().collect(),
            dockerfile: built_from.as_ref().map(|folder| joined(folder, dockerfile.unwrap_or("Dockerfile"))),
            built_from,
            folder: said.get("working_dir").and_then(Node::text).map(str::to_owned),
            ..Service::default()
        }
    };
    // A name that starts with a dot is a template.
    services.entries().iter().filter(|(_, name, _)| !name.starts_with('.')).map(read).collect()
}

fn replicas(said: &Node, file: &str) -> Option<Replicas> {
    let (line, count) = said
        .get("deploy")
        .and_then(|it| it.entry("replicas"))
        .or_else(|| said.entry("scale"))
        .and_then(|(line, it)| Some((line, it.count()?)))?;
    Some(Replicas { count, is_most: false, at: Spot { file: file.to_owned(), line } })
}

fn probe(said: &Node, file: &str) -> Option<Probe> {
    let (line, test) = said.entry("test")?;
    let (path, port) = asked_for(&listed(Some(test)))?;
    Some(Probe { kind: "healthcheck".to_owned(), path, port, at: Spot { file: file.to_owned(), line } })
}

/// A mapping, or a list of `NAME=value`. A bare name is inherited from the environment.
fn variables(value: Option<&Node>, file: &str) -> Vec<Variable> {
    let at = |line: u32| Spot { file: file.to_owned(), line };
    let Some(value) = value else { return Vec::new() };
    match &value.content {
        Content::Map(entries) => {
            // A merge key that the reader left as is is a mapping as well; they don't nest.
            let merged = entries.iter().filter(|(_, name, _)| name == "<<").flat_map(|it| it.2.entries());
            let own = entries.iter().filter(|(_, name, _)| name != "<<");
            let read = |(line, name, value): &(u32, String, Node)| Variable {
                name: name.clone(),
                value: Some(value.scalar().unwrap_or_default()),
                at: at(*line),
            };
            let mut all: Vec<Variable> = merged.chain(own).map(read).collect();
            all.sort_by(|one, other| one.name.cmp(&other.name));
            all
        }
        Content::List(items) => {
            let read = |item: &Node| {
                let text = item.text()?;
                Some(match text.split_once('=') {
                    Some((name, value)) => {
                        Variable { name: name.to_owned(), value: Some(value.to_owned()), at: at(item.line) }
                    }
                    None => Variable { name: text.to_owned(), value: None, at: at(item.line) },
                })
            };
            items.iter().filter_map(read).collect()
        }
        _ => Vec::new(),
    }
}

/// A string, a list of strings, the keys of a mapping, or `path:` of the mappings of a list.
fn names(value: Option<&Node>) -> Vec<String> {
    let Some(value) = value else { return Vec::new() };
    match &value.content {
        Content::Map(entries) => entries.iter().map(|(_, name, _)| name.clone()).collect(),
        Content::List(items) => {
            items.iter().filter_map(|it| it.scalar().or_else(|| it.get("path")?.scalar())).collect()
        }
        _ => value.scalar().into_iter().collect(),
    }
}

/// The paths in the container.
fn volumes(value: Option<&Node>) -> Vec<String> {
    let inner = |item: &Node| match &item.content {
        Content::Text(text) => text.split(':').nth(1).or(Some(text)).map(str::to_owned),
        _ => item.get("target")?.scalar(),
    };
    value.map(|value| value.items().iter().filter_map(inner).collect()).unwrap_or_default()
}

fn ports(value: Option<&Node>) -> Vec<String> {
    let Some(value) = value else { return Vec::new() };
    let read = |it: &Node| it.scalar().or_else(|| it.get("published")?.scalar());
    value.items().iter().filter_map(read).filter_map(|it| published(&it)).collect()
}

/// The container's ports in `8000:80`, if they are numbers.
fn inner_ports(value: Option<&Node>, file: &str) -> Vec<(u16, Spot)> {
    let Some(value) = value else { return Vec::new() };
    let read = |it: &Node| {
        let said = it.scalar().or_else(|| it.get("target")?.scalar())?;
        let port = said.trim_end_matches("/tcp").rsplit(':').next()?.parse().ok()?;
        Some((port, Spot { file: file.to_owned(), line: it.line }))
    };
    value.items().iter().filter_map(read).collect()
}

/// The host's port in `8000:80`; variables are shown as such.
fn published(port: &str) -> Option<String> {
    let plain = port.trim_end_matches("/tcp").trim_end_matches("/udp");
    let mut parts = plain.rsplit(':');
    let (inner, outer) = (parts.next()?, parts.next());
    let port = outer.unwrap_or(inner);
    port.chars().all(|it| it.is_ascii_digit() || it == '-').then(|| port.to_owned())
}
