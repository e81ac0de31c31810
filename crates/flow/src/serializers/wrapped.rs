//! Rows inside a rendered value: lists, pages, dictionaries, objects of other schemas. The type determines which schema
//! renders which part.

use model::{ClassRef, Project};
use python::Name;

use super::field::{FieldKind, Library};
use super::library_of;
use super::shown::Shown;
use crate::library::sqlalchemy::rows_of_page;
use crate::types::classes;
use crate::{Db, Kind, Parts, Value};

/// Maximum depth to which types and values are followed.
const MAX_DEPTH: usize = 8;

/// Called with a schema and its arguments, the value that it renders, and whether that is many of something that only
/// callers know.
pub(crate) type Each<'e> = &'e mut dyn FnMut((&ClassRef, &Parts), &Value, bool);

/// Passes on the parts of `given` that a schema renders under the type `wanted`: each row, or the value that yields
/// many of them.
pub(crate) fn rows_in(db: &dyn Db, project: Project, wanted: &Value, given: &Value, each: Each<'_>) {
    Matching { db, project }.rows(wanted, given, each, 0);
}

/// The type arguments of a schema whose fields receive these rows: `Page(items=orders)` is a page of orders.
pub(crate) fn type_arguments(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    given: &[(Name, Value)],
) -> Parts {
    let bases = crate::query::types::bases(db, project, class.module, class.name.clone());
    // While the types of the fields are read, each parameter is its own placeholder.
    let marks: Vec<Value> = bases.parameters.iter().map(|name| Value::of(Kind::Text(name.clone()))).collect();
    let mut arguments = vec![Value::UNKNOWN; marks.len()];
    for (name, value) in given {
        if let Some(classes::Member::Attribute(wanted)) =
            classes::member_with(db, project, class, &marks, name)
        {
            stands_for(&wanted, value, &marks, &mut arguments, 0);
        }
    }
    arguments.into()
}

fn stands_for(wanted: &Value, given: &Value, marks: &[Value], arguments: &mut [Value], depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match (&wanted.kind, &given.kind) {
        (Kind::Text(_), Kind::Entity(_)) => {
            if let Some(index) = marks.iter().position(|mark| mark.kind == wanted.kind) {
                arguments[index] = Value::of(given.kind.clone());
            }
        }
        // What only callers know: `Page.of(orders)`.
        (Kind::Text(_), Kind::Unknown) if given.path.is_some() => {
            if let Some(index) = marks.iter().position(|mark| mark.kind == wanted.kind) {
                arguments[index] = given.clone();
            }
        }
        // Also `rows: Sequence[T]` of a parameter.
        (Kind::Many(wanted), _) if given.is_of_callers() && given.path.is_some() => {
            let one = Value::UNKNOWN.at(given.path.as_ref().and_then(crate::Path::each));
            stands_for(wanted, &one, marks, arguments, depth + 1);
        }
        (Kind::Many(wanted), Kind::Many(given)) | (Kind::Mapping(wanted), Kind::Mapping(given)) => {
            stands_for(wanted, given, marks, arguments, depth + 1);
        }
        (Kind::Many(wanted), Kind::Query(query)) if query.runs_itself => {
            stands_for(wanted, &query.row(), marks, arguments, depth + 1);
        }
        _ => {}
    }
}

struct Matching<'a> {
    db: &'a dyn Db,
    project: Project,
}

impl Matching<'_> {
    fn rows(&self, wanted: &Value, given: &Value, each: Each<'_>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match (&wanted.kind, &given.kind) {
            (_, Kind::Awaitable(given)) => self.rows(wanted, given, each, depth + 1),
            (Kind::Awaitable(wanted), _) => self.rows(wanted, given, each, depth + 1),
            (_, Kind::Either(ways)) => {
                // The one that has the form of the response is what it is there.
                let is_list = |value: &Value| matches!(value.kind, Kind::Many(_));
                let fits = |way: &&Value| is_list(way) == is_list(wanted);
                let is_known = ways.iter().any(|way| fits(&way));
                for way in ways.iter().filter(|way| !is_known || fits(way)) {
                    self.rows(wanted, way, each, depth + 1);
                }
            }
            (_, Kind::Tuple(parts)) if !matches!(wanted.kind, Kind::Tuple(_)) => {
                let wanted = if let Kind::Many(wanted) = &wanted.kind { wanted } else { wanted };
                for part in parts.iter() {
                    self.rows(wanted, part, each, depth + 1);
                }
            }
            (Kind::Tuple(wanted), Kind::Tuple(given)) => {
                for (wanted, given) in wanted.iter().zip(given.iter()) {
                    self.rows(wanted, given, each, depth + 1);
                }
            }
            (Kind::Many(wanted) | Kind::Mapping(wanted), _) => match &given.kind {
                Kind::Many(inner) if !is_row(inner) => self.rows(wanted, inner, each, depth + 1),
                Kind::Mapping(inner) if is_row(inner) => {
                    let rows = Value::of(Kind::Many(inner.clone())).with_deps(given.deps);
                    self.rows(wanted, &rows, each, depth + 1);
                }
                Kind::Mapping(inner) => self.rows(wanted, inner, each, depth + 1),
                Kind::Record(entries) => {
                    for (_, entry) in entries.iter() {
                        self.rows(wanted, entry, each, depth + 1);
                    }
                }
                _ => match (self.schema(wanted), is_row(given)) {
                    (Some(schema), true) if given.is_unknown() => each(schema, given, true),
                    (_, true) => {}
                    _ => self.rows(wanted, given, each, depth + 1),
                },
            },
            (Kind::ForeignMethod(..), _) => {
                if let (Some(wanted), Some(given)) = (rows_of_page(wanted), rows_of_page(given)) {
                    self.rows(wanted, given, each, depth + 1);
                }
            }
            (Kind::Instance(class, arguments), _) => {
                self.object(class, arguments, given, each, depth);
            }
            _ => {}
        }
    }

    /// The rows in an object that a schema renders.
    fn object(&self, class: &ClassRef, arguments: &Parts, given: &Value, each: Each<'_>, depth: usize) {
        if library_of(self.db, self.project, class).is_none() {
            return;
        }
        if let Some(root) = super::pydantic::root_of(self.db, self.project, class) {
            return self.rows(&root, given, each, depth + 1);
        }
        match &given.kind {
            Kind::Entity(_) | Kind::Query(_) | Kind::Manager(..) => each((class, arguments), given, false),
            Kind::Unknown if given.path.is_some() => each((class, arguments), given, false),
            Kind::Many(inner) if is_row(inner) => each((class, arguments), given, false),
            Kind::Many(inner) => self.object(class, arguments, inner, each, depth + 1),
            Kind::Record(entries) | Kind::Holder(_, entries) => {
                for (names, wanted) in self.fields(class, arguments) {
                    if let Some((_, entry)) = entries.iter().find(|(key, _)| names.contains(key)) {
                        self.rows(&wanted, entry, each, depth + 1);
                    }
                }
            }
            Kind::Instance(other, others) if !others.is_empty() => {
                for (names, wanted) in self.fields(class, arguments) {
                    let held = names.iter().find_map(|name| {
                        match classes::member_with(self.db, self.project, other, others, name)? {
                            classes::Member::Attribute(held) => Some(held),
                            classes::Member::Method { .. } => None,
                        }
                    });
                    if let Some(held) = held {
                        self.rows(&wanted, &held, each, depth + 1);
                    }
                }
            }
            // A library's page, whose attributes appear as fields of a project schema.
            _ => {
                let Some(rows) = rows_of_page(given) else { return };
                for (names, wanted) in self.fields(class, arguments) {
                    if names.iter().any(|name| name == "items") {
                        self.rows(&wanted, rows, each, depth + 1);
                    }
                }
            }
        }
    }

    /// The fields of a schema that may contain rows: their external names and their types.
    fn fields(&self, class: &ClassRef, arguments: &Parts) -> Vec<(Vec<Name>, Value)> {
        let Self { db, project } = *self;
        let fields = crate::query::fields(db, project, class.clone());
        let library = library_of(db, project, class);
        let is_pydantic = library == Some(Library::Pydantic);
        // An instance of marshmallow's may show some of them only.
        let shown = match library {
            Some(Library::Marshmallow) => Shown::of(arguments),
            _ => Shown::default(),
        };
        let typed = |name: &Name| match classes::member_with(db, project, class, arguments, name) {
            Some(classes::Member::Attribute(wanted)) if is_pydantic => Some(wanted),
            _ => None,
        };
        let fields = fields.list.iter().filter(|field| shown.has(&field.name)).filter_map(|field| {
            let nested = match &field.kind {
                FieldKind::Nested(schema, shown) => {
                    Some(Value::of(Kind::Instance(schema.clone(), shown.parts())))
                }
                _ => None,
            };
            let wanted = typed(&field.name)
                .filter(|wanted| nested.is_none() || self.has_schema(wanted, 0))
                .or(nested)?;
            let mut names = vec![field.name.clone()];
            names.extend(field.source.first().filter(|_| field.source.len() == 1).cloned());
            Some((names, wanted))
        });
        fields.collect()
    }

    /// Whether a type names a schema.
    fn has_schema(&self, wanted: &Value, depth: usize) -> bool {
        match &wanted.kind {
            Kind::Many(inner) | Kind::Mapping(inner) if depth < MAX_DEPTH => {
                self.has_schema(inner, depth + 1)
            }
            _ => self.schema(wanted).is_some(),
        }
    }

    /// The schema that renders values of a type.
    fn schema<'v>(&self, wanted: &'v Value) -> Option<(&'v ClassRef, &'v Parts)> {
        match &wanted.kind {
            Kind::Instance(class, arguments) => {
                library_of(self.db, self.project, class).map(|_| (class, arguments))
            }
            _ => None,
        }
    }
}

/// Whether a value is a row, or something that only callers know.
fn is_row(value: &Value) -> bool {
    matches!(value.kind, Kind::Entity(_)) || value.is_unknown() && value.path.is_some()
}
