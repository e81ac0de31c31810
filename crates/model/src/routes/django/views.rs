//! Django views: functions, classes behind `as_view()`, and wrappers around them.

use python::{Arg, ClassId, Expr, Literal, Name, Scope};

use crate::ModuleId;
use crate::routes::access::{self, Access};
use crate::routes::names::{Arena, Names, Place, Thing};
use crate::routes::tree::{Entry, Tree, methods};
use crate::routes::{Framework, Handler, classes, viewsets};

/// The maximum nesting of wrappers.
const MAX_WRAPPERS: usize = 8;

/// Adds the routes of one pattern.
pub(super) fn view(tree: &mut Tree<'_>, place: Place, path: &str, outer: &Access) {
    let names = tree.names;
    let mut access = Access::default();
    let mut at = place;
    for _ in 0..MAX_WRAPPERS {
        match names.follow(at) {
            Thing::Function(module, function) => {
                let definitions = names.definitions(module);
                let it = &definitions[function];
                access.add(&access::of_decorators(names, module, it.scope, &it.decorators));
                access.add(outer);
                let (methods, framework) = methods_of(names, module, it.scope, &it.decorators);
                let handler = tree.handler(module, function);
                push(tree, path, methods, handler, framework, access);
                return;
            }
            Thing::Class(module, class) => {
                access.add(outer);
                class_view(tree, (module, class), None, path, &access);
                return;
            }
            Thing::Variable(_, Some(value)) if value != at => at = value,
            Thing::Foreign(_) => break,
            _ => {
                let Expr::Call { callee, args } = names.expr(at) else {
                    if let Expr::Literal(Literal::Str(dotted)) = names.expr(at) {
                        by_name(tree, at, &dotted, path, &access);
                    }
                    return;
                };
                match names.expr(at.at(callee)) {
                    Expr::Attribute { value, name } if name == "as_view" => {
                        if let Thing::Class(module, class) = names.follow(at.at(value)) {
                            let actions = args.first().filter(|arg| matches!(arg, Arg::Positional(_)));
                            access.add(outer);
                            let actions = actions.map(|arg| at.at(arg.value()));
                            class_view(tree, (module, class), actions, path, &access);
                        } else {
                            foreign(tree, place, at.at(value), path, &access);
                        }
                        return;
                    }
                    _ => {
                        // A callable instance of a class.
                        if let Thing::Class(module, class) = names.follow(at.at(callee)) {
                            access.add(outer);
                            class_view(tree, (module, class), None, path, &access);
                            return;
                        }
                        access.add(&access::of_wrapper(&names.written(at.at(callee))));
                        let inner = args.iter().find(|arg| matches!(arg, Arg::Positional(_)));
                        let Some(inner) = inner.map(|arg| at.at(arg.value())) else { break };
                        if matches!(names.expr(inner), Expr::Literal(_)) {
                            break;
                        }
                        at = inner;
                    }
                }
            }
        }
    }
    access.add(outer);
    foreign(tree, place, at, path, &access);
}

/// A library view: shown as written, in the URL conf that names it.
fn foreign(tree: &mut Tree<'_>, place: Place, view: Place, path: &str, access: &Access) {
    let name = tree.names.written(view).into();
    let handler = Handler { module: place.module, class: None, name, function: None };
    push(tree, path, Vec::new(), handler, Framework::Django, access.clone());
}

/// A view given by its dotted name, as in old URL confs.
fn by_name(tree: &mut Tree<'_>, place: Place, dotted: &str, path: &str, access: &Access) {
    let resolved = tree.names.resolver.resolve_dotted(place.module, dotted);
    if let crate::Target::Symbol { origin, origin_name, .. } = resolved.target
        && let Thing::Function(module, function) = tree.names.at_top_level(origin, &origin_name, 0)
    {
        let handler = tree.handler(module, function);
        push(tree, path, Vec::new(), handler, Framework::Django, access.clone());
    }
}

fn push(
    tree: &mut Tree<'_>,
    path: &str,
    methods: Vec<Name>,
    handler: Handler,
    framework: Framework,
    access: Access,
) {
    // Django joins paths without a leading slash; they are shown with one.
    let path = format!("/{path}");
    tree.entries.push(Entry { owner: None, path, methods, handler, framework, response: None, access });
}

/// The methods that decorators permit; empty if all are permitted.
fn methods_of(
    names: &Names<'_>,
    module: ModuleId,
    scope: Scope,
    decorators: &[python::ExprId],
) -> (Vec<Name>, Framework) {
    let fixed = |list: &[&'static str]| list.iter().map(|method| Name::new_static(method)).collect();
    for id in decorators {
        let place = Place { module, scope, arena: Arena::Definitions, id: *id };
        let (callee, args) = match names.expr(place) {
            Expr::Call { callee, args } => (place.at(callee), args),
            _ => (place, Box::default()),
        };
        let given = || args.first().map(|arg| methods(names, place.at(arg.value()))).unwrap_or_default();
        let written = names.written(callee);
        match written.rsplit('.').next().unwrap_or_default() {
            "require_GET" => return (fixed(&["GET"]), Framework::Django),
            "require_POST" => return (fixed(&["POST"]), Framework::Django),
            "require_safe" => return (fixed(&["GET", "HEAD"]), Framework::Django),
            "require_http_methods" => return (given(), Framework::Django),
            "api_view" => {
                let list = given();
                let list = if list.is_empty() { fixed(&["GET"]) } else { list };
                return (list, Framework::DjangoRest);
            }
            _ => {}
        }
    }
    (Vec::new(), Framework::Django)
}

/// A class-based view: one route for each of its methods. `actions` maps methods to a viewset's actions.
fn class_view(
    tree: &mut Tree<'_>,
    class: (ModuleId, ClassId),
    actions: Option<Place>,
    path: &str,
    outer: &Access,
) {
    let names = tree.names;
    let foreign = names.foreign_ancestors(class.0, class.1);
    let is_rest = foreign.iter().any(|name| name.contains("rest_framework"));
    let framework = if is_rest { Framework::DjangoRest } else { Framework::Django };
    let mut of_class = access::of_class(names, class.0, class.1);
    let definitions = names.definitions(class.0);
    let it = &definitions[class.1];
    of_class.add(&access::of_decorators(names, class.0, it.scope, &it.decorators));
    of_class.add(outer);
    let response = if is_rest { viewsets::response(tree, class) } else { None };
    let mut found: Vec<(Vec<Name>, Handler, Access)> = Vec::new();
    if let Some(Expr::Dict(entries)) = actions.map(|place| names.expr(place)) {
        let Some(place) = actions else { return };
        for (method, action) in entries {
            let (Some(method), Expr::Literal(Literal::Str(action))) = (method, names.expr(place.at(action)))
            else {
                continue;
            };
            let method = crate::routes::pieces::text(names, place.at(method)).to_uppercase().into();
            found.push((vec![method], viewsets::action_handler(names, class, &action), Access::default()));
        }
    } else {
        for (method, module, function) in classes::methods(names, class.0, class.1) {
            let definitions = names.definitions(module);
            let it = &definitions[function];
            let access = access::of_decorators(names, module, it.scope, &it.decorators);
            found.push((vec![method], classes::handler(names, class, (module, function)), access));
        }
        for method in foreign.iter().flat_map(|name| of_generic(name)) {
            if !found.iter().any(|(methods, ..)| methods.iter().any(|it| it == method)) {
                let handler = classes::whole(names, class.0, class.1, &method.to_lowercase());
                found.push((vec![Name::new_static(method)], handler, Access::default()));
            }
        }
    }
    if found.is_empty() {
        found.push((Vec::new(), classes::whole(names, class.0, class.1, ""), Access::default()));
    }
    for (methods, handler, mut access) in found {
        access.add(&of_class);
        let (path, response) = (format!("/{path}"), response.clone());
        tree.entries.push(Entry { owner: None, path, methods, handler, framework, response, access });
    }
}

/// The methods that a library's view answers.
fn of_generic(full: &str) -> &'static [&'static str] {
    match full.rsplit('.').next().unwrap_or_default() {
        "ListView" | "DetailView" | "TemplateView" | "RedirectView" | "ListAPIView" | "RetrieveAPIView"
        | "ArchiveIndexView" => &["GET"],
        "CreateView" | "UpdateView" | "FormView" | "DeleteView" | "LoginView" | "PasswordChangeView"
        | "PasswordResetView" | "ListCreateAPIView" => &["GET", "POST"],
        "CreateAPIView" => &["POST"],
        "DestroyAPIView" => &["DELETE"],
        "UpdateAPIView" => &["PUT", "PATCH"],
        "RetrieveUpdateAPIView" => &["GET", "PUT", "PATCH"],
        "RetrieveDestroyAPIView" => &["GET", "DELETE"],
        "RetrieveUpdateDestroyAPIView" => &["GET", "PUT", "PATCH", "DELETE"],
        _ => &[],
    }
}
