//! Methods of a pydantic schema that receive the object, or the value of a field, before validation.

use libraries::Renders;
use model::Project;
use python::{Expr, ExprId, Literal, Scope};

use super::field::{Field, FieldKind};
use super::written::{Call, Written};
use crate::{Db, FunctionRef, Kind};

/// What validators add to the fields.
#[derive(Default)]
pub(super) struct Validators {
    /// One field per validator, which calls the method.
    pub(super) fields: Vec<Field>,
    /// The validator that turns the object into a dictionary.
    pub(super) flattened: Option<FunctionRef>,
}

/// The validators of a schema that has these fields.
pub(super) fn of(db: &dyn Db, project: Project, classes: &[Written], fields: &[Field]) -> Validators {
    let mut found = Validators::default();
    for written in classes {
        let definitions = &written.definitions;
        for (id, function) in definitions.functions().filter(|(_, it)| it.scope == Scope::Class(written.id)) {
            let function_ref = FunctionRef { module: written.class.module, function: id };
            let renders = function.decorators.iter().find_map(|decorator| {
                let call = Call::at(definitions, *decorator)?;
                let Kind::Foreign(full) = written.value(db, project, call.callee).kind else { return None };
                Some((libraries::renders(&full)?, *decorator))
            });
            match renders {
                Some((Renders::Object, decorator)) if is_first(written, decorator) => {
                    let kind = FieldKind::Method(function_ref);
                    let (class, name) = (written.class.clone(), function.name.clone());
                    found.fields.push(Field { class, name, source: Vec::new(), kind });
                    let summary = crate::query::summary(db, project, function_ref.module, id);
                    if matches!(summary.returns.kind, Kind::Record(_) | Kind::Mapping(_)) {
                        found.flattened.get_or_insert(function_ref);
                    }
                }
                Some((Renders::Field, decorator)) if is_first(written, decorator) => {
                    let names = names(written, decorator);
                    for field in fields.iter().filter(|field| names.contains(&field.name.as_str())) {
                        let kind = FieldKind::Method(function_ref);
                        found.fields.push(Field { kind, ..field.clone() });
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// Whether a validator runs before or around the reading of the fields.
fn is_first(written: &Written, decorator: ExprId) -> bool {
    let Some(call) = Call::at(&written.definitions, decorator) else { return false };
    let is_before = call.text(usize::MAX, "mode").is_some_and(|mode| mode == "before" || mode == "wrap");
    is_before || call.is_true("pre")
}

/// The fields that a validator names.
fn names(written: &Written, decorator: ExprId) -> Vec<&str> {
    let Expr::Call { args, .. } = &written.definitions[decorator] else { return Vec::new() };
    let text = |expr: ExprId| match &written.definitions[expr] {
        Expr::Literal(Literal::Str(name)) => Some(name.as_str()),
        _ => None,
    };
    args.iter().filter_map(|arg| text(arg.value())).collect()
}
