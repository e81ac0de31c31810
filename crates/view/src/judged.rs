//! Which classes of a module are judged: those that work for the application or the domain. Frameworks make views,
//! commands and forms themselves, and whoever assembles others is there to build them.

use config::Layer;
use model::{ClassRef, ClassRole, SHOWN, Technology, Verdict};
use python::{Class, ClassId, FunctionId, Scope};

use crate::Context;
use crate::collaborators::{self, Role};

/// Last words of the names of classes whose work is to make or to hold things for others.
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

/// First words of classes that stand in for others.
const DOUBLES: &[&str] = &["Dummy", "Fake", "InMemory", "Memory", "Mock", "Stub"];

/// Roles of classes that frameworks make, or that hold data alone.
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

/// The verdict on the module judged, where it is application or domain by its place and its work. A service that makes
/// clients looks like infrastructure: who asks whether it may do so must not take the deed for the permission.
pub fn inner<'a>(cx: &'a Context<'_>) -> Option<&'a Verdict> {
    let verdict = cx.architecture.layers.apart_from(cx.id, Technology::Outside)?;
    let is_inner = |layer| matches!(layer, Layer::Application | Layer::Domain);
    let is_known = cx.own_layer().is_some_and(|layer| is_inner(layer) || layer == Layer::Infrastructure);
    (is_inner(verdict.layer) && is_known && verdict.confidence >= SHOWN).then_some(verdict)
}

/// Last words of the names of classes that do the work of the inner layers wherever they lie.
const WORKERS: &[&str] =
    &["CommandHandler", "Facade", "Interactor", "QueryHandler", "Service", "UseCase", "Usecase"];

/// Whether a class of a module with such a verdict is of the inner layers: where the folders leave room for doubt (often
/// between those two), its name must say so too.
pub fn is_of(verdict: &Verdict, class: &Class) -> bool {
    verdict.speaks() || is_worker(&class.name)
}

fn is_worker(name: &str) -> bool {
    WORKERS.iter().any(|word| name.ends_with(word))
}

/// Whether a class holds data: a dataclass or a schema, also by a base of the project.
fn is_data(cx: &Context<'_>, class: &Class) -> bool {
    let is_one = |module, name: &str| {
        let signals = model::query::signals(cx.db, cx.file_of(module));
        let role = signals.classes.iter().find(|it| it.name == name).and_then(|it| it.role);
        matches!(role, Some(ClassRole::Data | ClassRole::Schema))
    };
    let ancestry = cx.architecture.heritage.of(cx.id, &class.name);
    is_one(cx.id, &class.name)
        || ancestry.is_some_and(|it| it.own.iter().any(|(module, name)| is_one(*module, name)))
}

/// The class whose method a function is, or lies in.
pub fn class_around(cx: &Context<'_>, function: FunctionId) -> Option<(ClassId, FunctionId)> {
    let definitions = &cx.module.definitions;
    let mut method = function;
    // Functions come before what lies in them: each step leads outward, and the steps end.
    loop {
        match definitions[method].scope {
            Scope::Module => return None,
            Scope::Class(class) => return Some((class, method)),
            Scope::Function(around) => method = around,
        }
    }
}

/// Whether a class is one that should be given what it needs.
pub fn is_judged(cx: &Context<'_>, class: &Class) -> bool {
    let name = class.name.as_str();
    class.scope == Scope::Module
        && !assembles(name)
        && !is_double(name)
        && !is_outer(cx, class)
        && (is_worker(name) || !is_data(cx, class))
        && collaborators::of_class(cx, &ClassRef::new(cx.id, class.name.clone()))
            .is_none_or(|role| role == Role::Service)
}

/// Whether a name says that others are made or held there.
pub fn assembles(name: &str) -> bool {
    ASSEMBLERS.iter().any(|word| name.ends_with(word))
}

/// Whether a name says that the class stands in for another.
pub fn is_double(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    DOUBLES.iter().any(|word| name.starts_with(word))
}

/// Whether a framework makes its instances, by its own bases or those of an ancestor.
pub fn is_outer(cx: &Context<'_>, class: &Class) -> bool {
    let outer = |module, name: &str| {
        let signals = model::query::signals(cx.db, cx.file_of(module));
        let found = signals.classes.iter().find(|it| it.name == name);
        found.is_some_and(|it| it.is_table || it.role.is_some_and(|role| OUTER.contains(&role)))
    };
    let ancestry = cx.architecture.heritage.of(cx.id, &class.name);
    outer(cx.id, &class.name)
        || ancestry.is_some_and(|it| it.own.iter().any(|(module, name)| outer(*module, name)))
}

/// Whether a function is a method of a class that should be given what it needs.
pub fn is_inner_method(cx: &Context<'_>, function: FunctionId) -> bool {
    let Some(verdict) = inner(cx) else { return false };
    class_around(cx, function).is_some_and(|(class, _)| {
        let class = &cx.module.definitions[class];
        is_of(verdict, class) && is_judged(cx, class)
    })
}
