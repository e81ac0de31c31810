//! The classes of a module that are checked: those that work for the application or the domain. Views, commands and
//! forms are excluded because frameworks instantiate them, and classes that compose others because creating objects is
//! their purpose.

use config::Layer;
use model::{ClassRef, ClassRole, SHOWN, Technology, Verdict};
use python::{Class, ClassId, FunctionId, Scope};

use crate::Context;
use crate::collaborators::{self, Role};

/// Last words of the names of classes that create or hold objects for others.
const ASSEMBLERS: &[&str] = &[
    "Assembler",
    "Bootstrap",
    "Bootstrapper",
    "Builder",
    "Composition",
    "Container",
    "Containers",
    "Factory",
    "Inject",
    "Injector",
    "Locator",
    "Module",
    "Plugin",
    "Provider",
    "Providers",
    "Registry",
    "Wiring",
];

/// First words of test doubles.
const DOUBLES: &[&str] = &["Dummy", "Fake", "InMemory", "Memory", "Mock", "Stub"];

/// Roles of classes that frameworks instantiate, or that only hold data.
const OUTER: &[ClassRole] = &[
    ClassRole::OrmModel,
    ClassRole::OrmType,
    ClassRole::OrmQuery,
    ClassRole::SqlModel,
    ClassRole::Serializer,
    ClassRole::Form,
    ClassRole::View,
    ClassRole::Http,
    ClassRole::HttpError,
    ClassRole::Middleware,
    ClassRole::Admin,
    ClassRole::GraphQl,
    ClassRole::Command,
    ClassRole::Task,
    ClassRole::App,
    ClassRole::AppConfig,
    ClassRole::Container,
    ClassRole::Settings,
    ClassRole::Exception,
    ClassRole::Enum,
    ClassRole::Test,
];

/// The verdict on the checked module, if its location and its work indicate application or domain. A service that
/// creates clients looks like infrastructure; a rule that checks whether it may do so must not treat the use itself as
/// the permission.
pub fn inner<'a>(cx: &'a Context<'_>) -> Option<&'a Verdict> {
    let verdict = cx.architecture.layers.apart_from(cx.id, Technology::Outside)?;
    let is_inner = |layer| matches!(layer, Layer::Application | Layer::Domain);
    let is_known = cx.own_layer().is_some_and(|layer| is_inner(layer) || layer == Layer::Infrastructure);
    (is_inner(verdict.layer) && is_known && verdict.confidence >= SHOWN).then_some(verdict)
}

/// Last words of the names of classes that work for the inner layers, wherever they are defined.
const WORKERS: &[&str] =
    &["CommandHandler", "Facade", "Interactor", "QueryHandler", "Service", "UseCase", "Usecase"];

/// Whether a class of a module with this verdict belongs to the inner layers. If the folders are inconclusive (often
/// between those two layers), its name must indicate it too.
pub fn is_of(verdict: &Verdict, class: &Class) -> bool {
    verdict.speaks() || is_worker(&class.name)
}

fn is_worker(name: &str) -> bool {
    WORKERS.iter().any(|word| name.ends_with(word))
}

/// Whether a class holds data: a dataclass or a schema, directly or by a project base.
fn is_data(cx: &Context<'_>, class: &Class) -> bool {
    let is_one = |module, name: &str| {
        let signals = model::query::signals(cx.db, cx.file_of(module));
        let role = signals.classes.iter().find(|it| it.name == name).and_then(|it| it.role);
        matches!(role, Some(ClassRole::Data | ClassRole::Schema))
    };
    let ancestors = cx.architecture.hierarchy.of(cx.id, &class.name);
    is_one(cx.id, &class.name)
        || ancestors.is_some_and(|it| it.own.iter().any(|(module, name)| is_one(*module, name)))
}

/// The class that a function is a method of, or is nested in.
pub fn class_around(cx: &Context<'_>, function: FunctionId) -> Option<(ClassId, FunctionId)> {
    let definitions = &cx.module.definitions;
    let mut method = function;
    // Functions precede the functions nested in them, so each step leads outwards, and the loop terminates.
    loop {
        match definitions[method].scope {
            Scope::Module => return None,
            Scope::Class(class) => return Some((class, method)),
            Scope::Function(around) => method = around,
        }
    }
}

/// Whether a class should receive its dependencies.
pub fn is_checked(cx: &Context<'_>, class: &Class) -> bool {
    let name = class.name.as_str();
    class.scope == Scope::Module
        && !assembles(name)
        && !is_double(name)
        && !is_outer(cx, class)
        && (is_worker(name) || !is_data(cx, class))
        && collaborators::of_class(cx, &ClassRef::new(cx.id, class.name.clone()))
            .is_none_or(|role| role == Role::Service)
}

/// Whether a name indicates that the class creates or holds other objects.
pub fn assembles(name: &str) -> bool {
    ASSEMBLERS.iter().any(|word| name.ends_with(word))
}

/// Whether a name indicates a test double.
pub fn is_double(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    DOUBLES.iter().any(|word| name.starts_with(word))
}

/// Whether a framework instantiates the class, because of its bases or those of an ancestor.
pub fn is_outer(cx: &Context<'_>, class: &Class) -> bool {
    let outer = |module, name: &str| {
        let signals = model::query::signals(cx.db, cx.file_of(module));
        let found = signals.classes.iter().find(|it| it.name == name);
        found.is_some_and(|it| it.is_table || it.role.is_some_and(|role| OUTER.contains(&role)))
    };
    let ancestors = cx.architecture.hierarchy.of(cx.id, &class.name);
    outer(cx.id, &class.name)
        || ancestors.is_some_and(|it| it.own.iter().any(|(module, name)| outer(*module, name)))
}

/// Whether a function is a method of a class that should receive its dependencies.
pub fn is_inner_method(cx: &Context<'_>, function: FunctionId) -> bool {
    let Some(verdict) = inner(cx) else { return false };
    class_around(cx, function).is_some_and(|(class, _)| {
        let class = &cx.module.definitions[class];
        is_of(verdict, class) && is_checked(cx, class)
    })
}
