//! `typer`.

use crate::{AtImport, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "typer",
    imports: &["typer"],
    kinds: &[("typer", Kind::CommandLine)],
    calls: &[("typer.Typer", Mark::CliCommand)],
    at_import: &[("typer", AtImport::Configures)],
    ..Library::UNKNOWN
};
