//! What decides how often a loop runs: the data, or the program. Constants, small ranges, retries, pages and chunks are
//! the program's; what is done for each of those is not done for each row.

use python::{Arg, Expr, ExprId, Literal, Stmt, StmtId};

use super::{Frame, Walker};
use crate::{Bound, Kind, Value};

/// A range up to this is a constant, whatever it stands for.
const SMALL_RANGE: i64 = 100;
/// A slice up to this is a handful; a page is not.
const SMALL_SLICE: i64 = 10;

impl Walker<'_> {
    /// Whether the program rather than the data decides how often a loop runs.
    pub(super) fn is_fixed(
        &self,
        target: ExprId,
        iterable: ExprId,
        value: &Value,
        element: &Value,
        body: &[StmtId],
    ) -> bool {
        let by_value = match &value.kind {
            Kind::Tuple(_) | Kind::Record(_) | Kind::Class(_) | Kind::Text(_) => true,
            Kind::Foreign(name) => is_constant_name(name.rsplit('.').next().unwrap_or_default()),
            _ => false,
        };
        // Sessions that a generator lends, models and functions of a registry, parts of a query.
        let by_element = match &element.kind {
            Kind::Session { .. }
            | Kind::Class(_)
            | Kind::Foreign(_)
            | Kind::Function(_)
            | Kind::Module(_)
            | Kind::Query(_) => true,
            Kind::ForeignInstance(name) => name.ends_with("Session") || name.ends_with("Connection"),
            _ => false,
        };
        let by_name = self.word_of_target(target).is_some_and(|word| says_batch(&word) || says_retry(&word));
        by_value || by_element || by_name || self.is_fixed_iterable(iterable, body)
    }

    fn is_fixed_iterable(&self, iterable: ExprId, body: &[StmtId]) -> bool {
        match &self.body[iterable] {
            Expr::Tuple(_) | Expr::List(_) | Expr::Set(_) | Expr::Dict(_) | Expr::Literal(_) => true,
            Expr::Name(name) | Expr::Attribute { name, .. } => {
                is_constant_name(name) || says_batch(name) || says_fields(name)
            }
            Expr::Await(inner) => self.is_fixed_iterable(*inner, body),
            Expr::Binary { left, right, .. } => {
                self.is_fixed_iterable(*left, body) && self.is_fixed_iterable(*right, body)
            }
            Expr::Subscript { index, value } => match &self.body[*index] {
                Expr::Slice(parts) => parts[1].is_some_and(|end| {
                    matches!(self.body[end], Expr::Literal(Literal::Int(count)) if (0..=SMALL_SLICE).contains(&count))
                }),
                _ => self.is_fixed_iterable(*value, body),
            },
            Expr::Call { callee, args } => self.is_fixed_call(*callee, args, body),
            _ => false,
        }
    }

    fn is_fixed_call(&self, callee: ExprId, args: &[Arg], body: &[StmtId]) -> bool {
        let word = match &self.body[callee] {
            Expr::Name(name) => name.as_str(),
            Expr::Attribute { name, value } => {
                // `STATES.items()`
                if matches!(name.as_str(), "items" | "values" | "keys" | "copy")
                    && self.is_fixed_iterable(*value, body)
                {
                    return true;
                }
                name.as_str()
            }
            _ => return false,
        };
        match word {
            "range" => self.is_fixed_range(args, body),
            "enumerate" | "list" | "tuple" | "set" | "sorted" | "reversed" | "zip" | "cycle" => {
                args.first().is_some_and(|arg| self.is_fixed_iterable(arg.value(), body))
            }
            "count" | "repeat" | "rrule" | "fields" | "signature" | "get_fields" | "get_models"
            | "walk_packages" | "iter_modules" | "entry_points" | "__subclasses__" | "get_columns"
            | "get_table_names" | "get_indexes" => true,
            _ => says_batch(word),
        }
    }

    /// `range(3)`, `range(0, total, size)`, and a range that is left at the first success: no element of the data each.
    fn is_fixed_range(&self, args: &[Arg], body: &[StmtId]) -> bool {
        let is_length = |arg: &Arg| match &self.body[arg.value()] {
            Expr::Call { callee, .. } => matches!(&self.body[*callee], Expr::Name(name) if name == "len"),
            _ => false,
        };
        match args {
            [only] => match &self.body[only.value()] {
                Expr::Literal(Literal::Int(count)) => *count <= SMALL_RANGE,
                Expr::Name(name) => is_constant_name(name) || self.leaves(body),
                _ => !is_length(only),
            },
            [_, _] => !args.iter().any(is_length),
            _ => true,
        }
    }

    /// How often `while left:` runs, where `left` is a number that the function writes down once and each round takes one
    /// from.
    pub(super) fn counted_rounds(&self, test: ExprId, block: &[StmtId]) -> Option<u16> {
        let counter = match &self.body[test] {
            Expr::Name(name) => name,
            Expr::Compare { first, rest } => match (&self.body[*first], &**rest) {
                (Expr::Name(name), [(op, zero)]) if op == ">" && self.number(*zero) == Some(0) => name,
                _ => return None,
            },
            _ => return None,
        };
        let is_counter = |expr: ExprId| matches!(&self.body[expr], Expr::Name(name) if name == counter);
        let takes_one = block.iter().any(|id| match &self.body[*id] {
            Stmt::AugAssign { target, value, op } => {
                op.starts_with('-') && is_counter(*target) && self.number(*value) == Some(1)
            }
            _ => false,
        });
        let mut starts = self.body.stmts.iter().filter_map(|stmt| match stmt {
            Stmt::Assign { targets, value, .. } if targets.iter().any(|target| is_counter(*target)) => {
                Some(value.and_then(|value| self.number(value)))
            }
            _ => None,
        });
        let start = starts.next()??;
        (takes_one && starts.next().is_none()).then(|| u16::try_from(start).ok())?
    }

    /// `if name == "bundle"` in a loop over names that are written out: what happened inside, since the effect numbered so,
    /// happens in one round.
    pub(super) fn in_one_round(&mut self, test: ExprId, first_effect: usize) {
        let body = &self.body;
        let Expr::Compare { first, rest } = &body[test] else { return };
        let [(op, other)] = &**rest else { return };
        let (Expr::Name(name), Expr::Literal(_)) = (&body[*first], &body[*other]) else { return };
        let Some(held) = self.environment.get(name).filter(|_| op == "==") else { return };
        let is_its = |frame: &Frame| {
            matches!(frame.info.bound, Bound::Rounds(_)) && !frame.is_below && held.deps.on_loop(frame.index)
        };
        let Some(at) = self.frames.iter().rposition(is_its) else { return };
        let frame = &self.frames[at];
        for effect in self.effects.iter_mut().skip(first_effect) {
            if effect.loops.get(at) == Some(&frame.info) {
                effect.loops.remove(at);
                // Other rounds went the other way.
                effect.arms.truncate(frame.arms);
            }
        }
    }

    fn number(&self, expr: ExprId) -> Option<i64> {
        match self.body[expr] {
            Expr::Literal(Literal::Int(number)) => Some(number),
            _ => None,
        }
    }

    /// Whether a block can leave its loop.
    fn leaves(&self, block: &[StmtId]) -> bool {
        block.iter().any(|id| match &self.body[*id] {
            Stmt::Break | Stmt::Return(_) => true,
            Stmt::If { body, orelse, .. } => self.leaves(body) || self.leaves(orelse),
            Stmt::With { body, .. } => self.leaves(body),
            Stmt::Try { body, handlers, orelse, .. } => {
                self.leaves(body)
                    || self.leaves(orelse)
                    || handlers.iter().any(|handler| self.leaves(&handler.body))
            }
            _ => false,
        })
    }
}

/// `MAX_SIZE`
fn is_constant_name(name: &str) -> bool {
    name.len() > 1
        && name.chars().any(|letter| letter.is_ascii_uppercase())
        && name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

/// Whether a name speaks of parts of a whole, each of which is worth a query.
fn says_batch(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["chunk", "batch", "page_num", "page_range", "paginat", "shard", "partition"]
        .iter()
        .any(|word| name.contains(word))
        || matches!(name.as_str(), "page" | "pages" | "window" | "offset" | "grouper" | "each_slice")
}

/// Whether a name speaks of tries.
fn says_retry(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["attempt", "retry", "retries", "tries"].iter().any(|word| name.contains(word)) || name == "_"
}

/// Whether a name speaks of what the program declares: the fields of a form, the tables of a schema.
fn says_fields(name: &str) -> bool {
    matches!(
        name,
        "validated_data" | "cleaned_data" | "sorted_tables" | "__fields__" | "model_fields" | "local_fields"
    )
}
