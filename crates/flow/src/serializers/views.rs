//! Views of Django REST framework that list rows: the query and the serializers that render it.

mod asked;
mod choice;
mod pages;
mod queryset;

use asked::Asked;
pub(crate) use choice::{holds_for_list, holds_for_reading, http_method};
use model::{ClassRef, Project};
pub(crate) use pages::{count_by_default, counts as counts_pages};
use python::{BodyId, Expr, ExprId, Name};

use super::written::Written;
use crate::library::django::managers::is_manager;
use crate::query::types;
use crate::{Db, Kind, Loads, ModelRef, Path, QueryRef, Site, Traits};

/// Bases that provide a list action, by their last name.
const LISTS: &[&str] =
    &["ListModelMixin", "ModelViewSet", "ReadOnlyModelViewSet", "ListAPIView", "ListCreateAPIView"];
/// The method that narrows the view's query before it is rendered, and the one that takes a page of it.
const NARROWS: &str = "filter_queryset";
const PAGES: &str = "paginate_queryset";

/// A view that lists rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListView {
    /// The view.
    pub class: ClassRef,
    /// The listed model, if it is known.
    pub model: Option<ClassRef>,
    /// The relationships loaded with the rows.
    pub loads: Loads,
    /// The query, where a function builds it.
    pub query: Option<QueryRef>,
    /// The traits of that query, which determine the applicable loader options.
    pub traits: Traits,
    /// The queries that a method gives in its branches, where it gives several.
    pub branches: Vec<Branch>,
    /// Where its query is written in the body of the class, its own or one of its bases'.
    pub queryset: Option<(ClassRef, Site)>,
    /// The serializers that may render the list.
    pub serializers: Vec<ClassRef>,
    /// The location where they are chosen in a class body, the view's own or that of a base.
    pub choice: Option<(ClassRef, Site)>,
    /// Whether it counts all rows before it fetches one page of them.
    pub counts_pages: bool,
}

/// One of the queries that a view lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// What is loaded with the rows.
    pub loads: Loads,
    /// The query, where a function builds it.
    pub query: Option<QueryRef>,
    /// What that query does, as far as loader options depend on it.
    pub traits: Traits,
}

impl ListView {
    /// Each query that may give its rows.
    pub fn queries(&self) -> Vec<Branch> {
        if !self.branches.is_empty() {
            return self.branches.clone();
        }
        vec![Branch { loads: self.loads.clone(), query: self.query, traits: self.traits }]
    }
}

/// The list that a class offers; nothing where it offers none, or does so by itself.
pub fn list_view(db: &dyn Db, project: Project, class: &ClassRef) -> Option<ListView> {
    let bases = types::foreign_ancestors(db, project, class.module, class.name.clone());
    let is_list =
        |base: &Name| base.contains("rest") && LISTS.contains(&base.rsplit('.').next().unwrap_or_default());
    let is_view = bases.iter().any(is_list) || is_routed(db, project, class, &bases);
    if !is_view || is_manager(db, project, class) {
        return None;
    }
    let lists_itself =
        Written::with_ancestors(db, project, class).iter().find_map(|class| class.method("list"));
    if lists_itself.is_some_and(|function| !answers_like_base(db, project, class, function, "list")) {
        return None;
    }
    view_of(db, project, class)
}

/// Whether a router makes a route for the list of a class that none of the framework's bases describes.
fn is_routed(db: &dyn Db, project: Project, class: &ClassRef, bases: &[Name]) -> bool {
    if bases.is_empty() || bases.iter().any(|base| base.contains("rest")) {
        return false;
    }
    let is_it = |route: &model::Route| {
        route.handler.name == "list"
            && route.handler.module == class.module
            && route.handler.class.as_ref() == Some(&class.name)
    };
    model::query::routes(db, project).list.iter().any(is_it)
}

/// The query and the serializers of a class, whether or not it lists rows; `None` if it names no serializer.
pub(crate) fn view_of(db: &dyn Db, project: Project, class: &ClassRef) -> Option<ListView> {
    let classes = Written::with_ancestors(db, project, class);
    let asked = Asked::list();
    let serializers = choice::serializers(db, project, &classes, &asked);
    if serializers.is_empty() {
        return None;
    }
    let source = queryset::of_view(db, project, &classes, &asked);
    let mut view = ListView {
        class: class.clone(),
        model: None,
        loads: Loads::open(),
        query: None,
        traits: Traits::NONE,
        branches: Vec::new(),
        queryset: site(db, project, &classes, "queryset"),
        serializers,
        choice: site(db, project, &classes, "serializer_class"),
        counts_pages: pages::are_counted(db, project, &classes, &asked),
    };
    if let Some(source) = source {
        view.model = Some(source.model);
        view.loads = source.loads;
        view.loads.forget_sometimes();
        view.query = source.query;
        view.traits = source.traits;
    }
    let own = |name: &str| classes.iter().find_map(|class| class.method(name));
    let narrowed = own(NARROWS).map(|function| queryset::loaded_besides(db, project, function));
    match narrowed {
        _ if own(PAGES).is_some() => view.loads.is_open = true,
        Some(None) => view.loads.is_open = true,
        Some(Some(loads)) => view.loads.merge(&loads),
        None => {
            if let Some(model) = &view.model {
                view.branches = queryset::branches_of_view(db, project, &classes, model);
            }
        }
    }
    Some(view)
}

/// The serializers that a view chooses while `function` answers a request.
pub(crate) fn serializers_in(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    function: crate::FunctionRef,
) -> Vec<ClassRef> {
    let classes = Written::with_ancestors(db, project, class);
    choice::serializers(db, project, &classes, &Asked::of(db, project, function))
}

/// Whether the view counts the rows of which it gives one page while `function` answers a request.
pub(crate) fn counts_pages_in(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    function: crate::FunctionRef,
) -> bool {
    let classes = Written::with_ancestors(db, project, class);
    pages::are_counted(db, project, &classes, &Asked::of(db, project, function))
}

/// Whether a method of a view answers with what the library's does: it calls that one, or is a mixin's that renders the
/// rows of whichever view it is mixed into with that view's serializer.
pub(crate) fn answers_like_base(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    method: crate::FunctionRef,
    name: &str,
) -> bool {
    if calls_super(db, project, method, name) {
        return true;
    }
    let Some(owner) = crate::heir::owner(db, project, method) else { return false };
    owner != *class
        && crate::heir::for_class(db, project, method, class).heir.is_none()
        && renders_own_rows(db, project, method)
        && choice::serializers(db, project, &Written::with_ancestors(db, project, &owner), &Asked::list())
            .is_empty()
}

/// Whether a method renders what `self.get_queryset()` gives with `self.get_serializer()`, and loads nothing besides.
fn renders_own_rows(db: &dyn Db, project: Project, method: crate::FunctionRef) -> bool {
    let file = model::query::file_of(db, project, method.module);
    let definitions = python::query::definitions(db, file);
    let facts = &definitions[method.function];
    let Some(body) = python::query::body(db, file, facts.body) else { return false };
    let Some(receiver) = facts.parameters.first() else { return false };
    let is_receiver = |value: ExprId| matches!(&body[value], Expr::Name(name) if *name == receiver.name);
    let calls = |wanted: &str| {
        body.exprs.list.iter().any(
            |expr| matches!(expr, Expr::Attribute { value, name } if name == wanted && is_receiver(*value)),
        )
    };
    let loads = body.exprs.list.iter().any(|expr| {
        matches!(expr, Expr::Attribute { name, .. } if matches!(name.as_str(), "select_related" | "prefetch_related"))
    });
    calls(queryset::METHOD) && calls("get_serializer") && !loads
}

/// Whether a method calls that of its base: `super().list(request)`.
pub(crate) fn calls_super(db: &dyn Db, project: Project, function: crate::FunctionRef, name: &str) -> bool {
    let file = model::query::file_of(db, project, function.module);
    let id = python::query::definitions(db, file)[function.function].body;
    let Some(body) = python::query::body(db, file, id) else { return false };
    let is_super = |value: ExprId| match &body[value] {
        Expr::Call { callee, .. } => matches!(&body[*callee], Expr::Name(name) if name == "super"),
        _ => false,
    };
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Attribute { name: called, value } => called == name && is_super(*value),
        _ => false,
    })
}

/// The location of the value of the variable `name` in the nearest of these classes that assigns it.
fn site(db: &dyn Db, project: Project, classes: &[Written], name: &str) -> Option<(ClassRef, Site)> {
    let class = classes.iter().find(|class| class.variable(name).is_some())?;
    let file = model::query::file_of(db, project, class.class.module);
    let id: BodyId = class.definitions[class.id].body;
    let body = python::query::body(db, file, id)?;
    let value = body.assigned(name).next_back()?;
    Some((class.class.clone(), Site { body: id, expr: value }))
}

/// A query of a view.
pub(crate) struct Source {
    pub(crate) model: ClassRef,
    pub(crate) loads: Loads,
    pub(crate) query: Option<QueryRef>,
    pub(crate) traits: Traits,
}

/// The query of a view, as used in `function`; `None` inside the method that creates it.
pub(crate) fn source_of_view(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    function: crate::FunctionRef,
) -> Option<Source> {
    let classes = Written::with_ancestors(db, project, class);
    let is_own = |class: &Written| class.method(queryset::METHOD) == Some(function);
    if classes.iter().any(is_own) {
        return None;
    }
    queryset::of_view(db, project, &classes, &Asked::of(db, project, function))
}

/// The text that a variable of a class or of one that it inherits from holds.
pub(crate) fn text_of_class(db: &dyn Db, project: Project, class: &ClassRef, name: &str) -> Option<Name> {
    let classes = Written::with_ancestors(db, project, class);
    let found = classes.iter().find_map(|class| Some((class, class.variable(name)?.value?)));
    found.and_then(|(class, value)| super::written::text(&class.definitions, value).cloned())
}

/// The model of the query that the view of a method declares, where `model` stands for that: each heir may list another.
pub(crate) fn model_of_own_view(
    db: &dyn Db,
    project: Project,
    method: crate::FunctionRef,
    model: &ModelRef,
) -> Option<ClassRef> {
    if !is_views_own(model) {
        return None;
    }
    let classes = Written::with_ancestors(db, project, &crate::heir::owner(db, project, method)?);
    queryset::declared_model(db, project, &classes)
}

/// Whether the query of a mixin is that of the view that it is mixed into.
fn is_views_own(model: &ModelRef) -> bool {
    let own = Path::param(0);
    let queryset = own.attr("queryset");
    matches!(model, ModelRef::Held(path) if *path == own || Some(path) == queryset.as_ref())
}

/// The query in a value.
fn query_in(kind: &Kind) -> Option<&crate::QueryState> {
    match kind {
        Kind::Query(query) => Some(query),
        _ => None,
    }
}
