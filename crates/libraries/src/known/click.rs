//! `click`.

use crate::{AtImport, ClassRole, Decorator, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "click",
    imports: &["click"],
    kinds: &[("click", Kind::CommandLine)],
    namesakes: &["click"],
    bases: &[("click.Command", ClassRole::Command), ("click.Group", ClassRole::Command)],
    decorators: &[
        ("click.command", Decorator::Mark(Mark::CliCommand)),
        ("click.group", Decorator::Mark(Mark::CliCommand)),
    ],
    at_import: &[("click", AtImport::Configures)],
    ..Library::UNKNOWN
};
