//! What a body's walk lends to those who know a library: they are asked with values, and act through this.

use std::sync::Arc;

use model::{ClassRef, Entity as EntityFacts, Orm, Project, Relationship};
use python::{Body, ExprId, Name};

use crate::{Db, Deps, Entity, FunctionRef, ModelRef, QueryState, Value};

/// The arguments of a call.
#[derive(Debug, Default, Clone)]
pub(crate) struct Arguments {
    /// In order, as far as they are given one by one.
    pub(crate) positional: Vec<(Value, ExprId)>,
    /// By name.
    pub(crate) keywords: Vec<(Name, Value, ExprId)>,
    /// `*value`: several at once.
    pub(crate) stars: Vec<(Value, ExprId)>,
    /// Whether `**value` is among them.
    pub(crate) has_double_star: bool,
    /// What such values depend on.
    pub(crate) spread: Deps,
}

impl Arguments {
    /// The positional argument at `index`, or the one called `name`.
    pub(crate) fn get(&self, index: usize, name: &str) -> Option<&Value> {
        self.positional.get(index).map(|(value, _)| value).or_else(|| self.keyword(name))
    }

    /// The argument called `name`.
    pub(crate) fn keyword(&self, name: &str) -> Option<&Value> {
        self.keywords.iter().find(|(keyword, ..)| keyword == name).map(|(_, value, _)| value)
    }

    /// What all of them depend on.
    pub(crate) fn deps(&self) -> Deps {
        let positional = self.positional.iter().chain(&self.stars).map(|(value, _)| value.deps);
        let keywords = self.keywords.iter().map(|(_, value, _)| value.deps);
        positional.chain(keywords).fold(self.spread, |all, deps| all | deps)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.values().next().is_none() && !self.has_double_star
    }

    /// All values, in order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        let keywords = self.keywords.iter().map(|(_, value, _)| value);
        self.positional.iter().chain(&self.stars).map(|(value, _)| value).chain(keywords)
    }
}

/// The walk of a body, for the models of libraries: what they may read of it, and what they can make happen.
pub(crate) trait Interpreter {
    /// For what other modules say.
    fn db(&self) -> &dyn Db;

    /// The project.
    fn project(&self) -> Project;

    /// The function that is walked.
    fn function(&self) -> FunctionRef;

    /// The body that is walked: the function's own, or that of a function inside it.
    fn body(&self) -> &Body;

    /// Whether the body awaits the expression.
    fn is_awaited(&self, expr: ExprId) -> bool;

    /// Whether what blocks here blocks a coroutine.
    fn is_coroutine(&self) -> bool;

    /// The entity that a class is.
    fn entity(&self, class: &ClassRef) -> Option<Arc<EntityFacts>>;

    /// The relationship by which rows that were reached from a row lead back to it.
    fn leads_back(&self, owner: &Entity, relationship: &Relationship) -> Option<Name>;

    /// Binds a target to a value.
    fn bind(&mut self, target: ExprId, value: Value);

    /// Reads an attribute.
    fn attribute(&mut self, expr: ExprId, base: &Value, name: &Name) -> Value;

    /// One element of a value that is walked; runs it where it is a query that runs itself.
    fn element(&mut self, expr: ExprId, value: &Value) -> Value;

    /// Calls a value.
    fn call(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value;

    /// The same in another thread: what blocks there blocks nobody here.
    fn call_in_thread(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value;

    /// The same where SQLAlchemy awaits for synchronous code: what isn't loaded is loaded when it is read.
    fn call_in_greenlet(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value;

    /// Notes that the code put the relationship `name` on the row that `holder` names; any where the name can't be read.
    fn gives(&mut self, holder: ExprId, name: Option<&str>);

    /// What a new row is given where it is made of a schema: the columns that the schema has as well.
    fn given_by_schema(&self, class: &ClassRef, schema: &ClassRef) -> crate::Loads;

    /// Calls a value once for each element of `over`.
    fn call_for_each(&mut self, expr: ExprId, callee: &Value, over: &Value) -> Value;

    /// Renders a row, or each of many, with a serializer or schema.
    fn render(&mut self, expr: ExprId, class: &ClassRef, value: &Value, is_many: bool);

    /// Renders the rows inside of a value as a type says.
    fn render_as(&mut self, expr: ExprId, wanted: &Value, given: &Value);

    /// A new query that begins at `expr`.
    fn begin(&mut self, expr: ExprId, model: ModelRef, orm: Orm) -> QueryState;

    /// Writes down that the query runs, and gives one of its rows.
    fn run(&mut self, expr: ExprId, query: &QueryState) -> Value;

    /// Writes down that a query runs: `what` names it in words, `deps` say what it depends on.
    fn runs(&mut self, expr: ExprId, what: &str, model: ModelRef, deps: Deps);

    /// Writes down that a row is marked to be written by a statement (`INSERT`, `DELETE`).
    fn marks(&mut self, expr: ExprId, what: &str, model: ModelRef, deps: Deps);

    /// Writes down that what is marked is sent.
    fn sends(&mut self, expr: ExprId);

    /// Writes down the statements that read relationships of one row of `model` again, by their names.
    fn reads_again(&mut self, expr: ExprId, model: &ClassRef, names: &[Name], deps: Deps);

    /// Writes down the statements that fetch what a query loads beside its own rows.
    fn runs_apart_of(&mut self, expr: ExprId, query: &QueryState, deps: Deps);

    /// Writes down that Django runs a query where it stands, which it refuses to do in a coroutine.
    fn runs_in_place(&mut self, expr: ExprId, what: &str);

    /// Writes down that a call blocks the thread.
    fn blocks(&mut self, expr: ExprId, what: &str);
}
