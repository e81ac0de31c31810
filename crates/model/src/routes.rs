//! Which routes does the backend answer? Method, full path, handler, response, and access control.
//!
//! There are two stages, each compared separately. [`RouteFacts`] contains the registrations in one file, without
//! positions, so that typing in any other statement has no further effect. [`Routes`] combines those of all files:
//! prefixes are followed from the application through every include to the decorator. Nothing is invented: a computed
//! part of a path is shown as written, and a router that is never included keeps its own path.

mod access;
mod classes;
mod copy;
mod django;
mod facts;
mod fastapi;
mod flask;
mod litestar;
mod names;
mod ninja;
mod pieces;
mod restful;
mod starlette;
#[cfg(test)]
mod tests;
mod tree;
mod viewsets;
mod written;

use python::{FunctionId, Name};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{ClassRef, ModuleId};
pub use facts::{RouteFacts, RouteItem};
pub(crate) use names::Names;
pub(crate) use tree::collect;

/// All routes of a project, by path and method.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Routes {
    /// Sorted by path, then by methods, then by handler.
    pub list: Vec<Route>,
    /// The indexes of the routes that each function handles, in order.
    by_function: FxHashMap<(ModuleId, FunctionId), Vec<u32>>,
    /// The modules with a handler.
    serving: FxHashSet<ModuleId>,
}

impl Routes {
    /// Sorts them; the same route counts once.
    pub(crate) fn of(mut list: Vec<Route>) -> Self {
        list.sort();
        list.dedup();
        let mut by_function: FxHashMap<_, Vec<u32>> = FxHashMap::default();
        for (route, index) in list.iter().zip(0..) {
            if let Some(function) = route.handler.function {
                by_function.entry(function).or_default().push(index);
            }
        }
        let serving = list.iter().map(|route| route.handler.module).collect();
        Self { list, by_function, serving }
    }

    /// The routes that a function handles.
    pub fn of_function(&self, module: ModuleId, function: FunctionId) -> impl Iterator<Item = &Route> {
        let known = self.by_function.get(&(module, function)).map(Vec::as_slice).unwrap_or_default();
        known.iter().map(|index| &self.list[*index as usize])
    }

    /// Whether a module has a handler of one.
    pub fn are_served_by(&self, module: ModuleId) -> bool {
        self.serving.contains(&module)
    }
}

/// One route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The full path with every known prefix, beginning with a slash; parameters in the syntax of the framework.
    /// Computed parts are shown in braces as written: `{settings.prefix}/orders`.
    pub path: Name,
    /// In capitals, sorted (`WEBSOCKET` for a socket); empty if the handler accepts any.
    pub methods: Box<[Name]>,
    /// The handler.
    pub handler: Handler,
    /// The framework whose syntax declares the route.
    pub framework: Framework,
    /// The response, if it is declared.
    pub response: Option<Response>,
    /// What authenticates the caller, as written: `get_current_user`, `IsAuthenticated`, `login_required`.
    pub authentication: Option<Name>,
    /// The functions that run before the handler, once per call: those behind `Depends`, including transitive ones.
    pub dependencies: Box<[(ModuleId, FunctionId)]>,
}

impl Route {
    /// Its title wherever it is shown: `GET /orders`, `GET,POST /orders`, `ANY /orders`.
    pub fn title(&self) -> String {
        let methods = if self.methods.is_empty() { "ANY".to_owned() } else { self.methods.join(",") };
        format!("{methods} {}", self.path)
    }
}

/// What handles a route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handler {
    /// The module of the function or class that the route names.
    pub module: ModuleId,
    /// The class, if the handler is a method or an entire class.
    pub class: Option<Name>,
    /// The function or method; empty for an entire class.
    pub name: Name,
    /// The function that runs, which may be inherited from a class in another module; `None` if it is a library's.
    pub function: Option<(ModuleId, FunctionId)>,
}

impl Handler {
    /// The name within its module: `list_orders`, `OrderViewSet.list`, `OrderView`.
    pub fn qualified(&self) -> String {
        match &self.class {
            Some(class) if self.name.is_empty() => class.to_string(),
            Some(class) => format!("{class}.{}", self.name),
            None => self.name.to_string(),
        }
    }
}

/// The response of a route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Response {
    /// As written: `list[OrderOut]`.
    pub text: Name,
    /// The project class in it: `OrderOut`.
    pub class: Option<ClassRef>,
}

/// The framework that declares a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Framework {
    /// <https://docs.djangoproject.com/en/5.2/topics/http/urls/>
    Django,
    /// <https://www.django-rest-framework.org/api-guide/routers/>
    DjangoRest,
    /// <https://fastapi.tiangolo.com/tutorial/bigger-applications/>
    FastApi,
    /// <https://flask.palletsprojects.com/en/stable/blueprints/>, with Quart, Flask-RESTX and Flask-RESTful
    Flask,
    /// <https://docs.litestar.dev/2/usage/routing/overview.html>
    Litestar,
    /// <https://django-ninja.dev/guides/routers/>
    Ninja,
    /// <https://www.starlette.io/routing/>
    Starlette,
}

impl Framework {
    /// Its name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Framework::Django => "django",
            Framework::DjangoRest => "django-rest-framework",
            Framework::FastApi => "fastapi",
            Framework::Flask => "flask",
            Framework::Litestar => "litestar",
            Framework::Ninja => "django-ninja",
            Framework::Starlette => "starlette",
        }
    }
}
