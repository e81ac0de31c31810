//! A running service, as described by one file.

use libraries::Technology;

use super::address::filled;
use super::command;

/// A line of a deployment file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Relative to the project.
    pub file: String,
    /// One-based.
    pub line: u32,
}

/// The kind of file that describes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Written {
    /// A compose file.
    #[default]
    Compose,
    /// A Kubernetes manifest of a long-running workload.
    Workload,
    /// A Kubernetes manifest of a job.
    Job,
    /// A Procfile.
    Process,
    /// A Dockerfile that no other file builds.
    Image,
}

/// A running service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Service {
    /// Its name in the file.
    pub name: String,
    /// Relative to the project.
    pub file: String,
    /// The one-based line where it starts.
    pub line: u32,
    /// The kind of that file.
    pub written: Written,
    /// The container image, as written.
    pub image: Option<String>,
    /// Where the image is named, if that is in a file like this one: an override takes it from the file that it extends.
    pub image_at: Option<Spot>,
    /// The words of its command, preceded by an entry point.
    pub command: Vec<String>,
    /// The position of the command: here, or in the Dockerfile that it is built from.
    pub command_at: Spot,
    /// Its variables. Values may be secret and are never shown.
    pub environment: Vec<Variable>,
    /// Files with its variables, as written.
    pub environment_files: Vec<String>,
    /// Whether some of its variables come from outside the files: a secret, a configuration map.
    pub has_hidden_environment: bool,
    /// The number of instances, if specified.
    pub replicas: Option<Replicas>,
    /// Its health checks.
    pub probes: Vec<Probe>,
    /// Paths in the container that are stored outside it.
    pub volumes: Vec<String>,
    /// The services that it starts after.
    pub starts_after: Vec<String>,
    /// The ports at which it is reachable.
    pub ports: Vec<String>,
    /// The ports of the container that are published, with their positions.
    pub inner_ports: Vec<(u16, Spot)>,
    /// Whether its file determines the user of its processes.
    pub has_user: bool,
    /// Its other names.
    pub aliases: Vec<String>,
    /// The folder that its image is built from.
    pub built_from: Option<String>,
    /// The Dockerfile, if specified.
    pub dockerfile: Option<String>,
    /// The working directory of its command in the container.
    pub folder: Option<String>,
}

/// A variable of the environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value, which may be secret; `None` if it comes from elsewhere.
    pub value: Option<String>,
    /// Where it is set.
    pub at: Spot,
}

/// The number of instances of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replicas {
    /// The number, or its maximum.
    pub count: u32,
    /// Whether the number is a maximum.
    pub is_most: bool,
    /// Where it is written.
    pub at: Spot,
}

/// A health check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Its name: `livenessProbe`, `healthcheck`.
    pub kind: String,
    /// The path that it requests.
    pub path: String,
    /// The port, if written as a number.
    pub port: Option<u16>,
    /// Where it is written.
    pub at: Spot,
}

impl Service {
    /// The kind of service, if the image reveals it.
    pub fn technology(&self) -> Option<&'static Technology> {
        self.image.as_deref().and_then(|image| Technology::of_image(&filled(image)))
    }

    /// Where its image is named, otherwise where it starts.
    pub fn image_place(&self) -> Spot {
        self.image_at.clone().unwrap_or_else(|| Spot { file: self.file.clone(), line: self.line })
    }

    /// The module in its command.
    pub(super) fn module(&self) -> Option<String> {
        command::named(&self.command)
    }

    /// Whether a host is this service: by its name, possibly followed by a cluster's namespace.
    pub fn answers(&self, host: &str) -> bool {
        let first = host.split_once('.').map_or(host, |(first, rest)| {
            if rest.ends_with("svc") || rest.ends_with("svc.cluster.local") { first } else { host }
        });
        self.name == first || self.aliases.iter().any(|it| it == first)
    }
}

/// The path and port of a local address in the words of a command: `curl -f http://localhost:8000/health`.
pub(super) fn asked_for(words: &[String]) -> Option<(String, Option<u16>)> {
    let joined = words.join(" ");
    let begin = joined.find("http://localhost").or_else(|| joined.find("http://127.0.0.1"));
    let begin = begin.or_else(|| joined.find("http://0.0.0.0"))?;
    let address = joined.get(begin + "http://".len()..)?;
    let ends = |it: char| it.is_whitespace() || matches!(it, '"' | '\'' | ')' | ';' | ',' | '`');
    let address = address.split(ends).next()?;
    let (authority, path) = address.split_once('/').unwrap_or((address, ""));
    if address.contains('$') {
        return None;
    }
    let port = match authority.split_once(':') {
        Some((_, port)) => Some(port.parse().ok()?),
        None => Some(80),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Some((format!("/{path}"), port))
}
