//! The contents of bodies: statements and expressions, without positions.

use serde::{Deserialize, Serialize};

use super::{ClassId, ExprArena, ExprId, FunctionId, ImportId, Name};

/// The index of a [`Body`] in its module; 0 is the module's own body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BodyId(pub u32);

/// The index of a [`Stmt`] in its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StmtId(pub u32);

/// All bodies of a module.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bodies {
    /// The module's own body first, then in source order.
    pub list: Box<[std::sync::Arc<Body>]>,
}

impl std::ops::Index<BodyId> for Bodies {
    type Output = Body;

    fn index(&self, id: BodyId) -> &Body {
        &self.list[id.0 as usize]
    }
}

/// The owner of a body.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BodyOwner {
    /// The module: runs at import.
    #[default]
    Module,
    /// A class: runs when the class statement runs.
    Class(ClassId),
    /// A function: runs at each call.
    Function(FunctionId),
}

/// One body. Nested functions and classes are statements in it and have their own bodies.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The owner.
    pub owner: BodyOwner,
    /// The expressions.
    pub exprs: ExprArena,
    /// The statements; children precede parents.
    pub stmts: Vec<Stmt>,
    /// The outermost statements, in order.
    pub root: Box<[StmtId]>,
}

impl Body {
    /// Whether a `global` or `nonlocal` statement names `name`.
    pub fn declares_global(&self, name: &str) -> bool {
        let names_it =
            |stmt: &Stmt| matches!(stmt, Stmt::Global(names) if names.iter().any(|global| global == name));
        self.stmts.iter().any(names_it)
    }

    /// The values that assignments give `name`, in source order. What `+=`, loops and imports bind is not among them.
    pub fn assigned(&self, name: &str) -> impl DoubleEndedIterator<Item = super::ExprId> {
        let is_it =
            move |target: &ExprId| matches!(&self[*target], super::Expr::Name(found) if found == name);
        self.stmts.iter().filter_map(move |stmt| match stmt {
            Stmt::Assign { targets, value, .. } if targets.iter().any(is_it) => *value,
            _ => None,
        })
    }

    /// The value of the only assignment to `name`.
    pub fn assigned_once(&self, name: &str) -> Option<ExprId> {
        let mut all = self.assigned(name);
        all.next().filter(|_| all.next().is_none())
    }
}

impl std::ops::Index<ExprId> for Body {
    type Output = super::Expr;

    fn index(&self, id: ExprId) -> &super::Expr {
        &self.exprs[id]
    }
}

impl std::ops::Index<StmtId> for Body {
    type Output = Stmt;

    fn index(&self, id: StmtId) -> &Stmt {
        &self.stmts[id.0 as usize]
    }
}

/// A statement. Blocks are lists of statements of the same body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stmt {
    /// An expression statement.
    Expr(ExprId),
    /// `a = b = value`, `a: T = value`, `a: T`
    Assign {
        /// Left sides, in order.
        targets: Box<[ExprId]>,
        /// The annotation.
        annotation: Option<ExprId>,
        /// The right side.
        value: Option<ExprId>,
    },
    /// `target op= value`
    AugAssign {
        /// The left side.
        target: ExprId,
        /// As written, without `=`.
        op: Name,
        /// The right side.
        value: ExprId,
    },
    /// `return value`
    Return(Option<ExprId>),
    /// `raise exception from cause`
    Raise {
        /// The raised exception; `None` re-raises.
        exception: Option<ExprId>,
        /// After `from`.
        cause: Option<ExprId>,
    },
    /// `if`; an `elif` is a single `if` in `orelse`.
    If {
        /// The condition.
        test: ExprId,
        /// Runs if the condition holds.
        body: Box<[StmtId]>,
        /// Runs otherwise.
        orelse: Box<[StmtId]>,
    },
    /// `for`
    For {
        /// `async for`
        is_async: bool,
        /// The target.
        target: ExprId,
        /// The iterable.
        iterable: ExprId,
        /// Runs once per element.
        body: Box<[StmtId]>,
        /// Runs after the last element.
        orelse: Box<[StmtId]>,
    },
    /// `while`
    While {
        /// The condition.
        test: ExprId,
        /// Runs while the condition holds.
        body: Box<[StmtId]>,
        /// Runs afterwards.
        orelse: Box<[StmtId]>,
    },
    /// `with`
    With {
        /// `async with`
        is_async: bool,
        /// The context managers.
        items: Box<[WithItem]>,
        /// The block.
        body: Box<[StmtId]>,
    },
    /// `try`
    Try {
        /// The guarded block.
        body: Box<[StmtId]>,
        /// `except` and `except*`.
        handlers: Box<[Handler]>,
        /// `else`
        orelse: Box<[StmtId]>,
        /// `finally`
        finally: Box<[StmtId]>,
    },
    /// `match`
    Match {
        /// The matched value.
        subject: ExprId,
        /// The cases, in order.
        cases: Box<[MatchCase]>,
    },
    /// An import, with the ids of the names that it binds.
    Import(Box<[ImportId]>),
    /// A nested or top-level function.
    Function(FunctionId),
    /// A nested or top-level class.
    Class(ClassId),
    /// `global a` and `nonlocal a`
    Global(Box<[Name]>),
    /// `del a`
    Delete(Box<[ExprId]>),
    /// `assert test, message`
    Assert {
        /// The condition.
        test: ExprId,
        /// The message.
        message: Option<ExprId>,
    },
    /// `type X[T: bound] = value`
    TypeAlias {
        /// The name.
        name: Name,
        /// The names of its type parameters.
        parameters: Box<[Name]>,
        /// The bounds of its type parameters, of those that have one.
        bounds: Box<[ExprId]>,
        /// The value.
        value: ExprId,
    },
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `pass`, and unreadable code.
    Pass,
}

/// `manager as target`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithItem {
    /// The context manager.
    pub manager: ExprId,
    /// After `as`.
    pub target: Option<ExprId>,
}

/// `except exception as name:`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handler {
    /// The caught exceptions (a tuple for several, also without parentheses); `None` for a bare `except`.
    pub exception: Option<ExprId>,
    /// After `as`.
    pub name: Option<Name>,
    /// The block.
    pub body: Box<[StmtId]>,
}

/// `case pattern if guard:`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchCase {
    /// The pattern.
    pub pattern: Pattern,
    /// After `if`.
    pub guard: Option<ExprId>,
    /// The block.
    pub body: Box<[StmtId]>,
}

/// A pattern, reduced to what flow analysis needs.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// The classes and constants that it compares with.
    pub values: Box<[ExprId]>,
    /// The names that it binds.
    pub bindings: Box<[Name]>,
}
