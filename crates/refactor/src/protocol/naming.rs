//! The name of a port: the class's name without its technique, in the naming style of the project's other ports.

use model::ClassRef;
use python::{Name, Scope};
use view::Context;

use super::Consumer;
use super::home::Place;
use crate::bindings::is_bound;

/// Prefixes of class names that name a technique.
const TECHNIQUES: [&str; 44] = [
    "SQLAlchemy",
    "SqlAlchemy",
    "Sqlalchemy",
    "SQLModel",
    "SqlModel",
    "SQLite",
    "Sqlite",
    "SQL",
    "Sql",
    "Postgres",
    "PostgreSQL",
    "Postgresql",
    "PG",
    "Pg",
    "MySQL",
    "Mysql",
    "MongoDB",
    "MongoDb",
    "Mongo",
    "Beanie",
    "Redis",
    "InMemory",
    "Memory",
    "Http",
    "HTTP",
    "Httpx",
    "Aiohttp",
    "Rest",
    "Grpc",
    "Django",
    "Tortoise",
    "Smtp",
    "SMTP",
    "S3",
    "Boto3",
    "Boto",
    "AWS",
    "Aws",
    "Kafka",
    "RabbitMQ",
    "Rabbit",
    "Celery",
    "Default",
    "Concrete",
];

/// Suffixes that do so.
const IMPLEMENTATIONS: [&str; 5] = ["Implementation", "Impl", "Adapter", "SQLAlchemy", "SqlAlchemy"];

/// The naming style of a project's ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Convention {
    Prefix(&'static str),
    Suffix(&'static str),
    Plain,
}

const CONVENTIONS: [Convention; 7] = [
    Convention::Suffix("Protocol"),
    Convention::Suffix("Port"),
    Convention::Suffix("Interface"),
    Convention::Suffix("Gateway"),
    Convention::Prefix("Abstract"),
    Convention::Prefix("Base"),
    Convention::Prefix("I"),
];

impl Convention {
    fn of(name: &str) -> Self {
        let found = CONVENTIONS.into_iter().find(|convention| match convention {
            Convention::Suffix(suffix) => name.len() > suffix.len() && name.ends_with(suffix),
            Convention::Prefix(prefix) => name
                .strip_prefix(prefix)
                .and_then(|rest| {
                    let mut chars = rest.chars();
                    Some((chars.next()?, chars.next()?))
                })
                // `Item` has no prefix, and `IO` is a word.
                .is_some_and(|(first, second)| first.is_uppercase() && second.is_lowercase()),
            Convention::Plain => false,
        });
        found.unwrap_or(Convention::Plain)
    }

    fn applied(self, name: &str) -> String {
        match self {
            Convention::Prefix(prefix) => format!("{prefix}{name}"),
            Convention::Suffix(suffix) if name.ends_with(suffix) => name.to_owned(),
            Convention::Suffix(suffix) => format!("{name}{suffix}"),
            Convention::Plain => name.to_owned(),
        }
    }
}

/// The name of a class without its technique: `OrderRepository` for `SqlOrderRepository`.
pub(super) fn stripped(class: &str) -> String {
    let mut name = class.trim_start_matches('_');
    let starts_a_word = |rest: &str| rest.starts_with(|first: char| first.is_uppercase());
    while let Some(rest) =
        TECHNIQUES.iter().find_map(|it| name.strip_prefix(it).filter(|rest| starts_a_word(rest)))
    {
        name = rest;
    }
    while let Some(rest) =
        IMPLEMENTATIONS.iter().find_map(|it| name.strip_suffix(it).filter(|rest| rest.len() > 2))
    {
        name = rest;
    }
    name.to_owned()
}

/// An unused name, both in the port's module and in the consumers'.
pub(super) fn name(cx: &Context<'_>, class: &ClassRef, home: &Place, asking: &[Consumer]) -> Option<Name> {
    let plain = stripped(&class.name);
    let by_module = match home.stem(cx).trim_matches('_') {
        "ports" | "port" => Convention::Suffix("Port"),
        "interfaces" | "interface" => Convention::Suffix("Interface"),
        _ => Convention::Suffix("Protocol"),
    };
    let mut conventions: Vec<Convention> = of_project(cx).into_iter().collect();
    conventions.extend([
        Convention::Plain,
        by_module,
        Convention::Suffix("Protocol"),
        Convention::Suffix("Port"),
    ]);
    let candidates = conventions.into_iter().map(|convention| convention.applied(&plain));
    candidates
        .filter(|name| *name != class.name)
        .find(|name| is_free(cx, class, home, asking, name))
        .map(Name::from)
}

/// The most common naming style of the project's ports.
fn of_project(cx: &Context<'_>) -> Option<Convention> {
    let interfaces = model::query::interfaces(cx.db, cx.project);
    let names: Vec<Convention> = interfaces.ports().map(|port| Convention::of(&port.name)).collect();
    let mut counts: Vec<(usize, Convention)> = CONVENTIONS
        .into_iter()
        .chain([Convention::Plain])
        .map(|convention| (names.iter().filter(|it| **it == convention).count(), convention))
        .collect();
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counts[..] {
        [(most, best), (next, _), ..] if most > next => Some(best),
        _ => None,
    }
}

fn is_free(cx: &Context<'_>, class: &ClassRef, home: &Place, asking: &[Consumer], name: &str) -> bool {
    let modules = asking.iter().map(|consumer| consumer.module).chain([class.module]).chain(home.module());
    modules.into_iter().all(|module| {
        let there = view::query::context(cx.db, cx.project, cx.file_of(module));
        there.is_some_and(|there| {
            let is_defined = there
                .module
                .definitions
                .classes
                .iter()
                .any(|it| it.name == name && it.scope == Scope::Module);
            !is_defined && !is_bound(&there, name)
        })
    })
}
