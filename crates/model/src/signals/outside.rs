//! The kinds of libraries that a module uses.

use libraries::Kind;
use python::{Expr, ExprArena, Import, ImportKind, Imports, Module, Name};

use super::bindings::Bindings;
use crate::is_standard;

/// A set of [`Kind`]s.
#[derive(Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Uses(u32);

impl Uses {
    /// Kinds that a domain may use without depending on a framework.
    pub const HARMLESS: Uses = Uses(1 << Kind::Schema as u32 | 1 << Kind::Harmless as u32);

    /// Kinds that access other processes, other than through an ORM.
    pub const OUTWARD: Uses = Uses(
        1 << Kind::Driver as u32
            | 1 << Kind::Client as u32
            | 1 << Kind::Broker as u32
            | 1 << Kind::Service as u32,
    );

    /// Whether the set contains `kind`.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// Whether the set contains any kind of `others`.
    pub const fn has_any(self, others: Uses) -> bool {
        self.0 & others.0 != 0
    }

    /// The set without the kinds of `others`.
    #[must_use]
    pub const fn without(self, others: Uses) -> Uses {
        Uses(self.0 & !others.0)
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds `kind` to the set.
    pub const fn set(&mut self, kind: Kind) {
        self.0 |= 1 << kind as u32;
    }
}

impl std::fmt::Debug for Uses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(Kind::ALL.into_iter().filter(|kind| self.has(*kind))).finish()
    }
}

/// The kinds of a module's imports, excluding imports only for type checkers.
pub(super) fn uses(module: &Module, bindings: &Bindings<'_>) -> Uses {
    let mut uses = Uses::default();
    for import in outside(&module.imports) {
        if let Some(kind) = kind_of(import) {
            if kind == Kind::Client && gives_constants(module, bindings, import) {
                continue;
            }
            // For a role, cloud and mail clients are network services.
            uses.set(if matches!(kind, Kind::Cloud | Kind::Mail) { Kind::Service } else { kind });
        }
    }
    uses
}

/// Whether nothing but constants is taken from what is imported: `http.client.BAD_REQUEST` reaches nobody.
fn gives_constants(module: &Module, bindings: &Bindings<'_>, import: &Import) -> bool {
    if let (ImportKind::From, Some(name)) = (import.kind, &import.name) {
        return is_constant(name);
    }
    let taken = |exprs: &ExprArena| {
        let attributes = exprs.list.iter().filter_map(|expr| match expr {
            Expr::Attribute { value, name } => {
                let is_of_it = bindings.dotted(exprs, *value).is_some_and(|full| full == import.module);
                is_of_it.then_some(is_constant(name))
            }
            _ => None,
        });
        attributes.fold((false, true), |(_, all), is_constant| (true, all && is_constant))
    };
    let bodies = module.bodies.list.iter().map(|body| taken(&body.exprs));
    let (any, all) = bodies
        .chain([taken(&module.definitions.exprs)])
        .fold((false, true), |sum, part| (sum.0 || part.0, sum.1 && part.1));
    any && all
}

/// `BAD_REQUEST`
fn is_constant(name: &str) -> bool {
    name.len() > 1 && !name.contains(|letter: char| letter.is_lowercase())
}

/// First segments of absolute imports that are neither in a table nor in the standard library, sorted.
pub(super) fn others(imports: &Imports) -> Box<[Name]> {
    let mut names: Vec<Name> = outside(imports)
        .filter(|import| kind_of(import).is_none())
        .filter_map(|import| import.module.split('.').next())
        .filter(|name| !name.is_empty() && !is_standard(name))
        .map(Name::from)
        .collect();
    names.sort_unstable();
    names.dedup();
    names.into()
}

fn outside(imports: &Imports) -> impl Iterator<Item = &Import> {
    imports.list.iter().filter(|import| import.level == 0 && !import.context.type_checking)
}

fn kind_of(import: &Import) -> Option<Kind> {
    match (&import.name, import.kind) {
        (Some(name), ImportKind::From) => libraries::kind(&format!("{}.{name}", import.module)),
        _ => libraries::kind(&import.module),
    }
}
