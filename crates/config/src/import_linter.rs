//! The contracts of import-linter, read as they are from `.importlinter`, `setup.cfg` and `pyproject.toml`.
//!
//! Source: the documentation of import-linter 2.12, "Configure" and "Contract types". Not carried over:
//! `root_package(s)` and `include_external_packages` (everything that lies in the project is looked at, and third
//! parties always count), `unmatched_ignore_imports_alerting`, and contract types of one's own, which are told.

use crate::Config;
use crate::contract::declared;
use crate::problem::Problems;
use crate::reader::{Dialect, Reader};
use crate::tree::Table;
use crate::tree::ini::Section;

/// The section or table that switches import-linter on.
const SECTION: &str = "importlinter";

/// Reads the sections `[importlinter]` and `[importlinter:contract:ID]`. Whether import-linter is configured here.
pub(crate) fn read_ini(sections: &[Section], problems: &Problems, config: &mut Config) -> bool {
    let Some(session) = sections.iter().find(|section| section.name == SECTION) else { return false };
    config.span = session.table.span;
    let exclude_type_checking = read_session(&session.table, problems);
    for section in sections {
        let Some(id) = section.name.strip_prefix(SECTION).and_then(|rest| rest.strip_prefix(':')) else {
            continue;
        };
        let id = id.rsplit(':').next().unwrap_or(id);
        let reader = Reader::new(&section.table, problems, Dialect::Foreign);
        config.contracts.extend(declared::read(reader, exclude_type_checking, Some(id)));
    }
    for section in sections.iter().filter(|section| section.name.starts_with(SECTION)) {
        for stray in &section.stray {
            problems.warning(*stray, "neither a key with its value nor part of a value");
        }
    }
    true
}

/// Reads `[tool.importlinter]`.
pub(crate) fn read_toml(session: &Table, problems: &Problems, config: &mut Config) {
    let exclude_type_checking = read_session(session, problems);
    let mut reader = Reader::new(session, problems, Dialect::Foreign);
    for table in reader.tables("contracts", "[[tool.importlinter.contracts]]") {
        let reader = Reader::new(table, problems, Dialect::Foreign);
        config.contracts.extend(declared::read(reader, exclude_type_checking, None));
    }
}

/// Whether imports under `TYPE_CHECKING` are left out.
fn read_session(table: &Table, problems: &Problems) -> bool {
    let mut reader = Reader::new(table, problems, Dialect::Foreign);
    reader.skip(&[
        "root-package",
        "root-packages",
        "include-external-packages",
        "contracts",
        "contract-types",
    ]);
    let exclude = reader.boolean("exclude-type-checking-imports").unwrap_or(false);
    reader.finish("the configuration of import-linter");
    exclude
}
