//! The activities of a module, judging by its calls and the decorators of its functions.

/// An activity of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Mark {
    /// Contains no code at all.
    Empty,
    /// Contains only imports.
    OnlyReexports,
    /// Creates a web application: `FastAPI()`, `Flask()`.
    CreatesApp,
    /// Runs an application: `uvicorn.run`.
    RunsApp,
    /// Receives an application, or imports one from another module, without creating one.
    TakesApp,
    /// Composes an application: middleware, error handlers, blueprints, mounted applications.
    WiresApp,
    /// Creates a router: `APIRouter()`, `Blueprint()`.
    Router,
    /// Includes routers in another: `include_router`.
    IncludesRouter,
    /// Declares a URL conf: `urlpatterns`.
    UrlPatterns,
    /// Declares dependencies of requests: `Depends(...)`.
    Depends,
    /// Creates or raises an error with an HTTP status.
    HttpError,
    /// Declares commands of a command line.
    CliCommand,
    /// Declares background tasks.
    Task,
    /// Consumes messages of a broker.
    Consumer,
    /// Declares tables or maps classes to them.
    Table,
    /// Creates an engine, a session factory, a connection pool, or a client of a database or broker.
    Engine,
    /// Reads the environment while it is imported.
    ReadsEnvironment,
    /// Creates or fills a dependency injection container.
    Container,
    /// Reacts to model events: signal receivers, ORM listeners.
    Receiver,
    /// Binds constants, and nothing else.
    OnlyConstants,
    /// Binds many constants, and little else.
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
    /// All marks, in order.
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

/// The meaning of a decorator on a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decorator {
    /// A route handler.
    Route,
    /// An activity of the module.
    Mark(Mark),
}
