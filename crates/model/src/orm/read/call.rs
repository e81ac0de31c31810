//! Calls as they stand in a class body, and the plain values in their arguments.

use python::{Arg, Expr, ExprArena, ExprId, Literal, Name};

/// A call with its arguments.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) exprs: &'a ExprArena,
    pub(super) callee: ExprId,
    args: &'a [Arg],
}

impl<'a> Call<'a> {
    /// The call that `id` is.
    pub(super) fn of(exprs: &'a ExprArena, id: ExprId) -> Option<Self> {
        match &exprs[id] {
            Expr::Call { callee, args } => {
                // `Manager["Order"]()` makes what `Manager()` makes.
                let callee = match &exprs[*callee] {
                    Expr::Subscript { value, .. } => *value,
                    _ => *callee,
                };
                Some(Self { exprs, callee, args })
            }
            _ => None,
        }
    }

    /// The last name of what is called: `relationship` of `sa.orm.relationship(...)`.
    pub(super) fn name(&self) -> Option<&'a Name> {
        self.exprs[self.callee].last_name()
    }

    /// What is called, dotted.
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

    /// All values, positional and by keyword.
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

    /// The keyword argument `name`, also in the dictionary or `dict()` given as `within`.
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

/// A literal string.
pub(super) fn string(exprs: &ExprArena, id: ExprId) -> Option<&Name> {
    match &exprs[id] {
        Expr::Literal(Literal::Str(text)) => Some(text),
        _ => None,
    }
}

/// A literal truth value.
pub(super) fn boolean(exprs: &ExprArena, id: ExprId) -> Option<bool> {
    match &exprs[id] {
        Expr::Literal(Literal::Bool(value)) => Some(*value),
        _ => None,
    }
}

/// The parts of a list, tuple or set; the expression itself where it is none.
pub(super) fn parts(exprs: &ExprArena, id: ExprId) -> Vec<ExprId> {
    match &exprs[id] {
        Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => parts.to_vec(),
        _ => vec![id],
    }
}
