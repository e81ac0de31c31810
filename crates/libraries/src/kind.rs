//! What a library is for.

/// What a library is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Web frameworks and what belongs to them.
    Web,
    /// Servers that run web applications.
    Server,
    /// Object-relational mappers and query builders.
    Orm,
    /// Drivers of databases, caches and search engines.
    Driver,
    /// Clients of HTTP and RPC.
    Client,
    /// Brokers and their clients.
    Broker,
    /// Software kits of clouds.
    Cloud,
    /// Clients of mail servers.
    Mail,
    /// Clients of single services on the net; remote shells.
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

impl Kind {
    /// All of them, in order.
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
