//! Findings as a query.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use camino::Utf8PathBuf;
use config::Problem;
use model::{ClassRef, Project};
use source::File;

use crate::facts::{Facts, Lazy};
use crate::{ClassKind, Context, Finding, check_module, layers};

/// What rules need from the database.
#[salsa::db]
pub trait Db: flow::Db {}

/// What the rules read about one file; nothing where the file is no module of the project.
pub fn context(db: &dyn Db, project: Project, file: File) -> Option<Context<'_>> {
    let architecture = model::query::architecture(db, project);
    let id = architecture.modules.of_file(file)?;
    Some(Context {
        db,
        project,
        file,
        id,
        text: Lazy::of(db, project, file, |db, _, file| source::query::text(db, file)),
        module: Facts::of_file(db, project, file),
        resolved: Lazy::of(db, project, file, |db, project, file| model::query::resolved(db, project, file)),
        config: model::query::config_of(db, project, file),
        architecture,
    })
}

/// What is wrong with the contracts of the configuration that governs `folder`, given the modules and imports that there
/// are: those about nothing, and exceptions that except nothing.
#[salsa::tracked(returns(clone))]
pub fn contract_problems(db: &dyn Db, project: Project, folder: Utf8PathBuf) -> Arc<[Problem]> {
    let config = project.configs(db).list.iter().find(|config| config.folder == folder);
    config.map(|config| layers::contract_problems(db, project, config)).unwrap_or_default().into()
}

/// What a class is. Two classes that are what they are only through each other are nothing.
#[salsa::tracked(returns(copy), cycle_result = no_kind)]
pub fn class_kind(db: &dyn Db, project: Project, class: ClassRef) -> ClassKind {
    crate::class_kind::class_kind(db, project, &class)
}

fn no_kind(_: &dyn Db, _: salsa::Id, _: Project, _: ClassRef) -> ClassKind {
    ClassKind::Other
}

/// The findings of one file.
#[salsa::tracked(returns(clone))]
pub fn check(db: &dyn Db, project: Project, file: File) -> Arc<[Finding]> {
    context(db, project, file).map(|cx| check_module(&cx)).unwrap_or_default().into()
}
