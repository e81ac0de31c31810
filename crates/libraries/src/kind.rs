//! The purpose of a library.

/// The purpose of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Web frameworks and their extensions.
    Web,
    /// Servers that run web applications.
    Server,
    /// Object-relational mappers and query builders.
    Orm,
    /// Drivers for databases, caches and search engines.
    Driver,
    /// HTTP and RPC clients.
    Client,
    /// Brokers and their clients.
    Broker,
    /// Cloud SDKs.
    Cloud,
    /// Mail clients.
    Mail,
    /// Clients of individual network services; remote shells.
    Service,
    /// Background tasks.
    Tasks,
    /// Dependency injection.
    Injection,
    /// Reading of settings.
    Settings,
    /// Command line interfaces.
    CommandLine,
    /// Templates and rendered documents.
    Template,
    /// Validation and serialization of data: pydantic, marshmallow.
    Schema,
    /// GraphQL servers.
    GraphQl,
    /// Passwords, tokens, signatures.
    Crypto,
    /// Files, archives and processes on the local machine.
    Machine,
    /// Logging and monitoring.
    Monitoring,
    /// Test frameworks.
    Testing,
    /// Schema migrations.
    Migrations,
    /// Not indicative of a role: typing helpers, dates, numbers.
    Harmless,
}

impl Kind {
    /// All kinds, in order.
    pub const ALL: [Kind; 22] = [
        Kind::Web,
        Kind::Server,
        Kind::Orm,
        Kind::Driver,
        Kind::Client,
        Kind::Broker,
        Kind::Cloud,
        Kind::Mail,
        Kind::Service,
        Kind::Tasks,
        Kind::Injection,
        Kind::Settings,
        Kind::CommandLine,
        Kind::Template,
        Kind::Schema,
        Kind::GraphQl,
        Kind::Crypto,
        Kind::Machine,
        Kind::Monitoring,
        Kind::Testing,
        Kind::Migrations,
        Kind::Harmless,
    ];
}
