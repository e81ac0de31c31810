//! Things that a module does, each of which tells something about its role.

use python::{Definitions, Scope};

/// Something that a module does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Mark {
    /// There is no code in it at all.
    Empty,
    /// There are only imports in it.
    OnlyReexports,
    /// Makes a web application: `FastAPI()`, `Flask()`.
    CreatesApp,
    /// Runs an application: `uvicorn.run`.
    RunsApp,
    /// Is given an application, or takes one over from another module, without making one.
    TakesApp,
    /// Puts an application together: middleware, error handlers, blueprints, mounted applications.
    WiresApp,
    /// Makes a router: `APIRouter()`, `Blueprint()`.
    Router,
    /// Puts routers into another: `include_router`.
    IncludesRouter,
    /// Declares a URL conf: `urlpatterns`.
    UrlPatterns,
    /// Declares dependencies of requests: `Depends(...)`.
    Depends,
    /// Makes or raises an error with an HTTP status.
    HttpError,
    /// Declares commands of a command line.
    CliCommand,
    /// Declares background tasks.
    Task,
    /// Consumes messages of a broker.
    Consumer,
    /// Declares tables or maps classes to them.
    Table,
    /// Makes an engine, a session factory, a connection pool, a client of a database or broker.
    Engine,
    /// Reads the environment while it is imported.
    ReadsEnvironment,
    /// Makes or fills a dependency-injection container.
    Container,
    /// Reacts to events of models: signal receivers, ORM listeners.
    Receiver,
    /// Binds constants, and nothing else.
    OnlyConstants,
    /// Binds many constants, beside little else.
    ManyConstants,
    /// Runs when started as a script: `if __name__ == "__main__"`.
    MainGuard,
    /// Registers or renders GraphQL types.
    GraphQl,
    /// Wraps request handlers: decorators and hooks of a web framework.
    RequestHook,
    /// Registers models with an admin site.
    Admin,
}

impl Mark {
    /// All of them, in order.
    pub const ALL: [Mark; 25] = [
        Mark::Empty,
        Mark::OnlyReexports,
        Mark::CreatesApp,
        Mark::RunsApp,
        Mark::TakesApp,
        Mark::WiresApp,
        Mark::Router,
        Mark::IncludesRouter,
        Mark::UrlPatterns,
        Mark::Depends,
        Mark::HttpError,
        Mark::CliCommand,
        Mark::Task,
        Mark::Consumer,
        Mark::Table,
        Mark::Engine,
        Mark::ReadsEnvironment,
        Mark::Container,
        Mark::Receiver,
        Mark::OnlyConstants,
        Mark::ManyConstants,
        Mark::MainGuard,
        Mark::GraphQl,
        Mark::RequestHook,
        Mark::Admin,
    ];
}

/// A set of [`Mark`]s.
#[derive(Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Marks(u32);

impl Marks {
    /// Whether `mark` is in it.
    pub const fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u32) != 0
    }

    /// Puts `mark` in.
    pub const fn set(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u32;
    }

    /// What is in it, in order.
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        Mark::ALL.into_iter().filter(move |mark| self.has(*mark))
    }
}

impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Reads what the variables at the module's head tell; their number.
pub(super) fn read_variables(definitions: &Definitions, marks: &mut Marks) -> usize {
    let mut count = 0;
    let mut capitals = 0;
    for variable in definitions.variables.iter().filter(|variable| variable.scope == Scope::Module) {
        if variable.name == "urlpatterns" {
            marks.set(Mark::UrlPatterns);
        }
        if variable.name.starts_with("__") {
            continue;
        }
        count += 1;
        capitals += usize::from(!variable.name.contains(|letter: char| letter.is_lowercase()));
    }
    let alone = definitions.classes.is_empty() && definitions.functions.is_empty();
    if alone && capitals >= 1 && capitals == count {
        marks.set(Mark::OnlyConstants);
    }
    if capitals >= 5 && capitals * 10 >= count * 7 {
        marks.set(Mark::ManyConstants);
    }
    count
}
