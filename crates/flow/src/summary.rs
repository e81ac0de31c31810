//! The effects of a function that its callers see, and the problems found in it.

use libraries::Entry;
use model::{ClassRef, ModuleId};
use python::{BodyId, ExprId, Name};

use crate::{
    Callee, Deps, FunctionRef, Loads, ModelRef, Path, QueryRef, QueryState, ReadKind, Traits, Value,
};

/// The behaviour of a function as seen by its callers. Contains no positions.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The return value, which may refer to parameters by path. For an `async` function, the awaited value.
    pub returns: Value,
    /// The effects of each call, in source order. Bounded.
    pub effects: Vec<Effect>,
    /// The values that a method assigns on `self`: `self.session = session` in `__init__`.
    pub attributes: Vec<(Name, Value)>,
    /// The queries, or the rows, that parameters stand for where no argument is given, by the index of the parameter:
    /// `if orders is None: orders = Order.objects.all()`.
    pub fallbacks: Vec<(u16, Value)>,
    /// The relationships that it puts in any case on rows which parameters hold: the path to the row, and the name.
    pub gives: Vec<(Path, Name)>,
    /// The columns that it changes of rows which parameters hold: the path to the row, and the name, if it can be read.
    pub updates: Vec<(Path, Option<Name>)>,
    /// Whether it flushes the unit of work: `session.flush()`, `session.commit()`.
    pub sends: bool,
    /// Whether each call sends a request over the network.
    pub is_remote: bool,
}

/// An effect of each call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The kind of effect.
    pub kind: EffectKind,
    /// The parameters and loops that it depends on.
    pub deps: Deps,
    /// The surrounding loops, outermost first, in the function and in its callees.
    pub loops: Vec<Loop>,
    /// Whether it happens only conditionally: in a branch or behind a memo.
    pub is_conditional: bool,
    /// Conditions on arguments under which it happens.
    pub guards: Vec<Guard>,
    /// The surrounding branches, outermost first. Each call takes only one arm of a branch.
    pub arms: Vec<Arm>,
    /// Whether it happens once per key of something that outlives the call: `if key not in self._cache`.
    pub is_memo: bool,
    /// Whether it happens once, because what it gives is kept.
    pub kept: Kept,
    /// Whether it is a write that the unit of work holds until it is flushed together with all similar writes.
    pub is_pending: bool,
    /// How many calls down it happens.
    pub depth: u8,
}

/// How long what an effect gives is kept: `if self._total is None: self._total = ...`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kept {
    /// It isn't kept.
    #[default]
    No,
    /// As long as the receiver of the method.
    WithReceiver,
    /// As long as the module.
    ForGood,
}

/// One arm of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Arm {
    /// The number of the branch within the function.
    pub branch: u16,
    /// The number of the arm within the branch.
    pub way: u16,
}

/// A condition on a parameter that decides whether something happens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Guard {
    /// The index of the parameter.
    pub param: u16,
    /// The property that is tested.
    pub asks: Asks,
    /// Whether the condition has to hold or has to fail.
    pub is_given: bool,
}

/// The property of a parameter that a condition tests.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Asks {
    /// Whether it is true.
    Truth,
    /// Whether it is anything but `None`.
    Presence,
    /// Whether it is an instance of a class of the project.
    Kind(ClassRef),
    /// Whether it is a mapping with this key, or a collection with this text: `"owner" in kwargs`.
    Key(Name),
    /// Whether it is one of these: `mode == "full"`, `mode in ("full", "all")`.
    OneOf(Box<[Constant]>),
    /// Whether it is a greater integer than this: `depth > 0`.
    Above(i64),
    /// Whether this holds of an attribute of it: `if self.deep:`.
    Field(Name, Box<Asks>),
    /// Whether all of these hold, of several parameters: `a is not None and b is not None`.
    All(Box<[Guard]>),
}

/// Something written out that a parameter is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Constant {
    /// `None`
    None,
    /// `True`, `False`
    Flag(bool),
    /// An integer.
    Number(i64),
    /// A string.
    Text(Name),
    /// An attribute of a class of the project: a member of an enumeration.
    Member(ClassRef, Name),
    /// A variable of a module that is made for comparing: `UNSET = object()`.
    Sentinel(ModuleId, Name),
}

impl Constant {
    /// Whether two constants that differ are unequal at run time, too: what the members of an enumeration equal isn't
    /// known, but members of one enumeration differ from each other.
    pub(crate) fn is_comparable(&self, other: &Self) -> bool {
        match (self, other) {
            (Constant::Sentinel(..), _) | (_, Constant::Sentinel(..)) => true,
            (Constant::Member(class, _), Constant::Member(other, _)) => class == other,
            (Constant::Member(..), other) | (other, Constant::Member(..)) => *other == Constant::None,
            // `True == 1`
            (Constant::Flag(_), Constant::Number(_)) | (Constant::Number(_), Constant::Flag(_)) => false,
            _ => true,
        }
    }
}

impl Guard {
    /// The negated condition.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { is_given: !self.is_given, ..self }
    }
}

/// The kind of an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectKind {
    /// A query runs.
    Query {
        /// A description: `session.get(Order)`, `Order.objects.filter`.
        what: Name,
        /// The model that it reads or writes.
        model: ModelRef,
    },
    /// Attributes are read from a value that callers hold.
    Touch(Touch),
    /// A call that blocks the thread.
    Blocks {
        /// A description: `time.sleep`, `requests.get`.
        what: Name,
        /// The reason.
        why: Blocking,
    },
    /// A value held by a parameter is iterated. It runs if a caller passes a query.
    Iterates(Path),
    /// A query runs with loader options that a parameter holds. They may take statements of their own.
    Loads {
        /// The options.
        options: Path,
        /// The model that the query selects.
        model: ModelRef,
    },
    /// A value held by a parameter is rendered with a schema. It reads what a caller's row has for its fields.
    Renders {
        /// The schema.
        schema: ClassRef,
        /// The value.
        row: Path,
    },
    /// A value held by a parameter is called. Its effects are known once a caller passes it.
    Calls {
        /// The callable.
        callee: Path,
        /// The arguments, positional and by keyword.
        arguments: Vec<(Option<Name>, Value)>,
        /// Whether it is called in another thread.
        is_in_thread: bool,
    },
}

/// A read of attributes of a value held by a parameter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Touch {
    /// The path; the last step is the attribute that may be a relationship.
    pub path: Path,
    /// Whether the read bypasses a prefetch (`.filter()`, `.count()` on a related manager).
    pub is_refined: bool,
    /// What is requested of the relationship's rows.
    pub asked: ReadKind,
}

/// A loop around an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    /// A noun for the iterated collection, used in costs: `orders`.
    pub label: Name,
    /// A noun for one element, used in messages: `order`.
    pub each: Name,
    /// What determines the number of rounds.
    pub bound: Bound,
    /// The parameter that it iterates over.
    pub over: Option<Path>,
    /// What it iterates over, as an indication of the number of elements.
    pub walks: Walks,
}

/// What a loop iterates over, as an indication of the number of elements, the largest first.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Walks {
    /// Rows of an unlimited query, or what belongs to many rows.
    Rows,
    /// Rows that belong to one row: `order.items.all()`.
    Children,
    /// Unknown.
    #[default]
    Something,
    /// A value that callers pass and know.
    Given,
    /// Rows of a query with a limit, or of one page.
    Page,
    /// Data in a request body.
    Payload,
}

/// What determines the number of rounds of a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The data.
    Data,
    /// The program (retries, pages, chunks), an unknown number of times.
    Fixed,
    /// The program, this many times: a literal tuple, a small range.
    Rounds(u16),
}

/// A position: an expression in a body of the function's own module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    /// The body.
    pub body: BodyId,
    /// The expression in it.
    pub expr: ExprId,
}

/// All results for one function, for code that reports on it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// The part visible to callers.
    pub summary: std::sync::Arc<Summary>,
    /// For each effect, by index: its position here, and if it happens in a callee, that callee and the index of the
    /// effect there.
    pub hops: Vec<(Site, Option<(Callee, u16)>)>,
    /// By [`QueryRef::index`]: where the queries begin that this function builds.
    pub queries: Vec<Site>,
    /// By the same index: the models that the queries select from.
    pub models: Vec<ModelRef>,
    /// The queries run here that read all rows of a table: without a condition, a limit or a key.
    pub whole: Vec<QueryRef>,
    /// The querysets that it returns, each by its branch. Bounded.
    pub returned: Vec<QueryState>,
    /// What is complete here.
    pub problems: Vec<Problem>,
    /// The calls and their callees, for inlay hints on costs.
    pub calls: Vec<(Site, FunctionRef)>,
    /// Functions that it refers to without calling them directly, with the kind of caller if they are passed to one.
    pub callbacks: Vec<(FunctionRef, Option<Entry>)>,
    /// The names of methods that it calls on unknown values.
    pub unresolved: Vec<Name>,
    /// The iterables of loops that send a network request in each round.
    pub remote: Vec<Site>,
    /// The iterables of loops that write in their rounds.
    pub written: Vec<Site>,
    /// The calls and problems that only requests reach that modify. Bounded.
    pub modifying: Vec<Modifying>,
    /// The attributes assigned on instances of project classes, except the function's own instance. Bounded.
    pub changes: Vec<(Site, ClassRef, Name)>,
}

/// A call or a problem that only requests reach that modify: it is below a test of the request's method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modifying {
    /// Where it is.
    pub site: Site,
    /// The method, if the test names a single one: `POST`.
    pub method: Option<Name>,
}

/// A problem that a rule reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub kind: ProblemKind,
    /// The expression that causes it here (a call, an attribute).
    pub site: Site,
    /// The surrounding loop: the iterable and its description.
    pub around: Option<(Site, Loop)>,
    /// The cause further down: the callee and the index of its effect.
    pub below: Option<(Callee, u16)>,
    /// Whether it happens only conditionally.
    pub is_conditional: bool,
    /// The serializer or schema that causes it, and its field.
    pub rendered: Option<(ClassRef, Name)>,
}

/// The error raised by reading a relationship that can't be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Raises {
    /// SQLAlchemy's `MissingGreenlet`: in an async session, an implicit query can't be awaited.
    Greenlet,
    /// Django's `SynchronousOnlyOperation`: the coroutine would be blocked.
    Coroutine,
    /// The same for a row that was made here and written since: nothing has loaded it.
    New,
    /// SQLAlchemy's `DetachedInstanceError`: the session of the row is closed.
    Detached,
    /// SQLAlchemy's `MissingGreenlet` for any attribute of a row that a commit has expired.
    Expired,
    /// SQLAlchemy's `InvalidRequestError`: the model or the query forbids it (`lazy="raise"`, `raiseload()`).
    Forbidden,
}

/// What a rule reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A query per element.
    QueryPerRow {
        /// A description: `session.get(Order)`.
        what: Name,
        /// The model that it reads or writes.
        model: ModelRef,
    },
    /// An unloaded relationship, read per element.
    LazyPerRow {
        /// The entity.
        owner: ClassRef,
        /// The relationship.
        relationship: Name,
        /// The relationships from the rows of the query to this one, inclusive.
        chain: Vec<Name>,
        /// The query that fetched the rows, if it is known.
        query: Option<QueryRef>,
        /// The loads of that query.
        loads: Loads,
        /// Whether a prefetch wouldn't help, because of the way that it is read.
        is_refined: bool,
        /// What is requested of the relationship's rows.
        asked: ReadKind,
        /// The traits of that query, which determine the applicable loader options.
        traits: Traits,
    },
    /// An unloaded relationship, read where it can't be loaded: raises at run time.
    LazyInAsync {
        /// What is raised.
        raises: Raises,
        /// The entity.
        owner: ClassRef,
        /// The relationship.
        relationship: Name,
        /// The relationships from the row of the query to this one, inclusive.
        chain: Vec<Name>,
        /// The query that fetched the row.
        query: Option<QueryRef>,
        /// The traits of that query, which determine the applicable loader options.
        traits: Traits,
    },
    /// A blocking call, reached from an async function.
    BlocksInAsync {
        /// A description: `time.sleep`.
        what: Name,
        /// The reason.
        why: Blocking,
    },
}

/// Why a call blocks the thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocking {
    /// It waits for something outside the process.
    Waits,
    /// It accesses a file.
    AccessesFile,
    /// It is a query that Django refuses to run in a coroutine.
    IsRefused,
}
