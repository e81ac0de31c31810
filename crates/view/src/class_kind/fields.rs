//! The fields of a class's instances.

use flow::Receiver;
use model::ClassRef;
use python::{Expr, ExprId, Name, ParameterKind, Scope};

use super::words::may_identify;
use super::{Subject, shape};

/// A field of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// The class that declares it.
    pub class: ClassRef,
    /// Its annotation, in the definitions of that class's module.
    pub annotation: Option<ExprId>,
}

/// Own and inherited fields: annotations of a data class, and assignments in constructors of other classes.
pub fn fields(subject: &Subject<'_>) -> Vec<Field> {
    let mut found = own_fields(subject);
    for base in subject.bases().iter() {
        let Some(base) = Subject::of(subject.db, subject.project, base) else { continue };
        for field in own_fields(&base) {
            if !found.iter().any(|known| known.name == field.name) {
                found.push(field);
            }
        }
    }
    found
}

fn own_fields(subject: &Subject<'_>) -> Vec<Field> {
    let definitions = &*subject.definitions;
    let declared = definitions.variables.iter().filter(|it| it.scope == Scope::Class(subject.id));
    let is_data = shape(subject).is_some();
    let mut found: Vec<Field> = declared
        .filter(|it| it.annotation.is_some_and(|annotation| !is_class_variable(subject, annotation)))
        .filter(|it| it.name != "model_config")
        .map(|it| Field { name: it.name.clone(), class: subject.class.clone(), annotation: it.annotation })
        .collect();
    if is_data {
        return found;
    }
    let stores = flow::query::stores(subject.db, definitions_file(subject));
    for (name, method) in stores.of_class(&subject.class.name) {
        if definitions[method].name != "__init__" || found.iter().any(|known| known.name == *name) {
            continue;
        }
        let given = definitions[method].parameters.iter().find(|parameter| {
            parameter.kind != ParameterKind::Kwargs && parameter.name == name.trim_start_matches('_')
        });
        let annotation = given.and_then(|parameter| parameter.annotation);
        found.push(Field { name: name.clone(), class: subject.class.clone(), annotation });
    }
    found
}

/// Whether a method other than a constructor assigns attributes of `self`.
pub fn mutates_itself(subject: &Subject<'_>) -> bool {
    let writes = flow::query::writes(subject.db, definitions_file(subject));
    writes.list.iter().any(|write| {
        matches!(&write.on, Receiver::Own(class) if *class == subject.class.name)
            && write.function.is_some_and(|method| !is_constructor(&subject.definitions[method].name))
    })
}

fn is_constructor(name: &str) -> bool {
    matches!(name, "__init__" | "__post_init__" | "__attrs_post_init__" | "__new__" | "__setstate__")
}

fn definitions_file(subject: &Subject<'_>) -> source::File {
    model::query::modules(subject.db, subject.project)[subject.class.module].file
}

fn is_class_variable(subject: &Subject<'_>, annotation: ExprId) -> bool {
    let definitions = &*subject.definitions;
    let head = match &definitions[annotation] {
        Expr::Subscript { value, .. } => *value,
        _ => annotation,
    };
    let dotted = definitions.exprs.dotted(head);
    dotted.is_some_and(|dotted| matches!(dotted.rsplit('.').next(), Some("ClassVar" | "InitVar")))
}

/// Whether one of these fields identifies an instance of the class: by its name, or as the first of several that may be
/// called for.
pub fn has_identity(fields: &[Field], class: &str) -> bool {
    fields.iter().any(|field| is_identity(&field.name, class))
        || fields.len() > 1 && fields.first().is_some_and(|field| may_identify(&field.name))
}

/// Whether a field with this name identifies an instance of the class.
pub fn is_identity(field: &str, class: &str) -> bool {
    let field = field.trim_start_matches('_');
    matches!(
        field,
        "id" | "uuid"
            | "pk"
            | "guid"
            | "uid"
            | "oid"
            | "identifier"
            | "identity"
            | "entity_id"
            | "aggregate_id"
    ) || field.strip_suffix("_id").or_else(|| field.strip_suffix("_uuid")).is_some_and(|rest| {
        let snake = python::naming::snake(class);
        snake == rest || snake.ends_with(&format!("_{rest}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_are_known_by_name() {
        for (field, class, expected) in [
            ("id", "Order", true),
            ("_id", "Order", true),
            ("order_id", "Order", true),
            ("line_id", "OrderLine", true),
            ("customer_id", "Order", false),
            ("value", "OrderId", false),
        ] {
            assert_eq!(is_identity(field, class), expected, "{class}.{field}");
        }
    }
}
