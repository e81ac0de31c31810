//! Beginning and running queries, and iterating over values.

use std::sync::Arc;

use model::{ClassRef, Orm};
use python::{ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::types::classes::Member;
use crate::{
    Deps, EffectKind, Kind, Loads, ModelRef, Origin, Path, QueryRef, QueryState, Shape, Step, Traits, Value,
};

impl Walker<'_> {
    /// Begins a new query at `expr`.
    pub(crate) fn begin(&mut self, expr: ExprId, model: ModelRef, orm: Orm) -> QueryState {
        let site = self.site(expr);
        let index = self.recorder.queries.iter().position(|known| *known == site).unwrap_or_else(|| {
            self.recorder.queries.push(site);
            self.recorder.models.push(model.clone());
            self.recorder.queries.len() - 1
        });
        QueryState {
            model,
            orm,
            shape: Shape::Entities,
            loads: Loads::default(),
            source: QueryRef { function: self.function, heir: self.heir, index: index as u16 },
            deps: Deps::NONE,
            related: None,
            base: None,
            shared: Vec::new(),
            is_bounded: false,
            is_filtered: false,
            runs_itself: orm == Orm::Django,
            traits: Traits::NONE,
        }
    }

    /// Records that the query runs at `expr` (by iteration, counting or execution), unless its rows are those of a
    /// loaded relationship. Returns one of its rows.
    pub(crate) fn run(&mut self, expr: ExprId, query: &QueryState) -> Value {
        if let Some(related) = &query.related {
            return self.run_related(expr, query, related);
        }
        // `Order.objects.none()` asks nothing and has no row of which something is read.
        if query.orm == Orm::Django && query.traits.has(Traits::EMPTY) && !query.traits.has(Traits::COMBINED)
        {
            let mut row = query.row();
            super::environment::on_rows(&mut row, &mut |row| row.loads.is_open = true);
            return row;
        }
        if query.shape == Shape::Write {
            self.see(expr, || super::Seen::Write);
        }
        self.runs(expr, &words_of(query), query.model.clone(), query.deps);
        if query.orm == Orm::Django {
            self.runs_in_place(expr, &words_of(query));
        }
        self.runs_separate_loads_of(expr, query, query.deps);
        if query.orm == Orm::Django {
            self.loads_what_is_asked(expr, query, query.deps);
        }
        if query.shape != Shape::Write {
            self.fetches_again(&query.model);
        }
        self.ran_inside(query.source);
        let is_whole =
            query.shape == Shape::Entities && !query.is_bounded && !query.is_filtered && query.base.is_none();
        if is_whole
            && self.recorder.whole.len() < super::MAX_EFFECTS
            && !self.recorder.whole.contains(&query.source)
        {
            self.recorder.whole.push(query.source);
        }
        query.row()
    }

    /// Records the separate statements that load related rows for the query.
    pub(crate) fn runs_separate_loads_of(&mut self, expr: ExprId, query: &QueryState, deps: Deps) {
        // What it loads it loads on rows that the session holds already.
        if query.loads.is_open || !query.loads.relationships.is_empty() {
            self.environment.each_row(&mut |row| {
                if row.origin == Origin::Sent && row.model == query.model {
                    row.loads.is_open = true;
                }
            });
        }
        if query.orm != Orm::Django {
            self.loads_what_is_asked(expr, query, deps);
        }
        match (&query.shape, query.model.class()) {
            (Shape::Entities, Some(model)) => {
                self.runs_separate_loads(expr, &model.clone(), &query.loads, deps);
            }
            (Shape::Tuples(values), _) => {
                for value in values {
                    if let Kind::Entity(entity) = &value.kind
                        && let Some(model) = entity.model.class()
                    {
                        self.runs_separate_loads(expr, model, &entity.loads, deps);
                    }
                }
            }
            (Shape::Entities | Shape::Plain | Shape::Write, _) => {}
        }
    }

    /// Records the separate statements for rows of `model` loaded with `loads`.
    pub(super) fn runs_separate_loads(&mut self, expr: ExprId, model: &ClassRef, loads: &Loads, deps: Deps) {
        if loads.relationships.values().all(|loads| loads.when.is_none()) {
            let found = crate::separate_loads::relationships(self.db, self.project, model, loads);
            return self.records_separate_loads(expr, found, deps);
        }
        let mut sure = loads.clone();
        sure.relationships.retain(|_, loads| loads.when.is_none());
        let found = crate::separate_loads::relationships(self.db, self.project, model, &sure);
        self.records_separate_loads(expr, found.clone(), deps);
        // What only some callers ask for costs only them.
        for (name, nested) in loads.relationships.iter().filter(|(_, loads)| loads.when.is_some()) {
            let mut asked = sure.clone();
            asked.relationships.insert(name.clone(), nested.clone());
            let mut more = crate::separate_loads::relationships(self.db, self.project, model, &asked);
            more.retain(|load| !found.contains(load));
            let guard = nested.when.as_deref().cloned();
            self.guarded_by(guard, |walker| walker.records_separate_loads(expr, more, deps));
        }
    }

    /// The same for those that a query itself asks for, besides those of its model:
    /// `customer.orders.prefetch_related("items")`.
    pub(super) fn runs_loads_besides(&mut self, expr: ExprId, query: &QueryState, deps: Deps) {
        let Some(model) = query.model.class().filter(|_| !query.loads.relationships.is_empty()) else {
            return;
        };
        // The way back to the owner of the rows was not asked for: it is the same object.
        let mut asked = query.loads.clone();
        asked.relationships.retain(|_, loads| !loads.is_open);
        let by_model = crate::separate_loads::relationships(self.db, self.project, model, &Loads::default());
        let mut found = crate::separate_loads::relationships(self.db, self.project, model, &asked);
        found.retain(|load| !by_model.contains(load));
        self.records_separate_loads(expr, found, deps);
    }

    /// Records the statements that reload relationships of one row by name.
    pub(super) fn reads_again(&mut self, expr: ExprId, model: &ClassRef, names: &[Name], deps: Deps) {
        let found = crate::separate_loads::named(self.db, self.project, model, names);
        self.records_separate_loads(expr, found, deps);
    }

    pub(super) fn records_separate_loads(&mut self, expr: ExprId, found: Vec<(ClassRef, Name)>, deps: Deps) {
        for (owner, name) in found {
            let what = format!("the load of {}.{name}", owner.name).into();
            self.effect(expr, EffectKind::Query { what, model: ModelRef::Known(owner) }, deps, None);
        }
    }

    /// One element of a value that is iterated at `expr`. Runs the value if it is a query that runs itself.
    pub(crate) fn element(&mut self, expr: ExprId, value: &Value) -> Value {
        let each = || value.path.as_ref().and_then(|path| path.then(Step::Each));
        self.iterates_argument(expr, value);
        let element = match &value.kind {
            Kind::Many(element) => {
                let element = (**element).clone();
                let path = element.path.clone().or_else(each);
                element.at(path)
            }
            // Of the rows of several models the first stand for all.
            Kind::Tuple(elements) if elements.iter().all(|element| self.is_model(element)) => {
                elements.first().cloned().unwrap_or_default()
            }
            Kind::Tuple(elements) => {
                elements.iter().cloned().reduce(|all, element| all.join(&element)).unwrap_or_default()
            }
            Kind::Query(query) if query.runs_itself && self.is_evaluated(expr, value) => query.row(),
            Kind::Query(query) if query.runs_itself => {
                let row = self.run(expr, &Arc::clone(query));
                of_caller(row, query, value.path.as_ref())
            }
            Kind::Manager(..) => {
                match crate::library::method(self, expr, value, "all", &Arguments::default()) {
                    Some(all) if matches!(all.kind, Kind::Query(_)) => self.element(expr, &all),
                    _ => Value::UNKNOWN,
                }
            }
            Kind::ForeignMethod(..) => match crate::library::sqlalchemy::rows_of_page(value) {
                Some(rows) => self.element(expr, &rows.clone()),
                None => Value::UNKNOWN,
            },
            Kind::Unknown => Value::UNKNOWN.at(each()),
            Kind::Awaitable(inner) => self.element(expr, &(**inner).clone()),
            Kind::Either(ways) => match ways.iter().find(|way| matches!(way.kind, Kind::Many(_))) {
                Some(rows) => self.element(expr, &rows.clone()),
                None => Value::UNKNOWN,
            },
            Kind::Text(_)
            | Kind::Plain
            | Kind::Written(_)
            | Kind::Column(_)
            | Kind::Mapping(_)
            | Kind::Record(_) => Value::of(Kind::Plain),
            Kind::Class(_) => Value::of(value.kind.clone()),
            Kind::Instance(class, _) | Kind::Holder(class, _) => {
                let method = crate::types::classes::member(self.db, self.project, class, "__iter__");
                let Some(Member::Method { function, .. }) = method else {
                    return Value::UNKNOWN.with_deps(value.deps);
                };
                let method = Value::of(Kind::Method(value.clone().into(), function));
                match self.call(expr, &method, &Arguments::default()).kind {
                    Kind::Many(element) => (*element).clone(),
                    _ => Value::UNKNOWN,
                }
            }
            // `query: Query`: callers know whose rows they are.
            Kind::ForeignInstance(class)
                if value.path.is_some() && crate::library::sqlalchemy::origin::is_rows(class) =>
            {
                Value::UNKNOWN.at(each())
            }
            // Its elements are fetched while it is iterated.
            Kind::ForeignInstance(class) if libraries::method(class, "__next__").is_some() => {
                crate::library::method(self, expr, value, "__next__", &Arguments::default())
                    .unwrap_or_default()
            }
            _ => Value::UNKNOWN,
        };
        element.with_deps(value.deps)
    }

    /// Whether a value is an entity class.
    fn is_model(&self, value: &Value) -> bool {
        matches!(&value.kind, Kind::Class(class) if self.entity(class).is_some())
    }

    /// Records that an argument of the function is iterated: rows in memory, or a query that only runs now.
    fn iterates_argument(&mut self, expr: ExprId, value: &Value) {
        let may_run = match &value.kind {
            Kind::Many(_) | Kind::Unknown => true,
            Kind::ForeignInstance(class) => crate::library::sqlalchemy::origin::is_rows(class),
            _ => false,
        };
        if let Some(path) = value.path.as_ref().filter(|path| may_run && path.steps.is_empty()) {
            self.iterates(expr, path.clone(), value.deps, None);
        }
    }

    /// Records that what `path` reaches is iterated. A query keeps its rows, so only the first time matters, in whichever
    /// round of a loop that is.
    pub(super) fn iterates(
        &mut self,
        expr: ExprId,
        path: Path,
        deps: Deps,
        below: Option<super::record::Below>,
    ) {
        let kind = EffectKind::Iterates(path);
        let arms = &self.around.arms;
        if self.recorder.effects.iter().any(|known| known.kind == kind && arms.starts_with(&known.arms)) {
            return;
        }
        let frames = std::mem::take(&mut self.around.frames);
        self.effect(expr, kind, deps, below);
        self.around.frames = frames;
    }

    /// Runs a query that a callee iterates, unless its rows are in memory.
    pub(super) fn runs_when_iterated(
        &mut self,
        expr: ExprId,
        value: &Value,
        below: Option<super::record::Below>,
    ) {
        match &value.kind {
            Kind::Query(query) if query.runs_itself => {
                let is_kept = query.orm == Orm::Django && !query.traits.has(Traits::STREAMED);
                let (is_named, is_in_memory) = self.environment.knows_rows(&value.kind);
                if is_kept && is_in_memory {
                    return;
                }
                let is_shared = is_kept && is_named && value.deps.loops == 0 && query.deps.loops == 0;
                let frames = if is_shared { std::mem::take(&mut self.around.frames) } else { Vec::new() };
                self.as_of(below, |walker| walker.run(expr, &Arc::clone(query)));
                if is_shared {
                    self.around.frames = frames;
                }
                if is_kept {
                    self.environment.note_rows(&value.kind);
                }
            }
            Kind::Many(_) | Kind::Unknown => {
                if let Some(path) = value.path.as_ref().filter(|path| path.steps.is_empty()) {
                    self.iterates(expr, path.clone(), value.deps, below);
                }
            }
            _ => {}
        }
    }

    /// Records that a query ran inside the surrounding loops.
    pub(super) fn ran_inside(&mut self, query: QueryRef) {
        let inside = self.around.frames.iter().rev().find(|frame| !frame.is_below);
        if let Some(frame) = inside
            && self.recorder.ran.len() < super::MAX_EFFECTS
        {
            self.recorder.ran.push((query, frame.site));
        }
    }
}

/// A row of a query that a parameter holds or that extends one. Callers know what was loaded with it.
fn of_caller(row: Value, query: &QueryState, path: Option<&Path>) -> Value {
    let held = query.base.as_ref().or(path).filter(|_| query.related.is_none());
    let Some(path) = held.and_then(|path| path.then(Step::Each)) else { return row };
    let mut row = row;
    match &mut row.kind {
        Kind::Entity(entity) if entity.model.class().is_some() => {
            entity.loads.close();
            entity.origin = Origin::Declared;
        }
        // Callers know the entity; this query, what it loads besides.
        Kind::Entity(entity) if !entity.loads.relationships.is_empty() => {
            entity.model = ModelRef::Unknown;
            entity.loads.close();
            entity.origin = Origin::Declared;
        }
        Kind::Entity(_) => row.kind = Kind::Unknown,
        _ => return row,
    }
    row.at(Some(path))
}

/// Describes a query: `a query for Order`.
fn words_of(query: &QueryState) -> Name {
    match &query.model {
        ModelRef::Known(class) if query.shape == Shape::Write => {
            format!("a statement on {}", class.name).into()
        }
        ModelRef::Known(class) => format!("a query for {}", class.name).into(),
        ModelRef::Held(_) | ModelRef::Unknown if query.shape == Shape::Write => {
            "a statement on a table".into()
        }
        ModelRef::Held(_) | ModelRef::Unknown => "a query".into(),
    }
}
