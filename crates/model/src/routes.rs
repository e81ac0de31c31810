//! Which routes does the backend answer? Method, full path, handler, what it gives back, and who may call it.
//!
//! Two stages, each compared by itself. [`RouteFacts`] is what one file says: registrations in its bodies, without
//! positions, so that typing in any other statement ends there. [`Routes`] puts those of all files together: prefixes
//! are followed from the application through every include to the decorator. Nothing is invented: a piece of a path
//! that the code computes is shown as written, and a router that nobody includes keeps its own path.

mod access;
mod classes;
mod copy;
mod django;
mod facts;
mod fastapi;
mod flask;
mod litestar;
mod names;
mod pieces;
mod restful;
mod starlette;
#[cfg(test)]
mod tests;
mod tree;
mod viewsets;
mod written;

use python::{FunctionId, Name};

use crate::{ClassRef, ModuleId};
pub use facts::{RouteFacts, RouteItem};
pub(crate) use names::Names;
pub(crate) use tree::collect;

/// All routes of a project, by path and method.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Routes {
    /// Sorted by path, then by methods, then by handler.
    pub list: Vec<Route>,
}

impl Routes {
    /// The routes that a function answers.
    pub fn of_function(&self, module: ModuleId, function: FunctionId) -> impl Iterator<Item = &Route> {
        let answers = move |route: &&Route| route.handler.function == Some((module, function));
        self.list.iter().filter(answers)
    }
}

/// One route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The full path with every prefix that is known, beginning with a slash; parameters as the framework writes them.
    /// A piece that is computed stands in braces as written: `{settings.prefix}/orders`.
    pub path: Name,
    /// In capitals, sorted (`WEBSOCKET` for a socket); none where the handler takes any.
    pub methods: Box<[Name]>,
    /// What answers.
    pub handler: Handler,
    /// Whose words the route is written in.
    pub framework: Framework,
    /// What comes back, where that is written down.
    pub response: Option<Response>,
    /// What asks who is calling, as written: `get_current_user`, `IsAuthenticated`, `login_required`.
    pub authentication: Option<Name>,
    /// What runs before the handler, at each call and once each: the functions behind `Depends`, also those that
    /// they ask for in turn.
    pub dependencies: Box<[(ModuleId, FunctionId)]>,
}

/// What answers a route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handler {
    /// The module of the function or class that the route names.
    pub module: ModuleId,
    /// The class, where it is a method or a class as a whole.
    pub class: Option<Name>,
    /// The function or method; empty where the class answers as a whole.
    pub name: Name,
    /// The function that runs, which may be inherited from a class of another module; nothing where a library's does.
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

/// What a route gives back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Response {
    /// As written: `list[OrderOut]`.
    pub text: Name,
    /// The class of the project in it: `OrderOut`.
    pub class: Option<ClassRef>,
}

/// Whose words a route is written in.
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
            Framework::Starlette => "starlette",
        }
    }
}
