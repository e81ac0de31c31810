//! What does one request do, step by step? From the route through injected dependencies, services, ports and adapters
//! down to the queries, in source order.
//!
//! Traces are requested explicitly for one route, so they aren't database queries. Each function on the way is walked
//! again with the arguments of its caller, by the same walk that the rules and [`crate::cost`] are based on: the
//! queries of a step are the ones that this walk records. Calls that can't be resolved are steps too, under their
//! names.

mod body;
mod expression;
mod rendered;
mod teardown;
#[cfg(test)]
mod tests;
mod words;

use model::{ClassRef, ModuleId, Project, Route};
use python::Name;

use crate::{Bound, Callee, Cost, Db, FunctionRef, ModelRef, Site, Value};

/// Calls are followed to this depth.
const MAX_DEPTH: usize = 12;
/// The maximum number of functions walked for one route.
const MAX_CALLS: usize = 240;

/// What one request does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// What runs before the handler, in order.
    pub before: Vec<Step>,
    /// The handler; `None` if a library answers.
    pub handler: Option<Step>,
    /// If a library answers: the project functions that it calls, and the rows that it fetches.
    pub answered: Vec<Step>,
    /// The queries that rendering the response runs.
    pub rendering: Vec<Step>,
    /// What dependencies do after the handler.
    pub after: Vec<Step>,
    /// The total number of queries, as computed by [`crate::cost::of_route`].
    pub cost: Cost,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The kind of step.
    pub kind: StepKind,
    /// Its position in the source.
    pub place: Option<Place>,
}

/// The position of a step in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The module.
    pub module: ModuleId,
    /// The expression in it.
    pub site: Site,
}

/// The kind of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// A function of the project is called.
    Call(Call),
    /// A query runs.
    Query {
        /// A description: `session.get(Order)`.
        what: Name,
        /// The model that it reads or writes.
        model: ModelRef,
        /// Whether it changes stored data.
        is_write: bool,
        /// Whether it runs once per key of something that outlives the request.
        is_memo: bool,
    },
    /// A method of a database session that runs no query by itself.
    Session {
        /// The name of the method: `commit`.
        method: Name,
        /// The entity passed to it.
        entity: Option<ClassRef>,
    },
    /// Something from a library, by its full name.
    Library(Name),
    /// A call that can't be resolved, in source form.
    Unknown(String),
    /// Steps that are repeated for each element.
    Loop {
        /// A noun for one element.
        each: Name,
        /// A noun for the collection: the factor in the cost.
        label: Name,
        /// What determines the number of rounds.
        bound: Bound,
        /// The repeated steps.
        steps: Vec<Step>,
    },
    /// One of several arms is taken.
    Branch(Vec<Arm>),
    /// Steps in one transaction.
    Transaction(Vec<Step>),
    /// An error is raised.
    Raise(String),
    /// A generator yields, and continues later.
    Yield,
}

/// One arm of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// The condition under which it is taken, in source form.
    pub condition: String,
    /// The steps in this arm.
    pub steps: Vec<Step>,
}

/// A call of a project function.
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
    /// The number of classes that implement that port; the steps are those of one of them.
    pub implementations: usize,
    /// Whether the caller awaits it.
    pub is_awaited: bool,
    /// Why its steps aren't shown.
    pub cut: Option<Cut>,
    /// The steps of the callee.
    pub steps: Vec<Step>,
}

/// Why a call isn't followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The function is already being followed.
    Recursion,
    /// The call is nested too deeply, or there are too many calls.
    Limit,
}

/// The trace of one request to a route.
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
    if let Some(handler) = crate::heir::of_route(db, project, route) {
        let class = route.handler.class.clone().map(|class| ClassRef::new(route.handler.module, class));
        let receiver = class.clone().filter(|_| handler.heir.is_some());
        let receiver = receiver.map(|class| Value::of(crate::Kind::Instance(class, crate::Parts::default())));
        let mut call = tracer.call(handler.function, &[receiver], None, 0, false);
        call.class = class.or(call.class);
        trace.handler = Some(Step { kind: StepKind::Call(call), place: None });
        trace.rendering = rendered::of_handler(db, project, handler);
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

/// The steps of rendering a handler's response.
pub fn of_rendering(db: &dyn Db, project: Project, handler: Callee) -> Vec<Step> {
    rendered::of_handler(db, project, handler)
}

/// Follows calls and collects their steps.
struct Tracer<'a> {
    db: &'a dyn Db,
    project: Project,
    /// The functions that are being followed, outermost first.
    stack: Vec<FunctionRef>,
    /// How many more functions may be walked.
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
            crate::Kind::Instance(class, _) | crate::Kind::Holder(class, _) | crate::Kind::Class(class) => {
                Some(class.clone())
            }
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
