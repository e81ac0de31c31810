//! The protocol: its types, and every conversion between them and ours.
//!
//! The only module that names `tower_lsp`, so that a new release of it (or of the types) affects only this folder.

mod architecture;
mod client;
mod convert;
mod diagnostic;
mod document;
mod errors;
mod server;
mod uri;

pub(crate) use architecture::{ArchitectureChanged, ArchitectureChangedParams};
pub(crate) use client::Features;
pub(crate) use convert::{changes, position, range, range_of_span};
pub(crate) use diagnostic::{SOURCE, of_broken_baseline, of_finding, of_problem, of_unreadable};
pub(crate) use document::{explain_uri, flat_symbols, nested_symbol};
pub(crate) use errors::{content_modified, failed, invalid_params, request_failed, server_cancelled};
pub(crate) use server::{
    COMMAND_ACCEPT, COMMAND_ACCEPT_FILE, COMMAND_ARCHITECTURE, COMMAND_DEBUG, COMMAND_DRAW, COMMAND_MOVE,
    COMMAND_MOVE_SYMBOL, COMMAND_MOVE_TARGETS, COMMAND_PLACES, COMMAND_RULES, COMMAND_SHOW,
    COMMAND_SHOW_PICTURE, FIX_ALL, file_operations, position_encoding, renames, sync, watchers, workspace,
};
pub(crate) use tower_lsp::jsonrpc::{Request as RawRequest, Result};
pub(crate) use tower_lsp::ls_types::notification::Notification;
pub(crate) use tower_lsp::ls_types::request::Request;
pub(crate) use tower_lsp::ls_types::*;
pub(crate) use tower_lsp::{Client, LanguageServer, LspService, LspServiceBuilder, Server};
pub(crate) use uri::{path_of, path_written, uri_of};
