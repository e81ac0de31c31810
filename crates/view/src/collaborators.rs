//! Collaborators: objects with behaviour of their own, which a class should receive rather than create. Repositories,
//! clients, sessions, settings and services are collaborators; values, rows, schemas, errors and containers are not.
//!
//! A library class is recognized by its full name, a project class by its ancestors, its name, and its layer. Anything
//! else is not a collaborator: the unknown produces no findings.

mod library;
mod own;

use flow::{Kind, Value};
use model::{ClassRef, ModuleId};
use python::{BodyId, Expr, ExprId, FunctionId, Name};

pub use library::of_library;
pub use own::of_class;

use crate::Context;
use crate::scope::{Meaning, Names, chain};

/// The role of a collaborator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Stores and finds domain objects.
    Repository,
    /// Groups changes that belong together.
    UnitOfWork,
    /// A database session, connection, engine or pool.
    Session,
    /// Communicates over the network: HTTP, RPC, a cloud, a mail server, a search index.
    Client,
    /// Communicates with a cache or a key-value store.
    Cache,
    /// Sends messages.
    Broker,
    /// Mediates between the project and anything outside, judging by its location and name.
    Adapter,
    /// The configuration of the program.
    Settings,
    /// Performs work of the application or the domain.
    Service,
}

impl Role {
    /// A description with an article.
    pub const fn words(self) -> &'static str {
        match self {
            Role::Repository => "a repository",
            Role::UnitOfWork => "a unit of work",
            Role::Session => "a database session",
            Role::Client => "a client",
            Role::Cache => "a cache",
            Role::Broker => "a message broker",
            Role::Adapter => "an adapter",
            Role::Settings => "settings",
            Role::Service => "a service",
        }
    }

    /// Whether it accesses something outside the program.
    pub const fn reaches_outside(self) -> bool {
        !matches!(self, Role::Settings | Role::Service)
    }
}

/// A collaborator: its role and its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collaborator {
    /// Its role.
    pub role: Role,
    /// Its class.
    pub class: Class,
}

/// The class of a collaborator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Class {
    /// A project class.
    Own(ClassRef),
    /// A library class, by its full name: `httpx.AsyncClient`.
    Library(Name),
    /// Unknown: a session is recognized as one, however it was created.
    Unknown,
}

impl Collaborator {
    /// The unqualified name of the class; `None` if it is unknown.
    pub fn name(&self) -> Option<&str> {
        match &self.class {
            Class::Own(class) => Some(&class.name),
            Class::Library(full) => full.rsplit('.').next(),
            Class::Unknown => None,
        }
    }
}

/// The collaborator in a value.
pub fn of_value(cx: &Context<'_>, value: &Value) -> Option<Collaborator> {
    match &value.kind {
        Kind::Instance(class, _) => {
            Some(Collaborator { role: of_class(cx, class)?, class: Class::Own(class.clone()) })
        }
        Kind::ForeignInstance(full) => {
            Some(Collaborator { role: of_library(full)?, class: Class::Library(full.clone()) })
        }
        Kind::Session { .. } => Some(Collaborator { role: Role::Session, class: Class::Unknown }),
        Kind::Awaitable(inner) => of_value(cx, inner),
        _ => None,
    }
}

/// How an expression obtains a collaborator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// By calling the class, or a library's factory for it.
    Made,
    /// By calling this project function, which returns it.
    Fetched(ModuleId, FunctionId),
    /// By reading this module-level variable.
    Global(ModuleId, Name),
}

/// The collaborator that a call in a body creates or fetches, as far as module-level names determine it. For a method
/// called on a class (`OrderRepository.from_session(session)`), its declared result.
pub fn of_call(names: &Names<'_>, body: BodyId, call: ExprId) -> Option<(Collaborator, Source)> {
    let Expr::Call { callee, .. } = &names.body(body)[call] else { return None };
    let cx = names.cx;
    let value = head_value(names, body, *callee)?;
    let source = match &value.kind {
        Kind::Function(function) => Source::Fetched(function.module, function.function),
        Kind::Method(receiver, function) => match &receiver.kind {
            Kind::Class(_) => Source::Made,
            _ => Source::Fetched(function.module, function.function),
        },
        _ => Source::Made,
    };
    if let Kind::Foreign(full) = &value.kind
        && let Some(role) = of_library(full)
    {
        return Some((Collaborator { role, class: Class::Library(full.clone()) }, source));
    }
    let made = flow::types::classes::called(cx.db, cx.project, &value);
    Some((of_value(cx, &made)?, source))
}

/// The collaborator that a name or attribute chain refers to at module level in the project.
pub fn of_global(names: &Names<'_>, body: BodyId, expr: ExprId) -> Option<(Collaborator, Source)> {
    let (root, attributes) = chain(names.body(body), expr)?;
    let cx = names.cx;
    let head = match names.meaning(body, root) {
        Meaning::Import(import) => model::query::imported(cx.db, cx.project, cx.id, import),
        Meaning::Bound(BodyId(0), _) => model::query::head(cx.db, cx.project, cx.id, root.into()),
        Meaning::Bound(..) | Meaning::Free => return None,
    };
    let head = match (&attributes[..], head) {
        ([], head) => head,
        ([name], model::Head::Module(module)) => model::query::head_member(cx.db, cx.project, module, name),
        _ => return None,
    };
    let model::Head::Variable(module, name) = head else { return None };
    let value = flow::types::names::at_top_level(cx.db, cx.project, module, &name);
    Some((of_value(cx, &value)?, Source::Global(module, name)))
}

/// The value of a chain that starts at a name bound at module level or by an import.
pub fn head_value(names: &Names<'_>, body: BodyId, expr: ExprId) -> Option<Value> {
    let (root, attributes) = chain(names.body(body), expr)?;
    let cx = names.cx;
    let start = match names.meaning(body, root) {
        Meaning::Import(import) => flow::types::names::imported(cx.db, cx.project, cx.id, import),
        Meaning::Bound(BodyId(0), _) => flow::types::names::at_top_level(cx.db, cx.project, cx.id, root),
        Meaning::Bound(..) | Meaning::Free => return None,
    };
    let read = |value: Value, name: &&str| flow::types::classes::read(cx.db, cx.project, &value, name);
    Some(attributes.iter().rev().fold(start, read)).filter(|value| !value.is_unknown())
}
