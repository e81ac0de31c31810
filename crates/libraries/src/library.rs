//! The description of one library.

use crate::{ClassRole, Decorator, Entry, HttpName, Kind, LookedUp, Mark, Renders};

/// Dotted names and what is known of each.
pub type Rows<T> = &'static [(&'static str, T)];

/// What is known of one library. Names are full and dotted; where a field says that all below a name counts, the longest
/// name wins.
#[derive(Debug, Clone, Copy)]
pub struct Library {
    /// Its name on the Python package index, as it spells itself; empty for Python's own library.
    pub distribution: &'static str,
    /// The first segments of its modules.
    pub imports: &'static [&'static str],
    /// What its modules are for; all below counts.
    pub kinds: Rows<Kind>,
    /// Whether it is several libraries in one: what is said of the whole binds nobody who uses a part.
    pub is_composite: bool,
    /// Modules whose names are offered in another one too, and that other one, which is the spelling used here.
    pub modules: Rows<&'static str>,
    /// Single names that are offered twice, and the spelling used here.
    pub names: Rows<&'static str>,
    /// Names that projects like to give to a module of their own that is about this library.
    pub namesakes: &'static [&'static str],
    /// What descending from a class (or from what a function returns) makes of a class; all below counts.
    pub bases: Rows<ClassRole>,
    /// What a decorator makes of a class; all below counts.
    pub class_decorators: Rows<ClassRole>,
    /// Classes whose methods named like HTTP verbs answer requests.
    pub views: &'static [&'static str],
    /// Functions and classes whose call says something about the module around it.
    pub calls: Rows<Mark>,
    /// What a decorator makes of a function.
    pub decorators: Rows<Decorator>,
    /// Who calls functions that are decorated with or handed to these, and methods of classes that descend from them, where
    /// neither their role nor their mark says so.
    pub entries: Rows<Entry>,
    /// Calls in a signature by which a request handler declares what it is given.
    pub dependencies: &'static [&'static str],
    /// Whether classes of its `models` modules are models of Django.
    pub django_models: bool,
    /// Modules whose classes look like columns of a table and are none; all below counts.
    pub other_fields: &'static [&'static str],
    /// Functions that wait for something outside of the process.
    pub waits: &'static [&'static str],
    /// Modules that offer the verbs of HTTP as functions that wait.
    pub verbs: &'static [&'static str],
    /// Functions that open a file.
    pub opens: &'static [&'static str],
    /// What makes an instance whose methods wait.
    pub clients: &'static [Client],
    /// What an instance gives that such a class has made, by the class and the method or attribute; `*` is any, `[]` an index.
    /// Nothing of it waits.
    pub gives: &'static [(&'static str, &'static str, &'static str)],
    /// The methods that wait, by the class of [`Client::class`].
    pub client_methods: Rows<&'static [&'static str]>,
    /// The methods that ask a database once per call, by the class as [`Library::gives`], [`Library::makes`] or an annotation
    /// names it.
    pub queries: Rows<&'static [&'static str]>,
    /// Its mappers of classes to rows.
    pub mappers: &'static [Mapper],
    /// Functions that make an instance, and its class.
    pub makes: Rows<&'static str>,
    /// Sessions and connections of an ORM.
    pub sessions: Rows<Session>,
    /// What calls do while a module is loaded; all below counts.
    pub at_import: Rows<AtImport>,
    /// Classes that reach out of the process, and functions that make an instance of one.
    pub handles: Rows<Handle>,
    /// The same for packages with hundreds of such classes: how full names begin, and how they end.
    pub families: &'static [(&'static str, &'static str, Handle)],
    /// Bases of settings.
    pub settings: &'static [&'static str],
    /// Functions whose call (or reading) reaches out of the process.
    pub effects: &'static [&'static str],
    /// Functions that ask a clock or chance.
    pub clocks: &'static [&'static str],
    /// Modules of which all names are about HTTP; all below counts.
    pub http_modules: Rows<HttpName>,
    /// Names about HTTP by the module they are in, at any depth. The first row counts.
    pub http_names: &'static [(&'static str, HttpName, &'static [&'static str])],
    /// How full names about HTTP begin.
    pub http_prefixes: Rows<HttpName>,
    /// Classes whose instances are containers of dependency injection.
    pub containers: &'static [&'static str],
    /// Bases of classes whose attributes are providers: calling one gives what it provides.
    pub container_bases: &'static [&'static str],
    /// Functions that give out what is registered in a container.
    pub container_lookups: &'static [&'static str],
    /// Whether it gives what is wanted by its type: for a port it would have to know who implements it.
    pub wired_by_type: bool,
    /// Functions and classes whose first argument is SQL.
    pub sql: Rows<Sql>,
    /// HTTP clients that many tasks may use at once.
    pub shared_clients: &'static [&'static str],
    /// Decorators of functions that keep the signature.
    pub transparent: &'static [&'static str],
    /// Decorators of functions that remember what was given for the same arguments.
    pub memoizing: &'static [&'static str],
    /// Functions that run the function they are given in another thread, and the place of that argument. As decorators
    /// they do so at each call.
    pub threads: Rows<usize>,
    /// Decorators, classes and calls that render rows.
    pub renders: Rows<Renders>,
    /// Objects whose attributes only a configured, running program has.
    pub needs_program: &'static [&'static str],
    /// Settings by which projects give it dotted names. The first row that has the key counts; other keys of a setting
    /// that is here are looked up later.
    pub looked_up: &'static [LookedUp],
}

impl Library {
    /// A library of which nothing is known: what entries leave out.
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
        threads: &[],
        renders: &[],
        needs_program: &[],
        looked_up: &[],
    };
}

/// A function or class whose call gives an instance with methods that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// What is called.
    pub maker: &'static str,
    /// What the instance is called here.
    pub class: &'static str,
    /// Whether the call itself waits for the other side. Such clients are connections to a database: they have cursors.
    pub waits: bool,
}

/// A base of classes whose instances are rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapper {
    /// The base.
    pub base: &'static str,
    /// Methods of the class or of a row that ask the database once per call.
    pub asks: &'static [&'static str],
    /// Methods of the class that begin a query for many rows, which runs once.
    pub begins: &'static [&'static str],
    /// What such a query is told for rows of other tables to come with its own.
    pub loads: &'static [&'static str],
    /// What makes a field in the class body that reads another row when it is read (or awaited), unless it is loaded.
    pub links: &'static [&'static str],
}

/// How the methods of a session are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    /// Their results are there.
    Blocking,
    /// Their results are awaited.
    Async,
}

/// What a class that reaches out of the process speaks with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handle {
    /// A database: a session, connection, engine or pool.
    Session,
    /// Somebody on the network: HTTP, RPC, a cloud, a mail server, a search index.
    Client,
    /// A cache or a key-value store.
    Cache,
    /// A message broker.
    Broker,
}

/// What the SQL in an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sql {
    /// A statement of SQLAlchemy, with its own way to write parameters.
    Statement,
    /// A part of a statement, which need not begin like one.
    Fragment,
    /// A statement whose rows become a data frame.
    Frame,
}

/// What a call does while a module is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtImport {
    /// Gives a value that never changes, and does nothing else.
    Pure,
    /// Makes a list, a dictionary or the like.
    Container,
    /// Makes something whose methods act.
    Makes,
    /// Makes something that is put together by its methods: a router, a table, a schema.
    Configures,
    /// Calls the functions that it is given.
    CallsArguments,
    /// Reads the environment.
    Environment,
    /// Opens, connects, starts, registers, prints, reads files.
    Acts,
    /// Not known.
    Unknown,
}
