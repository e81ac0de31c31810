//! Reads the declarations of one file from its definitions, and from the few expressions in its bodies that declare
//! something ([`Assembled`]).

mod alchemy;
mod annotation;
mod assembled;
mod call;
mod class;
mod django;
mod names;
mod table;
mod value;

pub use assembled::Assembled;
pub(super) use django::{is_column, reference_kind};
pub(crate) use names::Names;

use python::{Definitions, Imports, Name, Scope};

use super::declared::Declared;

/// The facts about one file.
pub(crate) struct Source<'a> {
    pub(crate) imports: &'a Imports,
    pub(crate) definitions: &'a Definitions,
    pub(crate) assembled: &'a Assembled,
    pub(crate) names: &'a Names<'a>,
}

/// Reads a file.
pub(crate) fn declared(source: &Source<'_>) -> Declared {
    let tables = table::tables(source);
    let (imperative, assigned) = assembled::declared(source);
    Declared {
        classes: class::classes(source, &tables),
        tables: tables.into(),
        imperative,
        assigned,
        user_model: user_model(source.definitions),
    }
}

/// `AUTH_USER_MODEL = "users.User"` at module level in a settings module.
fn user_model(definitions: &Definitions) -> Option<Name> {
    let heads = definitions.variables.iter().rev().filter(|it| it.scope == Scope::Module);
    let value = heads.filter(|it| it.name == "AUTH_USER_MODEL").find_map(|it| it.value)?;
    call::string(&definitions.exprs, value).cloned()
}
