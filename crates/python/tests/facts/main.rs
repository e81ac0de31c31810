//! The facts of modules, case by case: a text, and the facts that it lowers to.
#![allow(clippy::unwrap_used, clippy::format_push_string)]

mod bodies;
mod broken;
mod definitions;
mod directives;
mod imports;
mod render;
mod uses;
