//! What did the user declare?
//!
//! Reads `architrave.toml`, `[tool.architrave]` in `pyproject.toml`, and, if neither exists, the existing contracts of
//! import-linter and tach. This crate is pure: it turns text into a [`Config`] and [`Problem`]s; the files are found by
//! higher crates. Invariants: reading never fails (errors become problems with a span, and the rest still counts);
//! patterns are compiled once; rule ids and options are passed on as written and checked by the `rules` crate, which
//! knows the rules.

mod config;
mod contract;
mod discover;
pub mod document;
mod formatting;
mod import_linter;
mod own;
mod packaging;
mod pattern;
mod problem;
mod reader;
pub mod schema;
mod tach;
mod tree;
mod vocabulary;
mod word;

pub use config::{Config, Origin, Override, RuleSettings};
pub use contract::{Contract, ContractKind, Edge as IgnoredEdge, LayerSlot, View};
pub use discover::{ConfigKind, Parsed, conflicts, kind_of, parse, pick};
pub use formatting::{
    FORMATTING_FILES, FileFormatting, Formatting, ImportStyle, Indentation, Quotes, Section as ImportSection,
    Sorter, WrapMode, is_formatting, parse_formatting,
};
pub use packaging::{Packaging, packaging};
pub use pattern::{ModulePattern, NamePattern, PathPattern};
pub use problem::{Problem, nearest};
pub use tach::{
    TACH_ROOT, Tach, TachDependency, TachGlob, TachInterface, TachLayer, TachModule, TachRoot, with_domains,
};
pub use vocabulary::{Layer, Level, Style};

/// The value of a rule's option, as written.
pub type OptionValue = toml::Value;
