//! Implements the interface that library models use to access the walk of a body.

use std::sync::Arc;

use model::{ClassRef, Entity as EntityFacts, Orm, Project, Relationship};
use python::{Body, ExprId, Name};

use super::Walker;
use crate::interpreter::{Arguments, Interpreter};
use crate::serializers::Shown;
use crate::{Blocking, Db, Deps, Entity, FunctionRef, ModelRef, QueryRef, QueryState, Value};

impl Interpreter for Walker<'_> {
    fn db(&self) -> &dyn Db {
        self.db
    }

    fn project(&self) -> Project {
        self.project
    }

    fn function(&self) -> FunctionRef {
        self.function
    }

    fn shared_body(&self) -> Arc<Body> {
        Arc::clone(&self.body)
    }

    fn value_of(&mut self, expr: ExprId) -> Value {
        self.for_free(|walker| walker.eval(expr))
    }

    fn body(&self) -> &Body {
        &self.body
    }

    fn is_awaited(&self, expr: ExprId) -> bool {
        Walker::is_awaited(self, expr)
    }

    fn awaits_what_runs(&mut self, is_awaiting: bool) -> bool {
        std::mem::replace(&mut self.around.is_awaiting, is_awaiting)
    }

    fn is_coroutine(&self) -> bool {
        self.is_async && self.around.threads == 0
    }

    fn entity(&self, class: &ClassRef) -> Option<Arc<EntityFacts>> {
        Walker::entity(self, class)
    }

    fn leads_back(&self, owner: &Entity, relationship: &Relationship) -> Option<Name> {
        Walker::leads_back(self, owner, relationship)
    }

    fn bind(&mut self, target: ExprId, value: Value) {
        Walker::bind(self, target, value);
    }

    fn attribute(&mut self, expr: ExprId, base: &Value, name: &Name) -> Value {
        Walker::attribute(self, expr, base, name)
    }

    fn element(&mut self, expr: ExprId, value: &Value) -> Value {
        Walker::element(self, expr, value)
    }

    fn call(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value {
        Walker::call(self, expr, callee, arguments)
    }

    fn call_in_thread(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value {
        Walker::call_in_thread(self, expr, callee, arguments)
    }

    fn call_in_greenlet(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value {
        Walker::call_in_greenlet(self, expr, callee, arguments)
    }

    fn gives(&mut self, holder: ExprId, name: Option<&str>) {
        Walker::gives(self, holder, name);
        if let Some(name) = name {
            self.notes_given(holder, &name.into());
        }
    }

    fn changes(&mut self, expr: ExprId, holder: ExprId, name: Option<&Name>) {
        self.changes_column(expr, holder, name, Deps::NONE);
    }

    fn given_by_schema(&self, class: &ClassRef, schema: &ClassRef) -> crate::Loads {
        Walker::given_by_schema(self, class, schema)
    }

    fn call_for_each(&mut self, expr: ExprId, callee: &Value, over: &Value) -> Value {
        Walker::call_for_each(self, expr, callee, over)
    }

    fn test(&mut self, expr: ExprId, value: &Value) {
        self.runs_when_tested(expr, value);
    }

    fn test_for_each(&mut self, expr: ExprId, callee: Option<&Value>, over: &Value) {
        Walker::test_for_each(self, expr, callee, over);
    }

    fn render_only(&mut self, expr: ExprId, class: &ClassRef, value: &Value, shown: Shown) {
        let outer = std::mem::replace(&mut self.around.shown, shown);
        Walker::render(self, expr, class, value, false);
        self.around.shown = outer;
    }

    fn render(&mut self, expr: ExprId, class: &ClassRef, value: &Value, is_many: bool) {
        Walker::render(self, expr, class, value, is_many);
    }

    fn render_as(&mut self, expr: ExprId, wanted: &Value, given: &Value) {
        Walker::render_as(self, expr, wanted, given);
    }

    fn begin(&mut self, expr: ExprId, model: ModelRef, orm: Orm) -> QueryState {
        Walker::begin(self, expr, model, orm)
    }

    fn run(&mut self, expr: ExprId, query: &QueryState) -> Value {
        Walker::run(self, expr, query)
    }

    fn has_rows_of(&self, expr: ExprId, receiver: &Value) -> bool {
        Walker::has_rows_of(self, expr, receiver)
    }

    fn runs(&mut self, expr: ExprId, what: &str, model: ModelRef, deps: Deps) {
        Walker::runs(self, expr, what, model, deps);
    }

    fn counts_first(&mut self, query: QueryRef) -> bool {
        let counted = &mut self.recorder.counted;
        let is_first = !counted.contains(&query);
        if is_first && counted.len() < super::MAX_EFFECTS {
            counted.push(query);
        }
        is_first
    }

    fn reads_again(&mut self, expr: ExprId, model: &ClassRef, names: &[Name], deps: Deps) {
        Walker::reads_again(self, expr, model, names, deps);
    }

    fn runs_separate_loads_of(&mut self, expr: ExprId, query: &QueryState, deps: Deps) {
        Walker::runs_separate_loads_of(self, expr, query, deps);
    }

    fn marks(&mut self, expr: ExprId, what: &str, model: ModelRef, deps: Deps) {
        self.marks(expr, what, model, deps);
    }

    fn sends(&mut self, expr: ExprId) {
        self.sends(expr);
    }

    fn runs_in_place(&mut self, expr: ExprId, what: &str) {
        self.runs_in_place(expr, what);
    }

    fn blocks(&mut self, expr: ExprId, what: &str, why: Blocking) {
        Walker::blocks(self, expr, what, why);
    }
}
