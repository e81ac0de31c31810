//! `paramiko`.

use crate::{Client, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "paramiko",
    imports: &["paramiko"],
    kinds: &[("paramiko", Kind::Service)],
    clients: &[Client { maker: "paramiko.SSHClient", class: "paramiko.SSHClient", waits: false }],
    client_methods: &[("paramiko.SSHClient", &["connect", "exec_command"])],
    ..Library::UNKNOWN
};
