//! Places in code: targets of lenses and hover links.

use flow::{FunctionRef, Site};
use model::{ClassRef, ModuleId, Modules, Project};
use source::{File, PositionEncoding, Span};
use workspace::Snapshot;

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub file: File,
    /// The span in it.
    pub span: Span,
}

/// The start of a module.
pub(crate) fn of_module(modules: &Modules, id: ModuleId) -> Option<Place> {
    Some(Place { file: modules.get(id)?.file, span: Span::new(0, 0) })
}

/// The name of a class where it is defined.
pub(crate) fn of_class(snapshot: &Snapshot, project: Project, class: &ClassRef) -> Option<Place> {
    let db = snapshot.db();
    let file = model::query::modules(db, project).get(class.module)?.file;
    let definitions = python::query::definitions(db, file);
    let id = definitions.class_named(&class.name)?;
    Some(Place { file, span: python::query::spans(db, file).class_name(id) })
}

/// The name of a function where it is defined.
pub(crate) fn of_function(snapshot: &Snapshot, project: Project, function: FunctionRef) -> Option<Place> {
    let db = snapshot.db();
    let file = model::query::modules(db, project).get(function.module)?.file;
    let span = python::query::spans(db, file).function_name(function.function);
    (!span.is_empty()).then_some(Place { file, span })
}

/// An expression in a body of a module.
pub(crate) fn of_site(snapshot: &Snapshot, project: Project, module: ModuleId, site: Site) -> Option<Place> {
    let db = snapshot.db();
    let file = model::query::modules(db, project).get(module)?.file;
    let span = python::query::spans(db, file).expr(site.body, site.expr);
    (!span.is_empty()).then_some(Place { file, span })
}

/// `shop/repository.py:12`, from the project's root.
pub(crate) fn in_words(snapshot: &Snapshot, project: Project, place: Place) -> String {
    let path = place.file.path(snapshot.db());
    let path = path.strip_prefix(project.root(snapshot.db())).unwrap_or(path);
    format!("{path}:{}", line(snapshot, place))
}

/// The one-based line of a place.
pub(crate) fn line(snapshot: &Snapshot, place: Place) -> u32 {
    snapshot.text(place.file).position(place.span.start, PositionEncoding::Utf8).line + 1
}
