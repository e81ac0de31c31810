//! `docker`.

use crate::{Client, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "docker",
    imports: &["docker"],
    kinds: &[("docker", Kind::Service)],
    clients: &[
        Client { maker: "docker.DockerClient", class: "docker.DockerClient", waits: false },
        Client { maker: "docker.from_env", class: "docker.DockerClient", waits: false },
    ],
    gives: &[
        ("docker.DockerClient", "containers", "docker.models"),
        ("docker.DockerClient", "images", "docker.models"),
        ("docker.DockerClient", "networks", "docker.models"),
        ("docker.DockerClient", "services", "docker.models"),
        ("docker.DockerClient", "volumes", "docker.models"),
    ],
    client_methods: &[
        ("docker.DockerClient", &["df", "info", "login", "ping", "version"]),
        (
            "docker.models",
            &["build", "create", "get", "list", "load", "prune", "pull", "push", "remove", "run", "search"],
        ),
    ],
    ..Library::UNKNOWN
};
