//! What does one request do, step by step? From the route through what is injected, services, ports and adapters down to
//! the queries, in the order of the code.
//!
//! Asked for by people, about one route, so it is no query of the database. Each function on the way is walked again with
//! what its caller gives it, by the same walk that the rules and [`crate::cost`] rest on: what a step runs is what that
//! walk wrote down. What nobody can resolve is a step as well, under its name.

mod body;
mod expression;
mod rendered;
mod teardown;
#[cfg(test)]
mod tests;
mod words;

use model::{ClassRef, ModuleId, Project, Route};
use python::Name;

use crate::{Bound, Cost, Db, FunctionRef, ModelRef, Site, Value};

/// Calls are followed this deep.
const MAX_DEPTH: usize = 12;
/// So many functions are walked for one route.
const MAX_CALLS: usize = 240;

/// What one request does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// What runs before the handler, in order.
    pub before: Vec<Step>,
    /// The handler; nothing where a library answers.
    pub handler: Option<Step>,
    /// What a library that answers calls of the project, and which rows it fetches.
    pub answered: Vec<Step>,
    /// What rendering the response runs.
    pub rendering: Vec<Step>,
    /// What dependencies do once the handler is through.
    pub after: Vec<Step>,
    /// How many queries all of it runs: the figure of [`crate::cost::of_route`].
    pub cost: Cost,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What happens.
    pub kind: StepKind,
    /// Where it is written.
    pub place: Option<Place>,
}

/// Where a step is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The module.
    pub module: ModuleId,
    /// The expression in it.
    pub site: Site,
}

/// What happens in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// A function of the project is called.
    Call(Call),
    /// A query runs.
    Query {
        /// In words: `session.get(Order)`.
        what: Name,
        /// What it reads or writes.
        model: ModelRef,
        /// Whether it changes what is stored.
        is_write: bool,
        /// Whether it happens once for each key of something that outlives the request.
        is_memo: bool,
    },
    /// A method of a database session that runs no query by itself.
    Session {
        /// Its name: `commit`.
        method: Name,
        /// The entity that it is given.
        entity: Option<ClassRef>,
    },
    /// Something of a library by its full name.
    Library(Name),
    /// A call of something that can't be resolved, as it is written.
    Unknown(String),
    /// Something is done once per element.
    Loop {
        /// One element, in a word.
        each: Name,
        /// All of them, in a word: the factor of the cost.
        label: Name,
        /// What decides how often.
        bound: Bound,
        /// What is done.
        steps: Vec<Step>,
    },
    /// One of several ways is taken.
    Branch(Vec<Arm>),
    /// Something is done in one transaction.
    Transaction(Vec<Step>),
    /// An error is raised.
    Raise(String),
    /// A generator hands over, and goes on later.
    Yield,
}

/// One way of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// When it is taken, as it is written.
    pub condition: String,
    /// What is done then.
    pub steps: Vec<Step>,
}

/// A call of a function of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The function.
    pub callee: FunctionRef,
    /// Its name: `list_orders`.
    pub name: Name,
    /// The class that it is called on, or that defines it.
    pub class: Option<ClassRef>,
    /// The port that it is called through.
    pub port: Option<ClassRef>,
    /// How many classes implement that port; what follows is one of them.
    pub implementations: usize,
    /// Whether the caller waits for it.
    pub is_awaited: bool,
    /// Why what it does isn't shown.
    pub cut: Option<Cut>,
    /// What it does.
    pub steps: Vec<Step>,
}

/// Why a call isn't followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// It is among its own callers.
    Recursion,
    /// It is too far down, or there are too many.
    Limit,
}

/// What one request to a route does.
pub fn of_route(db: &dyn Db, project: Project, route: &Route) -> Trace {
    let mut tracer = Tracer { db, project, stack: Vec::new(), left: MAX_CALLS };
    let mut trace = Trace { cost: crate::cost::of_route(db, project, route), ..Trace::default() };
    for (module, function) in &route.dependencies {
        let function = FunctionRef { module: *module, function: *function };
        let call = tracer.call(function, &[], None, 0, false);
        let (before, after) = teardown::split(call);
        trace.before.push(Step { kind: StepKind::Call(before), place: None });
        trace.after.extend(after.map(|call| Step { kind: StepKind::Call(call), place: None }));
    }
    trace.after.reverse();
    if let Some((module, function)) = route.handler.function {
        let function = FunctionRef { module, function };
        let class = route.handler.class.clone().map(|class| ClassRef::new(route.handler.module, class));
        let mut call = tracer.call(function, &[], None, 0, false);
        call.class = class.or(call.class);
        trace.handler = Some(Step { kind: StepKind::Call(call), place: None });
        trace.rendering = rendered::of_function(db, project, function);
    } else {
        let answered = crate::cost::answered::of_route(db, project, route);
        for hook in answered.hooks {
            let call = tracer.call(hook, &[], None, 0, false);
            trace.answered.push(Step { kind: StepKind::Call(call), place: None });
        }
        if let Some(rows) = answered.rows {
            trace.answered.extend(rendered::fetched(&rows));
            let called = |function| StepKind::Call(tracer.call(function, &[], None, 0, false));
            trace.rendering = rendered::steps(rows.rendered, called);
        }
    }
    trace
}

/// What rendering the response of a handler runs.
pub fn of_rendering(db: &dyn Db, project: Project, handler: FunctionRef) -> Vec<Step> {
    rendered::of_function(db, project, handler)
}

/// Follows calls.
struct Tracer<'a> {
    db: &'a dyn Db,
    project: Project,
    /// The functions that are being followed, outermost first.
    stack: Vec<FunctionRef>,
    /// How many more are walked.
    left: usize,
}

impl Tracer<'_> {
    /// A call of a function with these arguments.
    fn call(
        &mut self,
        callee: FunctionRef,
        given: &[Option<Value>],
        port: Option<ClassRef>,
        implementations: usize,
        is_awaited: bool,
    ) -> Call {
        let file = model::query::file_of(self.db, self.project, callee.module);
        let definitions = python::query::definitions(self.db, file);
        let facts = definitions.functions.get(callee.function.0 as usize);
        let name = facts.map(|facts| facts.name.clone()).unwrap_or_default();
        let receiver = given.first().and_then(Option::as_ref).and_then(|value| match &value.kind {
            crate::Kind::Instance(class, _) | crate::Kind::Class(class) => Some(class.clone()),
            crate::Kind::Entity(entity) => entity.model.class().cloned(),
            _ => None,
        });
        let own = facts.and_then(|facts| match facts.scope {
            python::Scope::Class(id) => Some(ClassRef::new(callee.module, definitions[id].name.clone())),
            _ => None,
        });
        let class = own.map(|own| receiver.unwrap_or(own));
        let mut call =
            Call { callee, name, class, port, implementations, is_awaited, cut: None, steps: Vec::new() };
        if self.stack.contains(&callee) {
            call.cut = Some(Cut::Recursion);
        } else if self.stack.len() >= MAX_DEPTH || self.left == 0 {
            call.cut = Some(Cut::Limit);
        } else {
            self.left -= 1;
            self.stack.push(callee);
            call.steps = self.steps_of(callee, given);
            self.stack.pop();
        }
        call
    }
}
