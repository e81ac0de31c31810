//! What a loop walks that comes from a constant by way of names: a list in a dictionary, values of an enumeration.

use python::{Expr, ExprId, Name, Stmt};

use super::Walker;
use super::bounds::is_constant_name;
use crate::Kind;

impl Walker<'_> {
    /// Whether an expression is read of a constant of the program, by way of names: the list that a loop over
    /// `REGIONS.items()` takes out, a list made of the members of an enumeration.
    pub(super) fn is_of_constant(&self, expr: ExprId, depth: usize) -> bool {
        const MAX_DEPTH: usize = 6;
        if depth > MAX_DEPTH {
            return false;
        }
        let body = &self.body;
        let deeper = |expr: ExprId| self.is_of_constant(expr, depth + 1);
        match &body[expr] {
            Expr::Name(name) if is_constant_name(name) => true,
            Expr::Name(name) if self.is_enumeration_name(name) => true,
            Expr::Name(name) => {
                !self.grows(name)
                    && self.sources(name).is_some_and(|all| all.iter().all(|source| deeper(*source)))
            }
            Expr::Attribute { value, name } => is_constant_name(name) && self.is_path(*value),
            Expr::Subscript { value, .. } => deeper(*value),
            Expr::Comprehension { clauses, .. } => clauses.iter().all(|clause| deeper(clause.iterable)),
            Expr::Conditional { body: then, orelse, .. } => deeper(*then) && deeper(*orelse),
            Expr::Call { callee, args } => match &body[*callee] {
                Expr::Attribute { value, name } => {
                    matches!(name.as_str(), "items" | "values" | "keys" | "copy" | "get") && deeper(*value)
                }
                Expr::Name(name) => {
                    matches!(
                        name.as_str(),
                        "enumerate" | "list" | "tuple" | "set" | "frozenset" | "sorted" | "reversed" | "iter"
                    ) && args.first().is_some_and(|arg| deeper(arg.value()))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether an expression consists of names.
    fn is_path(&self, expr: ExprId) -> bool {
        self.body.exprs.dotted(expr).is_some()
    }

    /// Whether a name is that of an enumeration.
    fn is_enumeration_name(&self, name: &Name) -> bool {
        let held = self.heads.get(name).map(|value| &value.kind);
        matches!(held, Some(Kind::Class(class)) if self.is_choices(class))
    }

    /// What the body gives a name: the values that it assigns, and what it iterates over with it; `None` where it is
    /// given in another way.
    fn sources(&self, name: &Name) -> Option<Vec<ExprId>> {
        let body = &self.body;
        let names_it = |target: ExprId| match &body[target] {
            Expr::Name(it) => it == name,
            Expr::Tuple(parts) | Expr::List(parts) => {
                parts.iter().any(|part| matches!(&body[*part], Expr::Name(it) if it == name))
            }
            _ => false,
        };
        let facts = self.definitions.functions.get(self.function.function.0 as usize)?;
        if facts.parameters.iter().any(|parameter| parameter.name == *name) {
            return None;
        }
        let mut sources = Vec::new();
        for stmt in &body.stmts {
            match stmt {
                Stmt::Assign { targets, value, .. } if targets.iter().any(|target| names_it(*target)) => {
                    sources.push((*value)?);
                }
                Stmt::AugAssign { target, .. } if names_it(*target) => return None,
                Stmt::For { target, iterable, .. } if names_it(*target) => sources.push(*iterable),
                _ => {}
            }
        }
        for expr in &body.exprs.list {
            if let Expr::Comprehension { clauses, .. } = expr {
                let own = clauses.iter().filter(|clause| names_it(clause.target));
                sources.extend(own.map(|clause| clause.iterable));
            }
        }
        (!sources.is_empty()).then_some(sources)
    }
}
