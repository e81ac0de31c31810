//! Explicit uses of serializers, schemas and the views that use them: `OrderSerializer(orders, many=True)`,
//! `OrderOut.model_validate(order)`, `schema.dump(orders)`, `self.get_serializer(page, many=True)`.

use std::sync::Arc;

use libraries::Renders;
use model::{ClassRef, Orm, Project};
use python::{Expr, ExprId, Name, Scope};

use super::django;
use crate::interpreter::{Arguments, Interpreter};
use crate::serializers::{
    FieldKind, Library, Shown, counts_pages, counts_pages_in, library_of, serializers_in, view_of,
};
use crate::{Db, Entity, FunctionRef, Kind, Loads, ModelRef, Origin, Parts, QueryState, Traits, Value};

/// Methods of schema classes that read an object.
const VALIDATE: &[&str] = &["model_validate", "from_orm", "validate"];
/// The method name that marks a `TypeAdapter` in a [`Kind::ForeignMethod`] value.
const ADAPTER: &str = "TypeAdapter";
/// Methods of schemas that read an object.
const DUMP: &[&str] = &["dump", "dumps", "jsonify"];

/// Constructing a serializer with an object counts as rendering it, because its data is requested eventually.
pub(super) fn construct(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &ClassRef,
    arguments: &Arguments,
) -> Option<Value> {
    if let Some(root) = crate::serializers::root_of(walker.db(), walker.project(), class)
        && let Some(rows) = arguments.get(0, "root").cloned()
    {
        walker.render_as(expr, &root, &rows);
        return Some(Value::of(Kind::Instance(class.clone(), Parts::default())).with_deps(arguments.deps()));
    }
    match library_of(walker.db(), walker.project(), class)? {
        Library::RestFramework => {}
        Library::Pydantic => return schema(walker, expr, class, arguments),
        Library::Marshmallow => {
            let parts = crate::serializers::kept(arguments)?;
            return Some(Value::of(Kind::Instance(class.clone(), parts)).with_deps(arguments.deps()));
        }
        Library::Dictionary | Library::GraphQl => return None,
    }
    // With `data` it validates; an object that it renders afterwards was just written.
    if arguments.keyword("data").is_none()
        && let Some(object) = arguments.get(0, "instance").cloned()
    {
        walker.render(expr, class, &object, arguments.keyword("many").is_some());
    }
    Some(Value::of(Kind::Instance(class.clone(), Parts::default())).with_deps(arguments.deps()))
}

/// `OrdersOut(data=orders, count=count)`: rows that are given to a field with a schema of its own are read for it.
fn schema(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &ClassRef,
    arguments: &Arguments,
) -> Option<Value> {
    let given: Vec<(Name, Value)> =
        arguments.keywords.iter().map(|(name, value, _)| (name.clone(), value.clone())).collect();
    let wanted = said(walker, expr, class);
    let own = wanted.clone().unwrap_or_else(|| Value::of(Kind::Instance(class.clone(), Parts::default())));
    walker.render_as(expr, &own, &Value::of(Kind::Record(given.clone().into())));
    if wanted.is_some() {
        return wanted.map(|wanted| wanted.with_deps(arguments.deps()));
    }
    let bases = crate::query::types::bases(walker.db(), walker.project(), class.module, class.name.clone());
    if bases.parameters.is_empty() {
        return None;
    }
    let parts = crate::serializers::type_arguments(walker.db(), walker.project(), class, &given);
    let holds_rows = parts.iter().any(|part| !part.is_unknown() || part.path.is_some());
    holds_rows.then(|| Value::of(Kind::Instance(class.clone(), parts)).with_deps(arguments.deps()))
}

/// The type arguments of a generic schema, inferred from a call: `Page[OrderOut](items=orders)`, or from the response
/// of the route that makes it.
fn said(walker: &dyn Interpreter, expr: ExprId, class: &ClassRef) -> Option<Value> {
    let (db, project, function) = (walker.db(), walker.project(), walker.function());
    let is_it = |value: &Value| matches!(&value.kind, Kind::Instance(found, parts) if found == class && !parts.is_empty());
    if let Expr::Call { callee, .. } = &walker.body()[expr]
        && let Expr::Subscript { .. } = &walker.body()[*callee]
    {
        let said =
            crate::types::annotation::value(db, project, function.module, &walker.body().exprs, *callee);
        return Some(said).filter(is_it);
    }
    let bases = crate::query::types::bases(db, project, class.module, class.name.clone());
    if bases.parameters.is_empty() {
        return None;
    }
    crate::serializers::response_of(db, project, function).filter(is_it)
}

/// The type arguments of a method's receiver: `Page[OrderOut].model_validate(page)`.
fn of_receiver(walker: &dyn Interpreter, expr: ExprId, class: &ClassRef) -> Option<Value> {
    let body = walker.body();
    let Expr::Call { callee, .. } = &body[expr] else { return None };
    let Expr::Attribute { value, .. } = &body[*callee] else { return None };
    let Expr::Subscript { .. } = &body[*value] else { return None };
    let module = walker.function().module;
    let said = crate::types::annotation::value(walker.db(), walker.project(), module, &body.exprs, *value);
    Some(said).filter(|said| matches!(&said.kind, Kind::Instance(found, _) if found == class))
}

/// `TypeAdapter(list[OrderOut])`, `marshal(orders, order_fields)`
pub(super) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    if let Some(Renders::Given(index, name)) = libraries::renders(full_name) {
        let (rows, _) = arguments.positional.first()?;
        let by_keyword =
            || arguments.keywords.iter().find(|(keyword, ..)| keyword == name).map(|(_, _, at)| *at);
        let fields = arguments.positional.get(index).map(|(_, at)| *at).or_else(by_keyword)?;
        let module = walker.function().module;
        let fields =
            crate::serializers::named_in_body(walker.db(), walker.project(), module, walker.body(), fields)?;
        walker.render(expr, &fields, &rows.clone(), true);
        return Some(Value::of(Kind::Plain).with_deps(arguments.deps()));
    }
    if libraries::renders(full_name) != Some(Renders::Adapter) {
        return None;
    }
    let (_, annotation) = arguments.positional.first()?;
    let module = walker.function().module;
    let wanted = crate::types::annotation::value(
        walker.db(),
        walker.project(),
        module,
        &walker.body().exprs,
        *annotation,
    );
    Some(adapter(wanted))
}

/// What validates objects as values of a type.
pub(crate) fn adapter(wanted: Value) -> Value {
    Value::of(Kind::ForeignMethod(wanted.into(), Name::new_static(ADAPTER)))
}

/// Calls a method of a serializer, a schema or a view.
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
            let object = arguments.get(0, "obj")?.clone();
            let wanted = of_receiver(walker, expr, class)
                .unwrap_or_else(|| Value::of(Kind::Instance(class.clone(), Parts::default())));
            walker.render_as(expr, &wanted, &object);
            Some(wanted.with_deps(arguments.deps()))
        }
        Kind::Instance(class, parts)
            if DUMP.contains(&name)
                && library_of(walker.db(), walker.project(), class) == Some(Library::Marshmallow) =>
        {
            let object = arguments.get(0, "obj")?.clone();
            walker.render_only(expr, class, &object, Shown::of(parts));
            Some(Value::of(Kind::Plain).with_deps(arguments.deps()))
        }
        Kind::ForeignMethod(wanted, made) if made == ADAPTER && name == "validate_python" => {
            let wanted = (**wanted).clone();
            let object = arguments.get(0, "object")?.clone();
            walker.render_as(expr, &wanted, &object);
            Some(wanted.with_deps(arguments.deps()))
        }
        // A paginator that the code makes, or that a view holds.
        kind if name == "paginate_queryset" && counts_pages(walker.db(), walker.project(), kind) => {
            let rows = arguments.get(0, "queryset")?.clone();
            counts_all(walker, expr, &rows, arguments);
            Some(walker.element(expr, &rows).many())
        }
        Kind::Instance(class, _) => of_view(walker, expr, receiver, &class.clone(), name, arguments),
        // `api.marshal(orders, order_fields)`
        Kind::ForeignInstance(class) if name == "marshal" => {
            call(walker, expr, &format!("{class}.{name}"), arguments)
        }
        Kind::ForeignInstance(_) | Kind::Unknown if name == "paginate_queryset" => {
            let rows = arguments.get(0, "queryset")?.clone();
            let is_of_django = match &rows.kind {
                Kind::Query(query) => query.orm == Orm::Django,
                Kind::Manager(..) => true,
                _ => false,
            };
            is_of_django.then(|| walker.element(expr, &rows).many())
        }
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
        traits: Traits::NONE,
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
        // This also applies in a mixin, where only the view knows the query.
        "get_queryset" => {
            if let Some(query) = django::query_of_view(walker, expr, class) {
                return Some(Value::of(Kind::Query(Arc::new(query))).with_deps(receiver.deps));
            }
            let held = receiver.path.as_ref().and_then(|path| path.attr("queryset"));
            let query = walker.begin(expr, held.map_or(ModelRef::Unknown, ModelRef::Held), Orm::Django);
            Some(Value::of(Kind::Query(Arc::new(query))))
        }
        "filter_queryset" => arguments.get(0, "queryset").cloned(),
        "get_serializer_class" => {
            let serializers = serializers_in(walker.db(), walker.project(), class, walker.function());
            let [serializer] = serializers.as_slice() else { return None };
            Some(Value::of(Kind::Class(serializer.clone())))
        }
        "paginate_queryset" => {
            let rows = arguments.get(0, "queryset")?.clone();
            if counts_pages_in(walker.db(), walker.project(), class, walker.function()) {
                counts_all(walker, expr, &rows, arguments);
            }
            Some(walker.element(expr, &rows).many())
        }
        "get_object" => {
            let query = if let Some(query) = django::query_of_view(walker, expr, class) {
                query
            } else {
                let view = view_of(walker.db(), walker.project(), class)?;
                let begun = walker.begin(expr, ModelRef::Known(view.model?), Orm::Django);
                QueryState { loads: view.loads, ..begun }
            };
            let query = QueryState { traits: query.traits | Traits::ONE, ..query };
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
            let serializers = serializers_in(walker.db(), walker.project(), class, walker.function());
            let [serializer] = serializers.as_slice() else { return None };
            walker.render(expr, serializer, &object, arguments.keyword("many").is_some());
            Some(Value::of(Kind::Instance(serializer.clone(), Parts::default())))
        }
        _ => None,
    }
}

/// Counts the rows of a query, as a paginator does before it fetches a page of them.
fn counts_all(walker: &mut dyn Interpreter, expr: ExprId, rows: &Value, arguments: &Arguments) {
    let model = match &rows.kind {
        Kind::Query(query) => query.model.clone(),
        Kind::Manager(class, _) => ModelRef::Known(class.clone()),
        _ => return,
    };
    walker.runs(expr, &django::words_of_model(&model, "count"), model.clone(), arguments.deps());
}

/// The object passed to a method of a serializer.
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
        traits: Traits::NONE,
        back: None,
        state: crate::RowState::Attached,
    })))
}

/// Whether the return value of a function is rendered.
pub(super) fn is_rendered(db: &dyn Db, project: Project, function: FunctionRef) -> bool {
    method_of_serializer(db, project, function)
        .is_some_and(|(class, _)| is_field(db, project, &class, function))
}

/// Whether a field of the serializer renders the method's return value.
fn is_field(db: &dyn Db, project: Project, class: &ClassRef, function: FunctionRef) -> bool {
    let fields = crate::query::fields(db, project, class.clone());
    fields.list.iter().any(|field| field.kind == FieldKind::Method(function))
}

/// The serializer that a function is a method of, and its name.
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
