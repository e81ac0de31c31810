//! The value of a parameter, from its annotation or from the dependency named in its default.

use model::{ClassRef, Head, ModuleId, Project};
use python::{Arg, Definitions, Expr, ExprArena, ExprId, Name, ParameterKind, Scope};

use super::{Context, Types, instance_of, value_with};
use crate::query::types as queries;
use crate::types::classes;
use crate::types::names::Evaluator;
use crate::{Db, FunctionRef, Kind, Value};

/// The value of a parameter, as far as its function determines it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameter {
    /// A known value.
    Known(Value),
    /// The value that this function returns, or yields if it is a generator: a dependency without an annotation.
    Provider(FunctionRef),
    /// Not determined by the function.
    Unknown,
}

/// The source of an injected dependency.
pub(super) enum Provided {
    /// A known value.
    Known(Value),
    /// The value that this function provides.
    By(FunctionRef),
}

/// The value of the parameter at `index` of `function`. `self` and `cls` belong to the enclosing class.
pub fn parameter(db: &dyn Db, project: Project, function: FunctionRef, index: usize) -> Parameter {
    parameter_within(db, project, function, index, &[])
}

/// Like `parameter`, with the type parameters of the class bound.
pub(crate) fn parameter_within(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
    index: usize,
    bindings: &[(Name, Value)],
) -> Parameter {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let Some(facts) = definitions.functions.get(function.function.0 as usize) else {
        return Parameter::Unknown;
    };
    let Some(parameter) = facts.parameters.get(index) else { return Parameter::Unknown };
    let own = own_class(&definitions, function);
    let (module, exprs) = (function.module, &definitions.exprs);
    if index == 0
        && let Some(class) = &own
        && let Some(receiver) = receiver(db, project, &definitions, function, class)
    {
        return Parameter::Known(receiver);
    }
    if let Some(annotation) = parameter.annotation {
        let context = Context { class: own.as_ref(), bindings, function: Some(function) };
        let value = value_with(db, project, module, exprs, annotation, context);
        let value = match parameter.kind {
            ParameterKind::Args => super::many(value),
            ParameterKind::Kwargs => Value::of(Kind::Mapping(value.into())),
            _ => value,
        };
        if !value.is_unknown() {
            return Parameter::Known(value);
        }
        if let Some(Provided::By(provider)) = annotated_provider(db, project, module, exprs, annotation) {
            return Parameter::Provider(provider);
        }
    }
    let Some(default) = parameter.default else { return Parameter::Unknown };
    match provided(db, project, module, exprs, default) {
        Some(Provided::Known(value)) => Parameter::Known(value),
        Some(Provided::By(provider)) => Parameter::Provider(provider),
        None => defaulted(evaluated(db, project, module, exprs, default)),
    }
}

/// The function whose result a framework injects as the parameter, whatever the annotation says of it.
pub(crate) fn provider(
    db: &dyn Db,
    project: Project,
    function: FunctionRef,
    index: usize,
) -> Option<FunctionRef> {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let parameter = definitions.functions.get(function.function.0 as usize)?.parameters.get(index)?;
    let (module, exprs) = (function.module, &definitions.exprs);
    let annotated = || provider_beside(db, project, module, exprs, parameter.annotation?, 0);
    let by_default =
        || called(db, project, module, exprs, injected(db, project, module, exprs, parameter.default?)?);
    annotated().or_else(by_default)
}

/// The function that `Annotated[X, Depends(provider)]` names, also through an alias.
fn provider_beside(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    annotation: ExprId,
    depth: usize,
) -> Option<FunctionRef> {
    const MAX_ALIASES: usize = 4;
    let direct = items_beside(exprs, annotation)
        .iter()
        .find_map(|item| called(db, project, module, exprs, injected(db, project, module, exprs, *item)?));
    if direct.is_some() || depth == MAX_ALIASES {
        return direct;
    }
    let types = Types { db, project, module, exprs, context: Context::default() };
    let Head::Variable(module, name) = types.head(annotation, 0) else { return None };
    let definitions = python::query::definitions(db, model::query::file_of(db, project, module));
    let is_it = |variable: &&python::Variable| variable.scope == Scope::Module && variable.name == name;
    let alias = definitions.variables.iter().rev().find(is_it)?.value?;
    provider_beside(db, project, module, &definitions.exprs, alias, depth + 1)
}

/// The function that a provider is.
fn called(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    provider: ExprId,
) -> Option<FunctionRef> {
    match evaluated(db, project, module, exprs, provider).kind {
        Kind::Function(provider) | Kind::Method(_, provider) => Some(provider),
        _ => None,
    }
}

/// What a default value implies about the arguments that callers pass instead.
fn defaulted(default: Value) -> Parameter {
    match default.kind {
        Kind::Plain | Kind::Written(_) | Kind::Text(_) => Parameter::Known(Value::of(Kind::Plain)),
        Kind::Instance(..) | Kind::Session { .. } | Kind::ForeignInstance(_) => Parameter::Known(default),
        _ => Parameter::Unknown,
    }
}

/// The module-level class that the function is a method of.
pub(crate) fn own_class(definitions: &Definitions, function: FunctionRef) -> Option<ClassRef> {
    let facts = definitions.functions.get(function.function.0 as usize)?;
    let Scope::Class(id) = facts.scope else { return None };
    let class = &definitions[id];
    (class.scope == Scope::Module).then(|| ClassRef::new(function.module, class.name.clone()))
}

/// The value of `self` or `cls`; `None` for a static method.
fn receiver(
    db: &dyn Db,
    project: Project,
    definitions: &Definitions,
    function: FunctionRef,
    class: &ClassRef,
) -> Option<Value> {
    let facts = &definitions[function.function];
    match classes::method_kind(definitions, facts) {
        classes::MethodKind::Static => None,
        classes::MethodKind::Class => Some(Value::of(Kind::Class(class.clone()))),
        classes::MethodKind::Instance | classes::MethodKind::Property => {
            Some(instance_of(db, project, class, &[]))
        }
    }
}

/// The provider inside `Annotated[X, Depends(provider)]`.
fn annotated_provider(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    annotation: ExprId,
) -> Option<Provided> {
    items_beside(exprs, annotation).iter().find_map(|item| provided(db, project, module, exprs, *item))
}

/// What `Annotated[X, ...]` says beside the type.
fn items_beside(exprs: &ExprArena, annotation: ExprId) -> &[ExprId] {
    let Expr::Subscript { index, .. } = &exprs[annotation] else { return &[] };
    let Expr::Tuple(items) = &exprs[*index] else { return &[] };
    items.get(1..).unwrap_or_default()
}

/// The provider that `Depends(provider)` names.
fn injected(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    expr: ExprId,
) -> Option<ExprId> {
    let types = Types { db, project, module, exprs, context: Context::default() };
    let Expr::Call { callee, args } = &exprs[expr] else { return None };
    let Head::Foreign(full) = types.head(*callee, 0) else { return None };
    if !matches!(full.rsplit('.').next(), Some("Depends" | "Security" | "TaskiqDepends")) {
        return None;
    }
    args.iter().find_map(|arg| match arg {
        Arg::Positional(value) => Some(*value),
        Arg::Keyword(name, value) if name == "dependency" => Some(*value),
        _ => None,
    })
}

/// The dependency that `Depends(provider)` or `Provide[Container.repository]` injects; `None` for any other expression.
pub(super) fn provided(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    expr: ExprId,
) -> Option<Provided> {
    let types = Types { db, project, module, exprs, context: Context::default() };
    match &exprs[expr] {
        Expr::Call { .. } => {
            let provider = injected(db, project, module, exprs, expr)?;
            if let Expr::Subscript { .. } = &exprs[provider] {
                return provided(db, project, module, exprs, provider);
            }
            supply(db, project, &evaluated(db, project, module, exprs, provider))
        }
        Expr::Subscript { value, index } => match types.head(*value, 0) {
            Head::Foreign(full) if full.starts_with("dependency_injector.") => {
                let made = evaluated(db, project, module, exprs, *index);
                (!made.is_unknown()).then_some(Provided::Known(made))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The dependency that calling the provider yields.
fn supply(db: &dyn Db, project: Project, provider: &Value) -> Option<Provided> {
    match &provider.kind {
        Kind::Class(class) => Some(Provided::Known(instance_of(db, project, class, &[]))),
        Kind::Foreign(full) => Some(Provided::Known(super::foreign_instance(full))),
        Kind::Function(function) | Kind::Method(_, function) => {
            let promised = queries::returned(db, project, function.module, function.function);
            Some(match yielded(db, project, *function, promised) {
                value if value.is_unknown() => Provided::By(*function),
                value => Provided::Known(value),
            })
        }
        Kind::Instance(class, _) => match classes::lookup::member(db, project, class, &[], "__call__") {
            Some(classes::Member::Method { function, .. }) => {
                supply(db, project, &Value::of(Kind::Function(function)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The value that a generator dependency yields, derived from its promised return type.
fn yielded(db: &dyn Db, project: Project, function: FunctionRef, promised: Value) -> Value {
    let file = model::query::file_of(db, project, function.module);
    let is_generator = python::query::definitions(db, file)[function.function].is_generator;
    match promised.kind {
        Kind::Many(element) if is_generator => (*element).clone(),
        kind => Value::of(kind),
    }
}

/// The value of a simple expression in a signature.
fn evaluated(db: &dyn Db, project: Project, module: ModuleId, exprs: &ExprArena, expr: ExprId) -> Value {
    Evaluator::new(db, project, module, exprs).value(expr)
}
