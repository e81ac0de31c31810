//! Types of GraphQL (graphene): each resolver of a type runs for each object that a field of that type gives, and is given
//! the object itself, whatever its first parameter is called.

use model::{ClassRef, Project};
use python::{Expr, ExprId, Name};

use super::field::{Field, FieldKind, Fields, Library};
use super::meta;
use super::written::Written;
use crate::{Db, Entity, FunctionRef, Kind, Loads, ModelRef, Origin, RowState, Traits, Value};

/// What the names of resolvers start with, before the name of the field.
const RESOLVES: &str = "resolve_";
/// Types inside of lists and the like are followed this deep.
const MAX_DEPTH: usize = 4;

/// The fields of a type that it computes by itself.
pub(super) fn fields(db: &dyn Db, project: Project, class: &ClassRef) -> Fields {
    let classes = Written::with_ancestors(db, project, class);
    let mut list: Vec<Field> = Vec::new();
    for written in &classes {
        for (_, function) in written.definitions.functions() {
            let Some(name) = function.name.strip_prefix(RESOLVES).map(Name::from) else { continue };
            let is_known = list.iter().any(|field| field.name == name);
            let Some(method) = written.method(&function.name).filter(|_| !is_known) else { continue };
            let kind = FieldKind::Resolver(method, 0);
            list.push(Field { class: written.class.clone(), name, source: Vec::new(), kind });
        }
    }
    Fields { model: meta::read(db, project, &classes).model, list, ..Fields::default() }
}

/// The type of the field that a method resolves.
pub(super) fn resolved(db: &dyn Db, project: Project, method: FunctionRef) -> Option<ClassRef> {
    let (class, field) = field_of(db, project, method)?;
    let classes = Written::with_ancestors(db, project, &class);
    let declared = classes.iter().find_map(|class| Some((class, class.variable(&field)?.value?)));
    let (written, value) = declared?;
    type_in(db, project, written, value, 0)
}

/// The class of the type whose field a method resolves, and the name of the field.
fn field_of(db: &dyn Db, project: Project, method: FunctionRef) -> Option<(ClassRef, Name)> {
    let definitions = python::query::definitions(db, model::query::file_of(db, project, method.module));
    let facts = definitions.functions.get(method.function.0 as usize)?;
    let field = facts.name.strip_prefix(RESOLVES)?.into();
    let class = crate::heir::owner(db, project, method)?;
    is_type(db, project, &class).then_some((class, field))
}

fn is_type(db: &dyn Db, project: Project, class: &ClassRef) -> bool {
    super::library_of(db, project, class) == Some(Library::GraphQl)
}

/// The type in a field's declaration: `graphene.List(OrderType)`, `graphene.Field(lambda: OrderType)`.
fn type_in(db: &dyn Db, project: Project, written: &Written, expr: ExprId, depth: usize) -> Option<ClassRef> {
    if depth > MAX_DEPTH {
        return None;
    }
    let own = written.class_at(db, project, expr).filter(|class| is_type(db, project, class));
    if own.is_some() {
        return own;
    }
    match &written.definitions[expr] {
        Expr::Call { args, .. } => type_in(db, project, written, args.first()?.value(), depth + 1),
        Expr::Lambda { body, .. } => type_in(db, project, written, *body, depth + 1),
        _ => None,
    }
}

/// What a resolver is given as its first parameter: a row of the model that its type shows, or something that only the
/// resolver of the field knows.
pub(crate) fn received(db: &dyn Db, project: Project, method: FunctionRef) -> Option<Value> {
    let (class, _) = field_of(db, project, method)?;
    let Some(model) = crate::query::fields(db, project, class).model.clone() else {
        return Some(Value::UNKNOWN);
    };
    if model::query::entity(db, project, model.module, model.name.clone()).is_none() {
        return Some(Value::UNKNOWN);
    }
    Some(Value::of(Kind::Entity(Entity {
        model: ModelRef::Known(model),
        loads: Loads::default(),
        origin: Origin::Declared,
        is_async: false,
        traits: Traits::NONE,
        back: None,
        state: RowState::Attached,
    })))
}
