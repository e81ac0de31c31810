//! What is wrong, and how is it mended?
//!
//! A rule is two files of one name side by side, `<group>/<rule>.rs` and `<rule>.md`, and one line in [`ALL`]. The
//! Markdown is documentation, hover text and executed test. Detection, words and fix are three functions of one
//! finding. Invariants:
//! - a rule is a pure function from [`Context`] to findings; it reads other files only through the narrow queries of
//!   `model` and `python`, never their positions;
//! - unknown is silent;
//! - a fix is a description ([`Fix`]); edits are made from it on the current snapshot ([`changes`]).

pub mod baseline;
mod check;
mod class_kind;
mod collaborators;
mod context;
mod dependencies;
mod domain;
mod early;
mod facts;
mod finding;
mod fix;
#[cfg(test)]
mod fixture;
mod ignores;
mod imports;
mod interfaces;
mod layers;
mod offer;
mod options;
pub mod presets;
mod queries;
pub mod query;
mod rule;
mod security;
mod structure;
pub mod typing;
mod wording;

pub use check::check_module;
pub use class_kind::ClassKind;
pub use context::{Context, ImportView};
pub use early::early;
pub use facts::{Facts, Lazy};
pub use finding::{Draft, Finding, Findings, Fingerprint, Key, Place, Related, Tag, mark};
pub use fix::{
    Abilities, Applicability, BindParameters, Changes, Counted, ExtractProtocol, FileEdit, Fix, FixKind,
    Freeze, HttpRaiseAt, InjectCollaborator, Loaded, MoveChoice, MoveToConfig, NewFile, OtherEdit,
    ParameterStyle, RaiseDomainError, Refusal, SymbolMove, attempt, can_move, cannot_move_files, carry_out,
    changes, http_raise_at, is_offered, may_suggest_itself, move_choices, move_files, move_symbol,
    move_targets, names_at_head, raise_domain_error,
};
pub use ignores::invalid_ignore::REASON_PLACEHOLDER;
pub use ignores::silenced;
pub use layers::may_import;
pub use offer::{Objection, bound_names, import_name, is_builtin_name, objection};
pub use options::{LevelSource, Options, level_in, validate};
pub use presets::Preset;
pub use query::Db;
pub use rule::{ALL, Group, OptionDefault, OptionSpec, Rule, by_id};
