//! Import-linter's contracts, read unchanged from `.importlinter`, `setup.cfg` and `pyproject.toml`.
//!
//! Source: the documentation of import-linter 2.17, "Configure" and "Contract types". Custom contract types aren't
//! supported and are reported as not checked. Configurations that import-linter rejects (layers that contain each
//! other, a library named without `include_external_packages`) are checked as far as they are meaningful.

use crate::Config;
use crate::contract::View;
use crate::contract::declared::{self, Session};
use crate::problem::Problems;
use crate::reader::{Dialect, Reader};
use crate::tree::Table;
use crate::tree::ini::Section;

/// The section or table that configures import-linter.
const SECTION: &str = "importlinter";

/// Reads the sections `[importlinter]` and `[importlinter:contract:ID]`. Returns whether import-linter is configured
/// here.
pub(crate) fn read_ini(sections: &[Section], problems: &Problems, config: &mut Config) -> bool {
    let Some(session) = sections.iter().find(|section| section.name == SECTION) else { return false };
    config.span = session.table.span;
    let session = read_session(&session.table, problems);
    for section in sections {
        let Some(id) = section.name.strip_prefix(SECTION).and_then(|rest| rest.strip_prefix(':')) else {
            continue;
        };
        let id = id.rsplit(':').next().unwrap_or(id);
        let reader = Reader::new(&section.table, problems, Dialect::Foreign);
        config.contracts.extend(declared::read(reader, &session, Some(id)));
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
    let defaults = read_session(session, problems);
    let mut reader = Reader::new(session, problems, Dialect::Foreign);
    for table in reader.tables("contracts", "[[tool.importlinter.contracts]]") {
        let reader = Reader::new(table, problems, Dialect::Foreign);
        config.contracts.extend(declared::read(reader, &defaults, None));
    }
}

fn read_session(table: &Table, problems: &Problems) -> Session {
    let mut reader = Reader::new(table, problems, Dialect::Foreign);
    let one = reader.strings("root-package").unwrap_or_default();
    let roots = reader.strings("root-packages").unwrap_or(one);
    let external = reader.boolean("include-external-packages").unwrap_or(false);
    let exclude_type_checking = reader.boolean("exclude-type-checking-imports").unwrap_or(false);
    reader.skip(&["contracts", "contract-types"]);
    reader.finish("the configuration of import-linter");
    let roots = roots.into_iter().map(|root| root.text.trim().into()).collect();
    Session { exclude_type_checking, view: View { roots, external } }
}
