//! Findings as a query.

use std::sync::Arc;

use model::Project;
use source::File;

use crate::{Context, Finding, check_module};

/// What rules need from the database.
#[salsa::db]
pub trait Db: model::Db {}

/// What the rules read about one file; nothing where the file is no module of the project.
pub fn context(db: &dyn Db, project: Project, file: File) -> Option<Context<'_>> {
    let architecture = model::query::architecture(db, project);
    let id = architecture.modules.of_file(file)?;
    Some(Context {
        db,
        project,
        file,
        id,
        text: source::query::text(db, file),
        module: python::query::module(db, file),
        resolved: model::query::resolved(db, project, file),
        config: model::query::config_of(db, project, file),
        architecture,
    })
}

/// The findings of one file.
#[salsa::tracked(returns(clone))]
pub fn check(db: &dyn Db, project: Project, file: File) -> Arc<[Finding]> {
    context(db, project, file).map(|cx| check_module(&cx)).unwrap_or_default().into()
}
