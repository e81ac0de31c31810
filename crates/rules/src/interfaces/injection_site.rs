//! Injection sites as rules need them: what depends on the class, and where it is written.

use std::sync::Arc;

use config::Layer;
use flow::{Kind, Value};
use model::{ClassRef, InjectionPlace};
use python::{Definitions, Expr, ExprId, Function, FunctionId, Scope};
use source::Span;
use view::class_kind::ClassKind;
use view::{Context, Place};

/// Annotations nested deeper than this are not found in hand-written code.
const MAX_DEPTH: usize = 16;

/// The dependent's name: `OrderService` for its constructor and its fields, `OrderService.ship` for a method, `ship`
/// for a function.
pub(super) fn dependent(cx: &Context<'_>, place: InjectionPlace) -> String {
    dependent_in(&cx.module.definitions, place).0
}

/// The same for any file, with the kind of place.
pub(super) fn dependent_in(definitions: &Definitions, place: InjectionPlace) -> (String, Place) {
    let function = match place {
        InjectionPlace::Field { class, .. } => {
            return (definitions[class].name.to_string(), Place::Class(class));
        }
        InjectionPlace::Parameter { function, .. } => function,
    };
    match constructed(definitions, function) {
        Some(class) => (definitions[class].name.to_string(), Place::Class(class)),
        None => (definitions.short_name(function), Place::Function(function)),
    }
}

/// The class that the function is the constructor of.
pub(super) fn constructed(definitions: &Definitions, function: FunctionId) -> Option<python::ClassId> {
    let function = definitions.functions.get(function.0 as usize)?;
    match function.scope {
        Scope::Class(class) if matches!(function.name.as_str(), "__init__" | "__new__") => Some(class),
        _ => None,
    }
}

/// The annotation of the dependency.
pub(super) fn annotation(definitions: &Definitions, place: InjectionPlace) -> Option<ExprId> {
    match place {
        InjectionPlace::Parameter { function, parameter } => {
            definitions.functions.get(function.0 as usize)?.parameters.get(usize::from(parameter))?.annotation
        }
        InjectionPlace::Field { variable, .. } => definitions.variables.get(variable as usize)?.annotation,
    }
}

/// Where the class is named: the name in the annotation, the annotation, the default; failing those, the function or
/// field.
pub(super) fn span(cx: &Context<'_>, place: InjectionPlace, class: &ClassRef) -> Span {
    let definitions = &*cx.module.definitions;
    if let Some(annotation) = annotation(definitions, place) {
        let named = naming(cx, annotation, class, 0).unwrap_or(annotation);
        return cx.module.spans.signature(named);
    }
    match place {
        InjectionPlace::Parameter { function, parameter } => {
            let parameters = &definitions[function].parameters;
            match parameters.get(usize::from(parameter)).and_then(|it| it.default) {
                Some(default) => cx.module.spans.signature(default),
                None => cx.module.spans.function_name(function),
            }
        }
        InjectionPlace::Field { variable, .. } => Place::Variable(variable).span(&cx.module.spans),
    }
}

/// The part of an annotation that names the class.
fn naming(cx: &Context<'_>, annotation: ExprId, class: &ClassRef, depth: usize) -> Option<ExprId> {
    if depth > MAX_DEPTH {
        return None;
    }
    let exprs = &cx.module.definitions.exprs;
    if let Some(value) = named(cx, annotation) {
        return matches!(value.kind, Kind::Class(found) if found == *class).then_some(annotation);
    }
    let mut found = None;
    exprs[annotation].for_each_child(|child| {
        if found.is_none() {
            found = naming(cx, child, class, depth + 1);
        }
    });
    found
}

/// The value that a dotted name in a signature refers to; `None` for any other expression.
pub(super) fn named(cx: &Context<'_>, expr: ExprId) -> Option<Value> {
    let exprs = &cx.module.definitions.exprs;
    match &exprs[expr] {
        Expr::Name(name) => Some(flow::types::names::at_top_level(cx.db, cx.project, cx.id, name)),
        Expr::Attribute { .. } => {
            let dotted = exprs.dotted(expr)?;
            let mut parts = dotted.split('.');
            let first = flow::types::names::at_top_level(cx.db, cx.project, cx.id, parts.next()?);
            Some(
                parts.fold(first, |base, part| flow::types::names::attribute(cx.db, cx.project, &base, part)),
            )
        }
        _ => None,
    }
}

/// The definitions of the file that defines a class, and the class among them.
pub(super) fn definition(cx: &Context<'_>, class: &ClassRef) -> Option<(Arc<Definitions>, python::ClassId)> {
    let definitions = python::query::definitions(cx.db, cx.file_of(class.module));
    let is_it =
        |(_, it): &(python::ClassId, &python::Class)| it.scope == Scope::Module && it.name == class.name;
    let (id, _) = definitions.classes().filter(is_it).last()?;
    Some((definitions, id))
}

/// Where a class is defined.
pub(super) fn class_place(cx: &Context<'_>, class: &ClassRef) -> Place {
    definition(cx, class).map_or(Place::File, |(_, id)| Place::Class(id))
}

/// Whether instances of a class are passed around for their data: those are never hidden behind a port.
pub(super) fn is_data(cx: &Context<'_>, class: &ClassRef) -> bool {
    match view::query::class_kind(cx.db, cx.project, class.clone()) {
        ClassKind::Service | ClassKind::Adapter | ClassKind::Port | ClassKind::Other => false,
        ClassKind::Data => !acts(cx, class),
        ClassKind::Entity
        | ClassKind::ValueObject
        | ClassKind::Message
        | ClassKind::Row
        | ClassKind::Schema
        | ClassKind::Settings
        | ClassKind::Exception
        | ClassKind::Enum
        | ClassKind::View
        | ClassKind::Composition
        | ClassKind::Test => true,
    }
}

/// Whether a data class has side effects outside the process: a repository may be a dataclass too.
fn acts(cx: &Context<'_>, class: &ClassRef) -> bool {
    cx.layer(class.module) == Some(Layer::Infrastructure)
        && definition(cx, class).is_some_and(|(definitions, id)| {
            definitions.functions.iter().any(|it| {
                it.scope == Scope::Class(id) && !it.name.starts_with('_') && it.decorators.is_empty()
            })
        })
}

/// Whether the function assembles objects: a factory or provider, which has to know what it passes on.
pub(super) fn is_factory(cx: &Context<'_>, place: InjectionPlace) -> bool {
    const STARTS: [&str; 10] = [
        "get_",
        "provide_",
        "provides_",
        "make_",
        "build_",
        "create_",
        "new_",
        "inject_",
        "configure_",
        "setup_",
    ];
    let InjectionPlace::Parameter { function, .. } = place else { return false };
    let definitions = &cx.module.definitions;
    let facts = &definitions[function];
    if matches!(facts.scope, Scope::Class(_)) && !is_provider_method(definitions, facts) {
        return false;
    }
    if facts.returns.is_some() {
        return returns_service(cx, function);
    }
    let name = facts.name.trim_start_matches('_');
    let is_inner = matches!(cx.own_layer(), Some(Layer::Application | Layer::Domain));
    !is_inner && STARTS.iter().any(|start| name.starts_with(start))
}

/// Whether a method is marked as a provider: `@provide`, `@provider`, `@inject.provider`.
fn is_provider_method(definitions: &Definitions, function: &Function) -> bool {
    let mut names = function.decorators.iter().filter_map(|it| definitions.exprs.decorator_name(*it));
    names.any(|name| matches!(name, "provide" | "provider" | "provides" | "singleton"))
}

/// Whether a function is annotated to return (or yield) an instance of a project class that is not data.
fn returns_service(cx: &Context<'_>, function: FunctionId) -> bool {
    let function = flow::FunctionRef { module: cx.id, function };
    let mut value = flow::types::annotation::returned(cx.db, cx.project, function, None);
    if let Kind::Many(element) = value.kind {
        value = (*element).clone();
    }
    matches!(value.kind, Kind::Instance(class, _) if !is_data(cx, &class))
}

/// Whether a class has a decorator that generates its constructor.
pub(super) fn is_dataclass(definitions: &Definitions, class: python::ClassId) -> bool {
    let decorators = definitions[class].decorators.iter();
    decorators.filter_map(|it| definitions.exprs.decorator_name(*it)).any(|name| {
        matches!(name, "dataclass" | "define" | "frozen" | "mutable" | "attrs" | "attributes" | "s")
    })
}
