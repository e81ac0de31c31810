//! `typer`.

use crate::{AtImport, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "typer",
    imports: &["typer"],
    kinds: &[("typer", Kind::CommandLine)],
    calls: &[("typer.Typer", Mark::CliCommand)],
    at_import: &[("typer", AtImport::Configures)],
    ..Library::UNKNOWN
};
