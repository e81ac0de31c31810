//! What callers see of a function, and what is wrong in it.

use libraries::Entry;
use model::ClassRef;
use python::{BodyId, ExprId, Name};

use crate::{Asked, Deps, FunctionRef, Loads, ModelRef, Path, QueryRef, QueryState, Traits, Value};

/// What a function does, as its callers see it. Holds no position.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// What comes back; may refer to parameters by path. Of an `async` function what `await` gives.
    pub returns: Value,
    /// What happens at each call, in source order. Bounded.
    pub effects: Vec<Effect>,
    /// What a method stores on `self`: `self.session = session` in `__init__`.
    pub attributes: Vec<(Name, Value)>,
    /// Whether it sends what a unit of work holds: `session.flush()`, `session.commit()`.
    pub sends: bool,
    /// Whether each call sends a request over the network.
    pub is_remote: bool,
}

/// Something that happens at each call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// What.
    pub kind: EffectKind,
    /// On which parameters it depends.
    pub deps: Deps,
    /// The loops around it, outermost first, in the function and in what it calls.
    pub loops: Vec<Loop>,
    /// Whether it happens only sometimes: in a branch, behind a memo.
    pub is_conditional: bool,
    /// What callers have to give, or not to give, for it to happen.
    pub guards: Vec<Guard>,
    /// The branches that it is in, outermost first. Of two arms of one branch a call takes one.
    pub arms: Vec<Arm>,
    /// Whether it happens once for each key of something that outlives the call: `if key not in self._cache`.
    pub is_memo: bool,
    /// Whether it is a write that a unit of work holds until it is sent, together with all others like it.
    pub is_pending: bool,
    /// How many calls down it is.
    pub depth: u8,
}

/// One of the ways that a branch can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Arm {
    /// The number of the branch in the function.
    pub branch: u16,
    /// Which way.
    pub way: u16,
}

/// A parameter that decides whether something happens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Guard {
    /// Its index.
    pub param: u16,
    /// What is asked of it.
    pub asks: Asks,
    /// Whether that has to hold, or not.
    pub is_given: bool,
}

/// What a condition asks of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Asks {
    /// Whether it is true.
    Truth,
    /// Whether it is anything but `None`.
    Presence,
    /// Whether it is an instance of a class of the project.
    Kind(ClassRef),
}

impl Guard {
    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { is_given: !self.is_given, ..self }
    }
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectKind {
    /// A query runs.
    Query {
        /// In words: `session.get(Order)`, `Order.objects.filter`.
        what: Name,
        /// What it reads or writes.
        model: ModelRef,
    },
    /// Attributes of something that callers hold are read.
    Touch(Touch),
    /// A call that blocks the thread.
    Blocks {
        /// In words: `time.sleep`, `requests.get`.
        what: Name,
    },
    /// Something that a parameter holds is called: what happens is known once a caller says what it is.
    Calls {
        /// The callable.
        callee: Path,
        /// With what, positional and by keyword.
        arguments: Vec<(Option<Name>, Value)>,
    },
}

/// Attributes read from something that a parameter holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Touch {
    /// The path; the last step is the attribute that may be a relationship.
    pub path: Path,
    /// Whether it is read so that a prefetch doesn't serve it (`.filter()`, `.count()` on a related manager).
    pub is_refined: bool,
    /// What is asked of its rows.
    pub asked: Asked,
}

/// A loop around something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    /// What is walked, in a word for the cost: `orders`.
    pub label: Name,
    /// One of them, in a word for messages: `order`.
    pub each: Name,
    /// What decides how often it runs.
    pub bound: Bound,
    /// The parameter that it walks.
    pub over: Option<Path>,
    /// What it walks, as far as that says how many there can be.
    pub walks: Walks,
}

/// What a loop walks, as far as that says how many there can be, the most first.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Walks {
    /// Rows of a query that nothing limits, or of a relationship.
    Rows,
    /// Something that isn't known.
    #[default]
    Something,
    /// What callers give: they know.
    Given,
    /// Rows of a query with a limit, or of one page.
    Page,
    /// What somebody sends with a request.
    Payload,
}

/// What decides how often a loop runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The data.
    Data,
    /// The program: retries, pages, chunks. How often isn't known.
    Fixed,
    /// The program, this often: a tuple that is written out, a small range.
    Rounds(u16),
}

/// Where something stands: an expression of a body of the function's own module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    /// The body.
    pub body: BodyId,
    /// The expression in it.
    pub expr: ExprId,
}

/// All that is known of one function: for those who report on it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// What callers see.
    pub summary: std::sync::Arc<Summary>,
    /// By the index of the effect: where it happens here, and for one that happens further down the callee and the index
    /// of the effect there.
    pub hops: Vec<(Site, Option<(FunctionRef, u16)>)>,
    /// By [`QueryRef::index`]: where the queries begin that this function builds.
    pub queries: Vec<Site>,
    /// The same for what they select from.
    pub models: Vec<ModelRef>,
    /// The queries that run here for all rows of a table: without a condition, a limit or a key.
    pub whole: Vec<QueryRef>,
    /// The querysets that it returns, each by its branch. Bounded.
    pub returned: Vec<QueryState>,
    /// What is complete here.
    pub problems: Vec<Problem>,
    /// The calls with what they cost: for inlay hints.
    pub calls: Vec<(Site, FunctionRef)>,
    /// Functions that it names or calls otherwise, with who calls them later, where they are handed to somebody.
    pub hands_on: Vec<(FunctionRef, Option<Entry>)>,
    /// Methods that it calls on something that isn't known, by name.
    pub unresolved: Vec<Name>,
    /// What the loops walk that send a request over the network in each round.
    pub remote: Vec<Site>,
    /// The same for loops that write in their rounds.
    pub written: Vec<Site>,
    /// The attributes assigned on instances of classes of the project, the function's own instance left out. Bounded.
    pub changes: Vec<(Site, ClassRef, Name)>,
}

/// Something that a rule tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Where: the expression that does it here (a call, an attribute).
    pub site: Site,
    /// The loop around it: the expression that is walked, with what is said of it.
    pub around: Option<(Site, Loop)>,
    /// What it does further down: the callee and the index of its effect.
    pub below: Option<(FunctionRef, u16)>,
    /// Whether it happens only sometimes.
    pub is_conditional: bool,
    /// The serializer or schema that does it, and its field.
    pub rendered: Option<(ClassRef, Name)>,
}

/// What reading a relationship raises that nobody can load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Raises {
    /// SQLAlchemy's `MissingGreenlet`: an async session has nobody who awaits the query.
    Greenlet,
    /// Django's `SynchronousOnlyOperation`: the coroutine would be blocked.
    Coroutine,
    /// The same for a row that was made here and written since: nothing has loaded it.
    New,
    /// SQLAlchemy's `DetachedInstanceError`: the session of the row is closed.
    Detached,
    /// SQLAlchemy's `InvalidRequestError`: the model or the query forbids it (`lazy="raise"`, `raiseload()`).
    Forbidden,
}

/// What a rule tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A query per element.
    QueryPerRow {
        /// In words: `session.get(Order)`.
        what: Name,
        /// What it reads or writes.
        model: ModelRef,
    },
    /// A relationship that is not loaded, read per element.
    LazyPerRow {
        /// The entity.
        owner: ClassRef,
        /// The relationship.
        relationship: Name,
        /// The relationships from the rows of the query to it, the last one included.
        chain: Vec<Name>,
        /// The query that fetched the rows, if it is known.
        query: Option<QueryRef>,
        /// What that query loads.
        loads: Loads,
        /// Whether a prefetch wouldn't help as it is read.
        is_refined: bool,
        /// What is asked of its rows.
        asked: Asked,
        /// What that query does, as far as loader options depend on it.
        traits: Traits,
    },
    /// A relationship that is not loaded, read where nobody can load it: raises at run time.
    LazyInAsync {
        /// What is raised.
        raises: Raises,
        /// The entity.
        owner: ClassRef,
        /// The relationship.
        relationship: Name,
        /// The relationships from the row of the query to it, the last one included.
        chain: Vec<Name>,
        /// The query that fetched the row.
        query: Option<QueryRef>,
        /// What that query does, as far as loader options depend on it.
        traits: Traits,
    },
    /// A call that blocks, reached from an async function.
    BlocksInAsync {
        /// In words: `time.sleep`.
        what: Name,
    },
}
