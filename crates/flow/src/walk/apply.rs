//! Applies a summary at a call site: parameters are replaced by arguments, and the callee's effects happen here.

use model::{ClassRef, Project};
use python::{ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::types::annotation::Parameter;
use crate::{
    Callee, Db, Deps, Effect, EffectKind, FunctionRef, Guard, Kind, ModelRef, Path, ReadKind, Root, Step,
    Summary, Touch, Value,
};

/// Effects more than this many calls down are not followed.
const MAX_CALLS: u8 = 10;

/// Whether a class is an abstract base shared by several entities.
pub(super) fn is_shared(db: &dyn Db, project: Project) -> impl Fn(&ClassRef) -> bool {
    move |class| {
        let entity = model::query::entity(db, project, class.module, class.name.clone());
        entity.is_none_or(|entity| entity.is_abstract)
    }
}

impl Walker<'_> {
    /// Applies the effects of a function called with these arguments, and returns its result.
    pub(super) fn apply(&mut self, expr: ExprId, callee: Callee, bound: &[Option<Value>]) -> Value {
        let function = callee.function;
        let summary = crate::query::summary_of(self.db, self.project, callee);
        let definitions = self.definitions_of(function);
        let facts = definitions.functions.get(function.function.0 as usize);
        let renamed = self.around.renamed.replace(Vec::new());
        let filled = self.filled_in(expr, &summary, bound);
        let given = filled.as_deref().unwrap_or(bound);
        for (index, effect) in summary.effects.iter().enumerate() {
            self.spent.steps += 1;
            let guards = self.guards_at(&effect.guards, function.module, facts, &definitions.exprs, bound);
            if let Some(guards) = guards.filter(|_| effect.depth < MAX_CALLS) {
                let below = (callee, index as u16, effect.depth + 1);
                let count = self.around.guards.len();
                self.around.guards.extend(guards);
                self.apply_effect(expr, Some(below), effect, given);
                self.around.guards.truncate(count);
            }
        }
        self.around.renamed = renamed;
        if summary.sends {
            self.sends(expr);
        }
        if summary.is_remote {
            self.is_sent();
        }
        let is_shared = is_shared(self.db, self.project);
        let mut reached = |path: &Path| self.reach(expr, path, given, Deps::NONE);
        let value = crate::bind::with_arguments(&summary.returns, given, &is_shared, &mut reached);
        let mut value = self.settle_loads(value, (function.module, facts, &definitions.exprs), bound);
        self.opens_constructed(&mut value);
        self.note_queries(&value, 0);
        value
    }

    /// The arguments, with the rows that the callee takes in place of those that aren't given. `None` if it takes none.
    fn filled_in(
        &mut self,
        expr: ExprId,
        summary: &Summary,
        bound: &[Option<Value>],
    ) -> Option<Vec<Option<Value>>> {
        let mut filled: Option<Vec<Option<Value>>> = None;
        for (param, rows) in &summary.fallbacks {
            let index = usize::from(*param);
            let is_missing = bound
                .get(index)
                .is_some_and(|given| given.as_ref().is_none_or(|given| given.kind == Kind::None));
            if !is_missing {
                continue;
            }
            let is_shared = is_shared(self.db, self.project);
            let mut reached = |path: &Path| self.reach(expr, path, bound, Deps::NONE);
            let rows = crate::bind::with_arguments(rows, bound, &is_shared, &mut reached);
            filled.get_or_insert_with(|| bound.to_vec())[index] = Some(rows);
        }
        filled
    }

    /// Applies one effect of a callee. `below` is `None` if the callee isn't a function but a serializer's field.
    pub(super) fn apply_effect(
        &mut self,
        expr: ExprId,
        below: Option<super::record::Below>,
        effect: &Effect,
        bound: &[Option<Value>],
    ) {
        let site = self.site(expr);
        let is_shared = is_shared(self.db, self.project);
        let mut inside = Deps::NONE;
        // The effects of an unknown callable in a loop of the callee weren't reported there.
        let is_below = !matches!(effect.kind, EffectKind::Calls { .. });
        let (is_once, kept) = self.kept_here(expr, effect.kept, bound);
        let outer = is_once.then(|| std::mem::take(&mut self.around.frames));
        let kept = std::mem::replace(&mut self.around.kept, kept);
        for around in &effect.loops {
            let mut around = around.clone();
            // A parameter may be bound to a literal.
            if let Some(path) = &around.over
                && let Some(rounds) = super::frames::rounds_of(&self.reach(expr, path, bound, inside))
            {
                around.bound = crate::Bound::Rounds(rounds);
            }
            around.over = around.over.as_ref().and_then(|path| path_of(path, bound));
            inside = inside | self.enter_loop(around, site, is_below);
        }
        let arms = self.around.arms.len();
        let own = self.renamed(&effect.arms);
        self.around.arms.extend(own);
        self.around.branches += u32::from(effect.is_conditional);
        self.around.memos += u32::from(effect.is_memo);
        self.around.lasting_memos += u32::from(effect.is_memo);
        let deps = crate::bind::arguments_of(effect.deps, bound);
        match &effect.kind {
            EffectKind::Query { .. } if effect.is_pending => self.apply_pending(expr, effect, deps, below),
            EffectKind::Query { what, model } => {
                let known = self.model_here(expr, model, bound, inside);
                let what =
                    if matches!(model, ModelRef::Held(_)) { named(what, &known) } else { what.clone() };
                self.refused_below(expr, &what, &known, below);
                self.runs_below(expr, what, known, deps, below);
            }
            EffectKind::Blocks { what, why } => self.blocks_below(expr, what.clone(), *why, below),
            EffectKind::Touch(touch) => {
                self.apply_touch(expr, (touch, &effect.guards), bound, inside | deps, below);
            }
            EffectKind::Iterates(path) => {
                let value = self.reach(expr, path, bound, inside);
                self.runs_when_iterated(expr, &value, below);
            }
            EffectKind::Loads { options, model } => {
                let model = self.model_here(expr, model, bound, inside);
                let options = self.reach(expr, options, bound, inside);
                self.loads_for_callee(expr, &options, &model, deps, below);
            }
            EffectKind::Renders { schema, row } => {
                let row = self.reach(expr, row, bound, inside);
                self.as_of(below, |walker| walker.render(expr, schema, &row, false));
            }
            EffectKind::Calls { callee, arguments, is_in_thread } => {
                let value = self.reach(expr, callee, bound, inside);
                let given = arguments.iter().map(|(name, argument)| {
                    let mut reached = |path: &Path| self.reach(expr, path, bound, inside);
                    let value = crate::bind::with_arguments(argument, bound, &is_shared, &mut reached);
                    (name.clone(), value.with_deps(of_loops(argument, inside)))
                });
                let given: Vec<(Option<Name>, Value)> = given.collect();
                let is_known = matches!(
                    value.kind,
                    Kind::Function(_)
                        | Kind::Method(..)
                        | Kind::Partial(..)
                        | Kind::Lambda(_)
                        | Kind::ForeignMethod(..)
                        | Kind::Entity(_)
                ) && effect.depth < 4;
                let threads = self.around.threads;
                self.around.threads += u32::from(*is_in_thread);
                if is_known {
                    self.call_known(expr, &value, given);
                } else if value.is_unknown()
                    && let Some(path) = value.path.clone()
                {
                    let is_in_thread = self.around.threads > 0;
                    let kind = EffectKind::Calls { callee: path, arguments: given, is_in_thread };
                    self.effect(expr, kind, deps, below);
                }
                self.around.threads = threads;
            }
        }
        self.around.arms.truncate(arms);
        self.around.branches -= u32::from(effect.is_conditional);
        self.around.memos -= u32::from(effect.is_memo);
        self.around.lasting_memos -= u32::from(effect.is_memo);
        for _ in &effect.loops {
            self.leave_loop();
        }
        self.around.kept = kept;
        if let Some(outer) = outer {
            self.around.frames = outer;
        }
    }

    /// The model of a callee's query, which an argument may determine.
    fn model_here(
        &mut self,
        expr: ExprId,
        model: &ModelRef,
        bound: &[Option<Value>],
        inside: Deps,
    ) -> ModelRef {
        match model {
            ModelRef::Held(path) => {
                let held = self.reach(expr, path, bound, inside);
                crate::bind::model_in(&held, &is_shared(self.db, self.project))
            }
            known => known.clone(),
        }
    }

    fn call_known(&mut self, expr: ExprId, callee: &Value, given: Vec<(Option<Name>, Value)>) {
        let mut arguments = Arguments::default();
        for (name, value) in given {
            match name {
                Some(name) => arguments.keywords.push((name, value, expr)),
                None => arguments.positional.push((value, expr)),
            }
        }
        self.call(expr, callee, &arguments);
    }

    /// An attribute that the callee reads from a value of the caller.
    fn apply_touch(
        &mut self,
        expr: ExprId,
        (touch, guards): (&Touch, &[Guard]),
        bound: &[Option<Value>],
        inside: Deps,
        below: Option<super::record::Below>,
    ) {
        let Some((before, name)) = crate::bind::split(&touch.path) else { return };
        let base = self.reach(expr, &before, bound, inside);
        match &base.kind {
            Kind::Entity(entity) => {
                let mut known = entity.clone();
                if let Some(model) = self.as_asked(entity, &before, guards) {
                    known.model = model;
                }
                // A generic repository's rows are determined by the annotation of the subclass's method parameter.
                if known.model.class().is_none()
                    && let Some((callee, ..)) = below
                    && let Some(model) = self.declared_row(callee.function, &before)
                {
                    known.model = model;
                }
                let is_sorted_anew = touch.asked == ReadKind::FirstByKey
                    && known.query().is_some()
                    && !known.traits.has(crate::Traits::PREFETCH);
                self.as_of(below, |walker| {
                    if touch.is_refined || is_sorted_anew {
                        let is_made = known.origin == crate::Origin::Made;
                        if !is_made {
                            let asked = if is_sorted_anew { ReadKind::One } else { touch.asked };
                            walker.lazy(expr, &base, &known, &name, true, asked);
                        }
                    } else if let Some(facts) = known.model.class().and_then(|class| walker.entity(class)) {
                        match facts.relationship(&name) {
                            Some(relationship) => {
                                walker.read_relationship(
                                    expr,
                                    &base,
                                    &known,
                                    &name,
                                    relationship,
                                    touch.asked,
                                );
                            }
                            // A property runs what its body does.
                            None => drop(walker.attribute(expr, &base, &name)),
                        }
                    }
                });
            }
            Kind::Unknown => {
                if let Some(path) = base.path.as_ref().and_then(|path| path.attr(&name)) {
                    let touch = Touch { path, ..touch.clone() };
                    self.effect(expr, EffectKind::Touch(touch), base.deps, below);
                }
            }
            _ => {}
        }
    }

    /// Does something here that an effect of a callee causes: what is recorded belongs to that effect.
    pub(super) fn as_of<T>(
        &mut self,
        below: Option<super::record::Below>,
        act: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let (effects, problems) = (self.recorder.effects.len(), self.recorder.problems.len());
        let value = act(self);
        let hop = below.map(|below| (below.0, below.1));
        for place in self.recorder.hops.iter_mut().skip(effects) {
            place.1 = hop;
        }
        for effect in self.recorder.effects.iter_mut().skip(effects) {
            effect.depth = below.map_or(0, |below| below.2);
        }
        for problem in self.recorder.problems.iter_mut().skip(problems) {
            problem.below = hop;
        }
        value
    }

    /// The entity that a function declares the parameter to be which a path is.
    fn declared_row(&self, callee: FunctionRef, path: &Path) -> Option<ModelRef> {
        let Root::Param(index) = path.root;
        if !path.steps.is_empty() {
            return None;
        }
        match crate::types::annotation::parameter(self.db, self.project, callee, usize::from(index)) {
            Parameter::Known(Value { kind: Kind::Entity(row), .. }) => Some(row.model),
            _ => None,
        }
    }

    /// What a path of the callee reaches from the arguments, without any of it costing anything: the cost is in the
    /// callee's own accesses. `inside` are the loops of the callee that walk it.
    pub(super) fn reach(
        &mut self,
        expr: ExprId,
        path: &Path,
        bound: &[Option<Value>],
        inside: Deps,
    ) -> Value {
        let Root::Param(_) = path.root;
        let Some(start) = crate::bind::start(path, bound) else { return Value::UNKNOWN };
        let mut value = start.clone();
        for step in &path.steps {
            value = match step {
                Step::Attr(name) => self.peek(expr, &value, name),
                Step::Each => self.peek_element(expr, &value).with_deps(inside),
                Step::Call(name) => self.peek_call(expr, &value, name),
                Step::Get(key) => self.peek_key(expr, &value, key),
            };
        }
        value
    }

    /// Reads an attribute without recording costs.
    fn peek(&mut self, expr: ExprId, base: &Value, name: &Name) -> Value {
        if base.is_unknown() {
            let path = base.path.as_ref().and_then(|path| path.attr(name));
            return Value::UNKNOWN.at(path).with_deps(base.deps);
        }
        self.for_free(|walker| walker.attribute(expr, base, name))
    }

    /// Evaluates something and discards its effects.
    pub(super) fn for_free<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.recorder.mark();
        let seen = self.recorder.seen.take();
        let given = act(self);
        self.recorder.rewind(mark);
        self.recorder.seen = seen;
        given
    }

    /// Takes an element without recording costs; for a relationship, the row with its loads.
    fn peek_element(&mut self, expr: ExprId, value: &Value) -> Value {
        if let Kind::Query(query) = &value.kind
            && let Some(related) = &query.related
        {
            let row = self.for_free(|walker| walker.run_related(expr, query, related));
            return row.with_deps(value.deps);
        }
        element_of(value)
    }

    /// `value.get("key")` without recording costs.
    fn peek_key(&mut self, expr: ExprId, base: &Value, key: &Name) -> Value {
        match &base.kind {
            Kind::Record(entries) => {
                let found = entries.iter().find(|(name, _)| name == key);
                found.map_or_else(|| Value::of(Kind::None), |(_, value)| value.clone())
            }
            Kind::Unknown => {
                let path = base.path.as_ref().and_then(|path| path.then(Step::Get(key.clone())));
                Value::UNKNOWN.at(path).with_deps(base.deps)
            }
            _ => self.peek_call(expr, base, &Name::new_static("get")),
        }
    }

    /// The result of a method without recording costs. The arguments don't matter for its kind.
    fn peek_call(&mut self, expr: ExprId, base: &Value, name: &Name) -> Value {
        let path = base.path.as_ref().and_then(|path| path.then(Step::Call(name.clone())));
        if base.is_unknown() {
            return Value::UNKNOWN.at(path).with_deps(base.deps);
        }
        let none = Arguments::default();
        let value = self.for_free(|walker| {
            crate::library::method(walker, expr, base, name, &none).unwrap_or_else(|| {
                let method = walker.attribute(expr, base, name);
                walker.call(expr, &method, &none)
            })
        });
        value.with_deps(base.deps)
    }

    /// Records the queries behind the result of a call in a loop.
    fn note_queries(&mut self, value: &Value, depth: usize) {
        if self.around.frames.is_empty() || depth > 3 {
            return;
        }
        match &value.kind {
            Kind::Entity(entity) => {
                if let crate::Origin::Query(query) = entity.origin {
                    self.ran_inside(query);
                }
            }
            Kind::Many(inner) | Kind::Awaitable(inner) => self.note_queries(inner, depth + 1),
            Kind::Tuple(values) => values.iter().for_each(|value| self.note_queries(value, depth + 1)),
            _ => {}
        }
    }
}

/// The description of a query, once its model is known.
fn named(what: &Name, model: &ModelRef) -> Name {
    let Some(class) = model.class() else { return what.clone() };
    match what.as_str() {
        "a query" => format!("a query for {}", class.name).into(),
        method if !method.contains(['(', ' ']) => format!("{method}({})", class.name).into(),
        _ => what.clone(),
    }
}

/// The dependencies here of an argument that depends on loops of the callee.
fn of_loops(argument: &Value, inside: Deps) -> Deps {
    if argument.deps.loops == 0 { Deps::NONE } else { inside }
}

/// Translates a path of the callee to a path of the caller.
fn path_of(path: &Path, bound: &[Option<Value>]) -> Option<Path> {
    let start = crate::bind::start(path, bound)?;
    let mut own = start.path.clone()?;
    for step in &path.steps {
        own = own.then(step.clone())?;
    }
    Some(own)
}

/// An element of a value that isn't a relationship.
fn element_of(value: &Value) -> Value {
    let path = value.path.as_ref().and_then(|path| path.then(Step::Each));
    let element = match &value.kind {
        Kind::Many(element) | Kind::Mapping(element) => (**element).clone(),
        Kind::Tuple(elements) => {
            elements.iter().cloned().reduce(|all, element| all.join(&element)).unwrap_or_default()
        }
        Kind::Query(query) => query.row(),
        _ => Value::UNKNOWN,
    };
    let path = element.path.clone().or(path);
    element.at(path).with_deps(value.deps)
}
