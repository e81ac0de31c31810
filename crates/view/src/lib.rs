//! What does a rule see, and what does it return?
//!
//! A rule ([`Rule`]) reads one module and the surrounding architecture ([`Context`]) and reports findings
//! ([`Finding`]), some with fixes ([`Fix`]). This crate also contains what several rules and refactorings need to know
//! about a module: the meanings of its names ([`scope`]), and the kinds of its classes ([`class_kind`],
//! [`collaborators`]). Invariants:
//! - other files are read only through the narrow queries of `model`, `python` and `flow`, never their positions;
//! - nothing here reports a finding or makes an edit: a fix is a description, from which the `refactor` crate derives
//!   edits.

pub mod checked_classes;
pub mod class_kind;
pub mod collaborators;
mod context;
pub mod direction;
pub mod environment;
pub mod facts;
pub mod finding;
mod fix;
pub mod frameworks;
mod options;
pub mod presets;
pub mod query;
mod rewritten;
mod rule;
pub mod scope;
pub mod sessions;
pub mod wording;
pub mod writers;

pub use class_kind::ClassKind;
pub use context::{Context, ImportView};
pub use direction::may_import;
pub use facts::{Facts, Lazy};
pub use finding::{Draft, Finding, Findings, Fingerprint, Key, Place, Related, Tag, mark};
pub use fix::{
    Applicability, BindParameters, Counted, ExtractProtocol, FetchBefore, Fix, FixKind, Freeze,
    InjectCollaborator, Loaded, MoveToConfig, ParameterStyle, RaiseDomainError,
};
pub use options::{LevelSource, Options, level_in};
pub use presets::Preset;
pub use query::Db;
pub use rewritten::Rewritten;
pub use rule::{Group, InPresets, OptionDefault, OptionSpec, Rule};
