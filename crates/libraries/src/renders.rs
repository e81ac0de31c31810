//! Names by which libraries render rows: rendering reads attributes of each row.

use std::sync::LazyLock;

use crate::known;
use crate::table::Table;

/// The role of a name in rendering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renders {
    /// A decorator: the function's result is rendered by the argument at this position, or with this name.
    Returned(usize, &'static str),
    /// A function whose first argument is rendered by the argument at this position, or with this name.
    Given(usize, &'static str),
    /// A decorator of a schema's method, which receives the object as its second argument, before fields are read.
    Object,
    /// A decorator of a schema's method, which receives the value of each field that the decorator names.
    Field,
    /// A class that takes a type, and whose instances validate objects against it.
    Adapter,
    /// A generic class that holds rows of its argument as `items`.
    Page,
    /// A module whose `paginate` functions take a session and a query, count its rows and fetch one page of them.
    Paginates,
    /// A class that a view gives its rows in pages by, and that counts all of them before it fetches a page.
    CountedPages,
    /// A call that names a dictionary of fields, passed as this argument.
    Fields(usize, &'static str),
    /// A module of such fields: those called `Nested` hold a dictionary of fields, others read an attribute.
    FieldsOfDictionaries,
}

static RENDERS: LazyLock<Table<Renders>> =
    LazyLock::new(|| Table::of(known::ALL.iter().flat_map(|library| library.renders.iter().copied())));

/// The role of a name in rendering; the role of a module extends to everything below it.
pub fn renders(full_name: &str) -> Option<Renders> {
    let around = |renders: &Renders| matches!(renders, Renders::Paginates | Renders::FieldsOfDictionaries);
    RENDERS.exact(full_name).or_else(|| RENDERS.nearest(full_name).filter(around))
}
