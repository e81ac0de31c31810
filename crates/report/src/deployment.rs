//! The deployment diagram: what runs according to compose files, Kubernetes manifests, Procfiles and Dockerfiles,
//! combined with the services that the started code uses. No values of variables are shown, except the hosts of
//! addresses.

mod address;
pub mod command;
mod compose;
pub mod document;
mod image;
mod manifest;
mod read;
mod service;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use ide::architecture::Architecture;
use libraries::{Backing, Technology};
use model::Project;
use workspace::Snapshot;

use crate::graph::{Edge, Graph, Kind, Lane, MOST_EDGES, Node, Verdict};
pub use address::{Address, addresses, filled};
pub use image::{Image, image};
use read::Found;
pub use read::{Stated, is_wanted, stated};
pub use service::{Probe, Replicas, Service, Spot, Variable, Written};

/// The services that modules (by path) use, by name.
pub type Clients = BTreeMap<String, BTreeSet<&'static str>>;

/// A deployment file.
#[derive(Debug, Clone)]
pub struct File {
    /// Relative to the project.
    pub path: String,
    /// Its contents.
    pub text: String,
}

/// The services that each module uses.
pub fn clients(snapshot: &Snapshot, project: Project) -> Clients {
    let db = snapshot.db();
    let mut found = Clients::new();
    for (_, info) in model::query::modules(db, project).iter().filter(|(_, info)| info.has_edges()) {
        let imports = python::query::imports(db, info.file);
        let outside = imports.list.iter().filter(|it| it.level == 0 && !it.context.type_checking);
        let names: BTreeSet<&'static str> =
            outside.filter_map(|it| Technology::of_import(&it.module)).map(|it| it.name).collect();
        if !names.is_empty() {
            found.insert(info.path.to_string(), names);
        }
    }
    found
}

/// The diagram; `None` if no file describes how anything runs.
pub fn deployment(architecture: &Architecture, clients: &Clients, files: &[File]) -> Option<Graph> {
    let Found { services, unread } = read::services(files);
    if services.is_empty() {
        return None;
    }
    let mut graph = Graph { title: format!("Deployment of {}", architecture.name), ..Graph::default() };
    graph.lanes = ["services", "stores and brokers", "outside"]
        .into_iter()
        .map(|title| Lane { title: title.to_owned() })
        .collect();
    for service in &services {
        graph.boxes.push(node(architecture, service));
    }
    let mut drawer = Drawer { architecture, clients, services: &services, is_whole: unread == 0, graph };
    for at in 0..services.len() {
        drawer.addresses(at);
        drawer.code(at);
        drawer.order(at);
    }
    drawer.unstarted();
    let mut graph = drawer.graph;
    let reached: BTreeSet<usize> = graph.edges.iter().map(|edge| edge.to).collect();
    for (at, service) in services.iter().enumerate() {
        if service.technology().is_some() && !reached.contains(&at) {
            graph.left_out.push(format!("No file says what talks to {}.", service.name));
        }
    }
    if unread > 0 {
        graph.left_out.push(format!("Files that were not read, as templates or no YAML: {unread}."));
    }
    Some(graph.limited(usize::MAX, MOST_EDGES))
}

fn node(architecture: &Architecture, service: &Service) -> Node {
    let technology = service.technology();
    let mut details = Vec::new();
    if let Some(technology) = technology {
        details.push(technology.name.to_owned());
    }
    if let Some(name) = service.module() {
        match command::module(architecture, &name, service.built_from.as_deref()) {
            command::Entry::Module(at) => details.push(architecture.modules[at].name.clone()),
            command::Entry::Missing => details.push(format!("{name} is no module here")),
            command::Entry::Foreign => {}
        }
    }
    if !service.ports.is_empty() {
        details.push(format!("port {}", service.ports.join(", ")));
    }
    let (kind, lane) = match technology.map(|it| it.backing) {
        Some(Backing::Store) => (Kind::Store, 1),
        Some(Backing::Queue) => (Kind::Queue, 1),
        None => (Kind::Service, 0),
    };
    Node {
        key: service.name.clone(),
        title: service.name.clone(),
        details,
        lane: Some(lane),
        kind,
        file: Some(service.file.clone()),
        ..Node::default()
    }
}

struct Drawer<'d> {
    architecture: &'d Architecture,
    clients: &'d Clients,
    services: &'d [Service],
    /// Whether every file was read: otherwise something missing here may exist.
    is_whole: bool,
    graph: Graph,
}

impl Drawer<'_> {
    fn link(&mut self, from: usize, to: usize, label: Option<String>, verdict: Verdict) {
        let known = self.graph.edges.iter().any(|edge| edge.from == from && edge.to == to);
        if from != to && !known {
            self.graph.edges.push(Edge { from, to, label, verdict, imports: Vec::new() });
        }
    }

    /// The box of something external.
    fn outside(&mut self, title: &str, technology: Option<&str>, kind: Kind) -> usize {
        let key = format!("outside {title}");
        if let Some(at) = self.graph.boxes.iter().position(|it| it.key == key) {
            return at;
        }
        let details = technology.filter(|it| *it != title).map(str::to_owned).into_iter().collect();
        let title = title.to_owned();
        self.graph.boxes.push(Node { key, title, details, lane: Some(2), kind, ..Node::default() });
        self.graph.boxes.len() - 1
    }

    /// Services and hosts in the variables of a service.
    fn addresses(&mut self, at: usize) {
        for Variable { name: variable, value, .. } in &self.services[at].environment {
            let Some(value) = value else { continue };
            let addresses = address::addresses(value);
            if addresses.is_empty() {
                // `DB_HOST: db`
                let value = address::filled(value);
                let host = value.split(':').next().unwrap_or(&value);
                if let Some(to) = self.services.iter().position(|it| it.answers(host))
                    && (variable.to_ascii_uppercase().contains("HOST") || value.contains(':'))
                {
                    self.link(at, to, Some(variable.clone()), Verdict::Fine);
                }
            }
            for found in addresses {
                if let Some(to) = self.services.iter().position(|it| it.answers(&found.host)) {
                    self.link(at, to, Some(variable.clone()), Verdict::Fine);
                    continue;
                }
                let technology = Technology::of_scheme(&found.scheme);
                if matches!(found.host.as_str(), "localhost" | "127.0.0.1" | "0.0.0.0" | "::1") {
                    continue;
                }
                // A name without a dot is only valid inside: nothing here has that name.
                let is_inside = !found.host.contains('.') && found.host != "host";
                let to = self.outside(
                    &found.host,
                    technology.map(|it| it.name),
                    technology.map_or(Kind::External, kind_of),
                );
                let verdict = if is_inside && self.is_whole {
                    Verdict::Unknown {
                        reason: format!("{variable} names {}, and no service here is called so", found.host),
                    }
                } else {
                    Verdict::Fine
                };
                self.link(at, to, Some(variable.clone()), verdict);
            }
        }
    }

    /// The services that a service's code uses.
    fn code(&mut self, at: usize) {
        let Some(entry) = entry(self.architecture, &self.services[at]) else { return };
        for technology in self.used(entry) {
            self.client(at, technology);
        }
    }

    /// The code itself, if files only run the services that it uses.
    fn unstarted(&mut self) {
        let starts = |(at, service): (usize, &Service)| {
            service.technology().is_none()
                && !self.is_foreign(service)
                && (service.built_from.is_some()
                    || !service.command.is_empty()
                    || self.graph.edges.iter().any(|edge| edge.from == at))
        };
        if self.services.iter().enumerate().any(starts) {
            return;
        }
        let paths = self.architecture.modules.iter().map(|it| it.path.as_str());
        let used: BTreeSet<_> = paths.filter_map(|path| self.clients.get(path)).flatten().copied().collect();
        if used.is_empty() {
            return;
        }
        self.graph.boxes.push(Node {
            key: "code".to_owned(),
            title: self.architecture.name.clone(),
            details: vec!["no file says what starts it".to_owned()],
            lane: Some(0),
            kind: Kind::Service,
            ..Node::default()
        });
        let at = self.graph.boxes.len() - 1;
        for technology in used {
            self.client(at, technology);
        }
    }

    /// Whether a service of a compose file runs somebody else's image: a fixed one of the public registry whose name says
    /// nothing of the project, and no module of it.
    fn is_foreign(&self, service: &Service) -> bool {
        let Some(image) = service.image.as_deref().filter(|_| service.built_from.is_none()) else {
            return false;
        };
        let repository = image.split('@').next().unwrap_or(image);
        let is_public = !repository.contains('$')
            && match repository.split_once('/') {
                Some((registry, _)) => !registry.contains(['.', ':']),
                None => true,
            };
        service.written == Written::Compose
            && is_public
            && !repository.to_lowercase().contains(&self.architecture.name.to_lowercase())
            && entry(self.architecture, service).is_none()
    }

    /// Adds that the code of a box uses a kind of service.
    fn client(&mut self, at: usize, technology: &'static str) {
        let runs = |service: &Service| service.technology().is_some_and(|it| it.name == technology);
        let all: Vec<usize> = (0..self.services.len()).filter(|to| runs(&self.services[*to])).collect();
        if self.graph.edges.iter().any(|edge| edge.from == at && all.contains(&edge.to)) {
            return;
        }
        let is_linked = self.graph.edges.iter().any(|edge| {
            let to = &self.graph.boxes[edge.to];
            edge.from == at && to.lane == Some(2) && to.details.iter().any(|it| it == technology)
        });
        match all.as_slice() {
            [only] => self.link(at, *only, Some("client in code".to_owned()), Verdict::Fine),
            [] if is_linked => {}
            _ => {
                let reason = match all.len() {
                    0 => format!("the code is a client of {technology}, and nothing here runs it"),
                    count => {
                        format!("the code is a client of {technology}; which of {count} isn't said here")
                    }
                };
                let to = self.outside(technology, None, Kind::Store);
                self.link(at, to, Some("not said here".to_owned()), Verdict::Unknown { reason });
            }
        }
    }

    /// Services that are only listed as starting earlier.
    fn order(&mut self, at: usize) {
        for before in &self.services[at].starts_after {
            if let Some(to) = self.services.iter().position(|it| it.name == *before) {
                self.link(at, to, Some("starts after".to_owned()), Verdict::Fine);
            }
        }
    }

    /// The services that a module and its direct and indirect imports use.
    fn used(&self, entry: usize) -> BTreeSet<&'static str> {
        let architecture = self.architecture;
        let mut seen = vec![false; architecture.modules.len()];
        let (mut open, mut found) = (vec![entry], BTreeSet::new());
        seen[entry] = true;
        while let Some(at) = open.pop() {
            let path = architecture.modules[at].path.as_str();
            found.extend(self.clients.get(path).into_iter().flatten().copied());
            let begin = architecture.imports.partition_point(|import| (import.from as usize) < at);
            for import in architecture.imports[begin..].iter().take_while(|it| it.from as usize == at) {
                if !std::mem::replace(&mut seen[import.to as usize], true) {
                    open.push(import.to as usize);
                }
            }
        }
        found
    }
}

/// The module that a service starts.
fn entry(architecture: &Architecture, service: &Service) -> Option<usize> {
    match command::module(architecture, &service.module()?, service.built_from.as_deref()) {
        command::Entry::Module(at) => Some(at),
        command::Entry::Missing | command::Entry::Foreign => None,
    }
}

fn kind_of(technology: &Technology) -> Kind {
    match technology.backing {
        Backing::Store => Kind::Store,
        Backing::Queue => Kind::Queue,
    }
}
