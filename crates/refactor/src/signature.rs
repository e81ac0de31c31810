//! A member of a class as others see it, read where it is defined and written where it is asked for: in a port, or in a
//! class that lacks it.

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
        /// What is done with it.
        access: Access,
    },
}

/// What is done with an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// It is read: a property fits too.
    Read,
    /// It is assigned to as well.
    Write,
    /// It is read, and the class has it (`ClassVar`, PEP 526).
    Class,
}

impl Signature {
    /// The types that it names, each with where it stands.
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

    /// Whether it gives another instance of the class: `Self` (PEP 673), or the class by its name.
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

    /// Puts something else in place of what its types name.
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
