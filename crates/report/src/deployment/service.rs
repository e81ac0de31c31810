//! Something that runs, as one file says it.

use libraries::Technology;

use super::address::filled;
use super::command;

/// A line of a file about deployment.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Relative to the project.
    pub file: String,
    /// From 1.
    pub line: u32,
}

/// What kind of file says that it runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Written {
    /// A compose file.
    #[default]
    Compose,
    /// A Kubernetes manifest of something that keeps running.
    Workload,
    /// A Kubernetes manifest of something that ends.
    Job,
    /// A Procfile.
    Process,
    /// A Dockerfile that no other file builds.
    Image,
}

/// Something that runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Service {
    /// What the file calls it.
    pub name: String,
    /// Relative to the project.
    pub file: String,
    /// Where it begins there, from 1.
    pub line: u32,
    /// What kind of file that is.
    pub written: Written,
    /// The container image, as written.
    pub image: Option<String>,
    /// The words of its command, an entry point before it.
    pub command: Vec<String>,
    /// Where the command stands: here, or in the Dockerfile that it is built from.
    pub command_at: Spot,
    /// Its variables. Values may be secret: nothing shows them.
    pub environment: Vec<Variable>,
    /// Files that its variables come from, as written.
    pub environment_files: Vec<String>,
    /// Whether some of its variables come from what isn't written here: a secret, a configuration map.
    pub has_hidden_environment: bool,
    /// How many of it run, where that is written.
    pub replicas: Option<Replicas>,
    /// How it is asked whether it is well.
    pub probes: Vec<Probe>,
    /// Paths in the container that are kept outside of it.
    pub volumes: Vec<String>,
    /// What it starts after.
    pub starts_after: Vec<String>,
    /// The ports that it is reached at.
    pub ports: Vec<String>,
    /// Other names that it answers to.
    pub aliases: Vec<String>,
    /// The folder that its image is built from.
    pub built_from: Option<String>,
    /// The Dockerfile, where one is named.
    pub dockerfile: Option<String>,
    /// The folder in the container that its command runs in.
    pub folder: Option<String>,
}

/// A variable of the environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value, which may be secret; nothing where it comes from elsewhere.
    pub value: Option<String>,
    /// Where it is set.
    pub at: Spot,
}

/// How many of a service run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replicas {
    /// How many, or up to how many.
    pub count: u32,
    /// Whether the number is the upper end of a range.
    pub is_most: bool,
    /// Where it is written.
    pub at: Spot,
}

/// A question for health.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What it is called: `livenessProbe`, `healthcheck`.
    pub kind: String,
    /// The path that it asks for.
    pub path: String,
    /// The port, where it is written as a number.
    pub port: Option<u16>,
    /// Where it is written.
    pub at: Spot,
}

impl Service {
    /// The kind of service, where its image tells.
    pub fn technology(&self) -> Option<&'static Technology> {
        self.image.as_deref().and_then(|image| Technology::of_image(&filled(image)))
    }

    /// The module that its command names.
    pub(super) fn module(&self) -> Option<String> {
        command::named(&self.command)
    }

    /// Whether a host is this one: by its name, also with the namespace of a cluster behind it.
    pub fn answers(&self, host: &str) -> bool {
        let first = host.split_once('.').map_or(host, |(first, rest)| {
            if rest.ends_with("svc") || rest.ends_with("svc.cluster.local") { first } else { host }
        });
        self.name == first || self.aliases.iter().any(|it| it == first)
    }
}

/// The path and port of an address on the machine itself, in the words of a command: `curl -f http://localhost:8000/health`.
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
