//! Expressions: their values, and the effects of evaluating them.

use std::sync::Arc;

use model::Orm;
use python::{Expr, ExprId, FStringPart, Literal, Name};

use super::comprehensions::Takes;
use super::targets::mapping;
use super::{Walker, Yields};
use crate::library::builtins::TextOf;
use crate::types::classes::MethodKind;
use crate::{Constant, Deps, Kind, ReadKind, Step, Value};

/// The elements of longer displays are joined.
const MAX_PARTS: usize = 64;

impl Walker<'_> {
    /// Evaluates an expression.
    pub(super) fn eval(&mut self, id: ExprId) -> Value {
        if self.spent.depth >= super::MAX_DEPTH || self.is_exhausted() {
            return Value::UNKNOWN;
        }
        self.spent.depth += 1;
        let value = self.eval_within(id);
        self.spent.depth -= 1;
        self.notes_functions(&value);
        self.worked_on(&value);
        value
    }

    fn eval_within(&mut self, id: ExprId) -> Value {
        let body = Arc::clone(&self.body);
        match &body[id] {
            Expr::Missing | Expr::Slice(_) => Value::UNKNOWN,
            Expr::Name(name) => self.name(name),
            Expr::Attribute { value, name } => {
                if let Some(known) = body.exprs.dotted(id).and_then(|chain| self.environment.get(&chain)) {
                    return known.clone();
                }
                let base = self.eval(*value);
                let chain = body.exprs.dotted(id);
                let base = self.with_read(chain.as_deref(), base, name);
                let is_kept = chain.as_ref().is_some_and(|chain| self.environment.is_read(chain))
                    && self.is_cached_property(&base, name);
                if is_kept {
                    return self.for_free(|walker| walker.attribute(id, &base, name));
                }
                let holder =
                    chain.as_deref().and_then(|chain| chain.strip_suffix(name.as_str())?.strip_suffix('.'));
                let base = self.with_reads(holder, base);
                let read = self.attribute(id, &base, name);
                self.note_read_by_member(holder, &base, name, MethodKind::Property);
                self.note_read(chain, &base, name);
                read
            }
            Expr::Call { callee, args } => self.eval_call(id, *callee, args),
            Expr::Subscript { value, index } => {
                let base = self.eval(*value);
                self.subscript(id, &base, *index)
            }
            Expr::Await(value) => awaited(&self.eval(*value)),
            Expr::Yield(value) => {
                let gathers = value.is_some_and(|value| self.gathers(value));
                let value = value.map_or(Value::of(Kind::None), |value| self.eval(value));
                let value = self.parts_a_round(value);
                let often = self.how_often_it_yields(gathers);
                self.yields(&value, often);
                Value::UNKNOWN
            }
            Expr::YieldFrom(value) => {
                let all = self.eval(*value);
                let one = self.element(*value, &all);
                if !matches!(all.kind, Kind::Tuple(_)) {
                    self.answer.yields = Yields::Many;
                }
                let often = self.how_often_it_yields(false);
                self.yields(&one, often);
                Value::UNKNOWN
            }
            Expr::Literal(literal) => Value::of(match literal {
                Literal::None => Kind::None,
                Literal::Bool(flag) => Kind::Flag(*flag),
                Literal::Str(text) => Kind::Text(text.clone()),
                Literal::Int(number) => Kind::Written(Constant::Number(*number)),
                _ => Kind::Plain,
            }),
            Expr::FString(parts) | Expr::TString(parts) => {
                let mut deps = Deps::NONE;
                for part in parts {
                    let (part, text) = match part {
                        FStringPart::Text(_) => continue,
                        FStringPart::Value(part) => (part, TextOf::Str),
                        FStringPart::Repr(part) => (part, TextOf::Repr),
                    };
                    let value = self.eval(*part);
                    crate::library::builtins::text_of(self, *part, &value, text);
                    deps = deps | value.deps;
                }
                Value::of(Kind::Plain).with_deps(deps)
            }
            Expr::Tuple(elements) | Expr::List(elements) | Expr::Set(elements) => self.display(elements),
            Expr::Dict(entries) => self.dictionary(entries),
            Expr::Comprehension { kind, element, value, clauses } => {
                let is_tested = self.around.tested.take() == Some(id);
                let takes = if self.around.taken.take() == Some(id) {
                    Takes::One
                } else if is_tested {
                    Takes::Truth
                } else {
                    Takes::All
                };
                self.comprehension(*kind, *element, *value, clauses, takes)
            }
            Expr::Lambda { .. } => Value::of(Kind::Lambda(self.site(id))),
            Expr::Binary { left, op, right } => {
                let (first, second) = (self.eval(*left), self.eval(*right));
                if op == "%" && matches!(first.kind, Kind::Text(_)) {
                    self.shows_each(*right, &second);
                }
                self.operator(id, &first, op, (&second, *right));
                combined(&first, &second)
            }
            Expr::Unary { op, operand } => {
                let value = if op == "not" { self.test(*operand) } else { self.eval(*operand) };
                Value::of(Kind::Plain).with_deps(value.deps)
            }
            Expr::Bool { is_and, left, right } => self.either_side(*is_and, *left, *right, Self::eval),
            Expr::Compare { first, rest } => {
                let mut left = self.eval(*first);
                let mut deps = left.deps;
                for (op, operand) in rest {
                    let value = self.eval(*operand);
                    deps = deps | value.deps;
                    self.operator(id, &left, op, (&value, *operand));
                    left = value.clone();
                    if op.ends_with("in") && matches!(value.kind, Kind::Query(_)) {
                        self.runs_when_tested(*operand, &value);
                    }
                }
                Value::of(Kind::Plain).with_deps(deps)
            }
            Expr::Conditional { test, body, orelse } => {
                self.test(*test);
                let (holds, otherwise) = (self.guard_of(*test), self.guard_otherwise(*test));
                self.around.branches += 1;
                let branch = self.new_branch();
                let value = self.knowing(*test, true, |walker| {
                    walker.guarded_by(holds, |walker| walker.in_arm(branch, 0, |it| it.eval(*body)))
                });
                let other = self.knowing(*test, false, |walker| {
                    walker.guarded_by(otherwise, |walker| walker.in_arm(branch, 1, |it| it.eval(*orelse)))
                });
                self.around.branches -= 1;
                match self.is_missing_where(*test) {
                    Some(true) if self.takes_instead(&other, &value) => other,
                    Some(false) if self.takes_instead(&value, &other) => value,
                    _ => value.join(&other),
                }
            }
            Expr::Starred(value) => self.eval(*value),
            Expr::Walrus { target, value } => {
                let value = self.eval(*value);
                self.environment.set(target.clone(), value.clone());
                value
            }
        }
    }

    /// Formats values into a string: `"%s of %s" % (shoe, brand)`.
    fn shows_each(&mut self, expr: ExprId, values: &Value) {
        match &values.kind {
            Kind::Tuple(parts) => {
                for part in parts.iter() {
                    crate::library::builtins::text_of(self, expr, part, TextOf::Str);
                }
            }
            Kind::Record(entries) => {
                for (_, value) in entries.iter() {
                    crate::library::builtins::text_of(self, expr, value, TextOf::Str);
                }
            }
            _ => crate::library::builtins::text_of(self, expr, values, TextOf::Str),
        }
    }

    /// `left and right`, `left or right`: the left side is a condition, the right one whatever the whole is.
    fn either_side(
        &mut self,
        is_and: bool,
        left: ExprId,
        right: ExprId,
        last: impl FnOnce(&mut Self, ExprId) -> Value,
    ) -> Value {
        let guard = if is_and { self.guard_of(left) } else { self.guard_otherwise(left) };
        let first = self.test(left);
        self.around.branches += 1;
        let second =
            self.knowing(left, is_and, |walker| walker.guarded_by(guard, |walker| last(walker, right)));
        self.around.branches -= 1;
        if !is_and && self.takes_instead(&first, &second) {
            return first;
        }
        first.join(&second)
    }

    /// Evaluates a condition; a query used as a condition runs.
    pub(super) fn test(&mut self, test: ExprId) -> Value {
        let body = Arc::clone(&self.body);
        if let Expr::Bool { is_and, left, right } = &body[test]
            && self.spent.depth < super::MAX_DEPTH
        {
            self.spent.depth += 1;
            let value = self.either_side(*is_and, *left, *right, Self::test);
            self.spent.depth -= 1;
            return value;
        }
        let value = self.eval(test);
        self.runs_when_tested(test, &value);
        value
    }

    /// What finding the truth of a value, or looking into it, costs: a query runs, and an object's own method is called.
    pub(crate) fn runs_when_tested(&mut self, expr: ExprId, value: &Value) {
        match &value.kind {
            Kind::Query(query) if query.runs_itself && !self.is_evaluated(expr, value) => {
                self.run(expr, &Arc::clone(query));
            }
            Kind::Entity(_) | Kind::Instance(..) => {
                crate::library::builtins::truth_of(self, expr, value);
            }
            _ => {}
        }
    }

    fn name(&mut self, name: &Name) -> Value {
        if let Some(value) = self.environment.get(name).or_else(|| self.heads.get(name)) {
            return value.clone();
        }
        if let Some(value) = self.of_enclosing(name) {
            self.heads.insert(name.clone(), value.clone());
            return value;
        }
        let mut value = crate::types::names::at_top_level(self.db, self.project, self.function.module, name);
        if value.is_unknown()
            && let Some(maker) = crate::types::names::maker(self.db, self.project, self.function.module, name)
            && maker != self.function
        {
            let summary = crate::query::summary(self.db, self.project, maker.module, maker.function);
            value = crate::bind::without_paths(&summary.returns);
        }
        if value.is_unknown() {
            let head = model::query::head(self.db, self.project, self.function.module, name.clone());
            value = self.query_of_module(&head).unwrap_or(value);
        }
        self.heads.insert(name.clone(), value.clone());
        self.notes_registry(&value);
        value
    }

    /// How often a generator yields here. With `gathers` it yields chunks that it accumulates.
    fn how_often_it_yields(&self, gathers: bool) -> Yields {
        let is_many =
            !gathers && self.around.frames.iter().any(|frame| frame.info.bound == crate::Bound::Data);
        let is_few = self.answer.yielded.is_some() || !self.around.frames.is_empty();
        match (is_many, is_few) {
            (true, _) => Yields::Many,
            (false, true) => Yields::Few,
            (false, false) => Yields::Once,
        }
    }

    fn yields(&mut self, value: &Value, often: Yields) {
        self.answer.yields = self.answer.yields.max(often);
        self.answer.yielded = Some(match self.answer.yielded.take() {
            Some(before) => before.join(value),
            None => value.clone(),
        });
    }

    /// `[a, b]`, `(a, *rest)`
    fn display(&mut self, elements: &[ExprId]) -> Value {
        let mut is_open = elements.len() > MAX_PARTS;
        let mut values = Vec::with_capacity(elements.len().min(MAX_PARTS));
        let mut deps = Deps::NONE;
        for element in elements {
            let mut value = self.eval(*element);
            deps = deps | value.deps;
            if matches!(self.body[*element], Expr::Starred(_)) {
                if let Kind::Tuple(parts) = &value.kind {
                    is_open |= values.len() + parts.len() > MAX_PARTS;
                    values.extend(parts.iter().take(MAX_PARTS - values.len()).cloned());
                    continue;
                }
                is_open = true;
                value = self.element(*element, &value);
            }
            if values.len() < MAX_PARTS {
                values.push(value);
            }
        }
        let all = |values: Vec<Value>| values.into_iter().reduce(|all, value| all.beside(&value));
        if is_open { all(values).unwrap_or_default().many() } else { Value::of(Kind::Tuple(values.into())) }
            .with_deps(deps)
    }

    fn dictionary(&mut self, entries: &[(Option<ExprId>, ExprId)]) -> Value {
        let mut record = Vec::new();
        let mut deps = Deps::NONE;
        let mut is_record = entries.len() <= MAX_PARTS;
        for (key, value) in entries {
            let name = key.and_then(|key| match &self.body[key] {
                Expr::Literal(Literal::Str(text)) => Some(text.clone()),
                _ => None,
            });
            if let Some(key) = key {
                deps = deps | self.eval(*key).deps;
            }
            let value = self.eval(*value);
            deps = deps | value.deps;
            is_record &= name.is_some();
            if record.len() < MAX_PARTS {
                record.push((name.unwrap_or_default(), value));
            }
        }
        if is_record {
            return Value::of(Kind::Record(record.into())).with_deps(deps);
        }
        mapping(joined(record.into_iter().map(|(_, value)| value))).with_deps(deps)
    }

    fn subscript(&mut self, expr: ExprId, base: &Value, index: ExprId) -> Value {
        let body = Arc::clone(&self.body);
        if let Expr::Slice(parts) = &body[index] {
            return self.slice(base, parts);
        }
        let key = self.eval(index);
        let value = match (&base.kind, &key.kind) {
            (Kind::Record(entries), Kind::Text(name)) => entries
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default(),
            (Kind::Record(entries), _) => joined(entries.iter().map(|(_, value)| value.clone())),
            (Kind::Tuple(values), _) => match &body[index] {
                Expr::Literal(Literal::Int(at)) if *at >= 0 => {
                    let index = usize::try_from(*at).unwrap_or(usize::MAX);
                    values.get(index).cloned().unwrap_or_default()
                }
                _ => joined(values.iter().cloned()),
            },
            (Kind::Holder(_, fields), _) => match &body[index] {
                Expr::Literal(Literal::Int(at)) => {
                    let field = usize::try_from(*at).ok().and_then(|at| fields.get(at));
                    field.map(|(_, value)| value.clone()).unwrap_or_default()
                }
                _ => Value::UNKNOWN,
            },
            (Kind::Mapping(value) | Kind::Many(value), _) => {
                let path = base.path.as_ref().and_then(|path| path.then(Step::Each));
                let path = value.path.clone().or(path);
                (**value).clone().at(path)
            }
            (Kind::Query(query), _) if query.runs_itself && self.has_rows_of(expr, base) => query.row(),
            (Kind::Query(query), _) if query.runs_itself => self.run(expr, &Arc::clone(query)),
            (Kind::Instance(class, _), Kind::Text(key)) => {
                crate::types::classes::item(self.db, self.project, class, key).unwrap_or_default()
            }
            (Kind::ForeignInstance(class), _) => {
                let given = libraries::given(class, "[]");
                given.map_or(Value::UNKNOWN, |class| Value::of(Kind::ForeignInstance(class.into())))
            }
            // `Repository[Order]`
            (Kind::Class(_) | Kind::Foreign(_), _) => Value::of(base.kind.clone()),
            (Kind::Text(_) | Kind::Plain, _) => Value::of(Kind::Plain),
            (Kind::Unknown, _) => {
                Value::UNKNOWN.at(base.path.as_ref().and_then(|path| path.then(Step::Each)))
            }
            _ => Value::UNKNOWN,
        };
        value.with_deps(base.deps | key.deps)
    }

    fn slice(&mut self, base: &Value, parts: &[Option<ExprId>; 3]) -> Value {
        let mut deps = base.deps;
        for part in parts.iter().flatten() {
            deps = deps | self.eval(*part).deps;
        }
        if let Kind::Query(query) = &base.kind {
            let mut query = (**query).clone();
            query.is_bounded = true;
            // Rows in memory are sliced in memory.
            if let Some(related) = &mut query.related {
                related.asked = ReadKind::One;
            }
            return Value::of(Kind::Query(Arc::new(query))).with_deps(deps);
        }
        if let (Kind::Tuple(values), [start, end, None]) = (&base.kind, parts)
            && let (Some(start), Some(end)) = (self.bound_of(*start, 0), self.bound_of(*end, values.len()))
            && let Some(cut) = values.get(start..end.min(values.len()))
        {
            return Value { kind: Kind::Tuple(cut.into()), path: None, deps };
        }
        base.clone().with_deps(deps)
    }
}

impl Walker<'_> {
    /// The number that a slice begins or ends with, if it is written out and counts from the start.
    fn bound_of(&self, expr: Option<ExprId>, default: usize) -> Option<usize> {
        match expr.map(|expr| &self.body[expr]) {
            None => Some(default),
            Some(Expr::Literal(Literal::Int(number))) => usize::try_from(*number).ok(),
            Some(_) => None,
        }
    }
}

/// The join of several values.
fn joined(values: impl IntoIterator<Item = Value>) -> Value {
    values.into_iter().reduce(|all, value| all.join(&value)).unwrap_or_default()
}

/// `a + b`, `query | other`
fn combined(left: &Value, right: &Value) -> Value {
    let kind = match (&left.kind, &right.kind) {
        (Kind::Tuple(left), Kind::Tuple(right)) => {
            Kind::Tuple(left.iter().chain(right.iter()).take(MAX_PARTS).cloned().collect())
        }
        (Kind::Tuple(known), Kind::Many(many)) | (Kind::Many(many), Kind::Tuple(known)) => {
            Kind::Many(known.iter().fold((**many).clone(), |all, value| all.join(value)).into())
        }
        (Kind::Many(left), Kind::Many(right)) => Kind::Many(left.beside(right).into()),
        // Django's `left | right` keeps what the left one loads.
        (Kind::Query(first), Kind::Query(_)) => match left.join(right).kind {
            Kind::Query(mut both) if first.orm == Orm::Django => {
                Arc::make_mut(&mut both).loads.clone_from(&first.loads);
                Kind::Query(both)
            }
            joined => joined,
        },
        (Kind::Text(_) | Kind::Plain | Kind::Written(_) | Kind::Column(_), _)
        | (_, Kind::Text(_) | Kind::Plain | Kind::Written(_) | Kind::Column(_)) => Kind::Plain,
        _ => Kind::Unknown,
    };
    Value::of(kind).with_deps(left.deps | right.deps)
}

/// The result of awaiting a value.
pub(super) fn awaited(value: &Value) -> Value {
    match &value.kind {
        Kind::Awaitable(inner) => (**inner).clone().with_deps(value.deps),
        _ => value.clone(),
    }
}
