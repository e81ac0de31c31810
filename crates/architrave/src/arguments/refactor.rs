//! The arguments of `architrave refactor`.

use camino::Utf8PathBuf;
use clap::{Args, Subcommand, ValueEnum};

/// `architrave refactor`
#[derive(Debug, Args)]
pub(crate) struct Refactor {
    /// What to change.
    #[command(subcommand)]
    pub(crate) what: Refactoring,
}

/// What to change.
#[derive(Debug, Subcommand)]
pub(crate) enum Refactoring {
    /// Write a Protocol for a class, and make its dependents depend on the Protocol.
    ExtractProtocol(ExtractProtocol),
    /// Depend on a port of a class wherever code depends on the class.
    DependOnPort(OfClass),
    /// Write the members of an inherited port that a class lacks.
    ImplementMembers(OfClass),
    /// Move a class, function or constant to another module, or a file or folder to another path; all imports are
    /// updated.
    Move(Move),
}

/// `architrave refactor move`
#[derive(Debug, Args)]
pub(crate) struct Move {
    /// What to move: a definition as its file and name (`shop/orders.py:Order`), or a file or folder.
    pub(crate) what: String,
    /// The target: the dotted name of a module (`shop.domain.order`) for a definition, a path for a file or folder.
    pub(crate) target: String,
    /// Also move private names that only it uses; otherwise they stay and are imported.
    #[arg(long)]
    pub(crate) with_helpers: bool,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) carry: CarryOut,
}

/// `architrave refactor extract-protocol`
#[derive(Debug, Args)]
pub(crate) struct ExtractProtocol {
    /// The class, as its file and name: `shop/db.py:SqlOrders`.
    #[arg(value_parser = Definition::parse)]
    pub(crate) class: Definition,
    /// Which members the Protocol requires.
    #[arg(long, value_enum, default_value_t = Members::Used)]
    pub(crate) members: Members,
    /// Decorate it with `@runtime_checkable`.
    #[arg(long)]
    pub(crate) runtime_checkable: bool,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) carry: CarryOut,
}

/// A refactoring of one class.
#[derive(Debug, Args)]
pub(crate) struct OfClass {
    /// The class, as its file and name: `shop/db.py:SqlOrders`.
    #[arg(value_parser = Definition::parse)]
    pub(crate) class: Definition,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) carry: CarryOut,
}

/// Which members of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Members {
    /// Those that the dependents of the class use.
    Used,
    /// All public ones.
    All,
}

/// How a refactoring is carried out.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct CarryOut {
    /// Write no files; print the changes as a diff.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// A top-level definition of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Definition {
    /// Its file.
    pub(crate) path: Utf8PathBuf,
    /// Its name.
    pub(crate) name: String,
}

impl Definition {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text.rsplit_once(':') {
            Some((path, name)) if !path.is_empty() && !name.is_empty() => {
                Ok(Self { path: path.into(), name: name.to_owned() })
            }
            _ => Err("give a file and a name in it, as in `shop/db.py:SqlOrders`".to_owned()),
        }
    }
}
