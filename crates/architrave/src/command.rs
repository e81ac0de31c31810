//! One file per command.

pub(crate) mod adr;
pub(crate) mod baseline;
pub(crate) mod cache;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod context;
pub(crate) mod deps;
pub(crate) mod design;
pub(crate) mod diagram;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod hook;
pub(crate) mod init;
pub(crate) mod layers;
pub(crate) mod man;
pub(crate) mod mcp;
pub(crate) mod modernize;
pub(crate) mod moving;
pub(crate) mod refactor;
pub(crate) mod review;
pub(crate) mod routes;
pub(crate) mod rules;
pub(crate) mod server;
pub(crate) mod tool;
