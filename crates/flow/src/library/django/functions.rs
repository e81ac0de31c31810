//! Functions and classes of Django: shortcuts that query, prefetches, paginators. Also managers of models defined by
//! Django or another library, of which it is only known that they query.

use std::sync::Arc;

use model::Orm;
use python::ExprId;

use super::querysets::awaitable;
use super::{managers, options, querysets, words};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, ModelRef, QueryState, Traits, Value};

/// The class returned by `connection.cursor()`.
pub(super) const CURSOR: &str = "django.db.backends.utils.CursorWrapper";

/// Calls a function or class of the library.
pub(crate) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    if let Some((model, rest)) = full_name.split_once(".objects.") {
        return of_foreign_manager(walker, expr, model, rest, arguments);
    }
    let (package, name) = full_name.rsplit_once('.')?;
    if !package.starts_with("django.") && !package.starts_with("rest_framework.") {
        return None;
    }
    match name {
        "get_object_or_404" | "aget_object_or_404" => {
            let query = query_of(walker, expr, arguments.get(0, "klass")?)?;
            let deps = query.deps | arguments.deps();
            walker.runs(expr, &words::of_query(&query, "get"), query.model.clone(), deps);
            walker.runs_separate_loads_of(expr, &query, deps);
            let traits = query.traits | Traits::ONE;
            let row = (QueryState { traits, ..query }).row().with_deps(deps);
            Some(if name.starts_with('a') { awaitable(row) } else { row })
        }
        "get_list_or_404" | "aget_list_or_404" => {
            let query = query_of(walker, expr, arguments.get(0, "klass")?)?;
            let deps = query.deps | arguments.deps();
            let rows = walker.run(expr, &query).many().with_deps(deps);
            Some(if name.starts_with('a') { awaitable(rows) } else { rows })
        }
        "prefetch_related_objects" | "aprefetch_related_objects" => {
            let deps = arguments.deps();
            let names = Arguments {
                positional: arguments.positional.get(1..).unwrap_or_default().to_vec(),
                stars: arguments.stars.clone(),
                ..Arguments::default()
            };
            let loads = options::loads(&names);
            for _ in 0..loads.count().max(1) {
                walker.runs(expr, "prefetch_related_objects", ModelRef::Unknown, deps);
            }
            if let Some((rows, target)) = arguments.positional.first() {
                walker.bind(*target, options::with_more(rows, &loads));
            }
            let done = Value::of(Kind::None);
            Some(if name.starts_with('a') { awaitable(done) } else { done })
        }
        "cursor" if package == "django.db.connection" => {
            Some(Value::of(Kind::ForeignInstance(CURSOR.into())).with_deps(arguments.deps()))
        }
        "get_user_model" => {
            let user = crate::query::types::user_model(walker.db(), walker.project())?;
            Some(Value::of(Kind::Class(user)))
        }
        "Prefetch" | "GenericPrefetch" => Some(options::prefetch(arguments)),
        "Paginator" => paginator(walker, expr, arguments),
        "F" | "Q" | "Exists" | "OuterRef" | "Subquery" | "Value" | "Count" | "Sum" | "Max" | "Min"
        | "Avg" | "Case" | "When" | "Coalesce"
            if package.starts_with("django.db.models") =>
        {
            Some(Value::of(Kind::Plain).with_deps(arguments.deps()))
        }
        _ => None,
    }
}

/// The query that a model, a manager or a queryset denotes.
fn query_of(walker: &mut dyn Interpreter, expr: ExprId, value: &Value) -> Option<QueryState> {
    match &value.kind {
        Kind::Class(class) => {
            walker.entity(class).filter(|entity| entity.orm == Orm::Django)?;
            Some(managers::initial(walker, expr, class, "objects"))
        }
        Kind::Manager(class, name) => Some(managers::initial(walker, expr, class, name)),
        Kind::Query(query) if query.orm == Orm::Django => Some((**query).clone()),
        _ => None,
    }
}

/// `Paginator(queryset, 25)`: its pages are slices of the query, so iterating over one covers a bounded number of rows.
fn paginator(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Option<Value> {
    let rows = arguments.get(0, "object_list")?;
    match &rows.kind {
        // Callers know what a helper pages.
        Kind::Unknown if rows.path.is_some() => {
            let query = querysets::of_unknown(walker, expr, rows);
            let query = QueryState { is_bounded: true, ..query };
            Some(Value::of(Kind::Query(Arc::new(query))).with_deps(arguments.deps()))
        }
        Kind::Query(query) => {
            let query = QueryState { is_bounded: true, ..(**query).clone() };
            Some(Value::of(Kind::Query(Arc::new(query))).with_deps(arguments.deps()))
        }
        _ => None,
    }
}

/// `django.contrib.auth.models.User.objects.filter()`
fn of_foreign_manager(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    model: &str,
    method: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let (module, class) = model.rsplit_once('.')?;
    let is_model = class.starts_with(char::is_uppercase) && module.split('.').any(|part| part == "models");
    if !is_model {
        return None;
    }
    let query = walker.begin(expr, ModelRef::Unknown, Orm::Django);
    let receiver = Value::of(Kind::Query(Arc::new(query.clone())));
    querysets::method(walker, expr, &query, &receiver, method, arguments)
}
