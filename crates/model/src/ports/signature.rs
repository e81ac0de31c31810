//! The parameters of a method, and whether one method can be substituted for another.

use super::differing::Differing;
use python::{Definitions, Expr, ExprId, Function, Name, ParameterKind};

/// How a method is called, not counting its receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) style: Style,
    pub(crate) is_async: bool,
    pub(crate) is_generator: bool,
    /// Whether several signatures are declared, any of which may match.
    pub(crate) is_overloaded: bool,
    /// In order.
    pub(crate) parameters: Box<[Parameter]>,
    /// The unqualified name of the return type.
    pub(super) returns: Option<Name>,
}

/// How a method is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// On an instance.
    Instance,
    /// On the class or without a receiver.
    Class,
    /// By reading it.
    Property,
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) name: Name,
    pub(crate) kind: ParameterKind,
    pub(crate) has_default: bool,
    /// The unqualified name of its type.
    annotation: Option<Name>,
}

impl Signature {
    /// Reads the signature of a method.
    pub(crate) fn of(definitions: &Definitions, function: &Function) -> Self {
        let decorators: Vec<&str> = function
            .decorators
            .iter()
            .filter_map(|decorator| definitions.exprs.decorator_name(*decorator))
            .collect();
        let is_static = decorators.iter().any(|name| name.ends_with("staticmethod"));
        let style = if is_static || decorators.iter().any(|name| name.ends_with("classmethod")) {
            Style::Class
        } else if decorators.iter().any(|name| name.ends_with("property")) {
            Style::Property
        } else {
            Style::Instance
        };
        let parameters = function.parameters.iter().skip(usize::from(!is_static));
        Self {
            style,
            is_async: function.is_async,
            is_generator: function.is_generator,
            is_overloaded: decorators.contains(&"overload"),
            parameters: parameters
                .map(|parameter| Parameter {
                    name: parameter.name.clone(),
                    kind: parameter.kind,
                    has_default: parameter.default.is_some(),
                    annotation: bare(definitions, parameter.annotation),
                })
                .collect(),
            returns: bare(definitions, function.returns),
        }
    }

    /// Whether callers of `wanted` can call this method instead.
    pub(super) fn fits(&self, wanted: &Signature, types: &Differing<'_>) -> bool {
        self.stands_for(wanted, types, false)
    }

    /// Whether callers of `wanted` that pass arguments by position can call this method instead.
    pub(super) fn fits_by_place(&self, wanted: &Signature, types: &Differing<'_>) -> bool {
        self.stands_for(wanted, types, true)
    }

    fn stands_for(&self, wanted: &Signature, types: &Differing<'_>, by_place: bool) -> bool {
        let is_property = |signature: &Signature| signature.style == Style::Property;
        if is_property(self) || is_property(wanted) {
            return is_property(self) == is_property(wanted);
        }
        // Iterating over an `async` generator is the same whether or not it was declared with `async def`.
        let is_async = |signature: &Signature| signature.is_async && !signature.is_generator;
        let is_walked = self.is_async && self.is_generator || wanted.is_async && wanted.is_generator;
        if !is_walked && is_async(self) != is_async(wanted) {
            return false;
        }
        if self.is_overloaded || wanted.is_overloaded {
            return true;
        }
        !types.differ(self.returns.as_ref(), wanted.returns.as_ref()) && self.takes(wanted, types, by_place)
    }

    fn takes(&self, wanted: &Signature, types: &Differing<'_>, by_place: bool) -> bool {
        use ParameterKind::{Args, KeywordOnly, Kwargs, Normal, PositionalOnly};
        let own = |kind: ParameterKind| self.parameters.iter().any(|parameter| parameter.kind == kind);
        let (has_args, has_kwargs) = (own(Args), own(Kwargs));
        let positional: Vec<&Parameter> = self
            .parameters
            .iter()
            .filter(|parameter| matches!(parameter.kind, PositionalOnly | Normal))
            .collect();
        let mut taken: Vec<&str> = Vec::new();
        for (index, asked) in
            wanted.parameters.iter().filter(|it| matches!(it.kind, PositionalOnly | Normal)).enumerate()
        {
            match positional.get(index) {
                // `__x` and `_` can't be passed by keyword.
                Some(given)
                    if by_place
                        || given.name == asked.name
                        || asked.kind == PositionalOnly
                        || asked.name.starts_with('_') =>
                {
                    if types.differ(given.annotation.as_ref(), asked.annotation.as_ref()) {
                        return false;
                    }
                    taken.push(&given.name);
                }
                None if has_args => {}
                _ => return false,
            }
        }
        for asked in wanted.parameters.iter().filter(|it| it.kind == KeywordOnly) {
            let given = self
                .parameters
                .iter()
                .find(|it| matches!(it.kind, Normal | KeywordOnly) && it.name == asked.name);
            match given {
                Some(given) => taken.push(&given.name),
                None if has_kwargs => {}
                None => return false,
            }
        }
        let wants = |kind: ParameterKind| wanted.parameters.iter().any(|parameter| parameter.kind == kind);
        // `*args, **kwargs` in an interface means "any arguments".
        if wants(Args) && wants(Kwargs) {
            return true;
        }
        self.parameters.iter().all(|parameter| {
            matches!(parameter.kind, Args | Kwargs)
                || parameter.has_default
                || taken.contains(&parameter.name.as_str())
        })
    }
}

/// `str` for `str`, and `list` for `list[Order]`; `None` for anything more complex.
fn bare(definitions: &Definitions, annotation: Option<ExprId>) -> Option<Name> {
    match &definitions[annotation?] {
        Expr::Name(name) => Some(name.clone()),
        Expr::Literal(python::Literal::None) => Some(Name::new_static("None")),
        Expr::Subscript { value, .. } => match &definitions[*value] {
            Expr::Name(name) => Some(name.clone()),
            _ => None,
        },
        _ => None,
    }
}
