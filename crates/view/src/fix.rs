//! How a finding is fixed: a description. The crate `refactor` makes the edits from it, on the current snapshot.

mod caution;

use flow::{Asked, QueryRef, Site, Traits};
use model::ClassRef;
use python::{Body, BodyId, ClassId, Expr, ExprId, FStringPart, ImportId, Name, StmtId};

/// Whether a fix may be applied without a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Keeps the program's behaviour: joins "fix all" and `--fix`.
    Safe,
    /// Changes behaviour or rests on inference: shown, applied one by one.
    Review,
}

/// One way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
    /// From which the edits are made.
    pub kind: FixKind,
}

/// What a fix does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FixKind {
    /// Move an import statement (all names that it binds) to the module's head.
    HoistImport {
        /// One import of the statement.
        import: ImportId,
        /// What it may change, where it may: see [`Fix::caution`].
        caution: Option<Name>,
    },
    /// Move an import to the module's head, under `if TYPE_CHECKING:`.
    MoveUnderTypeChecking {
        /// The import.
        import: ImportId,
        /// What it may change, where it may.
        caution: Option<Name>,
    },
    /// Import the name from another module instead.
    ImportFrom {
        /// The import.
        import: ImportId,
        /// The module to import from.
        module: Name,
        /// The name there.
        name: Name,
    },
    /// Replace a dynamic import by a plain one.
    MakeStatic {
        /// The import.
        import: ImportId,
    },
    /// Take values out of a text of SQL and pass them as parameters.
    BindParameters(BindParameters),
    /// Load relationships with a query.
    Load {
        /// The query.
        query: flow::QueryRef,
        /// What it shall load.
        loaded: Loaded,
        /// Whether it feeds other code too, which then waits for them without reading them.
        is_shared: bool,
    },
    /// Load them with a query that is written in the body of a class.
    LoadInClass {
        /// The class.
        class: model::ClassRef,
        /// The query.
        site: flow::Site,
        /// What it shall load.
        loaded: Loaded,
    },
    /// Ask with a query for rows what is asked of a relationship of each of them.
    Count(Counted),
    /// Fetch with one query before a loop the rows that it fetches one by one.
    FetchBefore(FetchBefore),
    /// Await a relationship where it is read.
    AwaitRelationship {
        /// The expression that reads it.
        site: flow::Site,
        /// The entity that it is read from.
        owner: model::ClassRef,
    },
    /// Read a variable of the environment in the project's configuration.
    MoveToConfig(MoveToConfig),
    /// Make what a class builds or fetches a parameter of its constructor.
    InjectCollaborator(InjectCollaborator),
    /// Write a Protocol for a class, and let whoever asks for the class ask for it.
    ExtractProtocol(ExtractProtocol),
    /// Ask for a port in place of a class that implements it.
    DependOnPort {
        /// The class.
        class: model::ClassRef,
        /// The port.
        port: model::ClassRef,
        /// What asks, in the file.
        place: model::AskPlace,
    },
    /// Ask for a port of the class wherever the class is asked for.
    DependOnPortEverywhere {
        /// The class.
        class: model::ClassRef,
    },
    /// Write the members that a class lacks of a port.
    ImplementMembers {
        /// The class.
        class: model::ClassRef,
        /// The port.
        port: model::ClassRef,
        /// Those that are lacking; none stands for all that are.
        names: Box<[Name]>,
    },
    /// Add a member to a port.
    AddMember {
        /// The port.
        port: model::ClassRef,
        /// A class that implements the port and has the member.
        adapter: model::ClassRef,
        /// The member.
        name: Name,
    },
    /// Move a class, function or variable to another module.
    MoveDefinition {
        /// The module that defines it.
        module: model::ModuleId,
        /// Its name.
        name: Name,
        /// The dotted name of the module that it comes to.
        target: Name,
    },
    /// Make a class of fields frozen, or give it slots.
    Freeze(Freeze),
    /// Raise errors of the domain where HTTP errors were raised.
    RaiseDomainError(RaiseDomainError),
    /// Remove an ignore comment, or one rule of it.
    RemoveIgnore {
        /// Index among the module's directives.
        directive: u32,
        /// The rule to take out; the whole comment without one.
        rule: Option<Name>,
    },
}

/// A read of the environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MoveToConfig {
    /// The body that reads.
    pub body: BodyId,
    /// The whole expression that does.
    pub expr: ExprId,
}

/// A collaborator that a class is to be given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InjectCollaborator {
    /// The calls that build or fetch it, all in methods of one class; the first leads.
    pub places: Box<[(BodyId, ExprId)]>,
}

/// A Protocol that is written for a class.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExtractProtocol {
    /// The class.
    pub class: model::ClassRef,
    /// With the members that whoever asks for the class uses, or with all public ones.
    pub only_used: bool,
    /// Whether it is decorated with `@runtime_checkable`.
    pub runtime_checkable: bool,
    /// Something of the file that asks for the class, and must ask for the Protocol afterwards.
    pub for_place: Option<model::AskPlace>,
}

/// Values of an f-string that become parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BindParameters {
    /// The body that holds it all.
    pub body: BodyId,
    /// The call that takes the text as its only argument.
    pub call: ExprId,
    /// The f-string.
    pub text: ExprId,
    /// The values in it that become parameters.
    pub values: Box<[ExprId]>,
    /// How parameters are written there.
    pub style: ParameterStyle,
}

/// How parameters are written in SQL text (PEP 249, `paramstyle`; SQLAlchemy's `text`; asyncpg).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterStyle {
    /// `:name` with a dictionary.
    Named,
    /// `%s` with a list.
    Percent,
    /// `?` with a list.
    Question,
    /// `$1` with further arguments.
    Numbered,
}

/// A query for one row in a loop.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FetchBefore {
    /// What the row is.
    pub entity: model::ClassRef,
    /// The call that runs the query.
    pub call: flow::Site,
    /// What the loop walks.
    pub around: flow::Site,
}

/// A question about the rows of a relationship that is asked in a loop over their owners.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Counted {
    /// The query for the owners; the function that asks builds it.
    pub query: QueryRef,
    /// The entity that its rows are.
    pub root: ClassRef,
    /// The relationship.
    pub relationship: Name,
    /// What is asked: how many there are, or whether there are any.
    pub asked: Asked,
    /// The call that asks.
    pub read: Site,
    /// What the loop walks.
    pub around: Site,
    /// What else the query does.
    pub traits: Traits,
}

/// What a query shall load.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Loaded {
    /// The entity that its rows are.
    pub root: ClassRef,
    /// Paths of relationships, each from the target of the one before.
    pub paths: Box<[Box<[Name]>]>,
    /// What else the query does.
    pub traits: Traits,
}

/// What is asked of a class of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Freeze {
    /// Which class.
    pub class: ClassId,
    /// Whether it gets slots.
    pub slots: bool,
    /// Whether it is frozen.
    pub frozen: bool,
}

/// Raises of HTTP errors that become errors of the domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RaiseDomainError {
    /// The statements, each in its body.
    pub raises: Box<[(BodyId, StmtId)]>,
}

impl BindParameters {
    /// Whether all values stand in the text itself.
    pub fn holds(body: &Body, text: ExprId, values: &[ExprId]) -> bool {
        let Expr::FString(parts) = &body[text] else { return false };
        values
            .iter()
            .all(|value| parts.iter().any(|part| matches!(part, FStringPart::Value(it) if it == value)))
    }

    /// The fix for these.
    pub fn new(body: BodyId, call: ExprId, text: ExprId, values: Vec<ExprId>, style: ParameterStyle) -> Self {
        Self { body, call, text, values: values.into(), style }
    }
}
