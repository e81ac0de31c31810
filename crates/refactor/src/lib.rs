//! Which edits carry out a fix or a refactoring?
//!
//! A fix is a description ([`view::Fix`]); its edits are made on the current snapshot when requested ([`changes`]).
//! Refactorings without a finding (moves of files and symbols, new imports) have their own entry points. Invariants:
//! - what no longer fits the text produces no edits, never wrong ones;
//! - edits preserve behaviour, or the fix is marked for review.

mod add_member;
mod await_relationship;
mod bind_parameters;
mod bindings;
mod brackets;
mod carry_out;
mod depend_on_port;
mod domain_error;
mod edits;
mod fetch;
#[cfg(test)]
mod fixture;
mod freeze;
mod head;
mod hoist;
mod implement;
mod import_from;
mod inject;
mod lines;
mod load;
mod make_static;
mod members;
mod move_to_config;
mod moves;
mod new_import;
mod protocol;
mod query;
mod removal;
mod remove_ignore;
mod rewrite;
mod signature;
mod sorting;
mod statement;
mod type_checking;
mod variance;

pub use carry_out::{
    attempt, carry_out, changes, is_offered, may_suggest_itself, names_at_top_level, that_fits,
};
pub use domain_error::read as http_raises;
pub use domain_error::{HttpRaiseAt, http_raise_at, raise_domain_error};
pub use edits::{Abilities, Changes, FileEdit, NewFile, OtherEdit};
pub use members::class_named;
pub use moves::targets_near;
pub use moves::{
    MoveChoice, Refusal, SymbolMove, can_move, cannot_move_files, move_choices, move_files, move_symbol,
    move_targets,
};
pub use new_import::{bound_names, import_name, is_builtin_name};
