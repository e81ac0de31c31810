//! Names by which libraries render rows: what is given to them reads attributes of each.

use std::sync::LazyLock;

use crate::known;
use crate::table::Table;

/// What a name has to do with rendering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renders {
    /// A decorator: what the function returns is rendered by the argument at this place, or under this name.
    Returned(usize, &'static str),
    /// A decorator of a schema's method: as its second argument the method is given the object, before fields are read.
    Object,
    /// A decorator of a schema's method: the same with the value of each field that the decorator names.
    Field,
    /// A class that is given a type, and whose instances validate objects by it.
    Adapter,
    /// A generic class that holds rows of its argument as `items`.
    Page,
    /// A module whose functions called `paginate` take a session and a query, count its rows and fetch one page of them.
    Paginates,
    /// A call that names a dictionary of fields, which is this argument.
    Fields(usize, &'static str),
    /// A module of such fields: those called `Nested` hold a dictionary of fields, others read an attribute.
    FieldsOfDictionaries,
}

static RENDERS: LazyLock<Table<Renders>> =
    LazyLock::new(|| Table::of(known::ALL.iter().flat_map(|library| library.renders.iter().copied())));

/// What the name has to do with rendering; of a module all below counts.
pub fn renders(full_name: &str) -> Option<Renders> {
    let around = |renders: &Renders| matches!(renders, Renders::Paginates | Renders::FieldsOfDictionaries);
    RENDERS.exact(full_name).or_else(|| RENDERS.nearest(full_name).filter(around))
}
