//! Calls of `NewType`s: they return what they are given, so they are no messages.

use flow::Db;
use flow::trace::{Step, StepKind, Trace};
use model::{ModuleId, Project, Target};
use python::{Expr, Scope};

/// Names lead from module to module at most this often.
const HOPS: usize = 4;

/// Leaves out the calls of `NewType`s.
pub(super) fn leave_out(db: &dyn Db, project: Project, trace: &mut Trace) {
    for steps in [&mut trace.before, &mut trace.answered, &mut trace.rendering, &mut trace.after] {
        retain(db, project, steps);
    }
    if let Some(StepKind::Call(call)) = trace.handler.as_mut().map(|step| &mut step.kind) {
        retain(db, project, &mut call.steps);
    }
}

fn retain(db: &dyn Db, project: Project, steps: &mut Vec<Step>) {
    steps.retain_mut(|step| {
        match &mut step.kind {
            StepKind::Unknown(name) => {
                let Some(place) = step.place else { return true };
                return !is_new_type(db, project, place.module, name, HOPS);
            }
            StepKind::Call(call) => retain(db, project, &mut call.steps),
            StepKind::Loop { steps, .. } | StepKind::Transaction(steps) => retain(db, project, steps),
            StepKind::Branch(arms) => arms.iter_mut().for_each(|arm| retain(db, project, &mut arm.steps)),
            _ => {}
        }
        true
    });
}

/// Whether a name of a module is a `NewType`, here or where it is imported from.
fn is_new_type(db: &dyn Db, project: Project, module: ModuleId, name: &str, hops: usize) -> bool {
    if hops == 0 {
        return false;
    }
    let file = model::query::file_of(db, project, module);
    let definitions = python::query::definitions(db, file);
    let mut variables = definitions.variables.iter().rev();
    let value = variables.find(|it| it.scope == Scope::Module && it.name == name).map(|it| it.value);
    if let Some(value) = value {
        let Some(Expr::Call { callee, .. }) = value.map(|value| &definitions.exprs[value]) else {
            return false;
        };
        let called = match &definitions.exprs[*callee] {
            Expr::Name(name) => name.to_string(),
            Expr::Attribute { value, name } => match &definitions.exprs[*value] {
                Expr::Name(module) => format!("{module}.{name}"),
                _ => return false,
            },
            _ => return false,
        };
        let full = outside(db, project, module, &called);
        return full.is_some_and(|full| model::canonical(&full) == "typing.NewType");
    }
    let (head, rest) = name.split_once('.').map_or((name, None), |(head, rest)| (head, Some(rest)));
    match (target(db, project, module, head), rest) {
        (Some(Target::Symbol { origin, origin_name, .. }), None) if !origin_name.is_empty() => {
            is_new_type(db, project, origin, &origin_name, hops - 1)
        }
        (Some(Target::Symbol { origin, origin_name, .. }), Some(rest)) if origin_name.is_empty() => {
            is_new_type(db, project, origin, rest, hops - 1)
        }
        (Some(Target::Module(origin)), Some(rest)) => is_new_type(db, project, origin, rest, hops - 1),
        _ => false,
    }
}

/// What a module imports under a name.
fn target(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Option<Target> {
    let file = model::query::file_of(db, project, module);
    let imports = python::query::imports(db, file);
    let resolved = model::query::resolved(db, project, file);
    let mut pairs = imports.iter().zip(resolved.iter());
    pairs.find(|((_, import), _)| import.bound_name() == Some(name)).map(|(_, it)| it.target.clone())
}

/// The full name of something from a library that a module calls by `name`.
fn outside(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Option<String> {
    let (head, rest) = name.split_once('.').map_or((name, None), |(head, rest)| (head, Some(rest)));
    let (Target::Standard(full) | Target::ThirdParty(full)) = target(db, project, module, head)? else {
        return None;
    };
    Some(match rest {
        Some(rest) => format!("{full}.{rest}"),
        None => full.to_string(),
    })
}
