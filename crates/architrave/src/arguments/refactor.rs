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
    /// Write a Protocol for a class, and let whoever asks for the class ask for the Protocol.
    ExtractProtocol(ExtractProtocol),
    /// Ask for a port of a class wherever the class is asked for.
    DependOnPort(OfClass),
    /// Write the members that a class lacks of a port that it inherits from.
    ImplementMembers(OfClass),
    /// Move a class, function or constant to another module, or a file or folder to another path; every import follows.
    Move(Move),
}

/// `architrave refactor move`
#[derive(Debug, Args)]
pub(crate) struct Move {
    /// What goes: a definition as its file and its name (`shop/orders.py:Order`), or a file or folder.
    pub(crate) what: String,
    /// Where it goes: the dotted name of a module (`shop.domain.order`) for a definition, a path for a file or folder.
    pub(crate) target: String,
    /// Take private names along that only it uses; otherwise they stay and are imported.
    #[arg(long)]
    pub(crate) with_helpers: bool,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) carry: CarryOut,
}

/// `architrave refactor extract-protocol`
#[derive(Debug, Args)]
pub(crate) struct ExtractProtocol {
    /// The class, as its file and its name: `shop/db.py:SqlOrders`.
    #[arg(value_parser = Definition::parse)]
    pub(crate) class: Definition,
    /// Which members the Protocol asks for.
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
    /// The class, as its file and its name: `shop/db.py:SqlOrders`.
    #[arg(value_parser = Definition::parse)]
    pub(crate) class: Definition,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) carry: CarryOut,
}

/// Which members of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Members {
    /// Those that whoever asks for the class uses.
    Used,
    /// All public ones.
    All,
}

/// How a refactoring is carried out.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct CarryOut {
    /// Write no file; print what would change as a diff.
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
