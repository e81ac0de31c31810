//! What each notification does and how each request is answered: one file each.
//!
//! Notifications change the session on the main loop's thread. Requests take what they need from it and are answered
//! on the pool.

mod accept;
mod architecture;
mod call_hierarchy;
mod cancel_progress;
mod code_action;
mod code_lens;
mod completion;
mod diagnostic;
mod did_change;
mod did_change_configuration;
mod did_change_watched_files;
mod did_change_workspace_folders;
mod did_close;
mod did_open;
mod did_save;
mod document_link;
mod document_symbol;
mod execute_command;
mod hover;
mod initialize;
mod initialized;
mod inlay_hint;
mod move_command;
mod rename_files;
mod resolve_code_action;
mod rule_documentation;
mod set_trace;
mod show;
mod shutdown;
mod workspace_diagnostic;
mod workspace_symbol;

pub(crate) use call_hierarchy::{incoming_calls, outgoing_calls, prepare_calls};
pub(crate) use cancel_progress::cancel_progress;
pub(crate) use code_action::code_action;
pub(crate) use code_lens::code_lens;
pub(crate) use completion::{completion, resolve_completion};
pub(crate) use diagnostic::diagnostic;
pub(crate) use did_change::did_change;
pub(crate) use did_change_configuration::did_change_configuration;
pub(crate) use did_change_watched_files::{did_change_watched_files, rescan, watched};
pub(crate) use did_change_workspace_folders::did_change_workspace_folders;
pub(crate) use did_close::did_close;
pub(crate) use did_open::did_open;
pub(crate) use did_save::did_save;
pub(crate) use document_link::document_link;
pub(crate) use document_symbol::document_symbol;
pub(crate) use execute_command::execute_command;
pub(crate) use hover::hover;
pub(crate) use initialize::initialize;
pub(crate) use initialized::initialized;
pub(crate) use inlay_hint::inlay_hint;
pub(crate) use rename_files::{did_rename_files, will_rename_files};
pub(crate) use resolve_code_action::resolve_code_action;
pub(crate) use set_trace::set_trace;
pub(crate) use shutdown::shutdown;
pub(crate) use workspace_diagnostic::workspace_diagnostic;
pub(crate) use workspace_symbol::workspace_symbol;
