//! Memos: a value computed once per key, or once in total, isn't computed once per element.

use python::{Arg, Expr, ExprId, Literal, Stmt, StmtId};

use super::Walker;
use crate::Kind;
use crate::types::names::Evaluator;

/// A cache outlives every call.
const CACHE: &str = "a.cache";

impl Walker<'_> {
    /// `if key not in cache: cache[key] = ...`: the block runs once per key.
    pub(super) fn memo_of(&self, test: ExprId, block: &[StmtId]) -> Option<String> {
        let body = &self.body;
        if self.says_absent(test) == Some(true) {
            return Some(CACHE.to_owned());
        }
        let container = match &body[test] {
            Expr::Compare { first, rest } => match &**rest {
                [(op, container)] if op == "not in" => body.exprs.dotted(*container),
                [(op, _)] if op == "is" => match &body[*first] {
                    Expr::Call { callee, .. } => match &body[*callee] {
                        Expr::Attribute { value, name } if name == "get" => body.exprs.dotted(*value),
                        _ => None,
                    },
                    Expr::Name(name) if self.cached.contains(name) => return Some(CACHE.to_owned()),
                    Expr::Name(name) => return self.is_kept_name(name, block).then(|| name.to_string()),
                    _ => None,
                },
                _ => None,
            },
            Expr::Unary { op, operand } if op == "not" => match &body[*operand] {
                Expr::Compare { rest, .. } => match &**rest {
                    [(op, container)] if op == "in" => body.exprs.dotted(*container),
                    _ => None,
                },
                Expr::Name(name) if self.cached.contains(name) => return Some(CACHE.to_owned()),
                Expr::Name(name) => return self.is_kept_name(name, block).then(|| name.to_string()),
                _ => None,
            },
            _ => None,
        };
        container.filter(|container| self.fills(container, block))
    }

    /// Whether a condition says that what was looked up isn't in the cache (or that it is): `value is NO_VALUE`,
    /// `not isinstance(value, NoValue)`. Such a value shows that a cache was asked, whatever it is called.
    fn says_absent(&self, test: ExprId) -> Option<bool> {
        let body = &self.body;
        let (test, is_plain) = match &body[test] {
            Expr::Unary { op, operand } if op == "not" => (*operand, false),
            _ => (test, true),
        };
        let (subject, marker, says) = match &body[test] {
            Expr::Compare { first, rest } => match &**rest {
                [(op, marker)] if op == "is" || op == "==" => (*first, *marker, true),
                [(op, marker)] if op == "is not" || op == "!=" => (*first, *marker, false),
                _ => return None,
            },
            Expr::Call { callee, args } if matches!(&body[*callee], Expr::Name(name) if name == "isinstance") =>
            {
                let [Arg::Positional(subject), Arg::Positional(marker)] = &**args else { return None };
                (*subject, *marker, true)
            }
            _ => return None,
        };
        let is_marker = matches!(&body[subject], Expr::Name(_)) && self.is_absent(marker);
        is_marker.then_some(says == is_plain)
    }

    fn is_absent(&self, marker: ExprId) -> bool {
        let evaluator = Evaluator::new(self.db, self.project, self.function.module, &self.body.exprs);
        let is_dotted = matches!(&self.body[marker], Expr::Name(_) | Expr::Attribute { .. });
        is_dotted
            && matches!(evaluator.value(marker).kind, Kind::Foreign(full) if libraries::is_absent(&full))
    }

    /// `value = cache.get(key)`: the name holds a value from a cache.
    pub(super) fn note_cached(&mut self, targets: &[ExprId], value: ExprId) {
        let body = std::sync::Arc::clone(&self.body);
        let is_cached = match &body[value] {
            Expr::Call { callee, .. } => match &body[*callee] {
                Expr::Attribute { value, name } => {
                    let holder = body.exprs.dotted(*value).unwrap_or_default().to_ascii_lowercase();
                    matches!(name.as_str(), "get" | "get_many" | "get_value") && holder.contains("cache")
                }
                _ => false,
            },
            _ => false,
        };
        for target in targets {
            if let Expr::Name(name) = &body[*target] {
                if is_cached {
                    self.cached.insert(name.clone());
                } else {
                    self.cached.remove(name);
                }
            }
        }
    }

    /// `if value is not None: return value` after a cache lookup: the rest runs once per key.
    pub(super) fn follows_cache(&mut self, test: ExprId) {
        let body = &self.body;
        let name = match &body[test] {
            Expr::Name(name) => Some(name),
            Expr::Compare { first, rest } if matches!(&**rest, [(op, _)] if op == "is not") => {
                match &body[*first] {
                    Expr::Name(name) => Some(name),
                    _ => None,
                }
            }
            _ => None,
        };
        if name.is_some_and(|name| self.cached.contains(name))
            || self.says_absent(test) == Some(false)
            || self.is_in_memo(test)
        {
            self.asks_cache();
            self.asked_cache = true;
        }
    }

    /// `if key in memo: return memo[key]`, where the function fills `memo`, which outlives the call, below.
    fn is_in_memo(&self, test: ExprId) -> bool {
        let Expr::Compare { rest, .. } = &self.body[test] else { return false };
        let [(op, container)] = &**rest else { return false };
        let container = self.body.exprs.dotted(*container).filter(|_| op == "in");
        container.is_some_and(|name| self.outlives_call(&name) && self.fills(&name, &self.body.root))
    }

    /// The rest of the block runs once per key.
    fn asks_cache(&mut self) {
        self.around.memos += 1;
        self.around.lasting_memos += 1;
    }

    /// `if is_cached:` around the question to the cache: what follows runs once per key too, if callers have to say
    /// that they don't want the cache (`is_cached: bool = True`).
    pub(super) fn follows_asked(&mut self, test: ExprId, asked_before: bool) {
        let asked = std::mem::replace(&mut self.asked_cache, asked_before);
        if !asked {
            return;
        }
        let Expr::Name(name) = &self.body[test] else { return };
        let facts = self.definitions.functions.get(self.function.function.0 as usize);
        let is_on = facts.is_some_and(|facts| {
            facts.parameters.iter().any(|parameter| {
                let default = parameter.default.map(|id| &self.definitions.exprs[id]);
                parameter.name == *name && matches!(default, Some(Expr::Literal(Literal::Bool(true))))
            })
        });
        if is_on {
            self.asks_cache();
        }
    }

    /// Whether a block assigns a name that was bound before the loop, so that it runs once for all elements.
    fn is_kept_name(&self, name: &str, block: &[StmtId]) -> bool {
        let before = self.around.loop_starts.last().and_then(|start| start.get(name));
        let is_from_before = before.is_some() && before == self.environment.get(name);
        is_from_before
            && block.iter().any(|id| match &self.body[*id] {
                Stmt::Assign { targets, .. } => targets
                    .iter()
                    .any(|target| matches!(&self.body[*target], Expr::Name(target) if target == name)),
                _ => false,
            })
    }

    /// Whether the contents of a container survive until the next call: an attribute, a module-level name, or an
    /// argument.
    pub(super) fn outlives_call(&self, container: &str) -> bool {
        container.contains('.') || self.environment.get(container).is_none_or(|held| held.path.is_some())
    }

    /// Whether a block adds something to the container with this name.
    fn fills(&self, container: &str, block: &[StmtId]) -> bool {
        let body = &self.body;
        let is_it = |expr: ExprId| body.exprs.dotted(expr).is_some_and(|name| name == container);
        block.iter().any(|id| match &body[*id] {
            Stmt::Assign { targets, .. } => targets.iter().any(|target| match &body[*target] {
                Expr::Subscript { value, .. } => is_it(*value),
                _ => false,
            }),
            Stmt::Expr(expr) => match &body[*expr] {
                Expr::Call { callee, .. } => match &body[*callee] {
                    Expr::Attribute { value, name } => {
                        matches!(name.as_str(), "update" | "setdefault" | "set") && is_it(*value)
                    }
                    _ => false,
                },
                _ => false,
            },
            Stmt::If { body, orelse, .. } | Stmt::Try { body, orelse, .. } => {
                self.fills(container, body) || self.fills(container, orelse)
            }
            Stmt::With { body, .. } => self.fills(container, body),
            _ => false,
        })
    }
}
