//! Serializers, schemas and the views that use them, where code calls them itself: `OrderSerializer(orders, many=True)`,
//! `OrderOut.model_validate(order)`, `schema.dump(orders)`, `self.get_serializer(page, many=True)`.

use std::sync::Arc;

use model::{ClassRef, Orm, Project};
use python::{ExprId, Scope};

use super::django;
use crate::interpreter::{Arguments, Interpreter};
use crate::serializers::{FieldKind, Library, library_of, view_of};
use crate::{Db, Entity, FunctionRef, Kind, Loads, ModelRef, Origin, Parts, QueryState, Value};

/// Methods of schema classes that read an object.
const VALIDATE: &[&str] = &["model_validate", "from_orm", "validate"];
/// Methods of schemas that read an object.
const DUMP: &[&str] = &["dump", "dumps", "jsonify"];

/// A serializer that is given an object renders it: sooner or later somebody asks for its data.
pub(super) fn construct(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &ClassRef,
    arguments: &Arguments,
) -> Option<Value> {
    match library_of(walker.db(), walker.project(), class)? {
        Library::RestFramework => {}
        Library::Pydantic => {
            nested_in(walker, expr, class, arguments);
            return None;
        }
        Library::Marshmallow => return None,
    }
    // With data it validates; what it renders then was just written.
    if arguments.keyword("data").is_none()
        && let Some(object) = arguments.get(0, "instance").cloned()
    {
        walker.render(expr, class, &object, arguments.keyword("many").is_some());
    }
    Some(Value::of(Kind::Instance(class.clone(), Parts::default())).with_deps(arguments.deps()))
}

/// `OrdersOut(data=orders, count=count)`: rows that are given to a field with a schema of its own are read for it.
fn nested_in(walker: &mut dyn Interpreter, expr: ExprId, class: &ClassRef, arguments: &Arguments) {
    let fields = crate::query::fields(walker.db(), walker.project(), class.clone());
    for (name, value, _) in &arguments.keywords {
        let field = fields.list.iter().find(|field| field.name == *name);
        if let Some(FieldKind::Nested(schema)) = field.map(|field| &field.kind) {
            walker.render(expr, schema, value, false);
        }
    }
}

/// A method of a serializer, a schema or a view.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    match &receiver.kind {
        Kind::Class(class)
            if VALIDATE.contains(&name) && walker.entity(class).is_some_and(|it| !it.is_abstract) =>
        {
            Some(made_of(walker, class, arguments))
        }
        Kind::Class(class)
            if VALIDATE.contains(&name)
                && library_of(walker.db(), walker.project(), class) == Some(Library::Pydantic) =>
        {
            let class = class.clone();
            let object = arguments.get(0, "obj")?.clone();
            walker.render(expr, &class, &object, false);
            Some(Value::of(Kind::Instance(class, Parts::default())).with_deps(arguments.deps()))
        }
        Kind::Instance(class, _)
            if DUMP.contains(&name)
                && library_of(walker.db(), walker.project(), class) == Some(Library::Marshmallow) =>
        {
            let class = class.clone();
            let object = arguments.get(0, "obj")?.clone();
            walker.render(expr, &class, &object, false);
            Some(Value::of(Kind::Plain).with_deps(arguments.deps()))
        }
        Kind::Instance(class, _) => of_view(walker, expr, receiver, &class.clone(), name, arguments),
        _ => None,
    }
}

/// `Player.model_validate(player)` of a row of SQLModel: a new one with the columns that the schema has.
fn made_of(walker: &dyn Interpreter, class: &ClassRef, arguments: &Arguments) -> Value {
    let loads = match arguments.get(0, "obj").map(|object| &object.kind) {
        Some(Kind::Instance(schema, _)) => walker.given_by_schema(class, schema),
        _ => Loads::open(),
    };
    Value::of(Kind::Entity(Entity {
        model: ModelRef::Known(class.clone()),
        loads,
        origin: Origin::Made,
        is_async: false,
        traits: crate::Traits::NONE,
        back: None,
        state: crate::RowState::Attached,
    }))
    .with_deps(arguments.deps())
}

/// What a view of Django's REST framework inherits.
fn of_view(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    class: &ClassRef,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    match name {
        // Also in a mixin, of which only the view knows the query.
        "get_queryset" => {
            if let Some(query) = django::query_of_view(walker, expr, class) {
                return Some(Value::of(Kind::Query(Arc::new(query))).with_deps(receiver.deps));
            }
            let held = receiver.path.as_ref().and_then(|path| path.attr("queryset"));
            let query = walker.begin(expr, held.map_or(ModelRef::Unknown, ModelRef::Held), Orm::Django);
            Some(Value::of(Kind::Query(Arc::new(query))))
        }
        "filter_queryset" => arguments.get(0, "queryset").cloned(),
        "paginate_queryset" => {
            let rows = arguments.get(0, "queryset")?.clone();
            Some(walker.element(expr, &rows).many())
        }
        "get_object" => {
            let view = view_of(walker.db(), walker.project(), class)?;
            let model = view.model?;
            let query = QueryState {
                loads: view.loads,
                ..walker.begin(expr, ModelRef::Known(model.clone()), Orm::Django)
            };
            walker.runs(
                expr,
                &django::words_of_model(&query.model, "get"),
                query.model.clone(),
                receiver.deps,
            );
            Some(query.row())
        }
        "get_serializer" if arguments.keyword("data").is_none() => {
            let object = arguments.get(0, "instance")?.clone();
            let view = view_of(walker.db(), walker.project(), class)?;
            let [serializer] = view.serializers.as_slice() else { return None };
            walker.render(expr, serializer, &object, arguments.keyword("many").is_some());
            Some(Value::of(Kind::Instance(serializer.clone(), Parts::default())))
        }
        _ => None,
    }
}

/// The object that a method of a serializer is given.
pub(super) fn parameter(db: &dyn Db, project: Project, function: FunctionRef, index: usize) -> Option<Value> {
    if index != 1 {
        return None;
    }
    let (class, name) = method_of_serializer(db, project, function)?;
    if name != "to_representation" && !is_field(db, project, &class, function) {
        return None;
    }
    let model = crate::query::fields(db, project, class).model.clone()?;
    model::query::entity(db, project, model.module, model.name.clone())?;
    Some(Value::of(Kind::Entity(Entity {
        model: ModelRef::Known(model),
        loads: Loads::default(),
        origin: Origin::Declared,
        is_async: false,
        traits: crate::Traits::NONE,
        back: None,
        state: crate::RowState::Attached,
    })))
}

/// Whether what a function returns is rendered.
pub(super) fn is_rendered(db: &dyn Db, project: Project, function: FunctionRef) -> bool {
    method_of_serializer(db, project, function)
        .is_some_and(|(class, _)| is_field(db, project, &class, function))
}

/// Whether a field of the serializer is what the method returns.
fn is_field(db: &dyn Db, project: Project, class: &ClassRef, function: FunctionRef) -> bool {
    let fields = crate::query::fields(db, project, class.clone());
    fields.list.iter().any(|field| field.kind == FieldKind::Method(function))
}

/// The serializer whose method a function is, and its name.
fn method_of_serializer(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
) -> Option<(ClassRef, python::Name)> {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let facts = definitions.functions.get(function.function.0 as usize)?;
    let Scope::Class(id) = facts.scope else { return None };
    let class = definitions.classes.get(id.0 as usize).filter(|class| class.scope == Scope::Module)?;
    let class = ClassRef::new(function.module, class.name.clone());
    let is_serializer = library_of(db, project, &class) == Some(Library::RestFramework);
    is_serializer.then(|| (class, facts.name.clone()))
}
