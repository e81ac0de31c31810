//! First-party managers and querysets: method lookup, and the query that a method leaves.

use std::sync::Arc;

use model::{ClassRef, Member as EntityMember, Orm, Project};
use python::ExprId;

use super::options::with_loads;
use crate::interpreter::Arguments;
use crate::interpreter::Interpreter;
use crate::query::types;
use crate::serializers::model_of_own_view;
use crate::types::classes::{self, Member, MethodKind};
use crate::{Db, FunctionRef, Kind, Loads, ModelRef, Path, QueryState, Traits, Value};

/// The manager method that creates the initial query.
const INITIAL: &str = "get_queryset";
/// Suffixes of the library classes that managers and querysets extend.
const ENDINGS: &[&str] = &["QuerySet", "Manager", "from_queryset", "as_manager"];

/// Whether a project class is a manager or a queryset.
pub(crate) fn is_manager(db: &dyn Db, project: Project, class: &ClassRef) -> bool {
    let bases = types::foreign_ancestors(db, project, class.module, class.name.clone());
    bases.iter().any(|base| {
        let last = base.rsplit('.').next().unwrap_or_default();
        base.contains("django") && ENDINGS.iter().any(|ending| last.ends_with(ending))
    })
}

/// The initial query of a manager, as returned by its own `get_queryset`.
pub(super) fn initial(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &ClassRef,
    name: &str,
) -> QueryState {
    let query = walker.begin(expr, ModelRef::Known(class.clone()), Orm::Django);
    let own = classes_of(walker.db(), walker.project(), class, Some(name));
    adjusted(walker, query, &own)
}

/// The query that `self` denotes in a method of a manager or a queryset. Only callers know its model.
pub(super) fn of_self(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &ClassRef,
    receiver: &Value,
    name: &str,
) -> QueryState {
    let model = receiver.path.clone().map_or(ModelRef::Unknown, ModelRef::Held);
    let query = walker.begin(expr, model, Orm::Django);
    // `super().get_queryset()` inside `get_queryset` itself calls the library's method.
    if name == INITIAL { query } else { adjusted(walker, query, std::slice::from_ref(class)) }
}

/// Applies the first `get_queryset` that one of `classes` defines to the query.
fn adjusted(walker: &dyn Interpreter, mut query: QueryState, classes: &[ClassRef]) -> QueryState {
    let Some(function) = own_method(walker.db(), walker.project(), classes, INITIAL) else {
        return query;
    };
    if function == walker.function() {
        return query;
    }
    let summary = crate::query::summary(walker.db(), walker.project(), function.module, function.function);
    match &summary.returns.kind {
        Kind::Query(made) => {
            query.is_filtered |= made.is_filtered;
            query.is_bounded |= made.is_bounded;
            query.shape = made.shape.clone();
            query.traits = query.traits | made.traits;
            with_loads(query, &made.loads)
        }
        _ => with_loads(query, &Loads::open()),
    }
}

/// The project classes behind a manager of an entity, those of the manager before those of its queryset. Without a
/// name, the classes of all its managers.
pub(crate) fn classes_of(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    name: Option<&str>,
) -> Vec<ClassRef> {
    let Some(entity) = model::query::entity(db, project, class.module, class.name.clone()) else {
        return Vec::new();
    };
    let managers =
        entity.members.iter().filter(|(member, _)| name.is_none_or(|name| name == member.as_str()));
    let mut classes = Vec::new();
    for (_, member) in managers {
        if let EntityMember::Manager { manager, queryset } = member {
            classes.extend(manager.iter().chain(queryset).cloned());
        }
    }
    classes
}

/// The first method `name` that the project defines in one of `classes`.
pub(crate) fn own_method(
    db: &dyn Db,
    project: Project,
    classes: &[ClassRef],
    name: &str,
) -> Option<FunctionRef> {
    classes.iter().find_map(|class| match classes::member(db, project, class, name)? {
        Member::Method { function, kind: MethodKind::Instance } => Some(function),
        _ => None,
    })
}

/// Calls a first-party method of a manager.
pub(super) fn own_of_manager(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &ClassRef,
    manager: &str,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let classes = classes_of(walker.db(), walker.project(), class, Some(manager));
    let function = own_method(walker.db(), walker.project(), &classes, name)?;
    let query = initial(walker, expr, class, manager);
    let receiver = Value::of(Kind::Query(Arc::new(query.clone())));
    Some(call(walker, expr, &query, &receiver, function, arguments))
}

/// Calls a first-party method of a model's queryset.
pub(super) fn own_of_query(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    query: &QueryState,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let (db, project) = (walker.db(), walker.project());
    let classes = match query.model.class() {
        Some(class) => classes_of(db, project, class, None),
        // `self.open().with_items()` in a method of a queryset.
        None if is_self(&query.model) => {
            let own = crate::heir::owner(db, project, walker.function())?;
            is_manager(db, project, &own).then(|| vec![own])?
        }
        // `super().get_queryset().visible_to(...)`
        None => {
            let class = model_of_own_view(db, project, walker.function(), &query.model)?;
            classes_of(db, project, &class, None)
        }
    };
    let function = own_method(walker.db(), walker.project(), &classes, name)?;
    Some(call(walker, expr, query, receiver, function, arguments))
}

/// Calls a first-party method on a query. A result derived from `self` extends that query.
fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    query: &QueryState,
    receiver: &Value,
    function: FunctionRef,
    arguments: &Arguments,
) -> Value {
    let callee = Value::of(Kind::Method(receiver.clone().into(), function));
    let result = walker.call(expr, &callee, arguments);
    let summary = crate::query::summary(walker.db(), walker.project(), function.module, function.function);
    let deps = receiver.deps | arguments.deps();
    match &summary.returns.kind {
        Kind::Query(made) if is_self(&made.model) => {
            let query = laid_over(query, made, arguments);
            Value::of(Kind::Query(Arc::new(query))).with_deps(deps)
        }
        Kind::Entity(row) if is_self(&row.model) => {
            let mut query = with_loads(query.clone(), &row.loads);
            query.traits = query.traits | row.traits | Traits::ONE | Traits::OWN_METHOD;
            query.row().with_deps(deps)
        }
        // `def active(self): return self`
        Kind::Instance(..) if summary.returns.path == Some(Path::param(0)) => receiver.clone(),
        _ => result,
    }
}

/// Whether the model is that of the query in `self`.
pub(crate) fn is_self(model: &ModelRef) -> bool {
    matches!(model, ModelRef::Held(path) if *path == Path::param(0))
}

fn laid_over(query: &QueryState, made: &QueryState, arguments: &Arguments) -> QueryState {
    let mut query = with_loads(query.clone(), &made.loads);
    query.shape = made.shape.clone();
    query.traits = query.traits | made.traits | Traits::OWN_METHOD;
    query.is_bounded |= made.is_bounded;
    query.is_filtered |= made.is_filtered;
    query.deps = query.deps | arguments.deps();
    if let Some(related) = &mut query.related {
        related.is_plain = false;
    }
    query
}
