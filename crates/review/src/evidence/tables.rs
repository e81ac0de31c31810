//! Tables of models, and what migrations create.

mod alembic;
mod django;
mod indexes;

use std::collections::{BTreeMap, BTreeSet};

use model::{ModuleId, Orm, Project};
use report::deployment::File;
use source::PositionEncoding;
use workspace::Snapshot;

use super::facts::Source;
use crate::claim::Place;

pub use alembic::{Revision, Revisions};
pub use django::{App, Migration};
pub use indexes::Index;

/// The table of a model.
#[derive(Debug, Clone)]
pub struct Table {
    /// The class.
    pub class: String,
    /// The ORM.
    pub orm: Orm,
    /// Its name, without a schema.
    pub name: String,
    /// Its columns: their names, and the attributes that declare them.
    pub columns: Vec<(String, String)>,
    /// The module, by index.
    pub source: usize,
    /// The place of the class.
    pub place: Place,
}

/// The tables that migrations create, with their columns; `None` if the columns are unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// By name.
    pub tables: BTreeMap<String, Option<BTreeSet<String>>>,
}

/// The tables of models that are in `sources`.
pub(super) fn tables(snapshot: &Snapshot, project: Project, sources: &[Source]) -> Vec<Table> {
    let db = snapshot.db();
    let index: BTreeMap<ModuleId, usize> = sources.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    let mut found = Vec::new();
    for table in &model::query::tables(db, project).list {
        let Some(at) = index.get(&table.class.module).filter(|_| !table.shares_table) else { continue };
        let source = &sources[*at];
        if source.role != model::PathRole::Code {
            continue;
        }
        let definitions = python::query::definitions(db, source.file);
        let spans = python::query::spans(db, source.file);
        let class = definitions.classes().find(|(_, it)| it.name == table.class.name);
        let line = class.map_or(1, |(id, _)| {
            snapshot.text(source.file).position(spans.class_name(id).start, PositionEncoding::Utf8).line + 1
        });
        let columns = table.columns.iter().map(|it| (it.name.to_string(), it.attribute.to_string()));
        found.push(Table {
            class: table.class.name.to_string(),
            orm: table.orm,
            name: last(&table.name).to_owned(),
            columns: columns.collect(),
            source: *at,
            place: Place::new(source.path.clone(), line),
        });
    }
    found
}

/// Alembic revisions, by their folder.
pub(super) fn revisions(sources: &[Source], files: &[File]) -> Vec<Revisions> {
    alembic::revisions(sources, files)
}

/// Django migrations, by app.
pub(super) fn apps(sources: &[Source]) -> Vec<App> {
    django::apps(sources)
}

/// A name without its schema.
fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
