//! What a module does, by what it calls and how its functions are decorated.

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

/// What a decorator makes of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decorator {
    /// A route handler.
    Route,
    /// Something that says this about the module.
    Mark(Mark),
}
