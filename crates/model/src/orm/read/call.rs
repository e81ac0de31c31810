//! Calls in class bodies, and plain values in their arguments.

use python::{Arg, Expr, ExprArena, ExprId, Literal, Name};

/// A call with its arguments.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) exprs: &'a ExprArena,
    pub(super) callee: ExprId,
    args: &'a [Arg],
}

impl<'a> Call<'a> {
    /// The call at `id`, if it is one.
    pub(super) fn of(exprs: &'a ExprArena, id: ExprId) -> Option<Self> {
        match &exprs[id] {
            Expr::Call { callee, args } => {
                // `Manager["Order"]()` creates the same object as `Manager()`.
                let callee = match &exprs[*callee] {
                    Expr::Subscript { value, .. } => *value,
                    _ => *callee,
                };
                Some(Self { exprs, callee, args })
            }
            _ => None,
        }
    }

    /// The last name of the callee: `relationship` for `sa.orm.relationship(...)`.
    pub(super) fn name(&self) -> Option<&'a Name> {
        self.exprs[self.callee].last_name()
    }

    /// The callee, as a dotted name.
    pub(super) fn dotted(&self) -> Option<String> {
        self.exprs.dotted(self.callee)
    }

    /// The positional arguments.
    pub(super) fn positional(&self) -> impl Iterator<Item = ExprId> + use<'a> {
        self.args.iter().filter_map(|arg| match arg {
            Arg::Positional(value) => Some(*value),
            _ => None,
        })
    }

    /// All argument values, positional and by keyword.
    pub(super) fn values(&self) -> impl Iterator<Item = ExprId> + use<'a> {
        self.args.iter().map(Arg::value)
    }

    /// The keyword argument `name`.
    pub(super) fn keyword(&self, name: &str) -> Option<ExprId> {
        self.args.iter().find_map(|arg| match arg {
            Arg::Keyword(keyword, value) if keyword == name => Some(*value),
            _ => None,
        })
    }

    /// Whether the keyword argument `name` is `True`.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.keyword(name).and_then(|value| boolean(self.exprs, value)) == Some(true)
    }

    /// The keyword argument `name`, or the entry of that name in the dictionary or `dict()` passed as `within`.
    pub(super) fn option(&self, name: &str, within: &str) -> Option<ExprId> {
        self.keyword(name).or_else(|| self.keyword(within).and_then(|it| entry(self.exprs, it, name)))
    }
}

/// The value under the literal key `name` of a dictionary.
pub(super) fn entry(exprs: &ExprArena, dictionary: ExprId, name: &str) -> Option<ExprId> {
    match &exprs[dictionary] {
        Expr::Dict(entries) => entries
            .iter()
            .find(|(key, _)| key.is_some_and(|key| string(exprs, key).is_some_and(|key| key == name)))
            .map(|(_, value)| *value),
        Expr::Call { .. } => {
            let call = Call::of(exprs, dictionary)?;
            if call.name()? == "dict" { call.keyword(name) } else { None }
        }
        _ => None,
    }
}

/// A string literal.
pub(super) fn string(exprs: &ExprArena, id: ExprId) -> Option<&Name> {
    match &exprs[id] {
        Expr::Literal(Literal::Str(text)) => Some(text),
        _ => None,
    }
}

/// A boolean literal.
pub(super) fn boolean(exprs: &ExprArena, id: ExprId) -> Option<bool> {
    match &exprs[id] {
        Expr::Literal(Literal::Bool(value)) => Some(*value),
        _ => None,
    }
}

/// The elements of a list, tuple or set; otherwise the expression itself.
pub(super) fn parts(exprs: &ExprArena, id: ExprId) -> Vec<ExprId> {
    match &exprs[id] {
        Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => parts.to_vec(),
        _ => vec![id],
    }
}
