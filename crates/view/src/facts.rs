//! The facts about the checked module, each part fetched when a rule accesses it.
//!
//! The imports and definitions of a module are kept for every file; bodies, uses and positions are not, and a file must
//! be parsed to obtain them. A rule that doesn't need them causes no parse, which makes it affordable to check
//! thousands of closed files again.

use std::cell::OnceCell;
use std::ops::Deref;
use std::sync::Arc;

use model::Project;
use python::{Bodies, Definitions, Directive, ImportSpans, Imports, Module, NameUse, Spans};
use source::File;

use crate::Db;
use crate::rewritten::Rewritten;

/// A value that is fetched on first access.
pub struct Lazy<'a, T: ?Sized> {
    fetch: Option<Fetch<'a, T>>,
    value: OnceCell<Arc<T>>,
}

/// The source of the value.
struct Fetch<'a, T: ?Sized> {
    db: &'a dyn Db,
    project: Project,
    file: File,
    from: Origin<T>,
}

enum Origin<T: ?Sized> {
    Query(Query<T>),
    Rewritten(Arc<Rewritten>, Read<T>),
}

/// A query about a file of a project.
type Query<T> = fn(&dyn Db, Project, File) -> Arc<T>;

/// Reads facts from a possible text of a project file.
type Read<T> = fn(&dyn Db, Project, File, &Module) -> Arc<T>;

impl<T: ?Sized> Clone for Fetch<'_, T> {
    fn clone(&self) -> Self {
        let from = match &self.from {
            Origin::Query(query) => Origin::Query(*query),
            Origin::Rewritten(rewritten, read) => Origin::Rewritten(Arc::clone(rewritten), *read),
        };
        Self { from, ..*self }
    }
}

impl<'a, T: ?Sized> Lazy<'a, T> {
    /// The result of `query` for `file`.
    pub fn of(db: &'a dyn Db, project: Project, file: File, query: Query<T>) -> Self {
        Self { fetch: Some(Fetch { db, project, file, from: Origin::Query(query) }), value: OnceCell::new() }
    }

    /// What `read` finds in a text that `file` could have.
    pub fn of_rewritten(
        place: (&'a dyn Db, Project, File),
        rewritten: &Arc<Rewritten>,
        read: Read<T>,
    ) -> Self {
        let (db, project, file) = place;
        let from = Origin::Rewritten(Arc::clone(rewritten), read);
        Self { fetch: Some(Fetch { db, project, file, from }), value: OnceCell::new() }
    }

    /// An available value.
    pub fn ready(value: Arc<T>) -> Self {
        Self { fetch: None, value: OnceCell::from(value) }
    }

    /// The value, shared.
    pub fn shared(&self) -> &Arc<T> {
        self.value.get_or_init(|| {
            let fetch = self.fetch.as_ref().expect("without a value there is a way to fetch it");
            match &fetch.from {
                Origin::Query(query) => query(fetch.db, fetch.project, fetch.file),
                Origin::Rewritten(rewritten, read) => {
                    read(fetch.db, fetch.project, fetch.file, rewritten.module())
                }
            }
        })
    }
}

impl<T: ?Sized> Clone for Lazy<'_, T> {
    fn clone(&self) -> Self {
        Self { fetch: self.fetch.clone(), value: self.value.clone() }
    }
}

impl<T: ?Sized> Deref for Lazy<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.shared()
    }
}

/// The facts of one module.
#[derive(Clone)]
pub struct Facts<'a> {
    /// Its imports.
    pub imports: Lazy<'a, Imports>,
    /// The positions of its imports, by import id.
    pub import_spans: Lazy<'a, [ImportSpans]>,
    /// Its definitions.
    pub definitions: Lazy<'a, Definitions>,
    /// Its bodies.
    pub bodies: Lazy<'a, Bodies>,
    /// The uses of imported names.
    pub uses: Lazy<'a, [NameUse]>,
    /// Comments addressed to Architrave.
    pub directives: Lazy<'a, [Directive]>,
    /// The positions of everything.
    pub spans: Lazy<'a, Spans>,
}

impl<'a> Facts<'a> {
    /// The facts about a file.
    pub fn of_file(db: &'a dyn Db, project: Project, file: File) -> Self {
        Self {
            imports: Lazy::of(db, project, file, |db, _, file| python::query::imports(db, file)),
            import_spans: Lazy::of(db, project, file, |db, _, file| python::query::import_spans(db, file)),
            definitions: Lazy::of(db, project, file, |db, _, file| python::query::definitions(db, file)),
            bodies: Lazy::of(db, project, file, |db, _, file| python::query::bodies(db, file)),
            uses: Lazy::of(db, project, file, |db, _, file| python::query::uses(db, file)),
            directives: Lazy::of(db, project, file, |db, _, file| python::query::directives(db, file)),
            spans: Lazy::of(db, project, file, |db, _, file| python::query::spans(db, file)),
        }
    }

    /// Those of a text that the file could have.
    pub fn of_rewritten(place: (&'a dyn Db, Project, File), rewritten: &Arc<Rewritten>) -> Self {
        Self {
            imports: Lazy::of_rewritten(place, rewritten, |_, _, _, module| Arc::clone(&module.imports)),
            import_spans: Lazy::of_rewritten(place, rewritten, |_, _, _, module| {
                Arc::from(&*module.spans.imports)
            }),
            definitions: Lazy::of_rewritten(place, rewritten, |_, _, _, module| {
                Arc::clone(&module.definitions)
            }),
            bodies: Lazy::of_rewritten(place, rewritten, |_, _, _, module| Arc::clone(&module.bodies)),
            uses: Lazy::of_rewritten(place, rewritten, |_, _, _, module| Arc::clone(&module.uses)),
            directives: Lazy::of_rewritten(place, rewritten, |_, _, _, module| {
                Arc::clone(&module.directives)
            }),
            spans: Lazy::of_rewritten(place, rewritten, |_, _, _, module| Arc::clone(&module.spans)),
        }
    }

    /// Those of a text that is no file's.
    pub fn of_module(module: &Module) -> Self {
        Self {
            imports: Lazy::ready(Arc::clone(&module.imports)),
            import_spans: Lazy::ready(Arc::from(&*module.spans.imports)),
            definitions: Lazy::ready(Arc::clone(&module.definitions)),
            bodies: Lazy::ready(Arc::clone(&module.bodies)),
            uses: Lazy::ready(Arc::clone(&module.uses)),
            directives: Lazy::ready(Arc::clone(&module.directives)),
            spans: Lazy::ready(Arc::clone(&module.spans)),
        }
    }
}
