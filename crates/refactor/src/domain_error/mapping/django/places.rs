//! Where errors are turned into responses: the middleware class and the REST framework's handler function, existing or
//! new.

use camino::Utf8PathBuf;
use model::{ModuleId, ModuleInfo};
use python::{Expr, Literal, Scope};
use source::TextEdit;

use super::settings::{self, quoted};
use super::{Guarded, guard};
use crate::bindings;
use crate::domain_error::mapping::shared::Handled;
use crate::lines::Lines;
use crate::rewrite::{At, FileRewrite, Home, Import, Rewrite};
use view::Context;
use view::scope::Names;

type Modules<'m> = [(ModuleId, &'m ModuleInfo)];

/// Where new code is written.
enum HomeModule {
    /// In an existing module.
    Known(ModuleId),
    /// In a new one.
    New { path: Utf8PathBuf, name: String, beside: ModuleId },
}

/// The middleware.
pub(super) struct MiddlewarePlace {
    settings: ModuleId,
    home: HomeModule,
    /// The project class that contains nothing but such guards.
    pub(super) class: Option<String>,
}

/// The exception handler.
pub(super) struct HandlerPlace {
    settings: ModuleId,
    home: HomeModule,
    /// The function of the project.
    function: Option<String>,
    /// The handler of all other errors if there is none yet: module and name.
    further: (String, String),
}

const CLASS: &str = "DomainErrorMiddleware";
const FUNCTION: &str = "handle_domain_errors";

/// The existing middleware, or the place for a new one.
pub(super) fn middleware(cx: &Context<'_>, modules: &Modules<'_>) -> Option<MiddlewarePlace> {
    let settings = settings::module_of(cx, modules, "MIDDLEWARE").ok()??;
    let there = view::query::context(cx.db, cx.project, cx.file_of(settings))?;
    let listed = settings::items(&there, "MIDDLEWARE")?;
    let mut own = listed.iter().rev().filter_map(|(_, dotted)| {
        let (module, class) = dotted.rsplit_once('.')?;
        Some((named(modules, module)?, class))
    });
    let is_ours = |(module, class): &(ModuleId, &str)| {
        let context = view::query::context(cx.db, cx.project, cx.file_of(*module));
        context.is_some_and(|there| holds_guards(&there, class))
    };
    if let Some((module, class)) = own.clone().find(is_ours) {
        return Some(MiddlewarePlace {
            settings,
            home: HomeModule::Known(module),
            class: Some(class.to_owned()),
        });
    }
    let home = match own.next() {
        Some((module, _)) => HomeModule::Known(module),
        None => beside_settings(cx, modules, settings, "middleware")?,
    };
    Some(MiddlewarePlace { settings, home, class: None })
}

/// Whether the class has no `process_exception`, or one with guards only.
fn holds_guards(cx: &Context<'_>, class: &str) -> bool {
    let guarded = Guarded { class: Some(class.to_owned()), function: "process_exception".to_owned() };
    let Some(function) = guarded.find(cx) else { return false };
    let names = Names::of(cx);
    let id = cx.module.definitions[function].body;
    let mut root = names.body(id).root.iter();
    root.all(|stmt| guard(&names, id, *stmt).is_some())
}

/// The existing exception handler, or the place for a new one.
pub(super) fn handler(cx: &Context<'_>, modules: &Modules<'_>) -> Option<HandlerPlace> {
    let further = ("rest_framework.views".to_owned(), "exception_handler".to_owned());
    let new = |settings, further| {
        let home = beside_settings(cx, modules, settings, "exception_handlers")?;
        Some(HandlerPlace { settings, home, function: None, further })
    };
    let Some(settings) = settings::module_of(cx, modules, "REST_FRAMEWORK").ok()? else {
        let settings = settings::module_of(cx, modules, "INSTALLED_APPS").ok()??;
        return new(settings, further);
    };
    let there = view::query::context(cx.db, cx.project, cx.file_of(settings))?;
    let entries = settings::entries(&there, "REST_FRAMEWORK")?;
    let Some((_, value)) = entries.iter().find(|(key, _)| *key == "EXCEPTION_HANDLER") else {
        return new(settings, further);
    };
    let Expr::Literal(Literal::Str(dotted)) = &there.module.definitions[*value] else { return None };
    let (module, function) = dotted.rsplit_once('.')?;
    let Some(known) = named(modules, module) else {
        return new(settings, (module.to_owned(), function.to_owned()));
    };
    let guarded = Guarded { class: None, function: function.to_owned() };
    let handler = view::query::context(cx.db, cx.project, cx.file_of(known))?;
    let id = guarded.find(&handler)?;
    let facts = &handler.module.definitions[id];
    (facts.decorators.is_empty() && !facts.is_async && !facts.parameters.is_empty()).then_some(())?;
    let function = Some(function.to_owned());
    Some(HandlerPlace { settings, home: HomeModule::Known(known), function, further })
}

fn named(modules: &Modules<'_>, name: &str) -> Option<ModuleId> {
    modules.iter().find(|(_, info)| info.name == name).map(|(id, _)| *id)
}

/// A module of this name in the package of the settings, existing or new.
fn beside_settings(
    cx: &Context<'_>,
    modules: &Modules<'_>,
    settings: ModuleId,
    stem: &str,
) -> Option<HomeModule> {
    let info = &cx.architecture.modules[settings];
    let path = info.file.path(cx.db);
    let mut folder = path.parent()?;
    let mut package: Vec<&str> = info.name.split('.').collect();
    package.pop();
    if info.is_package {
        folder = folder.parent()?;
    }
    // `shop.settings.base` belongs to `shop`.
    while package.last() == Some(&"settings") {
        package.pop();
        folder = folder.parent()?;
    }
    let package = package.join(".");
    let name = if package.is_empty() { stem.to_owned() } else { format!("{package}.{stem}") };
    if let Some(known) = named(modules, &name) {
        let is_package = cx.architecture.modules[known].is_package;
        return (!is_package).then_some(HomeModule::Known(known));
    }
    let is_beside = |(_, info): &&(ModuleId, &ModuleInfo)| {
        !info.is_package && info.name.rsplit_once('.').map_or("", |(head, _)| head) == package
    };
    let beside = modules.iter().find(is_beside).map_or(settings, |(id, _)| *id);
    Some(HomeModule::New { path: folder.join(format!("{stem}.py")), name, beside })
}

/// Whether the project overrides exception handling in a function of this name.
pub(super) fn is_overridden(cx: &Context<'_>, modules: &Modules<'_>, function: &str) -> bool {
    modules.iter().any(|(_, info)| {
        let definitions = python::query::definitions(cx.db, info.file);
        definitions.functions.iter().any(|it| it.name == function && it.scope != Scope::Module)
    })
}

/// The errors that the middleware converts.
pub(super) fn handled_in_class(cx: &Context<'_>, place: &MiddlewarePlace) -> Handled {
    let Some(class) = &place.class else { return Handled::new() };
    let guarded = Guarded { class: Some(class.clone()), function: "process_exception".to_owned() };
    handled(cx, &place.home, &guarded)
}

/// The errors that the handler converts, or mentions otherwise.
pub(super) fn handled_in_function(cx: &Context<'_>, place: &HandlerPlace) -> Handled {
    let Some(function) = &place.function else { return Handled::new() };
    handled(cx, &place.home, &Guarded { class: None, function: function.clone() })
}

fn handled(cx: &Context<'_>, home: &HomeModule, guarded: &Guarded) -> Handled {
    let HomeModule::Known(module) = home else { return Handled::new() };
    let Some(there) = view::query::context(cx.db, cx.project, cx.file_of(*module)) else {
        return Handled::new();
    };
    let Some(function) = guarded.find(&there) else { return Handled::new() };
    let names = Names::of(&there);
    let id = there.module.definitions[function].body;
    let body = names.body(id);
    let begin = body.root.iter().map_while(|stmt| guard(&names, id, *stmt));
    let mut handled: Handled = begin.collect();
    // The function may handle any other error that it names in its own way.
    for expr in &body.exprs.list {
        if let Expr::Name(name) | Expr::Attribute { name, .. } = expr
            && !handled.iter().any(|(known, _)| known == name.as_str())
        {
            handled.push((name.to_string(), None));
        }
    }
    handled
}

fn open<'r, 'a>(rewrite: &'r mut Rewrite<'a>, home: &HomeModule) -> Option<&'r mut FileRewrite<'a>> {
    match home {
        HomeModule::Known(id) => rewrite.module(*id),
        HomeModule::New { path, name, beside } => rewrite.new_module(path.clone(), name.clone(), *beside),
    }
}

/// The module of the middleware, with the class in it.
pub(super) fn open_middleware<'r, 'a>(
    rewrite: &'r mut Rewrite<'a>,
    place: &MiddlewarePlace,
) -> Option<(&'r mut FileRewrite<'a>, Guarded)> {
    let it = open(rewrite, &place.home)?;
    let function = "process_exception".to_owned();
    if let Some(class) = &place.class {
        return Some((it, Guarded { class: Some(class.clone()), function }));
    }
    (!bindings::is_bound(&it.cx, CLASS)).then_some(())?;
    let wanted =
        Import { module: "django.utils.deprecation", name: "MiddlewareMixin", home: Home::ThirdParty };
    let mixin = it.import(wanted, At::RunTime)?;
    it.append(&format!(
        "class {CLASS}({mixin}):\n    def process_exception(self, request, exception):\n        pass\n"
    ))?;
    Some((it, Guarded { class: Some(CLASS.to_owned()), function }))
}

/// The module of the exception handler, with the function in it.
pub(super) fn open_handler<'r, 'a>(
    rewrite: &'r mut Rewrite<'a>,
    place: &HandlerPlace,
) -> Option<(&'r mut FileRewrite<'a>, Guarded)> {
    let it = open(rewrite, &place.home)?;
    if let Some(function) = &place.function {
        return Some((it, Guarded { class: None, function: function.clone() }));
    }
    (!bindings::is_bound(&it.cx, FUNCTION)).then_some(())?;
    let (module, name) = &place.further;
    let further = it.import(Import { module, name, home: Home::ThirdParty }, At::RunTime)?;
    it.append(&format!("def {FUNCTION}(exc, context):\n    return {further}(exc, context)\n"))?;
    Some((it, Guarded { class: None, function: FUNCTION.to_owned() }))
}

/// The dotted name of a definition in a home module.
fn dotted(cx: &Context<'_>, home: &HomeModule, name: &str) -> String {
    let module = match home {
        HomeModule::Known(id) => cx.module_name(*id),
        HomeModule::New { name, .. } => name,
    };
    format!("\"{module}.{name}\"")
}

/// Adds the middleware to the settings, if it is new.
pub(super) fn register_middleware(rewrite: &mut Rewrite<'_>, place: &MiddlewarePlace) -> Option<()> {
    if place.class.is_some() {
        return Some(());
    }
    let written = dotted(&rewrite.own().cx, &place.home, CLASS);
    let it = rewrite.module(place.settings)?;
    let last = settings::items(&it.cx, "MIDDLEWARE")?.last().map(|(id, _)| *id);
    settings::add(it, "MIDDLEWARE", last, &written)
}

/// Adds the exception handler to the settings, if it is new.
pub(super) fn register_handler(rewrite: &mut Rewrite<'_>, place: &HandlerPlace) -> Option<()> {
    if place.function.is_some() {
        return Some(());
    }
    let written = dotted(&rewrite.own().cx, &place.home, FUNCTION);
    let it = rewrite.module(place.settings)?;
    if settings::value(&it.cx, "REST_FRAMEWORK").is_none() {
        let lines = Lines { text: it.text() };
        let entry = format!("    \"EXCEPTION_HANDLER\": {written},\n");
        let whole = source::Span::new(0, lines.text.len() as u32);
        let text = quoted(lines, whole, &format!("REST_FRAMEWORK = {{\n{entry}}}\n"));
        let kept = lines.text.trim_end().len() as u32;
        let insert = format!("\n\n{text}").replace('\n', lines.ending());
        return it.apply(&[TextEdit { span: source::Span::new(kept, whole.end), insert }]);
    }
    let (known, last) = {
        let entries = settings::entries(&it.cx, "REST_FRAMEWORK")?;
        let known = entries.iter().find(|(key, _)| *key == "EXCEPTION_HANDLER").map(|(_, value)| *value);
        (known, entries.last().map(|(_, value)| *value))
    };
    if let Some(known) = known {
        let lines = Lines { text: it.text() };
        let span = it.cx.module.spans.signature(known);
        let insert = quoted(lines, span, &written);
        return it.apply(&[TextEdit { span, insert }]);
    }
    settings::add(it, "REST_FRAMEWORK", last, &format!("\"EXCEPTION_HANDLER\": {written}"))
}
