//! What a collaborator is: something with work of its own, which a class should be given rather than make. Repositories,
//! clients, sessions, settings and services are; values, rows, schemas, errors and containers are not.
//!
//! A library's class is known by its full name, a class of the project by what it descends from, by its name, and by the
//! layer that it lies in. What fits none of that is no collaborator: unknown is silent.

mod library;
mod own;

use flow::{Kind, Value};
use model::{ClassRef, ModuleId};
use python::{BodyId, Expr, ExprId, FunctionId, Name};

pub use library::of_library;
pub use own::of_class;

use crate::Context;
use crate::scope::{Meaning, Names, chain};

/// What a collaborator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Stores and finds what the domain knows.
    Repository,
    /// Brackets changes that belong together.
    UnitOfWork,
    /// A session, connection, engine or pool of a database.
    Session,
    /// Speaks with somebody over the network: HTTP, RPC, a cloud, a mail server, a search index.
    Client,
    /// Speaks with a cache or a key-value store.
    Cache,
    /// Sends messages.
    Broker,
    /// Stands between the project and anything outside, by its place and name.
    Adapter,
    /// What the program was configured with.
    Settings,
    /// Does work of the application or the domain.
    Service,
}

impl Role {
    /// In words, with an article.
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

    /// Whether it reaches out of the program.
    pub const fn reaches_outside(self) -> bool {
        !matches!(self, Role::Settings | Role::Service)
    }
}

/// A collaborator: what it does, and of which class it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collaborator {
    /// What it does.
    pub role: Role,
    /// Its class.
    pub class: Class,
}

/// Whose class it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Class {
    /// The project's.
    Own(ClassRef),
    /// A library's, by its full name: `httpx.AsyncClient`.
    Library(Name),
    /// None that can be told: a session is known to be one, however it was made.
    Untold,
}

impl Collaborator {
    /// The bare name of the class; nothing where none can be told.
    pub fn name(&self) -> Option<&str> {
        match &self.class {
            Class::Own(class) => Some(&class.name),
            Class::Library(full) => full.rsplit('.').next(),
            Class::Untold => None,
        }
    }
}

/// The collaborator that a value is.
pub fn of_value(cx: &Context<'_>, value: &Value) -> Option<Collaborator> {
    match &value.kind {
        Kind::Instance(class, _) => {
            Some(Collaborator { role: of_class(cx, class)?, class: Class::Own(class.clone()) })
        }
        Kind::ForeignInstance(full) => {
            Some(Collaborator { role: of_library(full)?, class: Class::Library(full.clone()) })
        }
        Kind::Session { .. } => Some(Collaborator { role: Role::Session, class: Class::Untold }),
        Kind::Awaitable(inner) => of_value(cx, inner),
        _ => None,
    }
}

/// How an expression comes by a collaborator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It calls the class, or what a library makes it with.
    Made,
    /// It calls this function of the project, which gives it out.
    Fetched(ModuleId, FunctionId),
    /// It reads this variable at the head of a module.
    Global(ModuleId, Name),
}

/// The collaborator that a call in a body makes or fetches, as far as names at the head of the module tell. Of a method
/// called on a class (`OrderRepository.from_session(session)`) what it promises.
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
    let made = flow::classes::called(cx.db, cx.project, &value);
    Some((of_value(cx, &made)?, source))
}

/// The collaborator that a name or attribute chain stands for at the head of a module of the project.
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
    let value = flow::names::at_head(cx.db, cx.project, module, &name);
    Some((of_value(cx, &value)?, Source::Global(module, name)))
}

/// The value of a chain that starts at a name bound at the head of the module or by an import.
pub fn head_value(names: &Names<'_>, body: BodyId, expr: ExprId) -> Option<Value> {
    let (root, attributes) = chain(names.body(body), expr)?;
    let cx = names.cx;
    let start = match names.meaning(body, root) {
        Meaning::Import(import) => flow::names::imported(cx.db, cx.project, cx.id, import),
        Meaning::Bound(BodyId(0), _) => flow::names::at_head(cx.db, cx.project, cx.id, root),
        Meaning::Bound(..) | Meaning::Free => return None,
    };
    let read = |value: Value, name: &&str| flow::classes::read(cx.db, cx.project, &value, name);
    Some(attributes.iter().rev().fold(start, read)).filter(|value| !value.is_unknown())
}
