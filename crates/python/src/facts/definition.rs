//! The definitions of a module: classes, functions, variables, without their bodies.

use serde::{Deserialize, Serialize};

use super::{Arg, BodyId, ExprArena, ExprId, Name};

/// The index of a [`Class`] in its module, in source order (outer before inner).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassId(pub u32);

/// The index of a [`Function`] in its module, in source order (outer before inner).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FunctionId(pub u32);

/// What directly encloses a definition or an import.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// The module itself.
    #[default]
    Module,
    /// The body of a class.
    Class(ClassId),
    /// The body of a function.
    Function(FunctionId),
}

/// All definitions of a module, at any depth. Expressions in signatures are in `exprs`.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definitions {
    /// Bases, decorators, annotations, defaults and values of the definitions.
    pub exprs: ExprArena,
    /// In source order.
    pub classes: Box<[Class]>,
    /// In source order. Lambdas are expressions, not functions.
    pub functions: Box<[Function]>,
    /// Names bound by assignment in the body of the module or of a class, in source order; a name may occur more than
    /// once.
    pub variables: Box<[Variable]>,
    /// The string literals in `__all__` (including those added by `+=`, `.extend` and `.append`, in all branches);
    /// `None` if any part is computed.
    pub all: Option<Box<[Name]>>,
    /// Whether the module does nothing but import, except for a docstring, dunder names (`__all__`, `__version__`), and
    /// `if` and `try` around imports.
    pub only_reexports: bool,
}

impl std::ops::Index<ClassId> for Definitions {
    type Output = Class;

    fn index(&self, id: ClassId) -> &Class {
        &self.classes[id.0 as usize]
    }
}

impl std::ops::Index<FunctionId> for Definitions {
    type Output = Function;

    fn index(&self, id: FunctionId) -> &Function {
        &self.functions[id.0 as usize]
    }
}

impl std::ops::Index<ExprId> for Definitions {
    type Output = super::Expr;

    fn index(&self, id: ExprId) -> &super::Expr {
        &self.exprs[id]
    }
}

impl Definitions {
    /// The classes with their ids.
    pub fn classes(&self) -> impl ExactSizeIterator<Item = (ClassId, &Class)> {
        self.classes.iter().enumerate().map(|(index, class)| (ClassId(index as u32), class))
    }

    /// The functions with their ids.
    pub fn functions(&self) -> impl ExactSizeIterator<Item = (FunctionId, &Function)> {
        self.functions.iter().enumerate().map(|(index, function)| (FunctionId(index as u32), function))
    }
}

/// A class statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Its name.
    pub name: Name,
    /// The enclosing scope.
    pub scope: Scope,
    /// Positional bases and keywords (`metaclass=ABCMeta`, `table=True`), as written.
    pub bases: Box<[Arg]>,
    /// Decorators, outermost first.
    pub decorators: Box<[ExprId]>,
    /// Names of its type parameters (PEP 695).
    pub type_parameters: Box<[Name]>,
    /// The bounds or constraints of the type parameters, in order.
    pub type_bounds: Box<[ExprId]>,
    /// The body of the class, which runs once.
    pub body: BodyId,
}

/// A function or method.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all combinations but few occur"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// The enclosing scope; [`Scope::Class`] makes it a method.
    pub scope: Scope,
    /// `async def`.
    pub is_async: bool,
    /// Whether it yields.
    pub is_generator: bool,
    /// Whether its body is only a docstring, `...`, `pass` or `raise NotImplementedError`.
    pub is_stub: bool,
    /// Whether it is a stub that raises `NotImplementedError`: unimplemented, rather than a hook that may stay empty.
    pub raises_not_implemented: bool,
    /// The parameters, in order.
    pub parameters: Box<[Parameter]>,
    /// The annotation after `->`.
    pub returns: Option<ExprId>,
    /// Decorators, outermost first.
    pub decorators: Box<[ExprId]>,
    /// Names of its type parameters (PEP 695).
    pub type_parameters: Box<[Name]>,
    /// The bounds or constraints of the type parameters, in order.
    pub type_bounds: Box<[ExprId]>,
    /// The body.
    pub body: BodyId,
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name, without stars.
    pub name: Name,
    /// How arguments are bound to it.
    pub kind: ParameterKind,
    /// The annotation.
    pub annotation: Option<ExprId>,
    /// The default value.
    pub default: Option<ExprId>,
}

/// How arguments are bound to a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ParameterKind {
    /// Before `/`.
    PositionalOnly,
    /// A regular parameter.
    Normal,
    /// After `*`.
    KeywordOnly,
    /// `*args`
    Args,
    /// `**kwargs`
    Kwargs,
}

/// A name bound by assignment in the body of a module or class, including in branches and as a target of `for` or
/// `with`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// The bound name.
    pub name: Name,
    /// [`Scope::Module`] or [`Scope::Class`].
    pub scope: Scope,
    /// The annotation.
    pub annotation: Option<ExprId>,
    /// The value, if it is a plain assignment; [`super::Expr::Missing`] if it is a table of more than 10,000 parts.
    pub value: Option<ExprId>,
    /// A `type X = ...` statement or an assignment annotated `TypeAlias`.
    pub is_type_alias: bool,
}
