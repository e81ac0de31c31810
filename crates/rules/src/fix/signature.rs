//! A member of a class as others see it, read where it is defined and written where it is asked for: in a port, or in a
//! class that lacks it.

mod read;
mod write;

use python::Name;

pub(super) use read::{attribute, method, overloads};
pub(super) use write::{indented, write};

use super::rewrite::Carried;

/// A member of a class.
#[derive(Debug, Clone)]
pub(super) enum Signature {
    /// A method or a property.
    Method(Method),
    /// A value.
    Attribute {
        /// Its name.
        name: Name,
        /// Its type.
        annotation: Carried,
        /// Whether it may be assigned to.
        is_written: bool,
    },
}

/// A method or a property.
#[derive(Debug, Clone)]
pub(super) struct Method {
    name: Name,
    /// Those that change how it is called, in order.
    decorators: Vec<Carried>,
    is_async: bool,
    /// Between brackets, each with its bound.
    type_parameters: Vec<Carried>,
    parameters: Vec<Parameter>,
    returns: Option<Carried>,
    /// The literal, with `\n` between its lines, which are indented from its first.
    docstring: Option<String>,
}

#[derive(Debug, Clone)]
struct Parameter {
    /// As written, with its stars; `/` and `*` alone too.
    name: String,
    annotation: Option<Carried>,
    /// The default, where it has one.
    default: Option<Default>,
}

/// A default value.
#[derive(Debug, Clone)]
enum Default {
    /// This.
    Known(Carried),
    /// One that can't be carried.
    Other,
}

/// What stands in a method that does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// `...`
    Ellipsis,
    /// `...`, under `@abstractmethod`.
    Abstract,
    /// `raise NotImplementedError`
    NotImplemented,
}
