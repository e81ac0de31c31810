//! How is what the editor shows said in LSP?
//!
//! One OS thread owns all mutable state ([`main_loop`]) and is reached only through its inbox of [`event::Event`]s;
//! the asynchronous part is a thin skin that puts events there. Invariants, each with the trap that it keeps us out of:
//! - a handler is one line: it sends an event and perhaps awaits the answer, so what arrives in order is applied in
//!   order (whatever comes after the first await of a handler is not);
//! - no handler awaits the client: what is asked of it goes through one outbox ([`outbox`]), and its answer comes back
//!   as an event;
//! - nothing limits how many requests may wait: a limit would be reached by requests that wait for each other;
//! - standard output has a thread and an unbounded queue of its own ([`transport`]): a client that stops reading must
//!   not stop us from reading;
//! - work runs on threads over snapshots ([`pool`]), under `catch_unwind`: a panic is an error for that request;
//! - a dropped answer channel is the cancellation of a request;
//! - protocol types and their conversions are in [`proto`] and nowhere else is `tower_lsp` named.

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
