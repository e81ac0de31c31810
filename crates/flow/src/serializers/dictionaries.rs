//! Fields in a dictionary: `marshal_with({"customer": fields.String(attribute="customer.name")})`. Such a dictionary is
//! identified by the variable that holds it, as a schema is by its class.

use libraries::Renders;
use model::{ClassRef, Head, ModuleId, Project};
use python::{Body, Expr, ExprId, Literal, Name, Scope};

use super::field::{Field, FieldKind, Fields};
use super::marshmallow::read_by;
use super::written::{Call, Written, parts};
use crate::{Db, Kind};

/// Maximum nesting depth of fields.
const MAX_DEPTH: usize = 8;

/// Whether a module-level variable holds such a dictionary.
pub(super) fn is_one(db: &dyn Db, project: Project, variable: &ClassRef) -> bool {
    !fields(db, project, variable).list.is_empty()
}

/// The variable that an expression names.
pub(super) fn named(db: &dyn Db, project: Project, written: &Written, expr: ExprId) -> Option<ClassRef> {
    let head = match &written.definitions[expr] {
        Expr::Name(name) => model::query::head(db, project, written.class.module, name.clone()),
        Expr::Attribute { value, name } => match written.value(db, project, *value).kind {
            Kind::Module(module) => model::query::head(db, project, module, name.clone()),
            _ => return None,
        },
        _ => return None,
    };
    held_by(db, project, head)
}

/// The variable that an expression of a function's body names.
pub(crate) fn named_in_body(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    body: &Body,
    expr: ExprId,
) -> Option<ClassRef> {
    let head = match &body[expr] {
        Expr::Name(name) => model::query::head(db, project, module, name.clone()),
        Expr::Attribute { value, name } => {
            let Expr::Name(holder) = &body[*value] else { return None };
            let holder = model::query::head(db, project, module, holder.clone());
            crate::types::names::head_attribute(db, project, &holder, name)
        }
        _ => return None,
    };
    held_by(db, project, head)
}

/// The variable that a name refers to, if it holds such a dictionary.
fn held_by(db: &dyn Db, project: Project, head: Head) -> Option<ClassRef> {
    let Head::Variable(module, name) = head else { return None };
    Some(ClassRef::new(module, name)).filter(|variable| is_one(db, project, variable))
}

/// The fields of the dictionary that a variable holds.
pub(super) fn fields(db: &dyn Db, project: Project, variable: &ClassRef) -> Fields {
    let file = model::query::file_of(db, project, variable.module);
    if crate::query::types::classes(db, file).get(&variable.name).is_some() {
        return Fields::default();
    }
    let written = Written::of_module(db, project, variable.module);
    let is_it = |held: &&python::Variable| held.scope == Scope::Module && held.name == variable.name;
    let value = written.definitions.variables.iter().rev().find(is_it).and_then(|held| held.value);
    let Some(entries) = value.and_then(|value| dictionary(db, project, &written, value)) else {
        return Fields::default();
    };
    let mut list = Vec::new();
    for (key, value) in entries {
        let Some(Expr::Literal(Literal::Str(name))) = key.map(|key| &written.definitions[key]) else {
            continue;
        };
        let found = of_value(db, project, &written, name, *value, 0);
        list.extend(found.map(|(source, kind)| Field {
            class: variable.clone(),
            name: name.clone(),
            source,
            kind,
        }));
    }
    Fields { model: None, list, overridden: None, of_list: None, flattened: None }
}

/// The entries of a dictionary literal, alone or in a call that names it.
fn dictionary<'w>(
    db: &dyn Db,
    project: Project,
    written: &'w Written,
    value: ExprId,
) -> Option<&'w [(Option<ExprId>, ExprId)]> {
    let dict = match Call::at(&written.definitions, value) {
        None => value,
        Some(call) => match written.value(db, project, call.callee).kind {
            Kind::Foreign(full) => match libraries::renders(&full) {
                Some(Renders::Fields(index, name)) => call.argument(index, name)?,
                _ => return None,
            },
            _ => return None,
        },
    };
    match &written.definitions[dict] {
        Expr::Dict(entries) => Some(entries),
        _ => None,
    }
}

/// The attribute that a field reads, and how it renders the value.
fn of_value(
    db: &dyn Db,
    project: Project,
    written: &Written,
    name: &Name,
    value: ExprId,
    depth: usize,
) -> Option<(Vec<Name>, FieldKind)> {
    let call = Call::at(&written.definitions, value);
    let Kind::Foreign(full) =
        written.value(db, project, call.as_ref().map_or(value, |call| call.callee)).kind
    else {
        return None;
    };
    if libraries::renders(&full) != Some(Renders::FieldsOfDictionaries) || depth > MAX_DEPTH {
        return None;
    }
    let own = || vec![name.clone()];
    let Some(call) = call else { return Some((own(), FieldKind::Read)) };
    if let Some(attribute) = call.keyword("attribute")
        && let Some(reads) = read_by(db, project, written, attribute)
    {
        return Some((Vec::new(), reads));
    }
    let source = call.text(usize::MAX, "attribute").map_or_else(own, |path| parts(path));
    let kind = match full.rsplit('.').next()? {
        "Nested" => {
            named(db, project, written, call.argument(0, "nested").or_else(|| call.keyword("model"))?)
                .map_or(FieldKind::Read, FieldKind::nested)
        }
        "List" => of_value(db, project, written, name, call.argument(0, "cls_or_instance")?, depth + 1)?.1,
        _ => FieldKind::Read,
    };
    Some((source, kind))
}
