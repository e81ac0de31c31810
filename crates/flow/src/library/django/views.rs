//! Implicit attributes of Django's generic views: the rows that they list, the one that they show, and the user of the
//! request.

use std::sync::Arc;

use libraries::ClassRole;
use model::{ClassRef, Orm};
use python::{ExprId, Name};

use crate::interpreter::{Arguments, Interpreter};
use crate::query::types;
use crate::serializers::source_of_view;
use crate::{Kind, ModelRef, Path, QueryState, Root, Step, Traits, Value};

/// Views that list rows, by their last name.
const LISTS: &[&str] = &[
    "ArchiveIndexView",
    "BaseListView",
    "FilterView",
    "ListView",
    "MultipleObjectMixin",
    "SingleTableMixin",
    "SingleTableView",
];
/// Views that show one row.
const DETAILS: &[&str] = &["BaseDetailView", "DeleteView", "DetailView", "SingleObjectMixin", "UpdateView"];

/// An attribute of a view, or of the request.
pub(super) fn attribute(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
) -> Option<Value> {
    match &receiver.kind {
        Kind::Instance(class, _) => match name {
            "object_list" if descends(walker, class, LISTS) => {
                let query = rows(walker, expr, class)?;
                Some(Value::of(Kind::Query(Arc::new(query))).with_deps(receiver.deps))
            }
            "object" if descends(walker, class, DETAILS) => {
                let query = rows(walker, expr, class)?;
                let query = QueryState { traits: query.traits | Traits::ONE, ..query };
                Some(query.row().with_deps(receiver.deps))
            }
            _ => None,
        },
        Kind::Unknown if name == "user" && is_request(walker, receiver.path.as_ref()?) => {
            user(walker, expr, receiver)
        }
        // A class with this suffix is a request in every framework; in a project with Django models it is Django's.
        Kind::ForeignInstance(class) if name == "user" && class.ends_with("Request") => {
            user(walker, expr, receiver)
        }
        _ => None,
    }
}

/// Inherited methods of a view: `super().get_context_data(**kwargs)`.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let Kind::Instance(class, _) = &receiver.kind else { return None };
    if name != "get_context_data" {
        return None;
    }
    let mut entries: Vec<(Name, Value)> = Vec::new();
    for key in ["object_list", "object"] {
        let given = arguments.keyword(key).cloned();
        if let Some(value) = given.or_else(|| attribute(walker, expr, receiver, key)) {
            let called = crate::serializers::text_of_class(
                walker.db(),
                walker.project(),
                class,
                "context_object_name",
            );
            entries.extend(called.map(|called| (called, value.clone())));
            entries.push((key.into(), value));
        }
    }
    (!entries.is_empty()).then(|| Value::of(Kind::Record(entries.into())).with_deps(arguments.deps()))
}

/// The result of `self.get_queryset()` in a view that inherits it, called from another method: only the callers know
/// for which view it is called.
pub(crate) fn query_of_view(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &ClassRef,
) -> Option<QueryState> {
    let file = model::query::file_of(walker.db(), walker.project(), walker.function().module);
    let definitions = python::query::definitions(walker.db(), file);
    let facts = definitions.functions.get(walker.function().function.0 as usize)?;
    if facts.name == "get_queryset" { None } else { rows(walker, expr, class) }
}

/// The query of a view.
fn rows(walker: &mut dyn Interpreter, expr: ExprId, class: &ClassRef) -> Option<QueryState> {
    let source = source_of_view(walker.db(), walker.project(), class, walker.function())?;
    let query = walker.begin(expr, ModelRef::Known(source.model), Orm::Django);
    Some(QueryState {
        loads: source.loads,
        source: source.query.unwrap_or(query.source),
        traits: source.traits,
        ..query
    })
}

/// Whether a class inherits from one of these library classes.
fn descends(walker: &dyn Interpreter, class: &ClassRef, names: &[&str]) -> bool {
    let bases = types::foreign_ancestors(walker.db(), walker.project(), class.module, class.name.clone());
    bases.iter().any(|base| names.contains(&base.rsplit('.').next().unwrap_or_default()))
}

/// The logged-in user, a row of the project's user model: fetched once, with nothing loaded.
fn user(walker: &mut dyn Interpreter, expr: ExprId, request: &Value) -> Option<Value> {
    let class = types::user_model(walker.db(), walker.project())?;
    let query = walker.begin(expr, ModelRef::Known(class), Orm::Django);
    let query = QueryState { traits: Traits::ONE, ..query };
    Some(query.row().with_deps(request.deps))
}

/// Whether a path leads to a view's request: an unannotated parameter of that name, or the attribute of a view class.
fn is_request(walker: &dyn Interpreter, path: &Path) -> bool {
    const REQUEST: &str = "request";
    if !crate::query::has_django(walker.db(), walker.project()) {
        return false;
    }
    let Root::Param(index) = path.root;
    let file = model::query::file_of(walker.db(), walker.project(), walker.function().module);
    let definitions = python::query::definitions(walker.db(), file);
    let Some(facts) = definitions.functions.get(walker.function().function.0 as usize) else { return false };
    match path.steps.as_slice() {
        [] => facts
            .parameters
            .get(usize::from(index))
            .is_some_and(|parameter| parameter.name == REQUEST && parameter.annotation.is_none()),
        [Step::Attr(name)] if name == REQUEST && index == 0 => {
            let python::Scope::Class(class) = facts.scope else { return false };
            let name = definitions[class].name.clone();
            let bases =
                types::foreign_ancestors(walker.db(), walker.project(), walker.function().module, name);
            bases.iter().any(|base| matches!(libraries::role_of_base(base), Some(ClassRole::View)))
        }
        _ => false,
    }
}
