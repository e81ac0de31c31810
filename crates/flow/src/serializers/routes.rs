//! Routes that return rows which the framework renders: `FastAPI`'s `response_model` and return annotations.

use model::{ModuleId, Project};
use python::{ClassId, Definitions, Expr, FunctionId};

use super::pydantic::schema_in;
use super::written::{Call, Written};
use crate::annotation::Parameter;
use crate::{Db, EffectKind, Entity, FunctionRef, Kind, ModelRef, Origin, QueryRef, RowState, Value};
use model::ClassRef;

/// Decorators that make a function a route.
const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "api_route", "route"];

/// A route that renders rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRoute {
    /// The schema.
    pub schema: ClassRef,
    /// A row of what it returns.
    pub row: Entity,
    /// The query behind the rows, if it is known.
    pub query: Option<QueryRef>,
    /// Whether it returns many.
    pub is_many: bool,
}

/// What a function renders, if it is a route that returns many rows.
pub fn list_route(db: &dyn Db, project: Project, function: FunctionRef) -> Option<ListRoute> {
    rendered_route(db, project, function).filter(|route| route.is_many)
}

/// What a function renders, if it is a route that returns one row.
pub fn row_route(db: &dyn Db, project: Project, function: FunctionRef) -> Option<ListRoute> {
    let (schema, row, is_many) = returned_by(db, project, function)?;
    let query = match &row.origin {
        Origin::Query(query) | Origin::Relationship(Some(query), _) => Some(*query),
        Origin::Sent => None,
        _ => return None,
    };
    (!is_many).then_some(ListRoute { schema, row, query, is_many })
}

/// Whether a row that was made and written lacks a relationship of its own: many rows always, one where a column that leads
/// there was given.
pub fn lacks(row: &Entity, relationship: &model::Relationship) -> bool {
    let is_given = |key: &python::Name| row.loads.relationships.contains_key(key);
    relationship.is_many || relationship.keys.iter().any(is_given)
}

/// What a function renders, if it is a route that returns one row or many.
pub(crate) fn rendered_route(db: &dyn Db, project: Project, function: FunctionRef) -> Option<ListRoute> {
    let (schema, row, is_many) = returned_by(db, project, function)?;
    let query = match &row.origin {
        Origin::Query(query) | Origin::Relationship(Some(query), _) => Some(*query),
        _ => return None,
    };
    Some(ListRoute { schema, row, query, is_many })
}

/// The schema of a route, what it returns a row of, and whether it returns many.
fn returned_by(db: &dyn Db, project: Project, function: FunctionRef) -> Option<(ClassRef, Entity, bool)> {
    let modules = model::query::modules(db, project);
    let definitions = python::query::definitions(db, modules[function.module].file);
    let written = Written {
        // Names are looked up at the head of the module; the class doesn't matter.
        class: ClassRef::new(function.module, ""),
        id: ClassId(u32::MAX),
        definitions: std::sync::Arc::clone(&definitions),
    };
    let schema = schema_of(db, project, &written, &definitions, function.function)?;
    let summary = crate::query::summary(db, project, function.module, function.function);
    let (row, is_many) = row_of(&summary.returns)?;
    Some((schema, row, is_many))
}

/// Whether a function asks for rows of an entity beside what it renders, or is given one: a session that holds the row
/// which a relationship leads to doesn't ask for it again.
pub fn asks_for(db: &dyn Db, project: Project, function: FunctionRef, entity: &ClassRef) -> bool {
    let analysis = crate::query::analysis(db, project, function.module, function.function);
    let is_it = |model: &ModelRef| model.class() == Some(entity);
    let is_asked = analysis.models.iter().any(is_it)
        || analysis
            .summary
            .effects
            .iter()
            .any(|effect| matches!(&effect.kind, EffectKind::Query { model, .. } if is_it(model)));
    let definitions = python::query::definitions(db, model::query::file_of(db, project, function.module));
    let parameters =
        definitions.functions.get(function.function.0 as usize).map_or(0, |it| it.parameters.len());
    is_asked
        || (0..parameters).any(|index| {
            let value = match crate::annotation::parameter(db, project, function, index) {
                Parameter::Known(value) => value,
                Parameter::Provider(provider) => {
                    crate::query::summary(db, project, provider.module, provider.function).returns.clone()
                }
                Parameter::Unknown => return false,
            };
            matches!(&value.kind, Kind::Entity(row) if is_it(&row.model))
        })
}

fn schema_of(
    db: &dyn Db,
    project: Project,
    written: &Written,
    definitions: &Definitions,
    function: FunctionId,
) -> Option<ClassRef> {
    let facts = definitions.functions.get(function.0 as usize)?;
    facts.decorators.iter().find_map(|decorator| {
        let call = Call::at(definitions, *decorator)?;
        let Expr::Attribute { value, name } = &definitions[call.callee] else { return None };
        if !METHODS.contains(&name.as_str()) {
            return None;
        }
        // Django Ninja calls it `response`.
        let model = call.keyword("response_model").or_else(|| call.keyword("response"));
        let annotation = match model {
            Some(model) => model,
            None if is_fastapi(db, project, written.class.module, definitions, *value) => facts.returns?,
            None => return None,
        };
        schema_in(db, project, written, definitions, annotation, 0)
    })
}

fn is_fastapi(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    definitions: &Definitions,
    expr: python::ExprId,
) -> bool {
    let Expr::Name(name) = &definitions[expr] else { return false };
    match crate::names::at_head(db, project, module, name).kind {
        Kind::ForeignInstance(name) => name.starts_with("fastapi."),
        _ => false,
    }
}

/// A row, and whether it is one of many.
fn row_of(value: &Value) -> Option<(Entity, bool)> {
    match &value.kind {
        Kind::Entity(row) => Some((row.clone(), false)),
        Kind::Many(row) => match &row.kind {
            Kind::Entity(row) => Some((row.clone(), true)),
            _ => None,
        },
        Kind::Awaitable(inner) => row_of(inner),
        Kind::Query(query) if query.runs_itself && query.shape == crate::Shape::Entities => {
            let row = Entity {
                model: query.model.clone(),
                loads: query.loads.clone(),
                origin: Origin::Query(query.source),
                is_async: false,
                traits: query.traits,
                back: None,
                state: RowState::Attached,
            };
            Some((row, true))
        }
        _ => None,
    }
}
