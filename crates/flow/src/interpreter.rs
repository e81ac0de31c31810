//! The interface that the walk of a body offers to the library models. Models receive values and act through it.

use std::sync::Arc;

use model::{ClassRef, Entity as EntityFacts, Orm, Project, Relationship};
use python::{Body, ExprId, Name};

use crate::serializers::Shown;
use crate::{Blocking, Db, Deps, Entity, FunctionRef, ModelRef, QueryRef, QueryState, Value};

/// The arguments of a call.
#[derive(Debug, Default, Clone)]
pub(crate) struct Arguments {
    /// Positional arguments before any unpacking, in order.
    pub(crate) positional: Vec<(Value, ExprId)>,
    /// Keyword arguments.
    pub(crate) keywords: Vec<(Name, Value, ExprId)>,
    /// Unpacked arguments: `*value`.
    pub(crate) stars: Vec<(Value, ExprId)>,
    /// Whether there is a `**value` argument.
    pub(crate) has_double_star: bool,
    /// The dependencies of unpacked arguments.
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

    /// The dependencies of all arguments.
    pub(crate) fn deps(&self) -> Deps {
        let positional = self.positional.iter().chain(&self.stars).map(|(value, _)| value.deps);
        let keywords = self.keywords.iter().map(|(_, value, _)| value.deps);
        positional.chain(keywords).fold(self.spread, |all, deps| all | deps)
    }

    /// Whether there are no arguments.
    pub(crate) fn is_empty(&self) -> bool {
        self.values().next().is_none() && !self.has_double_star
    }

    /// All values, in order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        let keywords = self.keywords.iter().map(|(_, value, _)| value);
        self.positional.iter().chain(&self.stars).map(|(value, _)| value).chain(keywords)
    }
}

/// The walk of a body as library models see it: what they may read, and what effects they can record.
pub(crate) trait Interpreter {
    /// The database, for queries about other modules.
    fn db(&self) -> &dyn Db;

    /// The project.
    fn project(&self) -> Project;

    /// The function being walked.
    fn function(&self) -> FunctionRef;

    /// The body being walked: the function's own, or that of a nested function.
    fn body(&self) -> &Body;

    /// The same, for a model that goes on acting while it reads it.
    fn shared_body(&self) -> Arc<Body>;

    /// The value of an expression, without recording what evaluating it runs.
    fn value_of(&mut self, expr: ExprId) -> Value;

    /// Whether the body awaits the expression.
    fn is_awaited(&self, expr: ExprId) -> bool;

    /// Says whether what runs next is awaited by itself; returns what was said before.
    fn awaits_what_runs(&mut self, is_awaiting: bool) -> bool;

    /// Whether what blocks here blocks a coroutine.
    fn is_coroutine(&self) -> bool;

    /// The entity that a class is.
    fn entity(&self, class: &ClassRef) -> Option<Arc<EntityFacts>>;

    /// The relationship through which rows reached from a row lead back to it.
    fn leads_back(&self, owner: &Entity, relationship: &Relationship) -> Option<Name>;

    /// Binds a target to a value.
    fn bind(&mut self, target: ExprId, value: Value);

    /// Reads an attribute.
    fn attribute(&mut self, expr: ExprId, base: &Value, name: &Name) -> Value;

    /// One element of an iterated value. Runs the value if it is a query that runs itself.
    fn element(&mut self, expr: ExprId, value: &Value) -> Value;

    /// Calls a value.
    fn call(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value;

    /// Calls a value in another thread, where blocking calls don't block this one.
    fn call_in_thread(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value;

    /// The same where SQLAlchemy awaits for synchronous code: what isn't loaded is loaded when it is read.
    fn call_in_greenlet(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value;

    /// Records that the code assigned the relationship `name` on the row that `holder` names; any relationship if the
    /// name can't be read.
    fn gives(&mut self, holder: ExprId, name: Option<&str>);

    /// Records that the code changed the column `name` of the row that `holder` names; any column if the name can't be
    /// read.
    fn changes(&mut self, expr: ExprId, holder: ExprId, name: Option<&Name>);

    /// What a new row is given where it is made of a schema: the columns that the schema has as well.
    fn given_by_schema(&self, class: &ClassRef, schema: &ClassRef) -> crate::Loads;

    /// Calls a value once for each element of `over`.
    fn call_for_each(&mut self, expr: ExprId, callee: &Value, over: &Value) -> Value;

    /// Finds the truth of a value.
    fn test(&mut self, expr: ExprId, value: &Value);

    /// Finds the truth of what a callable gives for each element of `over`; of the elements themselves without one.
    fn test_for_each(&mut self, expr: ExprId, callee: Option<&Value>, over: &Value);

    /// Renders a row, or each of many, with a serializer or schema.
    fn render(&mut self, expr: ExprId, class: &ClassRef, value: &Value, is_many: bool);

    /// Renders a row, or each of many, with an instance of a schema that shows some of its fields.
    fn render_only(&mut self, expr: ExprId, class: &ClassRef, value: &Value, shown: Shown);

    /// Renders the rows inside a value according to a type.
    fn render_as(&mut self, expr: ExprId, wanted: &Value, given: &Value);

    /// A new query that begins at `expr`.
    fn begin(&mut self, expr: ExprId, model: ModelRef, orm: Orm) -> QueryState;

    /// Records that the query runs and returns one of its rows.
    fn run(&mut self, expr: ExprId, query: &QueryState) -> Value;

    /// Whether the rows of the queryset whose method `expr` calls are in memory.
    fn has_rows_of(&self, expr: ExprId, receiver: &Value) -> bool;

    /// Records that a query runs. `what` describes it, `deps` are its dependencies.
    fn runs(&mut self, expr: ExprId, what: &str, model: ModelRef, deps: Deps);

    /// Records that a row is marked for a write statement (`INSERT`, `DELETE`).
    fn marks(&mut self, expr: ExprId, what: &str, model: ModelRef, deps: Deps);

    /// Records that marked writes are sent.
    fn sends(&mut self, expr: ExprId);

    /// Whether a paginator counts the rows of this query here for the first time: it keeps the number.
    fn counts_first(&mut self, query: QueryRef) -> bool;

    /// Records the statements that reload the named relationships of one row of `model`.
    fn reads_again(&mut self, expr: ExprId, model: &ClassRef, names: &[Name], deps: Deps);

    /// Records the separate statements that load related rows for a query.
    fn runs_separate_loads_of(&mut self, expr: ExprId, query: &QueryState, deps: Deps);

    /// Records that Django runs a query synchronously, which it refuses to do in a coroutine.
    fn runs_in_place(&mut self, expr: ExprId, what: &str);

    /// Records that a call blocks the thread.
    fn blocks(&mut self, expr: ExprId, what: &str, why: Blocking);
}
