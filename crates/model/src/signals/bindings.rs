//! The meaning of the names in one module, as far as its own imports determine it.

use python::{Expr, ExprArena, ExprId, ImportKind, Imports};
use rustc_hash::FxHashMap;

/// Hand-written expressions are not nested deeper than this.
const MAX_DEPTH: usize = 32;

/// The dotted names of imported objects: `select` is `sqlalchemy.select` after `from sqlalchemy import select`. Names
/// from relative imports begin with a dot, so that they match no table of external names.
#[derive(Debug, Default)]
pub(super) struct Bindings<'a> {
    by_name: FxHashMap<&'a str, String>,
}

impl<'a> Bindings<'a> {
    /// Reads the imports. If a name is bound twice (`try`, `except ImportError`), the first binding counts.
    pub(super) fn of(imports: &'a Imports) -> Self {
        let mut by_name = FxHashMap::default();
        for import in &imports.list {
            let Some(bound) = import.bound_name() else { continue };
            let dots = if import.level > 0 { "." } else { "" };
            let dotted = match (import.kind, &import.name) {
                (ImportKind::From, Some(name)) if import.module.is_empty() => format!("{dots}{name}"),
                (ImportKind::From, Some(name)) => format!("{dots}{}.{name}", import.module),
                (ImportKind::Module, _) if import.alias.is_none() => bound.to_owned(),
                _ => format!("{dots}{}", import.module),
            };
            by_name.entry(bound).or_insert(dotted);
        }
        Self { by_name }
    }

    /// All bound names, in no particular order.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.by_name.values().map(String::as_str)
    }

    /// The dotted name that a simple name refers to.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).map(String::as_str)
    }

    /// The dotted name of an expression that starts at an imported name. Calls and subscripts are skipped:
    /// `declarative_base()` is `sqlalchemy.orm.declarative_base`, `Generic[T]` is `typing.Generic`.
    pub(super) fn dotted(&self, exprs: &ExprArena, id: ExprId) -> Option<String> {
        let mut attributes: Vec<&str> = Vec::new();
        let mut at = id;
        for _ in 0..MAX_DEPTH {
            match &exprs[at] {
                Expr::Name(name) => {
                    let mut dotted = self.get(name)?.to_owned();
                    for attribute in attributes.iter().rev() {
                        dotted.push('.');
                        dotted.push_str(attribute);
                    }
                    return Some(dotted);
                }
                Expr::Attribute { value, name } => {
                    attributes.push(name);
                    at = *value;
                }
                Expr::Call { callee, .. } => at = *callee,
                Expr::Subscript { value, .. } => at = *value,
                _ => return None,
            }
        }
        None
    }
}
