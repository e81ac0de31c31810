//! Which calls of libraries leave the process.

use libraries::Kind;

/// Something outside the process that a library accesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The library: `httpx`.
    pub library: String,
    /// The call: `AsyncClient.get`.
    pub call: String,
    /// The purpose of the library; `None` if unknown.
    pub kind: Option<Kind>,
}

/// The target of a library call by its full name; `None` if it stays in the process.
pub fn outside(full_name: &str) -> Option<Outside> {
    let (library, call) = full_name.split_once('.')?;
    let last = call.rsplit('.').next().unwrap_or(call);
    let kind = libraries::kind(full_name);
    let makes_something = last.chars().next().is_some_and(char::is_uppercase);
    let leaves = match kind {
        Some(
            Kind::Driver
            | Kind::Client
            | Kind::Broker
            | Kind::Cloud
            | Kind::Mail
            | Kind::Service
            | Kind::Tasks,
        ) => true,
        Some(_) => false,
        None => libraries::sends_request(full_name) || !model::is_standard(library),
    };
    (leaves && !makes_something).then(|| Outside { library: library.to_owned(), call: call.to_owned(), kind })
}
