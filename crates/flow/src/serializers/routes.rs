//! Routes whose returned rows the framework renders: `FastAPI`'s `response_model` and return annotations, decorators
//! that name a schema.

use std::sync::Arc;

use libraries::Renders;
use model::{ClassRef, ModuleId, Project};
use python::{Definitions, Expr, ExprId, Literal};

use super::dictionaries;
use super::field::Library;
use super::pydantic::schema_in;
use super::render::Rendering;
use super::shown::Shown;
use super::wrapped::rows_in;
use super::written::{Call, Written};
use crate::types::annotation::Parameter;
use crate::{
    Callee, Db, EffectKind, Entity, FunctionRef, Kind, ModelRef, Origin, Parts, QueryRef, RowState, Value,
};

/// Decorators that make a function a route.
const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "api_route", "route"];
/// So many kinds of rows are looked at in one response.
const MAX_ROWS: usize = 8;

/// Rows that a route renders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedRows {
    /// The schema that renders the rows.
    pub schema: ClassRef,
    /// Which of its fields the schema shows.
    pub(crate) shown: Shown,
    /// A returned row.
    pub row: Entity,
    /// The query behind the rows, if it is known.
    pub query: Option<QueryRef>,
    /// Whether it returns several rows.
    pub is_many: bool,
}

impl RenderedRows {
    /// The effects of rendering one of the rows, which are of this model.
    pub fn rendering(&self, db: &dyn Db, project: Project, model: &ClassRef) -> Arc<Rendering> {
        let all = crate::query::rendering(db, project, self.schema.clone(), Some(model.clone()));
        if self.shown.is_all() {
            return all;
        }
        let list = all.list.iter().filter(|rendered| self.shown.has(&rendered.within));
        Arc::new(Rendering { list: list.cloned().collect() })
    }
}

/// What a function renders, if it is a route that returns one row.
pub fn rendered_row(db: &dyn Db, project: Project, function: FunctionRef) -> Option<RenderedRows> {
    let found = returned_by(db, project, function.into()).into_iter().find(|(_, _, is_many)| !is_many);
    let ((schema, shown), row, is_many) = found?;
    let query = row.query();
    if query.is_none() && row.origin != Origin::Sent {
        return None;
    }
    Some(RenderedRows { schema, shown, row, query, is_many })
}

/// Whether a new, written row lacks a relationship of its own: many rows always, one where a column that leads there
/// was given.
pub fn lacks(row: &Entity, relationship: &model::Relationship) -> bool {
    let is_given = |key: &python::Name| row.loads.relationships.contains_key(key);
    relationship.is_many || relationship.keys.iter().any(is_given)
}

/// The rows that a function renders, if it is a route.
pub fn rendered_rows(db: &dyn Db, project: Project, handler: Callee) -> Vec<RenderedRows> {
    let fetched =
        returned_by(db, project, handler).into_iter().filter_map(|((schema, shown), row, is_many)| {
            let query = Some(row.query()?);
            Some(RenderedRows { schema, shown, row, query, is_many })
        });
    fetched.collect()
}

/// The expired rows that a route renders, and whether there are many: each is loaded again.
pub(crate) fn expired_rows(db: &dyn Db, project: Project, handler: Callee) -> Vec<(Entity, bool)> {
    let is_expired = |row: &Entity| row.state == RowState::Expired && !row.is_async;
    let rows = returned_by(db, project, handler).into_iter();
    rows.filter(|(_, row, _)| is_expired(row)).map(|(_, row, is_many)| (row, is_many)).collect()
}

/// A schema and which of its fields it shows, a row that it renders, and whether there are many.
type Returned = ((ClassRef, Shown), Entity, bool);

/// The rows that a route returns, each with the schema that renders it and whether there are many.
fn returned_by(db: &dyn Db, project: Project, handler: Callee) -> Vec<Returned> {
    let Some((written, response)) = response(db, project, handler.function) else { return Vec::new() };
    let summary = crate::query::summary_of(db, project, handler);
    let mut found: Vec<Returned> = Vec::new();
    let mut add = |(schema, parts): (&ClassRef, &Parts), rows: &Value| {
        let Some((mut row, is_many)) = row_of(rows) else { return };
        row.loads.forget_sometimes();
        let shown = match super::library_of(db, project, schema) {
            Some(Library::Marshmallow) => Shown::of(parts),
            _ => Shown::default(),
        };
        let route = ((schema.clone(), shown), row, is_many);
        if found.len() < MAX_ROWS && !found.contains(&route) {
            found.push(route);
        }
    };
    rows_in(db, project, &response.value(db, project, &written), &summary.returns, &mut |schema, rows, _| {
        add(schema, rows);
    });
    // A type that is less precise than its text: one of several schemas.
    if found.is_empty()
        && let Response::Type(annotation) = response
        && let Some(schema) = schema_in(db, project, &written, &written.definitions, annotation, 0)
        && let Some((row, is_many)) = row_of(&summary.returns)
    {
        found.push(((schema, Shown::default()), row, is_many));
    }
    found
}

/// Whether a function queries rows of an entity in addition to what it renders, or receives one: a session that already
/// holds a related row doesn't query it again.
pub fn queries_rows_of(db: &dyn Db, project: Project, function: FunctionRef, entity: &ClassRef) -> bool {
    let analysis = crate::query::analysis(db, project, function.module, function.function);
    let is_it = |model: &ModelRef| model.class() == Some(entity);
    let is_queried = analysis.models.iter().any(is_it)
        || analysis
            .summary
            .effects
            .iter()
            .any(|effect| matches!(&effect.kind, EffectKind::Query { model, .. } if is_it(model)));
    let definitions = python::query::definitions(db, model::query::file_of(db, project, function.module));
    let parameters =
        definitions.functions.get(function.function.0 as usize).map_or(0, |it| it.parameters.len());
    is_queried
        || (0..parameters).any(|index| {
            let value = match crate::types::annotation::parameter(db, project, function, index) {
                Parameter::Known(value) => value,
                Parameter::Provider(provider) => {
                    crate::query::summary(db, project, provider.module, provider.function).returns.clone()
                }
                Parameter::Unknown => return false,
            };
            matches!(&value.kind, Kind::Entity(row) if is_it(&row.model))
        })
}

/// A value of the type that the framework renders what a function returns as, if the function is a route.
pub(crate) fn response_of(db: &dyn Db, project: Project, function: FunctionRef) -> Option<Value> {
    let (written, response) = response(db, project, function)?;
    Some(response.value(db, project, &written))
}

/// Whether a decorator answers with one page of the query that a function returns, and counts the rows of all.
pub(crate) fn is_paged(db: &dyn Db, project: Project, function: FunctionRef) -> bool {
    let written = Written::of_module(db, project, function.module);
    let definitions = std::sync::Arc::clone(&written.definitions);
    let Some(facts) = definitions.functions.get(function.function.0 as usize) else { return false };
    facts.decorators.iter().any(|decorator| {
        let name = Call::at(&definitions, *decorator).map_or(*decorator, |call| call.callee);
        let value = written.value(db, project, name);
        matches!(value.kind, Kind::Foreign(full) if libraries::renders(&full) == Some(Renders::Paginates))
    })
}

/// How a response is declared.
enum Response {
    /// By a type.
    Type(ExprId),
    /// By a schema, which may show some of its fields only.
    Schema(ClassRef, Parts),
}

impl Response {
    fn value(&self, db: &dyn Db, project: Project, written: &Written) -> Value {
        match self {
            Response::Type(annotation) => {
                let exprs = &written.definitions.exprs;
                crate::types::annotation::value(db, project, written.class.module, exprs, *annotation)
            }
            Response::Schema(class, parts) => Value::of(Kind::Instance(class.clone(), parts.clone())),
        }
    }
}

fn response(db: &dyn Db, project: Project, function: FunctionRef) -> Option<(Written, Response)> {
    let written = Written::of_module(db, project, function.module);
    let definitions = std::sync::Arc::clone(&written.definitions);
    let facts = definitions.functions.get(function.function.0 as usize)?;
    if let Some(class) = super::graphene::resolved(db, project, function) {
        return Some((written, Response::Schema(class, Parts::default())));
    }
    let response = facts.decorators.iter().find_map(|decorator| {
        let call = Call::at(&definitions, *decorator)?;
        if let Some((class, parts)) = named_schema(db, project, &written, &call) {
            return Some(Response::Schema(class, parts));
        }
        let Expr::Attribute { value, name } = &definitions[call.callee] else { return None };
        if !METHODS.contains(&name.as_str()) {
            return None;
        }
        // Django Ninja's name for it is `response`.
        let model = call.keyword("response_model").or_else(|| call.keyword("response"));
        match model {
            Some(none) if matches!(definitions[none], Expr::Literal(Literal::None)) => None,
            Some(model) => Some(Response::Type(success(&definitions, model))),
            None if is_fastapi(db, project, function.module, &definitions, *value) => {
                facts.returns.map(Response::Type)
            }
            None => None,
        }
    })?;
    Some((written, response))
}

/// The type of a successful response: `response={200: list[OrderOut], 404: Message}`.
fn success(definitions: &Definitions, response: ExprId) -> ExprId {
    let Expr::Dict(entries) = &definitions[response] else { return response };
    let is_success = |key: &Option<ExprId>| {
        key.is_some_and(
            |key| matches!(definitions[key], Expr::Literal(Literal::Int(status)) if (200..300).contains(&status)),
        )
    };
    entries.iter().find(|(key, _)| is_success(key)).map_or(response, |(_, shown)| *shown)
}

/// The schema that a decorator names: `blueprint.response(200, OrderSchema(many=True))`, `marshal_with(order_fields)`.
fn named_schema(
    db: &dyn Db,
    project: Project,
    written: &Written,
    call: &Call<'_>,
) -> Option<(ClassRef, Parts)> {
    let renders = match written.value(db, project, call.callee).kind {
        Kind::Foreign(full) => libraries::renders(&full),
        _ => of_instance(db, project, written, call.callee),
    };
    let Some(Renders::Returned(index, name)) = renders else { return None };
    let schema = call.argument(index, name)?;
    let class =
        written.class_at(db, project, schema).or_else(|| dictionaries::named(db, project, written, schema));
    let class = class.filter(|class| super::library_of(db, project, class).is_some())?;
    let parts = match (Call::at(&written.definitions, schema), written.value(db, project, schema).kind) {
        // `OrderSchema(only=("id",))`
        (Some(made), _) => Shown::written(&written.definitions, &made, schema).unwrap_or_default().parts(),
        (None, Kind::Instance(_, parts)) => parts,
        _ => Parts::default(),
    };
    Some((class, parts))
}

/// A method of an instance of the project's own subclass.
fn of_instance(db: &dyn Db, project: Project, written: &Written, callee: ExprId) -> Option<Renders> {
    let Expr::Attribute { value, name } = &written.definitions[callee] else { return None };
    let Kind::Instance(class, _) = written.value(db, project, *value).kind else { return None };
    let bases = crate::query::types::foreign_ancestors(db, project, class.module, class.name);
    bases.iter().find_map(|base| libraries::renders(&format!("{base}.{name}")))
}

fn is_fastapi(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    definitions: &Definitions,
    expr: ExprId,
) -> bool {
    let Expr::Name(name) = &definitions[expr] else { return false };
    match crate::types::names::at_top_level(db, project, module, name).kind {
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
