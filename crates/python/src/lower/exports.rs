//! `__all__`, as far as it is literal.

use super::Lowering;
use super::output::{All, Arena};
use crate::{Arg, Expr, ExprId, Literal, Name, Scope};

impl Lowering<'_> {
    /// `__all__ = value`
    pub(super) fn all_is(&mut self, value: Option<ExprId>) {
        let names = value.map_or(Some(Vec::new()), |value| literal_strings(&self.body.arena, value));
        // In a branch, the other branch may have assigned it, so names of either may be exported.
        if self.context.conditional && !matches!(self.found.all, All::Absent) {
            return self.all_gains(names);
        }
        self.found.all = names.map_or(All::Computed, All::Literal);
    }

    /// `__all__ += value`
    pub(super) fn all_grows(&mut self, target: ExprId, value: Option<ExprId>) {
        let is_all = matches!(&self.body.arena.exprs[target], Expr::Name(name) if name == "__all__");
        if !is_all || self.context.scope != Scope::Module {
            return;
        }
        let more = value.and_then(|value| literal_strings(&self.body.arena, value));
        self.all_gains(more);
    }

    /// `__all__.extend(value)` and `__all__.append(value)`
    pub(super) fn extends_all(&mut self, expr: ExprId) {
        if self.context.scope != Scope::Module {
            return;
        }
        let exprs = &self.body.arena.exprs;
        let Expr::Call { callee, args } = &exprs[expr] else { return };
        let Expr::Attribute { value, name: method } = &exprs[*callee] else { return };
        if !matches!(&exprs[*value], Expr::Name(name) if name == "__all__") {
            return;
        }
        let more = match (method.as_str(), &**args) {
            ("extend", [Arg::Positional(list)]) => literal_strings(&self.body.arena, *list),
            ("append", [Arg::Positional(one)]) => match &exprs[*one] {
                Expr::Literal(Literal::Str(name)) => Some(vec![name.clone()]),
                _ => None,
            },
            _ => None,
        };
        self.all_gains(more);
    }

    fn all_gains(&mut self, more: Option<Vec<Name>>) {
        self.found.all = match (std::mem::take(&mut self.found.all), more) {
            (All::Literal(mut names), Some(more)) => {
                names.extend(more);
                All::Literal(names)
            }
            (All::Absent, Some(more)) => All::Literal(more),
            _ => All::Computed,
        };
    }
}

/// The strings of a list or tuple, or of a concatenation of these; `None` if any part is computed.
fn literal_strings(arena: &Arena, value: ExprId) -> Option<Vec<Name>> {
    let mut names = Vec::new();
    let mut open = vec![value];
    while let Some(id) = open.pop() {
        match &arena.exprs[id] {
            Expr::List(elements) | Expr::Tuple(elements) => {
                for element in elements {
                    let Expr::Literal(Literal::Str(name)) = &arena.exprs[*element] else { return None };
                    names.push(name.clone());
                }
            }
            Expr::Binary { op, left, right } if op == "+" => open.extend([*right, *left]),
            _ => return None,
        }
    }
    Some(names)
}
