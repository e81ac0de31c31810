//! What a module defines: classes, functions, variables, without what their bodies do.

use serde::{Deserialize, Serialize};

use super::{Arg, BodyId, ExprArena, ExprId, Name};

/// Index of a [`Class`] in its module, in source order (outer before inner).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassId(pub u32);

/// Index of a [`Function`] in its module, in source order (outer before inner).
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

/// All definitions of a module, at any depth. Expressions of signatures lie in `exprs`.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definitions {
    /// Bases, decorators, annotations, defaults and values of the definitions.
    pub exprs: ExprArena,
    /// In source order.
    pub classes: Box<[Class]>,
    /// In source order. Lambdas are expressions, not functions.
    pub functions: Box<[Function]>,
    /// Names bound by assignment in the module's or a class' body, in source order; a name may occur more than once.
    pub variables: Box<[Variable]>,
    /// The literal strings of `__all__` (also through `+=`, `.extend` and `.append`, and of all branches); nothing where any
    /// part is computed.
    pub all: Option<Box<[Name]>>,
    /// Whether the module imports, and besides does nothing: a docstring and dunder names (`__all__`, `__version__`) may
    /// stand there, and `if` and `try` around imports.
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
    /// What it stands in.
    pub scope: Scope,
    /// Positional bases and keywords (`metaclass=ABCMeta`, `table=True`), as written.
    pub bases: Box<[Arg]>,
    /// Decorators, outermost first.
    pub decorators: Box<[ExprId]>,
    /// Names of its type parameters (PEP 695).
    pub type_parameters: Box<[Name]>,
    /// What bounds or constrains them, in order.
    pub type_bounds: Box<[ExprId]>,
    /// The class' own body, as a body that runs once.
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
    /// What it stands in; [`Scope::Class`] makes it a method.
    pub scope: Scope,
    /// `async def`.
    pub is_async: bool,
    /// Whether it yields.
    pub is_generator: bool,
    /// Whether its body is only a docstring, `...`, `pass` or `raise NotImplementedError`.
    pub is_stub: bool,
    /// Whether it is a stub that raises `NotImplementedError`: left to others, and no hook that may stay empty.
    pub raises_not_implemented: bool,
    /// In order.
    pub parameters: Box<[Parameter]>,
    /// The annotation after `->`.
    pub returns: Option<ExprId>,
    /// Decorators, outermost first.
    pub decorators: Box<[ExprId]>,
    /// Names of its type parameters (PEP 695).
    pub type_parameters: Box<[Name]>,
    /// What bounds or constrains them, in order.
    pub type_bounds: Box<[ExprId]>,
    /// What it does.
    pub body: BodyId,
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name, without stars.
    pub name: Name,
    /// How arguments reach it.
    pub kind: ParameterKind,
    /// The annotation.
    pub annotation: Option<ExprId>,
    /// The default value.
    pub default: Option<ExprId>,
}

/// How arguments reach a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ParameterKind {
    /// Before `/`.
    PositionalOnly,
    /// The plain kind.
    Normal,
    /// After `*`.
    KeywordOnly,
    /// `*args`
    Args,
    /// `**kwargs`
    Kwargs,
}

/// A name bound by assignment in a module's or a class' body, also in a branch, and as a target of `for` or `with`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// The bound name.
    pub name: Name,
    /// [`Scope::Module`] or [`Scope::Class`].
    pub scope: Scope,
    /// The annotation.
    pub annotation: Option<ExprId>,
    /// The value, where it is a plain assignment; [`super::Expr::Missing`] where it is a table of more than 10,000 parts.
    pub value: Option<ExprId>,
    /// A `type X = ...` statement or an assignment annotated `TypeAlias`.
    pub is_type_alias: bool,
}
