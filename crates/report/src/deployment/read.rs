//! Reads services from files: compose, Kubernetes, Procfile, Dockerfile.

use std::collections::BTreeMap;

use libraries::Technology;

use super::File;
use super::compose::of_compose;
use super::document::{Content, Node};
use super::image::{Image, image};
use super::manifest::{Manifest, of_manifest};
use super::service::{Replicas, Service, Spot, Written};

/// Longer files are not hand-written deployment files.
const LONGEST: usize = 1_000_000;

/// The contents of files, each by itself.
#[derive(Debug, Default)]
pub struct Stated {
    /// One entry for each description of a service in a file, in the order of files.
    pub services: Vec<Service>,
    /// The images built by Dockerfiles.
    pub images: Vec<Image>,
    /// Files that can't be read: templates, or invalid YAML.
    pub unread: Vec<String>,
}

/// The combined contents of files.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Sorted by name.
    pub(super) services: Vec<Service>,
    /// Files that can't be read as YAML.
    pub(super) unread: usize,
}

/// Whether a file of this name may describe how something runs.
pub fn is_wanted(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    let ending = low.rsplit_once('.').map(|(_, ending)| ending);
    let is_known = matches!(ending, Some("yml" | "yaml" | "dockerfile"));
    name == "Procfile" || IMAGES.iter().any(|it| low == *it || low.starts_with(&format!("{it}."))) || is_known
}

/// What files are called that build images, in lower case.
const IMAGES: [&str; 2] = ["dockerfile", "containerfile"];

/// Whether a file of this name builds an image.
fn builds_image(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    IMAGES.iter().any(|it| low.contains(it))
}

/// The contents of each file by itself. A service built here inherits the command, variables and health check of its
/// Dockerfile unless its own file overrides them; a compose override file inherits from the file it extends.
pub fn stated(files: &[File]) -> Stated {
    let mut found = said(files);
    lay_over(&mut found.services);
    share_images(&mut found.services);
    let images = std::mem::take(&mut found.images);
    for service in &mut found.services {
        let made = service.dockerfile.as_deref().and_then(|path| images.iter().find(|it| it.file == path));
        if let Some(image) = made {
            inherit(service, image);
        }
    }
    let built: Vec<String> = found.services.iter().filter_map(|it| it.dockerfile.clone()).collect();
    for image in images.iter().filter(|it| !built.contains(&it.file)) {
        let mut service = Service {
            name: image_name(&image.file),
            file: image.file.clone(),
            line: image.command_at.line,
            written: Written::Image,
            dockerfile: Some(image.file.clone()),
            built_from: Some(folder_of(&image.file).to_owned()),
            ..Service::default()
        };
        inherit(&mut service, image);
        if !service.command.is_empty() {
            found.services.push(service);
        }
    }
    found.images = images;
    found
}

/// The services of all files. There is one per name: further files add to it.
pub(super) fn services(files: &[File]) -> Found {
    let stated = said(files);
    let mut all: BTreeMap<String, Service> = BTreeMap::new();
    let mut started: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut bases: BTreeMap<String, String> = BTreeMap::new();
    for image in stated.images {
        let folder = folder_of(&image.file).to_owned();
        if let Some(base) = image.base {
            bases.entry(folder.clone()).or_insert(base);
        }
        if let Some(command) = image.command {
            started.entry(folder).or_insert(command);
        }
    }
    for service in stated.services {
        add(&mut all, service);
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
            let file = format!("{folder}/Dockerfile").trim_start_matches('/').to_owned();
            add(&mut all, Service { name: image_name(&file), file, command, ..Service::default() });
        }
    }
    Found { services: all.into_values().collect(), unread: stated.unread.len() }
}

/// The contents of each file, combined with others only by the names and numbers that manifests refer to.
fn said(files: &[File]) -> Stated {
    let mut found = Stated::default();
    let mut selectors: Vec<(String, String)> = Vec::new();
    let mut scales: Vec<(String, Replicas)> = Vec::new();
    for file in files.iter().filter(|file| file.text.len() <= LONGEST && !is_of_tests(&file.path)) {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        if name == "Procfile" {
            found.services.extend(processes(file));
        } else if name.to_ascii_lowercase().ends_with(".dockerignore") {
            // What an image leaves out of its context is no image.
        } else if builds_image(name) {
            match image(&file.path, &file.text) {
                Some(image) => found.images.push(image),
                None => found.unread.push(file.path.clone()),
            }
        } else if is_yaml(name) {
            let is_compose = name.contains("compose");
            let is_manifest = file.text.contains("apiVersion:") && file.text.contains("kind:");
            if !is_compose && !is_manifest {
                continue;
            }
            let documents = if file.text.contains("{{") { None } else { Node::documents(&file.text) };
            let Some(documents) = documents else {
                found.unread.push(file.path.clone());
                continue;
            };
            for document in &documents {
                if is_compose {
                    found.services.extend(of_compose(document, &file.path, folder_of(&file.path)));
                    continue;
                }
                match of_manifest(document, &file.path) {
                    Manifest::Runs(service) => found.services.push(*service),
                    Manifest::Reaches(name, selected) => selectors.push((name, selected)),
                    Manifest::Scales(name, replicas) => scales.push((name, replicas)),
                    Manifest::Other => {}
                }
            }
        }
    }
    for (name, selected) in selectors.into_iter().filter(|(name, selected)| name != selected) {
        for service in found.services.iter_mut().filter(|it| it.name == selected) {
            service.aliases.push(name.clone());
        }
    }
    for (name, replicas) in scales {
        let workloads = found.services.iter_mut().filter(|it| it.written == Written::Workload);
        for service in workloads.filter(|it| it.name == name) {
            service.replicas = Some(replicas.clone());
        }
    }
    found
}

/// Whether a file describes how tests or an editor run something, not how it is deployed: `tests/compose.yml`,
/// `docker-compose.test.yml`, `.devcontainer/…`, workflows.
fn is_of_tests(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_word = |it: &str| {
        matches!(
            it.to_ascii_lowercase().as_str(),
            "test" | "tests" | "testing" | "e2e" | "ci" | "devcontainer"
        )
    };
    name.split(['.', '-', '_']).any(is_word)
        || folder.split('/').any(|part| {
            is_word(part)
                || matches!(part, ".devcontainer" | ".github" | ".circleci" | ".gitlab")
                || part.ends_with("_tests")
                || part.ends_with("-tests")
                || part.starts_with("tests_")
        })
}

fn is_yaml(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("yml" | "yaml"))
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of an image that no other file names: that of its folder.
fn image_name(file: &str) -> String {
    let folder = folder_of(file);
    folder.rsplit('/').next().filter(|it| !it.is_empty()).unwrap_or("image").to_owned()
}

fn processes(file: &File) -> Vec<Service> {
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let Some((name, command)) = line.split_once(':') else { continue };
        let is_name =
            !name.is_empty() && name.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | '-'));
        if is_name {
            let line = index as u32 + 1;
            found.push(Service {
                name: name.to_owned(),
                file: file.path.clone(),
                line,
                written: Written::Process,
                command: words(command),
                command_at: Spot { file: file.path.clone(), line },
                ..Service::default()
            });
        }
    }
    found
}

/// A service that runs the image which another one of its file builds is built from the same.
fn share_images(services: &mut [Service]) {
    let built: Vec<Service> =
        services.iter().filter(|it| it.built_from.is_some() && it.image.is_some()).cloned().collect();
    for service in services.iter_mut().filter(|it| it.built_from.is_none() && it.image.is_some()) {
        let is_it = |other: &&Service| other.image == service.image && other.file == service.file;
        if let Some(other) = built.iter().find(is_it) {
            service.built_from.clone_from(&other.built_from);
            service.dockerfile.clone_from(&other.dockerfile);
        }
    }
}

/// Merges `compose.prod.yml` over `compose.yml`: omitted values are inherited.
fn lay_over(services: &mut [Service]) {
    let is_base = |file: &str| {
        let name = file.rsplit('/').next().unwrap_or(file);
        matches!(name, "compose.yml" | "compose.yaml" | "docker-compose.yml" | "docker-compose.yaml")
    };
    let bases: Vec<Service> = services.iter().filter(|it| is_base(&it.file)).cloned().collect();
    for service in services.iter_mut().filter(|it| it.written == Written::Compose && !is_base(&it.file)) {
        let is_below =
            |base: &&Service| base.name == service.name && folder_of(&base.file) == folder_of(&service.file);
        let Some(base) = bases.iter().find(is_below) else { continue };
        if service.command.is_empty() {
            service.command.clone_from(&base.command);
            service.command_at.clone_from(&base.command_at);
        }
        if service.image.is_none() {
            service.image.clone_from(&base.image);
            service.image_at.clone_from(&base.image_at);
        }
        if service.built_from.is_none() {
            service.built_from.clone_from(&base.built_from);
            service.dockerfile.clone_from(&base.dockerfile);
        }
        let own: Vec<String> = service.environment.iter().map(|it| it.name.clone()).collect();
        service.environment.extend(base.environment.iter().filter(|it| !own.contains(&it.name)).cloned());
        service.environment_files.extend(base.environment_files.iter().cloned());
        service.replicas = service.replicas.take().or_else(|| base.replicas.clone());
        if service.probes.is_empty() {
            service.probes.clone_from(&base.probes);
        }
        service.volumes.extend(base.volumes.iter().cloned());
        if service.ports.is_empty() {
            service.ports.clone_from(&base.ports);
        }
    }
}

/// What a service inherits from the image that it is built from.
fn inherit(service: &mut Service, image: &Image) {
    if service.command.is_empty() {
        service.command = image.command.clone().unwrap_or_default();
        service.command_at.clone_from(&image.command_at);
    }
    let own: Vec<String> = service.environment.iter().map(|it| it.name.clone()).collect();
    service.environment.extend(image.environment.iter().filter(|it| !own.contains(&it.name)).cloned());
    if service.probes.is_empty() && service.written != Written::Workload {
        service.probes.clone_from(&image.probes);
    }
    service.volumes.extend(image.volumes.iter().cloned());
    service.folder = service.folder.take().or_else(|| image.folder.clone());
    service.image = service.image.take().or_else(|| image.base.clone());
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
    known.aliases.extend(service.aliases);
    for port in service.ports {
        if !known.ports.contains(&port) {
            known.ports.push(port);
        }
    }
}

/// The words of a command, which may be a JSON list.
pub(super) fn words(text: &str) -> Vec<String> {
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
pub(super) fn listed(value: Option<&Node>) -> Vec<String> {
    match value.map(|it| &it.content) {
        Some(Content::Text(text)) => words(text),
        Some(Content::List(parts)) => {
            parts.iter().filter_map(Node::scalar).flat_map(|it| words(&it)).collect()
        }
        _ => Vec::new(),
    }
}

/// A folder relative to another, with `.` and `..` resolved.
pub(super) fn joined(folder: &str, below: &str) -> String {
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
