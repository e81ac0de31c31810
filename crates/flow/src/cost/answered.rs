//! What a library's method does to answer a request, given the declarations of the project class: the list view of a
//! viewset, and its detail view.

use std::sync::Arc;

use model::{ClassRef, Project, Route};
use python::Name;

use super::{RenderedQuery, of_missing};
use crate::types::classes::Member;
use crate::{Db, FunctionRef, ProblemKind};

/// What is known of the answer.
#[derive(Default)]
pub(crate) struct Answered {
    /// Methods of the class that are called on the way.
    pub(crate) hooks: Vec<FunctionRef>,
    /// The rows in the response.
    pub(crate) rows: Option<Rows>,
}

/// The rows that a view answers with, fetched by one query.
pub(crate) struct Rows {
    /// The model, if it is known.
    pub(crate) model: Option<ClassRef>,
    /// Whether all rows are counted before one page of them is fetched.
    pub(crate) is_counted: bool,
    /// Relationships that are fetched along with the rows, each by a separate query.
    pub(crate) apart: Vec<(ClassRef, Name)>,
    /// Additional queries that rendering the rows runs.
    pub(crate) rendered: Vec<RenderedQuery>,
}

/// The answer to a route whose handler is a library's.
pub(crate) fn of_route(db: &dyn Db, project: Project, route: &Route) -> Answered {
    let Some(class) = &route.handler.class else { return Answered::default() };
    let class = ClassRef::new(route.handler.module, class.clone());
    let hooks = hooks(route).into_iter().filter_map(|hook| {
        match crate::types::classes::member(db, project, &class, hook) {
            Some(Member::Method { function, .. }) => Some(function),
            _ => None,
        }
    });
    Answered { hooks: hooks.collect(), rows: rows(db, project, route, &class) }
}

fn rows(db: &dyn Db, project: Project, route: &Route, class: &ClassRef) -> Option<Rows> {
    let one = || crate::serializers::view_of(db, project, class).map(Arc::new);
    let list = || crate::query::list_view(db, project, class.clone());
    let (view, is_many) = match route.handler.name.as_str() {
        "list" => (list(), true),
        "retrieve" => (one(), false),
        "get" => match list() {
            Some(view) => (Some(view), true),
            None => (one(), false),
        },
        _ => return None,
    };
    let view = view?;
    let mut rows = Rows {
        model: view.model.clone(),
        is_counted: is_many && view.counts_pages,
        apart: Vec::new(),
        rendered: Vec::new(),
    };
    let Some(model) = &view.model else { return Some(rows) };
    rows.apart = crate::separate_loads::relationships(db, project, model, &view.loads);
    let mut told: Vec<ProblemKind> = Vec::new();
    for serializer in &view.serializers {
        let rendering = if is_many {
            crate::serializers::rendering_of_many(db, project, serializer, Some(model))
        } else {
            crate::query::rendering(db, project, serializer.clone(), Some(model.clone()))
        };
        // Of its branches the dearest counts.
        let missing = view.queries().into_iter().map(|branch| {
            let by_query = (branch.query, branch.traits);
            crate::serializers::missing_in_depth(db, project, &rendering, model, &branch.loads, by_query)
        });
        for missing in missing.max_by_key(Vec::len).unwrap_or_default() {
            if !told.contains(&missing.kind) {
                rows.rendered.extend(of_missing(db, project, model, &missing, is_many));
                told.push(missing.kind);
            }
        }
    }
    Some(rows)
}

/// Methods of a view that a library's method calls on the way.
fn hooks(route: &Route) -> Vec<&'static str> {
    let does = |names: &[&str]| names.contains(&route.handler.name.as_str());
    let changes = route.methods.iter().any(|method| matches!(method.as_str(), "POST" | "PUT" | "PATCH"));
    let mut hooks = vec!["get_queryset", "get_context_data"];
    if !does(&["list", "create"]) {
        hooks.push("get_object");
    }
    if changes {
        hooks.push("form_valid");
    }
    if changes && !does(&["update", "partial_update"]) {
        hooks.push("perform_create");
    }
    if changes && !does(&["create"]) {
        hooks.push("perform_update");
    }
    if route.methods.iter().any(|method| method == "DELETE") {
        hooks.push("perform_destroy");
    }
    hooks
}
