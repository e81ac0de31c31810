//! How is what the editor shows expressed in LSP?
//!
//! One OS thread owns all mutable state ([`main_loop`]) and is reached only through its inbox of [`event::Event`]s; the
//! asynchronous part is a thin layer that puts events there. Invariants, each with the trap that it avoids:
//! - a handler is one line: it sends an event and perhaps awaits the answer, so that messages are applied in the order
//!   of their arrival (anything after a handler's first await would not be);
//! - no handler awaits the client: requests to it go through one outbox ([`outbox`]), and their answers come back as
//!   events;
//! - there is no limit on waiting requests: requests that wait for each other would reach it;
//! - standard output has its own thread and an unbounded queue ([`transport`]): a client that stops reading must not
//!   stop us from reading;
//! - work runs on threads over snapshots ([`pool`]), under `catch_unwind`: a panic is an error for that request;
//! - a dropped answer channel is the cancellation of a request;
//! - protocol types and their conversions are in [`proto`]; `tower_lsp` is named nowhere else.

mod answer;
mod backend;
#[cfg(test)]
mod bench;
mod client_process;
mod clients;
mod diagnostics;
mod documents;
mod drawing;
mod event;
mod found;
mod handlers;
mod indexing;
mod lifecycle;
mod log;
mod main_loop;
mod methods;
mod outbox;
mod pool;
mod proto;
mod render;
mod run;
mod session;
mod settings;
mod transport;
mod view;
mod watcher;
mod work;

pub use run::run;
pub use transport::split;
