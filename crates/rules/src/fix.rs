//! How a finding is mended: a description, from which edits are made on the current snapshot.

mod add_member;
mod await_relationship;
mod bind_parameters;
pub(crate) mod bindings;
mod brackets;
mod caution;
mod depend_on_port;
mod domain_error;
mod freeze;
mod head;
mod hoist;
mod implement;
mod import_from;
pub(crate) mod inject;
mod lines;
mod load;
mod make_static;
pub(crate) mod members;
pub(crate) mod move_to_config;
mod moves;
mod protocol;
mod removal;
mod remove_ignore;
pub(crate) mod rewrite;
mod signature;
mod sorting;
mod statement;
mod type_checking;
mod variance;

use camino::Utf8PathBuf;
pub(crate) use domain_error::read as http_raises;
pub use domain_error::{HttpRaiseAt, RaiseDomainError, http_raise_at, raise_domain_error};
pub use freeze::Freeze;
pub use load::{Counted, Loaded};
pub(crate) use moves::targets_near;
pub use moves::{
    MoveChoice, Refusal, SymbolMove, can_move, cannot_move_files, move_choices, move_files, move_symbol,
    move_targets,
};
use python::{BodyId, ExprId, ImportId, Name};
use source::{File, TextEdit};

use crate::Context;

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

/// What a fix changes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Edits of files that there are, each file once.
    pub edits: Vec<FileEdit>,
    /// Files that are written.
    pub created: Vec<NewFile>,
    /// Edits of files that aren't Python, each file once.
    pub others: Vec<OtherEdit>,
    /// What else is to be known of it, in sentences without a full stop.
    pub notes: Vec<String>,
}

impl From<FileEdit> for Changes {
    fn from(edit: FileEdit) -> Self {
        Self { edits: vec![edit], ..Self::default() }
    }
}

/// Edits of a file that is no module of the project: configuration, a script, documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEdit {
    /// Which; absolute.
    pub path: Utf8PathBuf,
    /// Its text, for which they were made.
    pub before: std::sync::Arc<str>,
    /// Not overlapping.
    pub edits: Vec<TextEdit>,
}

/// A file to be written where none is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where; absolute.
    pub path: Utf8PathBuf,
    /// What is in it.
    pub contents: String,
}

/// What whoever applies a fix can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Abilities {
    /// Write files that there aren't yet.
    pub create_files: bool,
}

impl Abilities {
    /// Whoever writes files itself.
    pub const ALL: Self = Self { create_files: true };
}

/// Edits of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// Which.
    pub file: File,
    /// Not overlapping.
    pub edits: Vec<TextEdit>,
}

/// The names that a fix binds at the module's head, each with the absolute name of what it means there. Two fixes that
/// bind one name to different things must not be applied to the same text: each alone is right, together they aren't.
pub fn names_at_head(cx: &Context<'_>, fix: &Fix) -> Vec<(Name, Name)> {
    let import = match &fix.kind {
        FixKind::HoistImport { import, .. } | FixKind::MoveUnderTypeChecking { import, .. } => *import,
        FixKind::ImportFrom { .. }
        | FixKind::MakeStatic { .. }
        | FixKind::BindParameters(_)
        | FixKind::Load { .. }
        | FixKind::Count(_)
        | FixKind::LoadInClass { .. }
        | FixKind::AwaitRelationship { .. }
        | FixKind::ExtractProtocol(_)
        | FixKind::DependOnPort { .. }
        | FixKind::DependOnPortEverywhere { .. }
        | FixKind::ImplementMembers { .. }
        | FixKind::AddMember { .. }
        | FixKind::MoveDefinition { .. }
        | FixKind::Freeze(_)
        | FixKind::RaiseDomainError(_)
        | FixKind::InjectCollaborator(_)
        | FixKind::MoveToConfig(_)
        | FixKind::RemoveIgnore { .. } => return Vec::new(),
    };
    let Some(statement) = cx.import(import).map(|view| view.import.statement) else { return Vec::new() };
    cx.imports()
        .filter(|view| view.import.statement == statement)
        .filter_map(|view| Some((view.import.bound_name()?.into(), view.resolved.absolute.clone())))
        .collect()
}

/// What a fix changes on the current text. `None` where the fix no longer fits.
pub fn changes(cx: &Context<'_>, fix: &Fix, abilities: Abilities) -> Option<Changes> {
    carry_out(cx, &fix.kind, abilities)
}

/// Whether a refactoring has something to work on, as far as the definition itself shows; cheap.
pub fn is_offered(cx: &Context<'_>, kind: &FixKind) -> bool {
    match kind {
        FixKind::ExtractProtocol(extract) => protocol::is_offered(cx, extract),
        FixKind::DependOnPortEverywhere { class } => {
            !model::query::ports_of(cx.db, cx.project, class.clone()).is_empty()
                && model::query::port(cx.db, cx.project, class.clone()).is_none()
                && !model::query::askers(cx.db, cx.project, class.clone()).is_empty()
        }
        FixKind::ImplementMembers { class, port, names } => {
            !names.is_empty() || !implement::lacking(cx, class, port).is_empty()
        }
        FixKind::InjectCollaborator(inject) => inject::is_offered(cx, inject),
        FixKind::MoveToConfig(moved) => move_to_config::is_offered(cx, *moved),
        _ => true,
    }
}

/// Whether a refactoring is one that somebody may look for here, though it may be refused: the class is given to others, or
/// could be.
pub fn may_suggest_itself(cx: &Context<'_>, kind: &FixKind) -> bool {
    match kind {
        FixKind::ExtractProtocol(extract) => protocol::may_suggest_itself(cx, extract),
        other => is_offered(cx, other),
    }
}

/// What a fix or a refactoring changes on the current text. `None` where it doesn't fit.
pub fn carry_out(cx: &Context<'_>, kind: &FixKind, abilities: Abilities) -> Option<Changes> {
    attempt(cx, kind, abilities).ok()
}

/// What a fix or a refactoring changes on the current text.
///
/// # Errors
/// Why it can't be carried out.
pub fn attempt(cx: &Context<'_>, kind: &FixKind, abilities: Abilities) -> Result<Changes, Refusal> {
    match kind {
        FixKind::ExtractProtocol(extract) => protocol::changes(cx, extract, abilities),
        FixKind::DependOnPort { class, port, place } => {
            depend_on_port::changes(cx, class, port, *place, abilities)
        }
        FixKind::DependOnPortEverywhere { class } => depend_on_port::everywhere(cx, class, abilities),
        FixKind::ImplementMembers { class, port, names } => {
            implement::changes(cx, class, port, names, abilities)
        }
        FixKind::AddMember { port, adapter, name } => add_member::changes(cx, port, adapter, name, abilities),
        FixKind::MoveDefinition { module, name, target } => {
            let file = cx.architecture.modules.get(*module).map(|info| info.file);
            let there = file.and_then(|file| crate::query::context(cx.db, cx.project, file));
            let there = there.ok_or_else(|| Refusal::new(format!("the module of {name} is gone")))?;
            move_symbol(&there, SymbolMove { name, target, with_helpers: false }, abilities)
        }
        other => others(cx, other, abilities).ok_or_else(|| Refusal::new("it no longer fits the code")),
    }
}

/// The changes of those that don't say why they can't be made.
fn others(cx: &Context<'_>, kind: &FixKind, abilities: Abilities) -> Option<Changes> {
    let edits = match kind {
        FixKind::ExtractProtocol(_)
        | FixKind::DependOnPort { .. }
        | FixKind::DependOnPortEverywhere { .. }
        | FixKind::ImplementMembers { .. }
        | FixKind::AddMember { .. }
        | FixKind::MoveDefinition { .. } => return None,
        FixKind::Load { query, loaded, .. } => {
            return load::edits(cx, *query, loaded).map(Changes::from);
        }
        FixKind::LoadInClass { class, site, loaded } => {
            return load::edits_in_class(cx, class.module, *site, loaded).map(Changes::from);
        }
        FixKind::Count(counted) => return load::counted_edits(cx, counted).map(Changes::from),
        FixKind::RaiseDomainError(raises) => return domain_error::changes(cx, raises, abilities),
        FixKind::InjectCollaborator(inject) => return inject::changes(cx, inject, abilities),
        FixKind::MoveToConfig(moved) => return move_to_config::changes(cx, *moved, abilities),
        FixKind::AwaitRelationship { site, owner } => await_relationship::edits(cx, *site, owner)?,
        FixKind::HoistImport { import, .. } => hoist::edits(cx, *import)?,
        FixKind::MoveUnderTypeChecking { import, .. } => type_checking::edits(cx, *import)?,
        FixKind::ImportFrom { import, module, name } => import_from::edits(cx, *import, module, name)?,
        FixKind::MakeStatic { import } => make_static::edits(cx, *import)?,
        FixKind::BindParameters(parameters) => bind_parameters::edits(cx, parameters)?,
        FixKind::Freeze(freeze) => freeze::edits(cx, *freeze)?,
        FixKind::RemoveIgnore { directive, rule } => remove_ignore::edits(cx, *directive, rule.as_deref())?,
    };
    Some(FileEdit { file: cx.file, edits }.into())
}

/// The fix, if it fits the current text: what a rule offers can be done.
pub(crate) fn that_fits(cx: &Context<'_>, fix: Fix) -> Option<Fix> {
    changes(cx, &fix, Abilities::ALL).is_some().then_some(fix)
}
