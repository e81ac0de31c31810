//! A member of a class as callers see it, read from its definition and written elsewhere: in a port, or in a class that
//! lacks it.

mod attribute;
mod decorators;
mod read;
mod write;

use python::Name;

pub(super) use attribute::attribute;
pub(super) use read::{bracketed, is_property, method, overloads};
pub(super) use write::{indented, write};

use super::rewrite::{Carried, Meaning, Piece};
use super::variance::Position;

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
        /// How it is used.
        access: Access,
    },
}

/// How an attribute is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Only read: a property conforms too.
    Read,
    /// Assigned to as well.
    Write,
    /// Read on the class (`ClassVar`, PEP 526).
    Class,
}

impl Signature {
    /// The types in it, with their positions.
    pub(super) fn types(&self) -> Vec<(&Carried, Position)> {
        match self {
            Signature::Method(method) => {
                let taken = method.parameters.iter().filter_map(|it| it.annotation.as_ref());
                let given = method.returns.as_ref().map(|it| (it, Position::Out));
                taken.map(|it| (it, Position::In)).chain(given).collect()
            }
            Signature::Attribute { annotation, access: Access::Read, .. } => {
                vec![(annotation, Position::Out)]
            }
            Signature::Attribute { annotation, .. } => vec![(annotation, Position::Both)],
        }
    }

    /// Whether it returns another instance of the class: `Self` (PEP 673), or the class by name.
    pub(super) fn gives_another(&self) -> bool {
        let is_another = |meaning: &Meaning| match meaning {
            Meaning::Own(_) => true,
            Meaning::Member { module, name, .. } => {
                name == "Self" && matches!(module.as_str(), "typing" | "typing_extensions")
            }
            _ => false,
        };
        self.types().iter().any(|(carried, _)| carried.meanings().any(is_another))
    }

    /// Replaces names in its types.
    pub(super) fn replace(&mut self, by: &dyn Fn(&Meaning) -> Option<Meaning>) {
        let types: Vec<&mut Carried> = match self {
            Signature::Method(method) => {
                let taken = method.parameters.iter_mut().filter_map(|it| it.annotation.as_mut());
                taken.chain(method.returns.as_mut()).chain(&mut method.type_parameters).collect()
            }
            Signature::Attribute { annotation, .. } => vec![annotation],
        };
        for piece in types.into_iter().flat_map(|carried| &mut carried.0) {
            if let Piece::Name(meaning) = piece
                && let Some(new) = by(meaning)
            {
                *meaning = new;
            }
        }
    }
}

/// A method or a property.
#[derive(Debug, Clone)]
pub(super) struct Method {
    name: Name,
    /// Decorators that change how it is called, in order.
    decorators: Vec<Carried>,
    is_async: bool,
    /// The contents of the brackets, each with its bound.
    type_parameters: Vec<Carried>,
    parameters: Vec<Parameter>,
    returns: Option<Carried>,
    /// The literal, with `\n` between its lines, which are indented relative to its first.
    docstring: Option<String>,
}

#[derive(Debug, Clone)]
struct Parameter {
    /// As written, with its stars; also a lone `/` or `*`.
    name: String,
    annotation: Option<Carried>,
    /// The default, if any.
    default: Option<Default>,
}

/// A default value.
#[derive(Debug, Clone)]
enum Default {
    /// This value.
    Known(Carried),
    /// A value that can't be carried.
    Other,
}

/// The body of a method without implementation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// `...`
    Ellipsis,
    /// `...`, under `@abstractmethod`.
    Abstract,
    /// `raise NotImplementedError`
    NotImplemented,
}
