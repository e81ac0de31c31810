//! The facts of the module that is judged, each part fetched when a rule looks at it.
//!
//! What a module imports and defines is kept for every file; bodies, uses and positions are not, and a file must be
//! parsed for them. A rule that finds nothing reason enough to look there costs no parse, which is what makes judging
//! thousands of closed files again affordable.

use std::cell::OnceCell;
use std::ops::Deref;
use std::sync::Arc;

use model::Project;
use python::{Bodies, Definitions, Directive, ImportSpans, Imports, Module, NameUse, Spans};
use source::File;

use crate::Db;
use crate::rewritten::Rewritten;

/// Something that is fetched when it is first looked at.
pub struct Lazy<'a, T: ?Sized> {
    fetch: Option<Fetch<'a, T>>,
    value: OnceCell<Arc<T>>,
}

/// From where, and how.
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

/// What a text says that a file of a project could have.
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
    /// What `query` says of `file`.
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

    /// This.
    pub fn ready(value: Arc<T>) -> Self {
        Self { fetch: None, value: OnceCell::from(value) }
    }

    /// The value, to be shared.
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
    /// What it imports.
    pub imports: Lazy<'a, Imports>,
    /// Where its imports stand, by import id.
    pub import_spans: Lazy<'a, [ImportSpans]>,
    /// What it defines.
    pub definitions: Lazy<'a, Definitions>,
    /// What its bodies do.
    pub bodies: Lazy<'a, Bodies>,
    /// Where imported names are used.
    pub uses: Lazy<'a, [NameUse]>,
    /// Comments that speak to us.
    pub directives: Lazy<'a, [Directive]>,
    /// Where everything stands.
    pub spans: Lazy<'a, Spans>,
}

impl<'a> Facts<'a> {
    /// Those of a file.
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
