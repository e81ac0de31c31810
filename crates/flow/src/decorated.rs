//! The effect of decorators on a project function: memoization, or execution in another thread.

use model::Project;
use python::{Arg, Body, Definitions, Expr, ExprId, Function, FunctionId, Scope};

use crate::types::names::Evaluator;
use crate::{Db, FunctionRef, Kind};

/// How calling a decorated function differs from running its body.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decorated {
    /// The body runs once for the same arguments.
    pub(crate) is_memo: bool,
    /// A cache that outlives requests keeps the result, so that the body seldom runs.
    pub(crate) is_kept: bool,
    /// The body runs in another thread, and the call is awaited.
    pub(crate) in_thread: bool,
}

/// The combined effect of a function's decorators.
pub(crate) fn of(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
    definitions: &Definitions,
    facts: &Function,
) -> Decorated {
    let mut all = Decorated::default();
    let evaluator = Evaluator::new(db, project, function.module, &definitions.exprs);
    for decorator in &facts.decorators {
        let decorator = match &definitions.exprs[*decorator] {
            Expr::Call { callee, .. } => *callee,
            _ => *decorator,
        };
        // `@REGION.cache_on_arguments()`, however the region is made.
        if let Expr::Attribute { name, .. } = &definitions.exprs[decorator] {
            all.is_kept |= libraries::method_remembers(name);
        }
        match evaluator.value(decorator).kind {
            Kind::Foreign(name) => {
                let remembers = libraries::remembers(&name);
                all.is_memo |= remembers;
                // The cache of a function of the module lasts as long as the program, and is asked for each key.
                // With a session among the arguments it is another key for each request.
                let is_given_session = || {
                    let mut annotations =
                        facts.parameters.iter().filter_map(|parameter| parameter.annotation);
                    annotations.any(|annotation| {
                        let (module, exprs) = (function.module, &definitions.exprs);
                        let value = crate::types::annotation::value(db, project, module, exprs, annotation);
                        matches!(value.kind, Kind::Session { .. })
                    })
                };
                all.is_kept |= remembers
                    && matches!(facts.scope, Scope::Module | Scope::Function(_))
                    && !is_given_session();
                all.in_thread |= libraries::runs_in_thread(&name) == Some(0);
            }
            Kind::Function(own) if own != function => {
                all.in_thread |= crate::query::runs_in_thread(db, project, own.module, own.function);
            }
            _ => {}
        }
    }
    all
}

/// Whether a project decorator runs the function that it decorates in another thread: it contains a function that calls
/// `asyncio.to_thread(function, ...)`.
pub(crate) fn runs_in_thread(db: &dyn Db, project: Project, decorator: FunctionRef) -> bool {
    let file = model::query::file_of(db, project, decorator.module);
    let definitions = python::query::definitions(db, file);
    let Some(facts) = definitions.functions.get(decorator.function.0 as usize) else { return false };
    let parameters: Vec<&str> = facts.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let inner = definitions.functions().filter(|(id, _)| lies_in(&definitions, *id, decorator.function));
    inner.filter_map(|(_, inner)| python::query::body(db, file, inner.body)).any(|body| {
        body.exprs.list.iter().any(|expr| match expr {
            Expr::Call { callee, args } => {
                let evaluator = Evaluator::new(db, project, decorator.module, &body.exprs);
                is_handed(&evaluator, &body, *callee, args, &parameters)
            }
            _ => false,
        })
    })
}

fn is_handed(
    evaluator: &Evaluator<'_>,
    body: &Body,
    callee: ExprId,
    args: &[Arg],
    parameters: &[&str],
) -> bool {
    let is_named =
        |expr: ExprId| matches!(&body[expr], Expr::Name(name) if parameters.contains(&name.as_str()));
    let is_partial = |callee: ExprId| matches!(evaluator.value(callee).kind, Kind::Foreign(name) if name == "functools.partial");
    let is_parameter = |arg: Option<&Arg>| {
        arg.is_some_and(|arg| match &body[arg.value()] {
            Expr::Name(_) => is_named(arg.value()),
            // `partial(function, *args)`
            Expr::Call { callee, args } => {
                args.first().is_some_and(|first| is_named(first.value())) && is_partial(*callee)
            }
            // `lambda: function(*args)`
            Expr::Lambda { body: result, .. } => {
                matches!(&body[*result], Expr::Call { callee, .. } if is_named(*callee))
            }
            _ => false,
        })
    };
    // A method of an event loop, whatever the loop is called.
    if let Expr::Attribute { name, .. } = &body[callee]
        && name == "run_in_executor"
    {
        return is_parameter(args.get(1));
    }
    let Kind::Foreign(name) = evaluator.value(callee).kind else { return false };
    libraries::runs_in_thread(&name).is_some_and(|index| is_parameter(args.get(index)))
}

/// Whether a function is nested, directly or indirectly, in another.
fn lies_in(definitions: &Definitions, function: FunctionId, outer: FunctionId) -> bool {
    let mut at = function;
    // Bounded by the number of functions.
    for _ in 0..definitions.functions.len() {
        match definitions[at].scope {
            Scope::Function(around) if around == outer => return true,
            Scope::Function(around) => at = around,
            _ => return false,
        }
    }
    false
}
