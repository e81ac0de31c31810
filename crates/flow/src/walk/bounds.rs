//! What determines how often a loop runs: the data or the program. Constants, small ranges, retries and chunks belong
//! to the program, and work done for each of them isn't done for each row. The decision is based on what the code does,
//! not on the name of the iterable: rows of a table of pages are rows. The only exception is a counter whose name shows
//! that a `range` counts attempts.

use python::{Arg, ComprehensionClause, Expr, ExprId, Literal, Name, Stmt, StmtId};

use super::{Frame, Walker};
use crate::{Bound, Kind, Value};

/// A range up to this size is a constant, whatever it represents.
const SMALL_RANGE: i64 = 100;
/// The attribute of Django's paginator with its page numbers.
const PAGES: &str = "page_range";
/// A slice up to this size is constant; a page isn't.
const SMALL_SLICE: i64 = 5;

impl Walker<'_> {
    /// Whether the program, rather than the data, determines how often a loop runs.
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
            Kind::ForeignMethod(holder, name) => self.is_enumeration(holder, name),
            // A subscription is no collection whose rows one query could fetch.
            Kind::ForeignInstance(class) => libraries::is_stream(class),
            Kind::Foreign(name) => is_constant_name(name.rsplit('.').next().unwrap_or_default()),
            _ => false,
        };
        // Sessions yielded by a generator, models and functions in a registry, parts of a query.
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
        // Rows and what queries give are data, wherever a name for them comes from.
        let is_written = || {
            let is_plain = |value: &Value| match &value.kind {
                Kind::Plain | Kind::Written(_) | Kind::Text(_) | Kind::Unknown => true,
                // `status.value` of a member of an enumeration.
                Kind::ForeignMethod(holder, _) => matches!(holder.kind, Kind::Class(_)),
                _ => false,
            };
            match &element.kind {
                Kind::Tuple(parts) => parts.iter().all(is_plain),
                _ => is_plain(element),
            }
        };
        by_value
            || by_element
            || self.counts_tries(target, iterable)
            || self.is_fixed_iterable(iterable, body)
            || (is_written() && self.is_of_constant(iterable, 0))
    }

    /// Whether the attribute `name` of a value is a nested class (`Order.Status`), or a list of a Django `Choices`
    /// class (`Status.values`).
    fn is_enumeration(&self, holder: &Value, name: &str) -> bool {
        let is_list = matches!(name, "values" | "choices" | "labels" | "names" | "__members__");
        match &holder.kind {
            Kind::Class(class) => (is_list && self.is_choices(class)) || self.has_class_inside(class, name),
            Kind::ForeignMethod(outer, inner) => is_list && self.is_enumeration(outer, inner),
            _ => false,
        }
    }

    /// Whether a class is an enumeration, or one of Django's `Choices`.
    pub(super) fn is_choices(&self, class: &model::ClassRef) -> bool {
        let bases =
            crate::query::types::foreign_ancestors(self.db, self.project, class.module, class.name.clone());
        bases.iter().any(|base| base.ends_with("Choices") || base.starts_with("enum."))
    }

    /// How many members an enumeration has: `for status in Status`, `list(Status)`, `Order.Status.values`.
    pub(super) fn members_of(&self, value: &Value) -> Option<u16> {
        let (class, inner) = match &value.kind {
            Kind::Many(one) => (class_of(one)?, None),
            Kind::ForeignMethod(holder, name) if self.is_enumeration(holder, name) => match &holder.kind {
                Kind::ForeignMethod(outer, inner) => (class_of(outer)?, Some(inner)),
                _ => (class_of(holder)?, None),
            },
            _ => (class_of(value)?, None),
        };
        if inner.is_none() && !self.is_choices(class) {
            return None;
        }
        let file = model::query::file_of(self.db, self.project, class.module);
        let definitions = python::query::definitions(self.db, file);
        let is_it = |scope: python::Scope| match scope {
            python::Scope::Class(id) => {
                definitions[id].scope == python::Scope::Module && definitions[id].name == class.name
            }
            _ => false,
        };
        let is_in_it = |scope: python::Scope| match (scope, inner) {
            (_, None) => is_it(scope),
            (python::Scope::Class(id), Some(inner)) => {
                definitions[id].name == *inner && is_it(definitions[id].scope)
            }
            _ => false,
        };
        let members = definitions.variables.iter().filter(|variable| {
            is_in_it(variable.scope) && variable.value.is_some() && !variable.name.starts_with('_')
        });
        u16::try_from(members.count()).ok().filter(|count| *count > 0)
    }

    /// Whether a class assigns a name in its body: an enumeration's members are such.
    pub(super) fn is_member(&self, class: &model::ClassRef, name: &str) -> bool {
        let file = model::query::file_of(self.db, self.project, class.module);
        let definitions = python::query::definitions(self.db, file);
        let is_it = |scope: python::Scope| matches!(scope, python::Scope::Class(id) if definitions[id].name == class.name);
        definitions
            .variables
            .iter()
            .any(|variable| variable.name == name && variable.value.is_some() && is_it(variable.scope))
    }

    fn has_class_inside(&self, class: &model::ClassRef, name: &str) -> bool {
        let file = model::query::file_of(self.db, self.project, class.module);
        let definitions = python::query::definitions(self.db, file);
        definitions.classes().any(|(_, inner)| {
            inner.name == name
                && matches!(inner.scope, python::Scope::Class(outer) if definitions[outer].name == class.name)
        })
    }

    fn is_fixed_iterable(&self, iterable: ExprId, body: &[StmtId]) -> bool {
        match &self.body[iterable] {
            // `[*young, *old]` is as long as what it unpacks.
            Expr::Tuple(parts) | Expr::List(parts) | Expr::Set(parts) => {
                parts.iter().all(|part| match &self.body[*part] {
                    Expr::Starred(rows) => self.is_fixed_iterable(*rows, body),
                    _ => true,
                })
            }
            Expr::Dict(_) | Expr::Literal(_) => true,
            Expr::Name(name) if self.holds_chunks(name) => true,
            Expr::Name(name) | Expr::Attribute { name, .. } => {
                is_constant_name(name) || names_fields(name) || name == PAGES || self.reflects(iterable)
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
        let (word, is_function) = match &self.body[callee] {
            Expr::Name(name) => (name.as_str(), true),
            Expr::Attribute { name, value } => {
                // `STATES.items()`
                if matches!(name.as_str(), "items" | "values" | "keys" | "copy")
                    && self.is_fixed_iterable(*value, body)
                {
                    return true;
                }
                // `orders.list(limit=10)` is a method of somebody's own; `itertools.cycle(...)` is not.
                (name.as_str(), matches!(&self.body[*value], Expr::Name(module) if module == "itertools"))
            }
            _ => return false,
        };
        match word {
            "range" if is_function => self.is_fixed_range(args, body),
            "enumerate" | "list" | "tuple" | "set" | "sorted" | "reversed" | "zip" | "cycle"
                if is_function =>
            {
                args.first().is_some_and(|arg| self.is_fixed_iterable(arg.value(), body))
            }
            "count" | "repeat" | "rrule" | "fields" | "signature" | "get_fields" | "get_models"
            | "get_args" | "walk_packages" | "iter_modules" | "entry_points" | "__subclasses__"
            | "get_columns" | "get_table_names" | "get_indexes" => true,
            _ => false,
        }
    }

    /// Whether an attribute is part of what a library knows of a class: `row.__mapper__.relationships`,
    /// `Order._meta.local_fields`, `inspect(Order).columns`.
    fn reflects(&self, expr: ExprId) -> bool {
        const DESCRIPTIONS: &[&str] =
            &["__mapper__", "__table__", "_meta", "__dataclass_fields__", "__annotations__", "__members__"];
        const MAX_DEPTH: usize = 6;
        let body = &self.body;
        let is_inspection = |expr: ExprId| match &body[expr] {
            Expr::Call { callee, .. } => matches!(
                &body[*callee],
                Expr::Name(name) | Expr::Attribute { name, .. }
                    if matches!(name.as_str(), "inspect" | "class_mapper" | "object_mapper")
            ),
            _ => false,
        };
        let mut at = expr;
        for _ in 0..MAX_DEPTH {
            // `Order._meta.get_field("status").choices`
            let read = match &body[at] {
                Expr::Call { callee, .. } if at != expr => *callee,
                _ => at,
            };
            let Expr::Attribute { value, name } = &body[read] else { break };
            if read != at && name != "get_field" {
                break;
            }
            if DESCRIPTIONS.contains(&name.as_str()) {
                return true;
            }
            at = *value;
        }
        match &body[at] {
            _ if at == expr => false,
            Expr::Name(name) => body.stmts.iter().any(|stmt| match stmt {
                Stmt::Assign { targets, value: Some(value), .. } => {
                    is_inspection(*value)
                        && targets.iter().any(|target| matches!(&body[*target], Expr::Name(it) if it == name))
                }
                _ => false,
            }),
            _ => is_inspection(at),
        }
    }

    /// `for attempt in range(retries)`: a counter of attempts, wherever their number comes from.
    fn counts_tries(&self, target: ExprId, iterable: ExprId) -> bool {
        let Expr::Call { callee, .. } = &self.body[iterable] else { return false };
        let is_range = matches!(&self.body[*callee], Expr::Name(name) if name == "range");
        is_range && self.word_of_target(target).is_some_and(|word| names_try(&word))
    }

    /// Whether a comprehension splits a collection into chunks:
    /// `[keys[at : at + size] for at in range(0, len(keys), size)]`.
    pub(super) fn cuts(&self, element: ExprId, clauses: &[ComprehensionClause]) -> bool {
        let Expr::Subscript { index, .. } = &self.body[element] else { return false };
        let [only] = clauses else { return false };
        matches!(self.body[*index], Expr::Slice(_)) && self.is_fixed_iterable(only.iterable, &[])
    }

    /// Whether a name holds a chunk that a generator accumulates before yielding it: it is emptied again for the next
    /// chunk.
    pub(super) fn gathers(&self, yielded: ExprId) -> bool {
        let body = &self.body;
        let Expr::Name(name) = &body[yielded] else { return false };
        let is_it = |expr: ExprId| matches!(&body[expr], Expr::Name(other) if other == name);
        let is_empty = |expr: ExprId| match &body[expr] {
            Expr::List(parts) | Expr::Set(parts) => parts.is_empty(),
            Expr::Dict(entries) => entries.is_empty(),
            Expr::Call { callee, args } => {
                args.is_empty()
                    && matches!(&body[*callee], Expr::Name(name) if matches!(name.as_str(), "list" | "set" | "dict"))
            }
            _ => false,
        };
        let emptied = body.stmts.iter().filter(|stmt| match stmt {
            Stmt::Assign { targets, value: Some(value), .. } => {
                is_empty(*value) && targets.iter().any(|target| is_it(*target))
            }
            Stmt::Expr(call) => match &body[*call] {
                Expr::Call { callee, .. } => {
                    matches!(&body[*callee], Expr::Attribute { value, name } if name == "clear" && is_it(*value))
                }
                _ => false,
            },
            _ => false,
        });
        emptied.count() > 1
    }

    /// `range(3)`, `range(0, total, size)`, and a range that ends at the first success. Their rounds don't correspond
    /// to elements of the data.
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

    /// The number of rounds of `while left:` and `while year < 4:`, if the function assigns a literal to the counter once
    /// and each round changes it by another.
    pub(super) fn counted_rounds(&self, test: ExprId, block: &[StmtId]) -> Option<u16> {
        let (counter, op, limit) = match &self.body[test] {
            Expr::Name(name) => (name, "!=", 0),
            Expr::Compare { first, rest } => match (&self.body[*first], &**rest) {
                (Expr::Name(name), [(op, limit)]) => (name, op.as_str(), self.number(*limit)?),
                _ => return None,
            },
            _ => return None,
        };
        let is_counter = |expr: ExprId| matches!(&self.body[expr], Expr::Name(name) if name == counter);
        let mut steps = block.iter().filter_map(|id| match &self.body[*id] {
            Stmt::AugAssign { target, value, op } if is_counter(*target) => {
                let by = self.number(*value);
                Some(by.and_then(|by| match op.chars().next()? {
                    '-' => Some(-by),
                    '+' => Some(by),
                    _ => None,
                }))
            }
            _ => None,
        });
        let step = steps.next()??;
        let mut starts = self.body.stmts.iter().filter_map(|stmt| match stmt {
            Stmt::Assign { targets, value, .. } if targets.iter().any(|target| is_counter(*target)) => {
                Some(value.and_then(|value| self.number(value)))
            }
            _ => None,
        });
        let start = starts.next()??;
        if steps.next().is_some() || starts.next().is_some() {
            return None;
        }
        let (stop, is_upwards) = match op {
            "<" => (limit, true),
            "<=" => (limit.checked_add(1)?, true),
            ">" => (limit, false),
            ">=" => (limit.checked_sub(1)?, false),
            // It must not step over the limit.
            "!=" if limit.checked_sub(start)?.checked_rem(step)? == 0 => (limit, step > 0),
            _ => return None,
        };
        let rounds = crate::rounds::of_range(start, stop, step).filter(|rounds| *rounds > 0)?;
        (is_upwards == (step > 0)).then(|| u16::try_from(rounds).ok())?
    }

    /// `if name == "bundle"` in a loop over literal names: the effects inside, from `first_effect` on, happen in one
    /// round.
    pub(super) fn in_one_round(&mut self, test: ExprId, first_effect: usize) {
        let body = &self.body;
        let Expr::Compare { first, rest } = &body[test] else { return };
        let [(op, other)] = &**rest else { return };
        let (Expr::Name(name), Expr::Literal(_)) = (&body[*first], &body[*other]) else { return };
        let Some(held) = self.environment.get(name).filter(|_| op == "==") else { return };
        let is_its = |frame: &Frame| {
            matches!(frame.info.bound, Bound::Rounds(_)) && !frame.is_below && held.deps.on_loop(frame.index)
        };
        let Some(at) = self.around.frames.iter().rposition(is_its) else { return };
        let frame = &self.around.frames[at];
        for effect in self.recorder.effects.iter_mut().skip(first_effect) {
            if effect.loops.get(at) == Some(&frame.info) {
                effect.loops.remove(at);
                // Other rounds take the other arm.
                effect.arms.truncate(frame.arms);
            }
        }
    }

    /// The rows that `while rows:` walks, as each round takes one of them out: `rows.pop()`.
    pub(super) fn emptied(&self, test: ExprId, block: &[StmtId]) -> Option<(Name, crate::Value)> {
        let body = &self.body;
        let rows = match &body[test] {
            Expr::Name(rows) => rows,
            Expr::Call { callee, args } => match (&body[*callee], &**args) {
                (Expr::Name(len), [only]) if len == "len" => match &body[only.value()] {
                    Expr::Name(rows) => rows,
                    _ => return None,
                },
                _ => return None,
            },
            _ => return None,
        };
        let held = self.environment.get(rows)?;
        let held = match &held.kind {
            Kind::Many(_) => held.clone(),
            // What the rounds themselves add to it is data, however it begins.
            Kind::Tuple(parts) if self.grows(rows) => {
                let one = parts.iter().cloned().reduce(|all, part| all.join(&part)).unwrap_or_default();
                one.with_deps(held.deps).many()
            }
            _ => return None,
        };
        let takes_one = block.iter().any(|id| match &body[*id] {
            Stmt::Assign { value: Some(value), .. } | Stmt::Expr(value) => self.takes_out(*value, rows, 0),
            _ => false,
        });
        takes_one.then(|| (rows.clone(), held))
    }

    /// Whether the function adds to the collection that `rows` names.
    pub(super) fn grows(&self, rows: &Name) -> bool {
        let body = &self.body;
        body.exprs.list.iter().any(|expr| match expr {
            Expr::Call { callee, .. } => match &body[*callee] {
                Expr::Attribute { value, name } => {
                    matches!(
                        name.as_str(),
                        "append" | "appendleft" | "extend" | "extendleft" | "add" | "update"
                    ) && matches!(&body[*value], Expr::Name(name) if name == rows)
                }
                _ => false,
            },
            _ => false,
        })
    }

    /// Whether an expression takes an element out of what `rows` names.
    fn takes_out(&self, expr: ExprId, rows: &Name, depth: usize) -> bool {
        const MAX_DEPTH: usize = 8;
        let body = &self.body;
        let inside = |expr: ExprId| depth < MAX_DEPTH && self.takes_out(expr, rows, depth + 1);
        match &body[expr] {
            Expr::Call { callee, args } => {
                let is_pop = match &body[*callee] {
                    Expr::Attribute { value, name } => {
                        matches!(name.as_str(), "pop" | "popleft")
                            && matches!(&body[*value], Expr::Name(name) if name == rows)
                    }
                    _ => false,
                };
                is_pop || inside(*callee) || args.iter().any(|arg| inside(arg.value()))
            }
            Expr::Attribute { value, .. } | Expr::Await(value) => inside(*value),
            _ => false,
        }
    }

    pub(super) fn number(&self, expr: ExprId) -> Option<i64> {
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
pub(super) fn is_constant_name(name: &str) -> bool {
    name.len() > 1
        && name.chars().any(|letter| letter.is_ascii_uppercase())
        && name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

/// Whether a name denotes an attempt, or is unused.
fn names_try(name: &str) -> bool {
    name == "_"
        || name.split('_').any(|word| {
            matches!(
                word.to_ascii_lowercase().as_str(),
                "attempt" | "attempts" | "retry" | "retries" | "try" | "tries"
            )
        })
}

/// Whether a name denotes something that the program declares: the fields of a form, the tables of a schema.
fn names_fields(name: &str) -> bool {
    matches!(
        name,
        "validated_data" | "cleaned_data" | "sorted_tables" | "__fields__" | "model_fields" | "local_fields"
    )
}

fn class_of(value: &Value) -> Option<&model::ClassRef> {
    match &value.kind {
        Kind::Class(class) => Some(class),
        _ => None,
    }
}
