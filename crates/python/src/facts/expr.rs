//! Expressions: one representation for signatures and bodies.

mod visit;

use serde::{Deserialize, Serialize};

use super::Name;

/// The index of an [`Expr`] in its [`ExprArena`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExprId(pub u32);

/// Expressions that refer to each other by index; children precede parents. Some may be unreferenced.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExprArena {
    /// The expressions.
    pub list: Vec<Expr>,
}

impl ExprArena {
    /// Adds an expression.
    pub fn push(&mut self, expr: Expr) -> ExprId {
        self.list.push(expr);
        ExprId((self.list.len() - 1) as u32)
    }

    /// Copies the expression `id` of another arena with all of its parts.
    pub fn graft(&mut self, from: &ExprArena, id: ExprId) -> ExprId {
        // Children precede their parents, so the parts are between the first of them and the expression.
        let (mut first, mut open) = (id, vec![id]);
        while let Some(part) = open.pop() {
            first = first.min(part);
            from[part].for_each_child(|child| open.push(child));
        }
        let at = self.list.len() as u32;
        for expr in &from.list[first.0 as usize..=id.0 as usize] {
            let mut expr = expr.clone();
            // Expressions in between that aren't parts may refer to something that isn't copied; they are never read.
            expr.for_each_child_mut(|child| child.0 = child.0.saturating_sub(first.0) + at);
            self.list.push(expr);
        }
        ExprId(at + (id.0 - first.0))
    }

    /// `a.b.c` for an attribute chain that starts at a name; `None` for any other expression.
    pub fn dotted(&self, id: ExprId) -> Option<String> {
        match &self[id] {
            Expr::Name(name) => Some(name.to_string()),
            Expr::Attribute { value, name } => {
                let mut chain = self.dotted(*value)?;
                chain.push('.');
                chain.push_str(name);
                Some(chain)
            }
            _ => None,
        }
    }

    /// Whether an expression holds only if the module is run as the program: `__name__ == "__main__"`, alone or with
    /// `and`.
    pub fn is_main_guard(&self, id: ExprId) -> bool {
        match &self[id] {
            Expr::Bool { is_and: true, left, right } => {
                self.is_main_guard(*left) || self.is_main_guard(*right)
            }
            Expr::Unary { op, operand } if op == "not" => self.is_import_guard(*operand),
            _ => self.compares_with_main(id, "=="),
        }
    }

    /// Whether an expression holds whenever the module is imported: `__name__ != "__main__"`, alone or with `or`.
    pub fn is_import_guard(&self, id: ExprId) -> bool {
        match &self[id] {
            Expr::Bool { is_and: false, left, right } => {
                self.is_import_guard(*left) || self.is_import_guard(*right)
            }
            Expr::Unary { op, operand } if op == "not" => self.is_main_guard(*operand),
            _ => self.compares_with_main(id, "!="),
        }
    }

    fn compares_with_main(&self, id: ExprId, wanted: &str) -> bool {
        let is_name = |id: ExprId| matches!(&self[id], Expr::Name(name) if name == "__name__");
        let is_main =
            |id: ExprId| matches!(&self[id], Expr::Literal(Literal::Str(text)) if text == "__main__");
        let Expr::Compare { first, rest } = &self[id] else { return false };
        let [(op, other)] = &rest[..] else { return false };
        op == wanted && (is_name(*first) && is_main(*other) || is_main(*first) && is_name(*other))
    }
}

impl std::ops::Index<ExprId> for ExprArena {
    type Output = Expr;

    fn index(&self, id: ExprId) -> &Expr {
        &self.list[id.0 as usize]
    }
}

/// An expression, reduced to what analysis needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expr {
    /// Syntactically broken, or omitted (nested deeper than the limit).
    Missing,
    /// A name.
    Name(Name),
    /// `value.name`
    Attribute {
        /// The object.
        value: ExprId,
        /// The attribute.
        name: Name,
    },
    /// `callee(args)`
    Call {
        /// The callee.
        callee: ExprId,
        /// The arguments, in order.
        args: Box<[Arg]>,
    },
    /// `value[index]`
    Subscript {
        /// The indexed value.
        value: ExprId,
        /// A tuple for several indices.
        index: ExprId,
    },
    /// `a:b:c` inside a subscript.
    Slice(Box<[Option<ExprId>; 3]>),
    /// `await value`
    Await(ExprId),
    /// `yield value`
    Yield(Option<ExprId>),
    /// `yield from value`
    YieldFrom(ExprId),
    /// A literal.
    Literal(Literal),
    /// An f-string, or several strings one of which is an f-string.
    FString(Box<[FStringPart]>),
    /// A t-string (PEP 750).
    TString(Box<[FStringPart]>),
    /// `(a, b)`
    Tuple(Box<[ExprId]>),
    /// `[a, b]`
    List(Box<[ExprId]>),
    /// `{a, b}`
    Set(Box<[ExprId]>),
    /// `{key: value, **rest}`; the key is missing for a `**` entry.
    Dict(Box<[(Option<ExprId>, ExprId)]>),
    /// A comprehension or generator expression.
    Comprehension {
        /// The kind of comprehension.
        kind: ComprehensionKind,
        /// The element; for a dictionary the key.
        element: ExprId,
        /// The value of a dictionary comprehension.
        value: Option<ExprId>,
        /// `for … in … if …`, outermost first.
        clauses: Box<[ComprehensionClause]>,
    },
    /// `lambda parameters: body`
    Lambda {
        /// Names of the parameters.
        parameters: Box<[Name]>,
        /// The result.
        body: ExprId,
    },
    /// `left op right`, arithmetic and bitwise.
    Binary {
        /// As written: `+`, `%`, `|`, …
        op: Name,
        /// Left operand.
        left: ExprId,
        /// Right operand.
        right: ExprId,
    },
    /// `not a`, `-a`, `~a`, `+a`
    Unary {
        /// As written.
        op: Name,
        /// The operand.
        operand: ExprId,
    },
    /// `a and b`, `a or b`
    Bool {
        /// Whether it is `and`.
        is_and: bool,
        /// Left operand.
        left: ExprId,
        /// Right operand.
        right: ExprId,
    },
    /// `a < b in c`
    Compare {
        /// The first operand.
        first: ExprId,
        /// Operators as written (`not in`, `is not` with one space) with their right operands.
        rest: Box<[(Name, ExprId)]>,
    },
    /// `body if test else orelse`
    Conditional {
        /// The condition.
        test: ExprId,
        /// The value if the condition holds.
        body: ExprId,
        /// The value otherwise.
        orelse: ExprId,
    },
    /// `*value` in a display or a target.
    Starred(ExprId),
    /// `target := value`
    Walrus {
        /// The bound name.
        target: Name,
        /// The value.
        value: ExprId,
    },
}

/// A literal, with its value if that can matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Literal {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// An integer that fits into the type.
    Int(i64),
    /// Any other number, as written.
    Number(Name),
    /// A string (concatenated, simple escapes decoded). Truncated to 2,048 bytes; empty if the string is a statement by
    /// itself, because the text of a docstring is not a fact.
    Str(Name),
    /// A bytes literal.
    Bytes,
    /// `...`
    Ellipsis,
}

/// A part of an f-string.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FStringPart {
    /// Literal text.
    Text(Name),
    /// `{expr}`
    Value(ExprId),
    /// `{expr!r}`
    Repr(ExprId),
}

/// An argument of a call or a base of a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arg {
    /// `value`
    Positional(ExprId),
    /// `name=value`
    Keyword(Name, ExprId),
    /// `*value`
    Star(ExprId),
    /// `**value`
    DoubleStar(ExprId),
}

impl Arg {
    /// The value.
    pub fn value(&self) -> ExprId {
        match self {
            Arg::Positional(id) | Arg::Keyword(_, id) | Arg::Star(id) | Arg::DoubleStar(id) => *id,
        }
    }

    pub(crate) fn value_mut(&mut self) -> &mut ExprId {
        match self {
            Arg::Positional(id) | Arg::Keyword(_, id) | Arg::Star(id) | Arg::DoubleStar(id) => id,
        }
    }
}

/// The result type of a comprehension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ComprehensionKind {
    /// `[… for …]`
    List,
    /// `{… for …}`
    Set,
    /// `{…: … for …}`
    Dict,
    /// `(… for …)`
    Generator,
}

/// `[async] for target in iterable [if condition]*`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComprehensionClause {
    /// `async for`
    pub is_async: bool,
    /// The target.
    pub target: ExprId,
    /// The iterable.
    pub iterable: ExprId,
    /// The conditions.
    pub conditions: Box<[ExprId]>,
}
