//! Which kinds of outside code a module uses: a table from import names to kinds.

mod kinds;

use kinds::KINDS;
use python::{Import, ImportKind, Imports, Name};

use super::table::lookup;
use crate::is_standard;

/// A kind of outside code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Outside {
    /// Web frameworks and what belongs to them.
    Web,
    /// Servers that run web applications.
    Server,
    /// Object-relational mappers and query builders.
    Orm,
    /// Drivers of databases, caches and search engines.
    Driver,
    /// HTTP clients.
    HttpClient,
    /// Brokers and their clients.
    Broker,
    /// Software kits of clouds and of services on the net; mail; remote shells.
    Service,
    /// Background tasks.
    Tasks,
    /// Dependency injection.
    Injection,
    /// Reading of settings.
    Settings,
    /// Command lines.
    CommandLine,
    /// Templates and rendered documents.
    Template,
    /// Validation and serialisation of data: pydantic, marshmallow.
    Schema,
    /// GraphQL servers.
    GraphQl,
    /// Passwords, tokens, signatures.
    Crypto,
    /// Files, archives and processes on this machine.
    Machine,
    /// Logging and monitoring.
    Monitoring,
    /// Test frameworks.
    Testing,
    /// Schema migrations.
    Migrations,
    /// Says nothing about a role: typing helpers, dates, numbers.
    Harmless,
}

/// A set of [`Outside`] kinds.
#[derive(Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Uses(u32);

impl Uses {
    /// Kinds that a domain may use without depending on a framework.
    pub const HARMLESS: Uses = Uses(1 << Outside::Schema as u32 | 1 << Outside::Harmless as u32);

    /// Kinds that reach other processes, other than through an ORM.
    pub const OUTWARD: Uses = Uses(
        1 << Outside::Driver as u32
            | 1 << Outside::HttpClient as u32
            | 1 << Outside::Broker as u32
            | 1 << Outside::Service as u32,
    );

    /// Whether `kind` is in it.
    pub const fn has(self, kind: Outside) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// Whether any kind of `others` is in it.
    pub const fn has_any(self, others: Uses) -> bool {
        self.0 & others.0 != 0
    }

    /// What is left without the kinds of `others`.
    #[must_use]
    pub const fn without(self, others: Uses) -> Uses {
        Uses(self.0 & !others.0)
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Puts `kind` in.
    pub const fn set(&mut self, kind: Outside) {
        self.0 |= 1 << kind as u32;
    }
}

impl std::fmt::Debug for Uses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(ALL.into_iter().filter(|kind| self.has(*kind))).finish()
    }
}

const ALL: [Outside; 20] = [
    Outside::Web,
    Outside::Server,
    Outside::Orm,
    Outside::Driver,
    Outside::HttpClient,
    Outside::Broker,
    Outside::Service,
    Outside::Tasks,
    Outside::Injection,
    Outside::Settings,
    Outside::CommandLine,
    Outside::Template,
    Outside::Schema,
    Outside::GraphQl,
    Outside::Crypto,
    Outside::Machine,
    Outside::Monitoring,
    Outside::Testing,
    Outside::Migrations,
    Outside::Harmless,
];

/// The kinds that a module's imports belong to. What only type checkers import doesn't count.
pub(super) fn uses(imports: &Imports) -> Uses {
    let mut uses = Uses::default();
    for import in outside(imports) {
        if let Some(kind) = kind_of(import) {
            uses.set(kind);
        }
    }
    uses
}

/// First segments of absolute imports that no table knows and that are not Python's own; sorted.
pub(super) fn others(imports: &Imports) -> Box<[Name]> {
    let mut names: Vec<Name> = outside(imports)
        .filter(|import| kind_of(import).is_none())
        .filter_map(|import| import.module.split('.').next())
        .filter(|name| !name.is_empty() && !is_standard(name))
        .map(Name::from)
        .collect();
    names.sort_unstable();
    names.dedup();
    names.into()
}

fn outside(imports: &Imports) -> impl Iterator<Item = &Import> {
    imports.list.iter().filter(|import| import.level == 0 && !import.context.type_checking)
}

fn kind_of(import: &Import) -> Option<Outside> {
    match (&import.name, import.kind) {
        (Some(name), ImportKind::From) => lookup(KINDS, &format!("{}.{name}", import.module)),
        _ => lookup(KINDS, &import.module),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::assert_sorted;
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert_sorted(KINDS);
    }

    #[test]
    fn kinds_of_dotted_names() {
        let kind = |dotted| lookup(KINDS, dotted);
        assert_eq!(kind("django.db.models"), Some(Outside::Orm));
        assert_eq!(kind("django.urls.path"), Some(Outside::Web));
        assert_eq!(kind("aiohttp.ClientSession"), Some(Outside::HttpClient));
        assert_eq!(kind("aiohttp.web.Application"), Some(Outside::Web));
        assert_eq!(kind("shop.domain"), None);
    }
}
