//! The vocabulary shared by configuration, model and messages.

use serde::{Deserialize, Serialize};

/// A layer, in common terms, outermost first, followed by the roles beside the layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// Routes, controllers, schemas of requests.
    Presentation,
    /// Use cases, services.
    Application,
    /// Entities, value objects, ports, domain services.
    Domain,
    /// ORM models, repository implementations, clients, sessions.
    Infrastructure,
    /// Main, factory, container: may import everything.
    Composition,
    /// Settings.
    Config,
    /// Code that every layer may use.
    Shared,
    /// Tests and their fixtures.
    Tests,
    /// Schema migrations.
    Migrations,
}

impl Layer {
    /// All layers, in order.
    pub const ALL: [Layer; 9] = [
        Layer::Presentation,
        Layer::Application,
        Layer::Domain,
        Layer::Infrastructure,
        Layer::Composition,
        Layer::Config,
        Layer::Shared,
        Layer::Tests,
        Layer::Migrations,
    ];

    /// The name used in configuration, messages and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Layer::Presentation => "presentation",
            Layer::Application => "application",
            Layer::Domain => "domain",
            Layer::Infrastructure => "infrastructure",
            Layer::Composition => "composition",
            Layer::Config => "config",
            Layer::Shared => "shared",
            Layer::Tests => "tests",
            Layer::Migrations => "migrations",
        }
    }

    /// Its contents, in one sentence.
    pub const fn summary(self) -> &'static str {
        match self {
            Layer::Presentation => "Routes, controllers, request schemas.",
            Layer::Application => "Use cases, services.",
            Layer::Domain => "Entities, value objects, ports, domain services.",
            Layer::Infrastructure => "ORM models, repository implementations, clients, sessions.",
            Layer::Composition => "Main, factory, container: may import everything.",
            Layer::Config => "Settings.",
            Layer::Shared => "What every layer may use.",
            Layer::Tests => "Tests and their fixtures.",
            Layer::Migrations => "Schema migrations.",
        }
    }
}

impl std::fmt::Display for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which way is inward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Routes > services > repositories > models; a service may import a concrete repository.
    Layered,
    /// Imports point to the domain; application and domain never import infrastructure.
    Clean,
    /// Like `clean`, with ports and adapters.
    Hexagonal,
    /// Bounded contexts that communicate through their public interfaces.
    Modules,
}

impl Style {
    /// All styles.
    pub const ALL: [Style; 4] = [Style::Layered, Style::Clean, Style::Hexagonal, Style::Modules];

    /// The name used in configuration, messages and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Style::Layered => "layered",
            Style::Clean => "clean",
            Style::Hexagonal => "hexagonal",
            Style::Modules => "modules",
        }
    }

    /// Its requirements, in one sentence.
    pub const fn summary(self) -> &'static str {
        match self {
            Style::Layered => {
                "Routes over services over repositories over models; a service may import a concrete repository."
            }
            Style::Clean => {
                "Imports point to the domain; application and domain never import infrastructure."
            }
            Style::Hexagonal => "As `clean`, with ports and adapters.",
            Style::Modules => "Bounded contexts that import each other through their public interfaces only.",
        }
    }
}

impl std::fmt::Display for Style {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The severity of a finding. Findings based on inference are at most warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not reported.
    Off,
    /// A subtle mark.
    Hint,
    /// Information.
    Info,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl Level {
    /// All levels, least severe first.
    pub const ALL: [Level; 5] = [Level::Off, Level::Hint, Level::Info, Level::Warning, Level::Error];

    /// The name used in configuration and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Hint => "hint",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// How it is displayed, in one sentence.
    pub const fn summary(self) -> &'static str {
        match self {
            Level::Off => "Not reported.",
            Level::Hint => "A faint mark in the editor.",
            Level::Info => "Information.",
            Level::Warning => "A warning.",
            Level::Error => "An error.",
        }
    }
}
