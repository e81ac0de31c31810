//! The description of one library.

use crate::{ClassRole, Decorator, Entry, HttpName, Kind, LookedUp, Mark, Renders};

/// Dotted names with a fact about each.
pub type Rows<T> = &'static [(&'static str, T)];

/// The facts about one library. Names are full dotted names. Where a field applies to everything below a name, the
/// longest matching name wins.
#[derive(Debug, Clone, Copy)]
pub struct Library {
    /// Its name on the Python package index, in its own spelling; empty for the standard library.
    pub distribution: &'static str,
    /// The first segments of its modules.
    pub imports: &'static [&'static str],
    /// The purposes of its modules; applies to everything below.
    pub kinds: Rows<Kind>,
    /// Whether it consists of several independent libraries. Facts about the whole don't apply to code that uses only a
    /// part.
    pub is_composite: bool,
    /// Modules whose names are also available in another module, and that other module, which is canonical.
    pub modules: Rows<&'static str>,
    /// Individual names that are available twice, and the canonical name.
    pub names: Rows<&'static str>,
    /// Names that projects often give to a module of their own about this library.
    pub namesakes: &'static [&'static str],
    /// The role of a class derived from a class (or from the result of a function); applies to everything below.
    pub bases: Rows<ClassRole>,
    /// The role that a decorator gives a class; applies to everything below.
    pub class_decorators: Rows<ClassRole>,
    /// Classes whose methods named like HTTP methods handle requests.
    pub views: &'static [&'static str],
    /// Functions and classes whose call characterises the enclosing module.
    pub calls: Rows<Mark>,
    /// The meaning of a decorator on a function.
    pub decorators: Rows<Decorator>,
    /// The callers of functions that are decorated with or passed to these, and of methods of derived classes, unless
    /// their role or mark determines the caller.
    pub entries: Rows<Entry>,
    /// Calls in a signature with which a request handler declares its dependencies.
    pub dependencies: &'static [&'static str],
    /// Whether classes in its `models` modules are Django models.
    pub django_models: bool,
    /// Modules whose classes look like table columns but aren't; applies to everything below.
    pub other_fields: &'static [&'static str],
    /// Functions that wait for something outside the process.
    pub waits: &'static [&'static str],
    /// Modules that provide the HTTP methods as functions that wait.
    pub verbs: &'static [&'static str],
    /// Functions that open a file.
    pub opens: &'static [&'static str],
    /// Factories of instances whose methods wait.
    pub clients: &'static [Client],
    /// The class of what an instance of such a class returns, by class and method or attribute; `*` matches any name,
    /// `[]` is indexing. None of these accesses waits.
    pub gives: &'static [(&'static str, &'static str, &'static str)],
    /// Classes whose instances give messages for as long as the program runs.
    pub streams: &'static [&'static str],
    /// The methods that wait, by [`Client::class`].
    pub client_methods: Rows<&'static [&'static str]>,
    /// The methods that run one database query per call, by the class as named by [`Library::gives`],
    /// [`Library::makes`] or an annotation.
    pub queries: Rows<&'static [&'static str]>,
    /// Its mappers of classes to rows.
    pub mappers: &'static [Mapper],
    /// Functions that make an instance, and its class.
    pub makes: Rows<&'static str>,
    /// Sessions and connections of an ORM.
    pub sessions: Rows<Session>,
    /// The effects of calls at import time; applies to everything below.
    pub at_import: Rows<AtImport>,
    /// Classes that access something outside the process, and functions that create an instance of one.
    pub handles: Rows<Handle>,
    /// Like `handles`, for packages with hundreds of such classes: the prefix and the suffix of full names.
    pub families: &'static [(&'static str, &'static str, Handle)],
    /// Base classes of settings.
    pub settings: &'static [&'static str],
    /// Functions whose call (or attributes whose read) accesses something outside the process.
    pub effects: &'static [&'static str],
    /// Functions that read a clock or a random source.
    pub clocks: &'static [&'static str],
    /// Modules in which all names are about HTTP; applies to everything below.
    pub http_modules: Rows<HttpName>,
    /// Names about HTTP by the module that contains them, at any depth. The first matching row counts.
    pub http_names: &'static [(&'static str, HttpName, &'static [&'static str])],
    /// Prefixes of full names about HTTP.
    pub http_prefixes: Rows<HttpName>,
    /// Classes whose instances are dependency injection containers.
    pub containers: &'static [&'static str],
    /// Base classes whose attributes are providers: calling one returns what it provides.
    pub container_bases: &'static [&'static str],
    /// Functions that return something registered in a container.
    pub container_lookups: &'static [&'static str],
    /// Whether it injects by type. For a port, it has to know the implementation.
    pub wired_by_type: bool,
    /// Functions and classes whose first argument is SQL.
    pub sql: Rows<Sql>,
    /// HTTP clients that can be shared by concurrent tasks.
    pub shared_clients: &'static [&'static str],
    /// Decorators of functions that preserve the signature.
    pub transparent: &'static [&'static str],
    /// Decorators of functions that cache the result for the same arguments.
    pub memoizing: &'static [&'static str],
    /// Methods of its caches that do so as decorators.
    pub memoizing_methods: &'static [&'static str],
    /// What its caches give for a key that they don't hold, and the classes of that.
    pub absent: &'static [&'static str],
    /// Functions that run a function argument in another thread, and the position of that argument. As decorators they
    /// do so at each call.
    pub threads: Rows<usize>,
    /// Decorators, classes and calls that render rows.
    pub renders: Rows<Renders>,
    /// Objects whose attributes only a configured, running program has.
    pub needs_program: &'static [&'static str],
    /// Settings in which projects give it dotted names. The first row that contains the key counts; other keys of a
    /// listed setting are looked up later.
    pub looked_up: &'static [LookedUp],
}

impl Library {
    /// A library without known facts: the defaults for omitted fields.
    pub const UNKNOWN: Library = Library {
        distribution: "",
        imports: &[],
        kinds: &[],
        is_composite: false,
        modules: &[],
        names: &[],
        namesakes: &[],
        bases: &[],
        class_decorators: &[],
        views: &[],
        calls: &[],
        decorators: &[],
        entries: &[],
        dependencies: &[],
        django_models: false,
        other_fields: &[],
        waits: &[],
        verbs: &[],
        opens: &[],
        clients: &[],
        gives: &[],
        streams: &[],
        client_methods: &[],
        queries: &[],
        mappers: &[],
        makes: &[],
        sessions: &[],
        at_import: &[],
        handles: &[],
        families: &[],
        settings: &[],
        effects: &[],
        clocks: &[],
        http_modules: &[],
        http_names: &[],
        http_prefixes: &[],
        containers: &[],
        container_bases: &[],
        container_lookups: &[],
        wired_by_type: false,
        sql: &[],
        shared_clients: &[],
        transparent: &[],
        memoizing: &[],
        memoizing_methods: &[],
        absent: &[],
        threads: &[],
        renders: &[],
        needs_program: &[],
        looked_up: &[],
    };
}

/// A function or class whose call creates an instance with methods that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The callee.
    pub maker: &'static str,
    /// The internal name of the instance's class.
    pub class: &'static str,
    /// Whether the call itself waits for the peer. Such clients are database connections: they have cursors.
    pub waits: bool,
}

/// A base of classes whose instances are rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapper {
    /// The base.
    pub base: &'static str,
    /// Methods of the class or of a row that run one database query per call.
    pub asks: &'static [&'static str],
    /// Methods of the class that begin a query for many rows, which runs once.
    pub begins: &'static [&'static str],
    /// Methods by which such a query loads rows of other tables along with its own.
    pub loads: &'static [&'static str],
    /// Calls that create a field in the class body that reads another row when accessed (or awaited), unless it is
    /// loaded.
    pub links: &'static [&'static str],
    /// The argument of such a call that names the attribute of the other class's rows that leads back.
    pub back: &'static str,
}

/// How the methods of a session are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    /// Directly.
    Blocking,
    /// As awaitables.
    Async,
}

/// What a class that accesses something outside the process talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handle {
    /// A database: a session, connection, engine or pool.
    Session,
    /// A network peer: HTTP, RPC, a cloud, a mail server, a search index.
    Client,
    /// A cache or a key-value store.
    Cache,
    /// A message broker.
    Broker,
}

/// The kind of SQL in an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sql {
    /// A SQLAlchemy statement, with its own syntax for parameters.
    Statement,
    /// A part of a statement, which need not begin like a statement.
    Fragment,
    /// A statement whose rows become a data frame.
    Frame,
}

/// The effect of a call at import time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtImport {
    /// Returns an immutable value, without side effects.
    Pure,
    /// Creates a list, a dictionary or the like.
    Container,
    /// Creates an object whose methods have effects.
    Makes,
    /// Creates an object that is configured by its methods: a router, a table, a schema.
    Configures,
    /// Calls the functions passed to it.
    CallsArguments,
    /// Reads the environment.
    Environment,
    /// Opens, connects, starts, registers, prints, reads files.
    Acts,
    /// Unknown.
    Unknown,
}
