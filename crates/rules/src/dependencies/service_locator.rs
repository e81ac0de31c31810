//! A container or registry that provides a collaborator at run time: the signature no longer shows the dependency.

mod kept;

use config::Layer;
use flow::Kind;
use model::{ClassRef, ModuleId, Target};
use python::{
    Arg, Body, BodyId, BodyOwner, Definitions, Expr, ExprId, FunctionId, Literal, Name, Scope, Stmt,
};
use view::collaborators::head_value;
use view::scope::{Meaning, Names, chain};
use view::wording::code;
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Rule, checked_classes};

use super::shape::Shape;
use crate::imports::entry_point;
use crate::layers::target;

pub(crate) static RULE: Rule = Rule {
    id: "service-locator",
    group: Group::Dependencies,
    summary: "a collaborator fetched from a container or registry in a function body",
    level: config::Level::Warning,
    since: "0.1.0",
    docs: include_str!("service_locator.md"),
    options: &[OptionSpec {
        name: "containers",
        default: OptionDefault::Strings(&["container", "injector", "ioc", "locator", "resolver"]),
        summary: "suffixes of the names of containers, case-insensitive",
    }],
    has_fix: false,
    presets: InPresets {
        strict: Some(config::Level::Warning),
        layered: Some(config::Level::Warning),
        clean: Some(config::Level::Warning),
        hexagonal: Some(config::Level::Warning),
        fastapi: Some(config::Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// Methods that look something up in a container.
const ASKS: &[&str] = &[
    "aget",
    "aresolve",
    "create_object",
    "get",
    "get_abstract",
    "get_instance",
    "instance",
    "resolve",
    "resolve_async",
];

/// Methods that fill a container: code that calls one assembles a program.
const FILLS: &[&str] =
    &["add_singleton", "add_transient", "bind", "provide", "register", "register_factory", "wire"];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let is_checked = match cx.own_layer() {
        Some(Layer::Application | Layer::Domain | Layer::Infrastructure) => true,
        Some(Layer::Presentation) => !is_for_dependencies(cx),
        _ => false,
    };
    if !is_checked || !may_locate(cx) || target::composes(cx, cx.id) {
        return;
    }
    let names = Names::of(cx);
    let options = cx.options(&RULE);
    let endings: Vec<String> = options.strings("containers").iter().map(|word| word.to_lowercase()).collect();
    for (id, body) in names.bodies() {
        let BodyOwner::Function(function) = body.owner else { continue };
        if is_hook(cx, function) || fills_one(body) {
            continue;
        }
        let mut shape: Option<Shape> = None;
        for (index, _) in body.exprs.list.iter().enumerate() {
            let expr = ExprId(index as u32);
            let Some(asked) = asked(&names, id, expr, &endings) else { continue };
            let shape = shape.get_or_insert_with(|| Shape::of(body, &[]));
            let makes = |callee: ExprId| {
                matches!(&body[callee], Expr::Name(name) if name == "cls")
                    || head_value(&names, id, callee)
                        .is_some_and(|value| matches!(value.kind, Kind::Class(_)))
            };
            if shape.is_returned(body, expr)
                || shape.goes_into_returned(body, expr, makes)
                || shape.is_deferred(expr)
            {
                continue;
            }
            let dependent = cx.qualified(function);
            let message = format!(
                "`{dependent}` looks up {} in {}; take it as a parameter, so that callers see the dependency",
                code(&asked.what),
                asked.container
            );
            let key = Key::new(format!("{dependent} {}", asked.what));
            out.add(names.span(id, expr), key, message);
        }
    }
}

/// What is looked up, and in which container.
struct Asked {
    container: String,
    what: String,
}

/// What an expression looks up in a container, if it does.
fn asked(names: &Names<'_>, body: BodyId, expr: ExprId, endings: &[String]) -> Option<Asked> {
    let exprs = names.body(body);
    match &exprs[expr] {
        Expr::Call { callee, args } => {
            if let Some(full) = names.outside(body, *callee)
                && libraries::is_container_lookup(&full)
            {
                let what = class_asked_for(names, body, args)?;
                return Some(Asked { container: code(exprs.exprs.dotted(*callee)?), what });
            }
            let Expr::Attribute { value, name } = &exprs[*callee] else { return None };
            if name == "find_service" && is_pyramid(names, body, *value) {
                let what = class_asked_for(names, body, args).or_else(|| named(exprs, args))?;
                return Some(Asked { container: "the request".to_owned(), what });
            }
            if ASKS.contains(&name.as_str()) {
                let what = class_asked_for(names, body, args)?;
                let container = container(names, body, *value, endings)?;
                return Some(Asked { container: code(container), what });
            }
            // `Container.orders()`, `container.orders()`: providers are called.
            let declared = declared_container(names, body, *value)?;
            (args.is_empty() && !name.starts_with('_') && !NO_PROVIDERS.contains(&name.as_str()))
                .then(|| Asked { container: code(declared), what: name.to_string() })
        }
        // `get_container()[Orders]`
        Expr::Subscript { value, index } if matches!(exprs[*value], Expr::Call { .. }) => {
            let is_class = head_value(names, body, *index).is_some_and(|value| is_class(&value.kind));
            let container = container(names, body, *value, endings).filter(|_| is_class)?;
            Some(Asked { container: code(container), what: exprs.exprs.dotted(*index)? })
        }
        Expr::Subscript { value, index } => {
            let (root, attributes) = chain(exprs, *value)?;
            // `current_app.extensions["orders"]`
            let is_inner = matches!(names.cx.own_layer(), Some(Layer::Application | Layer::Domain));
            let is_extensions = is_inner
                && attributes.first() == Some(&"extensions")
                && matches!(names.meaning(body, root), Meaning::Import(import)
                    if names.outside_import(import).as_deref() == Some("flask.current_app"));
            if is_extensions && let Expr::Literal(Literal::Str(key)) = &exprs[*index] {
                return Some(Asked {
                    container: code(format!("{root}.extensions")),
                    what: format!("\"{key}\""),
                });
            }
            let is_class = head_value(names, body, *index).is_some_and(|value| is_class(&value.kind));
            let is_container = || {
                let by_class = match head_value(names, body, *value).map(|value| value.kind) {
                    Some(Kind::ForeignInstance(full)) => libraries::is_container(full.as_str()),
                    _ => class_of_kept(names, body, root, &attributes)
                        .or_else(|| annotated(names, body, root).filter(|_| attributes.is_empty()))
                        .is_some_and(|full| libraries::is_container(&full)),
                };
                by_class
                    || attributes.is_empty()
                        && names.outside(body, *value).is_some_and(|full| full == "kink.di")
            };
            (is_class && !is_stored(exprs, expr) && is_container())
                .then(|| {
                    let container = code(exprs.exprs.dotted(*value)?);
                    Some(Asked { container, what: exprs.exprs.dotted(*index)? })
                })
                .flatten()
        }
        _ => None,
    }
}

/// Whether the expression is assigned to: `container[Orders] = SqlOrders` fills a container.
fn is_stored(body: &Body, expr: ExprId) -> bool {
    body.stmts.iter().any(|stmt| matches!(stmt, Stmt::Assign { targets, .. } if targets.contains(&expr)))
}

/// Methods of a declared container that are not providers.
const NO_PROVIDERS: &[&str] =
    &["check_dependencies", "init_resources", "reset_singletons", "shutdown_resources", "unwire", "wire"];

/// The name of the container that an expression denotes, if any: recognized by its class, by its name, or by the
/// function that returns it.
fn container(names: &Names<'_>, body: BodyId, expr: ExprId, endings: &[String]) -> Option<String> {
    let exprs = names.body(body);
    let ends_so = |name: &str| {
        let name = name.to_lowercase();
        endings.iter().any(|ending| name.ends_with(ending.as_str()))
    };
    let fetched = |callee: ExprId| {
        let (root, attributes) = chain(exprs, callee)?;
        let is_one =
            ends_so(attributes.first().copied().unwrap_or(root)) || kept::is_by_class(names, body, callee);
        is_one.then(|| Some(format!("{}()", exprs.exprs.dotted(callee)?)))?
    };
    if let Expr::Call { callee, .. } = &exprs[expr] {
        return fetched(*callee);
    }
    if let Expr::Call { callee, .. } = &exprs[kept::meant(names, body, expr)]
        && fetched(*callee).is_some()
    {
        return exprs.exprs.dotted(expr);
    }
    let (root, attributes) = chain(exprs, expr)?;
    let by_name = ends_so(attributes.first().copied().unwrap_or(root));
    let by_class = || {
        kept::is_by_class(names, body, expr)
            || annotated(names, body, root).is_some_and(|full| libraries::is_container(&full))
            || class_of_kept(names, body, root, &attributes)
                .is_some_and(|full| libraries::is_container(&full))
            || class_of_annotation(names, body, expr)
                .is_some_and(|class| kept::is_container_class(names.cx, &class))
    };
    (by_name || by_class()).then(|| exprs.exprs.dotted(expr))?
}

/// The library class that annotates the constructor parameter kept in an attribute of `self`.
fn class_of_kept(names: &Names<'_>, body: BodyId, root: &str, attributes: &[&str]) -> Option<String> {
    full_name(names, annotation_of_kept(names, body, root, attributes)?)
}

fn annotation_of_kept(names: &Names<'_>, body: BodyId, root: &str, attributes: &[&str]) -> Option<ExprId> {
    let ("self", [attribute]) = (root, attributes) else { return None };
    let BodyOwner::Function(function) = names.body(body).owner else { return None };
    let (class, _) = checked_classes::class_around(names.cx, function)?;
    let definitions = &names.cx.module.definitions;
    // A field of a dataclass.
    let field = definitions
        .variables
        .iter()
        .find(|it| it.scope == Scope::Class(class) && it.name == *attribute)
        .and_then(|it| it.annotation);
    if field.is_some() {
        return field;
    }
    names.bodies().find_map(|(_, init)| {
        let BodyOwner::Function(function) = init.owner else { return None };
        let facts = &definitions[function];
        if facts.name != "__init__" || facts.scope != Scope::Class(class) {
            return None;
        }
        let parameter = init.stmts.iter().find_map(|stmt| {
            let Stmt::Assign { targets, value: Some(value), .. } = stmt else { return None };
            let keeps = targets.iter().any(|target| {
                chain(init, *target).is_some_and(|(root, names)| root == "self" && names == [*attribute])
            });
            match &init[*value] {
                Expr::Name(name) if keeps => Some(name),
                _ => None,
            }
        })?;
        annotation_of(names, function, parameter)
    })
}

/// The library class that annotates the parameter `name`.
fn annotated(names: &Names<'_>, body: BodyId, name: &str) -> Option<String> {
    full_name(names, annotation_of_parameter(names, body, name)?)
}

fn annotation_of_parameter(names: &Names<'_>, body: BodyId, name: &str) -> Option<ExprId> {
    let BodyOwner::Function(function) = names.body(body).owner else { return None };
    annotation_of(names, function, name)
}

fn annotation_of(names: &Names<'_>, function: FunctionId, name: &str) -> Option<ExprId> {
    let definitions = &names.cx.module.definitions;
    definitions[function].parameters.iter().find(|it| it.name == name)?.annotation
}

/// The full name of the library class in an annotation.
fn full_name(names: &Names<'_>, annotation: ExprId) -> Option<String> {
    let definitions = &names.cx.module.definitions;
    let dotted = definitions.exprs.dotted(without_none(definitions, annotation))?;
    let (root, rest) = dotted.split_once('.').unwrap_or((&dotted, ""));
    let Meaning::Import(import) = names.meaning(BodyId(0), root) else { return None };
    let full = names.outside_import(import)?;
    Some(if rest.is_empty() { full } else { format!("{full}.{rest}") })
}

/// `X` of `X | None` and `Optional[X]`, otherwise the annotation itself.
fn without_none(definitions: &Definitions, annotation: ExprId) -> ExprId {
    let is_none = |expr: ExprId| matches!(&definitions[expr], Expr::Literal(Literal::None));
    match &definitions[annotation] {
        Expr::Binary { left, right, .. } if is_none(*right) => *left,
        Expr::Binary { left, right, .. } if is_none(*left) => *right,
        Expr::Subscript { value, index } if matches!(&definitions[*value], Expr::Name(name) | Expr::Attribute { name, .. } if name == "Optional") => {
            *index
        }
        _ => annotation,
    }
}

/// The class of the project that annotates a parameter, or one that the constructor keeps: `self.box`.
fn class_of_annotation(names: &Names<'_>, body: BodyId, expr: ExprId) -> Option<ClassRef> {
    let (root, attributes) = chain(names.body(body), expr)?;
    let annotation = match &attributes[..] {
        [] => annotation_of_parameter(names, body, root),
        _ => annotation_of_kept(names, body, root, &attributes),
    }?;
    let definitions = &names.cx.module.definitions;
    let Expr::Name(name) = &definitions[without_none(definitions, annotation)] else { return None };
    let Meaning::Import(import) = names.meaning(BodyId(0), name) else {
        return definitions.class_named(name).map(|_| ClassRef::new(names.cx.id, name.clone()));
    };
    match names.target(import)? {
        Target::Symbol { origin, origin_name, .. } => Some(ClassRef::new(*origin, origin_name.clone())),
        _ => None,
    }
}

/// A container of providers: its class, an instance at module level, or one that is handed over.
fn declared_container(names: &Names<'_>, body: BodyId, expr: ExprId) -> Option<String> {
    let cx = names.cx;
    let class = match head_value(names, body, expr).map(|value| value.kind) {
        Some(Kind::Class(class) | Kind::Instance(class, _)) => class,
        _ => class_of_annotation(names, body, expr)?,
    };
    let ancestors = cx.architecture.hierarchy.of(class.module, &class.name)?;
    libraries::container_bases()
        .any(|base| ancestors.descends_from(base))
        .then(|| names.body(body).exprs.dotted(expr))?
}

/// The class that the first argument names.
fn class_asked_for(names: &Names<'_>, body: BodyId, args: &[Arg]) -> Option<String> {
    let first = args.iter().find_map(|arg| match arg {
        Arg::Positional(value) => Some(*value),
        Arg::Keyword(name, value)
            if matches!(name.as_str(), "iface" | "interface" | "cls" | "dependency_type") =>
        {
            Some(*value)
        }
        _ => None,
    })?;
    let exprs = names.body(body);
    let value = head_value(names, body, first)?;
    is_class(&value.kind).then(|| exprs.exprs.dotted(first))?
}

fn is_class(kind: &Kind) -> bool {
    match kind {
        Kind::Class(_) => true,
        Kind::Foreign(full) => full
            .rsplit('.')
            .next()
            .is_some_and(|name| name.starts_with(|letter: char| letter.is_ascii_uppercase())),
        _ => false,
    }
}

/// `find_service(name="orders")`
fn named(body: &Body, args: &[Arg]) -> Option<String> {
    args.iter().find_map(|arg| match arg {
        Arg::Keyword(name, value) if name == "name" => match &body[*value] {
            Expr::Literal(Literal::Str(text)) => Some(format!("\"{text}\"")),
            _ => None,
        },
        _ => None,
    })
}

/// Whether the receiver is the request of a Pyramid service: views and factories rightly use it for look-ups.
fn is_pyramid(names: &Names<'_>, body: BodyId, receiver: ExprId) -> bool {
    let in_class = |function: FunctionId| checked_classes::class_around(names.cx, function).is_some();
    let BodyOwner::Function(function) = names.body(body).owner else { return false };
    let is_request = chain(names.body(body), receiver)
        .is_some_and(|(root, attributes)| attributes.first().copied().unwrap_or(root).ends_with("request"));
    let definitions = &names.cx.module.definitions;
    let is_class_method = definitions[function].decorators.iter().any(
        |decorator| matches!(&definitions[*decorator], Expr::Name(name) if name == "classmethod" || name == "staticmethod"),
    );
    let is_inner = matches!(names.cx.own_layer(), Some(Layer::Application | Layer::Domain));
    is_request
        && is_inner
        && !is_class_method
        && !definitions[function].name.starts_with("__")
        && in_class(function)
}

/// Whether anything in the module could be a container: cheaper than reading bodies.
fn may_locate(cx: &Context<'_>) -> bool {
    const HINTS: [&str; 11] = [
        "ontainer",
        "njector",
        "ocator",
        "esolver",
        "ioc",
        "inject.instance",
        "svcs",
        "find_service",
        "extensions[",
        "kink",
        "IoC",
    ];
    let text = cx.text.as_str();
    HINTS.iter().any(|hint| text.contains(hint)) || imports_container(cx)
}

/// Whether an imported variable is of a module that uses a library of containers, whatever its name.
fn imports_container(cx: &Context<'_>) -> bool {
    let wires = |module: &ModuleId| {
        let resolved = model::query::resolved(cx.db, cx.project, cx.file_of(*module));
        resolved
            .iter()
            .filter_map(model::Resolved::outside)
            .any(|name| libraries::kind(name) == Some(libraries::Kind::Injection))
    };
    let mut origins: Vec<ModuleId> = Vec::new();
    for resolved in cx.resolved.iter() {
        match &resolved.target {
            Target::Symbol { origin, .. } | Target::Module(origin) if !origins.contains(origin) => {
                origins.push(*origin);
            }
            _ => {}
        }
    }
    origins.iter().any(wires)
}

/// Frameworks call modules of request dependencies; looking things up is their purpose.
fn is_for_dependencies(cx: &Context<'_>) -> bool {
    let stem = cx.info().path.file_stem().unwrap_or_default();
    ["dependencies", "dependency", "deps", "depends", "providers", "di", "ioc"].contains(&stem)
        || cx
            .info()
            .path
            .components()
            .any(|part| matches!(part.as_str(), "dependencies" | "deps" | "di" | "ioc" | "providers"))
}

/// Whether a framework calls it at startup, or its purpose is to build or to choose.
fn is_hook(cx: &Context<'_>, function: FunctionId) -> bool {
    let definitions = &cx.module.definitions;
    let name = definitions[function].name.as_str();
    let verb = match name.strip_prefix("__") {
        // `__init__` runs for each object.
        Some(_) => "",
        None => name.trim_start_matches('_').split('_').next().unwrap_or_default(),
    };
    let class_assembles = checked_classes::class_around(cx, function).is_some_and(|(class, _)| {
        let class = &definitions[class];
        checked_classes::assembles(&class.name) || endings_of_containers(&class.name)
    });
    let is_hook = matches!(
        verb,
        "bootstrap"
            | "configure"
            | "init"
            | "lifespan"
            | "main"
            | "on"
            | "register"
            | "setup"
            | "startup"
            | "wire"
    );
    let is_constructed_by_framework = matches!(definitions[function].scope, Scope::Class(class) if checked_classes::is_outer(cx, &definitions[class]) && name == "__init__");
    is_hook
        || class_assembles
        || is_constructed_by_framework
        || entry_point::starts_up(cx, function, entry_point::FACTORIES)
}

fn endings_of_containers(name: &str) -> bool {
    ["Container", "Injector", "Locator", "Resolver", "Middleware"].iter().any(|word| name.ends_with(word))
}

/// Whether a body also fills a container: it assembles the program.
fn fills_one(body: &Body) -> bool {
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Call { callee, .. } => {
            matches!(&body[*callee], Expr::Attribute { name, .. } if FILLS.contains(&Name::as_str(name)))
        }
        _ => false,
    })
}
