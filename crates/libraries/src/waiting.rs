//! Functions and methods that wait for something outside the process.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Client, HTTP_VERBS, known};

/// The behaviour of a method of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Waits.
    Waits,
    /// Reads or writes a file.
    OpensFile,
    /// Returns an instance of this class without waiting.
    Gives(&'static str),
}

/// The internal name of the cursors of all databases.
const CURSOR: &str = "cursor";
/// Methods of cursors that wait.
const CURSOR_METHODS: &[&str] =
    &["execute", "executemany", "executescript", "fetchone", "fetchall", "fetchmany", "callproc"];

/// The class that `pathlib` creates.
const PATH: &str = "pathlib.Path";
/// Methods of paths that read or write.
const FILES: &[&str] = &["read_text", "write_text", "read_bytes", "write_bytes", "open"];
/// Methods of paths that return another path.
const PATHS: &[&str] = &[
    "joinpath",
    "with_name",
    "with_suffix",
    "resolve",
    "absolute",
    "expanduser",
    "relative_to",
    "__truediv__",
];

/// A cloud client: each method sends a request.
const CLOUD: &str = "boto3.client";
/// Methods of such a client that send no request.
const LOCAL: &[&str] = &["get_paginator", "get_waiter", "can_paginate", "Table", "Bucket", "Object"];

static FUNCTIONS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| known::ALL.iter().flat_map(|library| library.waits).copied().collect());
static VERBS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| known::ALL.iter().flat_map(|library| library.verbs).copied().collect());
static OPENS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| known::ALL.iter().flat_map(|library| library.opens).copied().collect());
static CLIENTS: LazyLock<FxHashMap<&str, Client>> = LazyLock::new(|| {
    let all = known::ALL.iter().flat_map(|library| library.clients);
    all.map(|client| (client.maker, *client)).collect()
});
static CONNECTIONS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| CLIENTS.values().filter(|client| client.waits).map(|client| client.class).collect());
static GIVES: LazyLock<FxHashMap<&str, Vec<(&str, &str)>>> = LazyLock::new(|| {
    let mut all: FxHashMap<&str, Vec<(&str, &str)>> = FxHashMap::default();
    for (class, name, gives) in known::ALL.iter().flat_map(|library| library.gives) {
        all.entry(class).or_default().push((name, gives));
    }
    all
});
static METHODS: LazyLock<FxHashMap<&str, &[&str]>> =
    LazyLock::new(|| known::ALL.iter().flat_map(|library| library.client_methods).copied().collect());

/// The class of the instance with waiting methods that a call of this creates.
pub fn client_of(full_name: &str) -> Option<&'static str> {
    CLIENTS.get(full_name).map(|client| client.class)
}

/// The class of what an instance of `class` returns from a method or an attribute called `name`, or from indexing
/// (`[]`).
pub fn given(class: &str, name: &str) -> Option<&'static str> {
    let rows = GIVES.get(class)?;
    let exact = rows.iter().find(|(known, _)| *known == name);
    let any = || rows.iter().find(|(known, _)| *known == "*" && !name.starts_with('_'));
    exact.or_else(any).map(|(_, gives)| *gives)
}

/// Whether creating it waits for the peer.
pub fn connects(full_name: &str) -> bool {
    CLIENTS.get(full_name).is_some_and(|client| client.waits)
}

/// Whether a function waits.
pub fn waits(full_name: &str) -> bool {
    FUNCTIONS.contains(full_name) || sends_request(full_name)
}

/// Whether a function sends an HTTP request.
pub fn sends_request(full_name: &str) -> bool {
    full_name
        .rsplit_once('.')
        .is_some_and(|(module, name)| HTTP_VERBS.contains(&name) && VERBS.contains(module))
}

/// Whether a function opens a file.
pub fn opens_file(full_name: &str) -> bool {
    OPENS.contains(full_name)
}

/// The behaviour of a method of an instance of `class`; `None` if it doesn't wait.
pub fn method(class: &str, name: &str) -> Option<Method> {
    if class == PATH {
        return match name {
            _ if FILES.contains(&name) => Some(Method::OpensFile),
            _ if PATHS.contains(&name) => Some(Method::Gives(PATH)),
            _ => None,
        };
    }
    if name == CURSOR && CONNECTIONS.contains(class) {
        return Some(Method::Gives(CURSOR));
    }
    if class == CLOUD {
        let is_request =
            name.contains('_') && !name.starts_with('_') && !name.starts_with("generate_presigned");
        return (is_request && !LOCAL.contains(&name)).then_some(Method::Waits);
    }
    let methods =
        if class == CURSOR { CURSOR_METHODS } else { METHODS.get(class).copied().unwrap_or_default() };
    if methods.contains(&name) {
        return Some(Method::Waits);
    }
    given(class, name).map(Method::Gives)
}
