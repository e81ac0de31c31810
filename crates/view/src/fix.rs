//! Descriptions of fixes. The `refactor` crate derives the edits from them, on the current snapshot.

mod caution;

use flow::{QueryRef, ReadKind, Site, Traits};
use model::ClassRef;
use python::{Body, BodyId, ClassId, Expr, ExprId, FStringPart, ImportId, Name, StmtId};

/// Whether a fix may be applied without review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Preserves the program's behaviour: included in "fix all" and `--fix`.
    Safe,
    /// Changes behaviour or depends on inference: shown, and applied individually.
    Review,
}

/// A fix for a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fix {
    /// A description in the imperative.
    pub title: String,
    /// Whether it may be applied without review.
    pub applicability: Applicability,
    /// The data from which the edits are derived.
    pub kind: FixKind,
}

/// The kinds of fixes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FixKind {
    /// Move an import statement (all names that it binds) to the top of the module.
    HoistImport {
        /// One import of the statement.
        import: ImportId,
        /// What it may change, if anything: see [`Fix::caution`].
        caution: Option<Name>,
    },
    /// Move an import to the top of the module, under `if TYPE_CHECKING:`.
    MoveUnderTypeChecking {
        /// The import.
        import: ImportId,
        /// What it may change, if anything.
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
    /// Replace values in an SQL text by parameters.
    BindParameters(BindParameters),
    /// Load relationships with a query.
    Load {
        /// The query.
        query: flow::QueryRef,
        /// The relationships to load.
        loaded: Loaded,
        /// Whether other code uses the query too, which then waits for rows that it doesn't read.
        is_shared: bool,
    },
    /// Load relationships with a query in the body of a class.
    LoadInClass {
        /// The class.
        class: model::ClassRef,
        /// The query.
        site: flow::Site,
        /// The relationships to load.
        loaded: Loaded,
    },
    /// Compute in the query for the rows what is requested of a relationship of each row.
    Count(Counted),
    /// Fetch rows with one query before a loop instead of individually.
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
    /// Turn what a class creates or fetches into a constructor parameter.
    InjectCollaborator(InjectCollaborator),
    /// Write a Protocol for a class, and depend on it at the class's injection sites.
    ExtractProtocol(ExtractProtocol),
    /// Depend on a port instead of a class that implements it.
    DependOnPort {
        /// The class.
        class: model::ClassRef,
        /// The port.
        port: model::ClassRef,
        /// The injection sites in the file.
        places: Box<[model::InjectionPlace]>,
    },
    /// Depend on a port of the class at all injection sites of the class.
    DependOnPortEverywhere {
        /// The class.
        class: model::ClassRef,
    },
    /// Implement the members of a port that a class lacks.
    ImplementMembers {
        /// The class.
        class: model::ClassRef,
        /// The port.
        port: model::ClassRef,
        /// The missing members; empty for all of them.
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
        /// The dotted name of the target module.
        target: Name,
    },
    /// Make a data class frozen, or give it slots.
    Freeze(Freeze),
    /// Raise domain errors instead of HTTP errors.
    RaiseDomainError(RaiseDomainError),
    /// Remove an ignore comment, or one of its rules.
    RemoveIgnore {
        /// The index among the module's directives.
        directive: u32,
        /// The rule to remove; the whole comment if `None`.
        rule: Option<Name>,
    },
}

/// A read of an environment variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MoveToConfig {
    /// The body that contains the read.
    pub body: BodyId,
    /// The complete expression.
    pub expr: ExprId,
}

/// A collaborator to be injected into a class.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InjectCollaborator {
    /// The calls that create or fetch it, all in methods of one class; the first is the primary one.
    pub places: Box<[(BodyId, ExprId)]>,
}

/// A Protocol extracted from a class.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExtractProtocol {
    /// The class.
    pub class: model::ClassRef,
    /// Whether it has only the members that are used at injection sites, rather than all public ones.
    pub only_used: bool,
    /// Whether it is decorated with `@runtime_checkable`.
    pub runtime_checkable: bool,
    /// An injection site in the file that must depend on the Protocol afterwards.
    pub for_place: Option<model::InjectionPlace>,
}

/// Values of an f-string that become parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BindParameters {
    /// The body that contains everything.
    pub body: BodyId,
    /// The call with the text as its only argument.
    pub call: ExprId,
    /// The f-string.
    pub text: ExprId,
    /// The values in it that become parameters.
    pub values: Box<[ExprId]>,
    /// The parameter syntax.
    pub style: ParameterStyle,
}

/// The syntax of parameters in SQL text (PEP 249, `paramstyle`; SQLAlchemy's `text`; asyncpg).
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
    /// The entity of the row.
    pub entity: model::ClassRef,
    /// The call that runs the query.
    pub call: flow::Site,
    /// The iterable of the loop.
    pub around: flow::Site,
}

/// A query about the rows of a relationship that runs in a loop over their owners.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Counted {
    /// The query for the owners, built by the function that contains the loop.
    pub query: QueryRef,
    /// The entity of its rows.
    pub root: ClassRef,
    /// The relationship.
    pub relationship: Name,
    /// What is requested: the number of rows, or whether there are any.
    pub asked: ReadKind,
    /// The call that requests it.
    pub read: Site,
    /// The iterable of the loop.
    pub around: Site,
    /// The traits of the query.
    pub traits: Traits,
}

/// The relationships that a query should load.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Loaded {
    /// The entity of the query's rows.
    pub root: ClassRef,
    /// Paths of relationships, each from the target of the previous one.
    pub paths: Box<[Box<[Name]>]>,
    /// The traits of the query.
    pub traits: Traits,
}

/// Settings to be added to a data class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Freeze {
    /// The class.
    pub class: ClassId,
    /// Whether it gets slots.
    pub slots: bool,
    /// Whether it is frozen.
    pub frozen: bool,
}

/// Raises of HTTP errors to be replaced by domain errors.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RaiseDomainError {
    /// The statements, each with its body.
    pub raises: Box<[(BodyId, StmtId)]>,
}

impl BindParameters {
    /// Whether all values are in the text itself.
    pub fn holds(body: &Body, text: ExprId, values: &[ExprId]) -> bool {
        let Expr::FString(parts) = &body[text] else { return false };
        values.iter().all(|value| {
            parts
                .iter()
                .any(|part| matches!(part, FStringPart::Value(it) | FStringPart::Repr(it) if it == value))
        })
    }

    /// Creates the fix for these values.
    pub fn new(body: BodyId, call: ExprId, text: ExprId, values: Vec<ExprId>, style: ParameterStyle) -> Self {
        Self { body, call, text, values: values.into(), style }
    }
}
