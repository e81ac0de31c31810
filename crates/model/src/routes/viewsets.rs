//! Django REST framework: the routes that a router creates for a viewset.

use python::{ClassId, Expr, Literal, Name, Scope};

use super::access::{self, Access, rest};
use super::django::{Registered, regex};
use super::names::{Arena, Key, Names, Place, Thing};
use super::tree::{At, Entry, Tree, given, methods};
use super::{Framework, Handler, Response, classes, pieces};
use crate::ModuleId;

/// Nested routers deeper than this are cyclic.
const MAX_DEPTH: usize = 6;

/// The routes that the library's routers create for a viewset: the action, its HTTP method, and whether it concerns a
/// single object.
const ACTIONS: &[(&str, &str, bool)] = &[
    ("list", "GET", false),
    ("create", "POST", false),
    ("retrieve", "GET", true),
    ("update", "PUT", true),
    ("partial_update", "PATCH", true),
    ("destroy", "DELETE", true),
];
const OF_ALL: &str = "{prefix}{trailing_slash}";
const OF_ONE: &str = "{prefix}/{lookup}{trailing_slash}";

/// A route that a router creates for each of its viewsets.
struct Plan {
    action: Name,
    method: Name,
    /// In the library's syntax: `{prefix}/{lookup}{trailing_slash}`.
    template: String,
}

/// The routes that a router creates: as declared by its project class, or else the library's defaults.
fn plans(tree: &Tree<'_>, key: &Key) -> Vec<Plan> {
    let names = tree.names;
    let own = tree.nodes.get(key).and_then(|node| node.made).and_then(|made| {
        let Expr::Call { callee, .. } = names.expr(made) else { return None };
        let Thing::Class(module, class) = names.follow(made.at(callee)) else { return None };
        match names.member(module, class, "routes") {
            Thing::Variable(_, value) => value,
            _ => None,
        }
    });
    let Some(list) = own else {
        let plan = |(action, method, is_one): &(&'static str, &'static str, bool)| Plan {
            action: Name::new_static(action),
            method: Name::new_static(method),
            template: if *is_one { OF_ONE } else { OF_ALL }.to_owned(),
        };
        return ACTIONS.iter().map(plan).collect();
    };
    let mut plans = Vec::new();
    for place in access::elements(names, list) {
        let Expr::Call { args, .. } = names.expr(place) else { continue };
        let at = At { place, key: key.clone(), name: "", given: given(place, &args) };
        let (Some(url), Some(mapping)) = (at.get(0, "url"), at.get(1, "mapping")) else { continue };
        let template = regex(&pieces::text(names, url));
        let Expr::Dict(entries) = names.expr(mapping) else { continue };
        for (method, action) in entries {
            if let (Some(method), Expr::Literal(Literal::Str(action))) =
                (method, names.expr(mapping.at(action)))
            {
                let method = pieces::text(names, mapping.at(method)).to_uppercase().into();
                plans.push(Plan { action, method, template: template.clone() });
            }
        }
    }
    plans
}

/// The routes of all viewsets registered with a router.
pub(super) fn router(tree: &mut Tree<'_>, key: &Key, registered: &Registered, prefix: &str, access: &Access) {
    let (nested, slash) = nesting(tree, key, 0);
    let plans = plans(tree, key);
    for (path, viewset) in registered.get(key).into_iter().flatten() {
        let Thing::Class(module, class) = tree.names.follow(*viewset) else { continue };
        let path = regex(&pieces::text(tree.names, *path));
        let base = format!("{prefix}{nested}{path}");
        add(tree, (module, class), &plans, (&base, slash), access);
    }
}

/// The path before a nested router's own, and the slash at the end of each route.
fn nesting(tree: &mut Tree<'_>, key: &Key, depth: usize) -> (String, &'static str) {
    let made = tree.nodes.get(key).and_then(|node| node.made);
    let Some(place) = made.filter(|_| depth < MAX_DEPTH) else { return (String::new(), "/") };
    let Expr::Call { callee, args } = tree.names.expr(place) else { return (String::new(), "/") };
    let is_bare = args.iter().any(|arg| {
        matches!(arg, python::Arg::Keyword(name, id) if name == "trailing_slash"
            && matches!(tree.names.expr(place.at(*id)), Expr::Literal(Literal::Bool(false))))
    });
    let slash = if is_bare { "" } else { "/" };
    if !tree.names.written(place.at(callee)).contains("Nested") {
        return (String::new(), slash);
    }
    let at = At { place, key: key.clone(), name: "", given: given(place, &args) };
    let (Some(parent), Some(prefix)) = (at.get(0, "parent_router"), at.get(1, "parent_prefix")) else {
        return (String::new(), slash);
    };
    let prefix = pieces::text(tree.names, prefix);
    let lookup =
        at.keyword("lookup").map_or_else(|| "parent".to_owned(), |place| pieces::text(tree.names, place));
    let parents = tree.routers(parent);
    let before = parents.first().map(|(parent, _)| nesting(tree, parent, depth + 1).0).unwrap_or_default();
    // The library leaves the slash out where the parent is at the root of its prefix.
    let below = if prefix.is_empty() { prefix } else { format!("{prefix}/") };
    (format!("{before}{below}<{lookup}_pk>/"), slash)
}

/// The routes of one viewset below `base`, each with `slash` at its end.
fn add(
    tree: &mut Tree<'_>,
    class: (ModuleId, ClassId),
    plans: &[Plan],
    (base, slash): (&str, &str),
    outer: &Access,
) {
    let names = tree.names;
    let base = format!("/{base}");
    let trimmed = base.trim_end_matches('/');
    let lookup = format!("<{}>", lookup(names, class));
    let detail = format!("{trimmed}/{lookup}{slash}");
    let path_of = |template: &str| {
        // A router at the root of its prefix answers there.
        if template == OF_ALL && base.ends_with('/') {
            return base.clone();
        }
        let filled = template.replace("{prefix}", trimmed).replace("{lookup}", &lookup);
        filled.replace("{trailing_slash}", slash)
    };
    let allowed = allowed(names, class);
    let is_allowed = |method: &Name| allowed.as_ref().is_none_or(|allowed| allowed.contains(method));
    let mut of_class = access::of_class(names, class.0, class.1);
    of_class.add(outer);
    let response = response(tree, class);
    let foreign = names.foreign_ancestors(class.0, class.1);
    let is_unread = shows_rows_by_unread_base(names, class, &foreign);
    let mut push = |path: String, method: Name, handler: Handler, mut access: Access| {
        if !is_allowed(&method) {
            return;
        }
        access.add(&of_class);
        tree.entries.push(Entry {
            owner: None,
            path,
            methods: vec![method],
            handler,
            framework: Framework::DjangoRest,
            response: response.clone(),
            access,
        });
    };
    for Plan { action, method, template } in plans {
        let is_own = matches!(names.member(class.0, class.1, action), Thing::Function(..));
        let is_assumed = is_unread && matches!(action.as_str(), "list" | "retrieve");
        if is_own || is_assumed || foreign.iter().any(|name| brings(name, action)) {
            let handler = action_handler(names, class, action);
            push(path_of(template), method.clone(), handler, Access::default());
        }
    }
    let mut of_classes = vec![class];
    of_classes.extend(names.ancestors(class.0, class.1));
    for owner in of_classes {
        let definitions = names.definitions(owner.0);
        let own = definitions.functions().filter(|(_, it)| it.scope == Scope::Class(owner.1));
        for (function, it) in own {
            for decorator in &it.decorators {
                let place =
                    Place { module: owner.0, scope: it.scope, arena: Arena::Definitions, id: *decorator };
                let Some(extra) = extra(names, place, &it.name) else { continue };
                let path = if extra.is_detail {
                    format!("{}/{}{slash}", detail.trim_end_matches('/'), extra.path)
                } else {
                    format!("{trimmed}/{}{slash}", extra.path)
                };
                for method in extra.methods {
                    let handler = classes::handler(names, class, (owner.0, function));
                    push(path.clone(), method, handler, extra.access.clone());
                }
            }
        }
    }
}

/// `@action(detail=True, methods=["post"], url_path="cancel")`
struct Extra {
    is_detail: bool,
    methods: Vec<Name>,
    path: String,
    access: Access,
}

fn extra(names: &Names<'_>, place: Place, function: &str) -> Option<Extra> {
    let Expr::Call { callee, args } = names.expr(place) else { return None };
    let written = names.written(place.at(callee));
    let kind = written.rsplit('.').next().unwrap_or_default();
    if !matches!(kind, "action" | "detail_route" | "list_route") {
        return None;
    }
    let at = At {
        place,
        key: Key::new(place.module, place.scope, Name::default()),
        name: kind,
        given: given(place, &args),
    };
    let is_detail = match at.keyword("detail").map(|place| names.expr(place)) {
        Some(Expr::Literal(Literal::Bool(is_detail))) => is_detail,
        _ => kind == "detail_route",
    };
    let given = at.get(0, "methods").map(|list| methods(names, list)).unwrap_or_default();
    let methods = if given.is_empty() { vec![Name::new_static("GET")] } else { given };
    let path = at
        .keyword("url_path")
        .map_or_else(|| function.to_owned(), |place| regex(&pieces::text(names, place)));
    let access = at.keyword("permission_classes").map(|list| rest::of_list(names, list)).unwrap_or_default();
    // What the action asks for stands in place of what its class asks for.
    let access = Access { is_open: access.is_said && access.authentication.is_none(), ..access };
    Some(Extra { is_detail, methods, path, access })
}

/// The method of a viewset that handles an action.
pub(super) fn action_handler(names: &Names<'_>, class: (ModuleId, ClassId), action: &str) -> Handler {
    match names.member(class.0, class.1, action) {
        Thing::Function(module, function) => classes::handler(names, class, (module, function)),
        _ => classes::whole(names, class.0, class.1, action),
    }
}

/// Whether a viewset gets its actions from a library that can't be read: it says what it lists and how, no base of the
/// framework is known, and nothing else answers. Such a base reads at least.
fn shows_rows_by_unread_base(names: &Names<'_>, class: (ModuleId, ClassId), foreign: &[Name]) -> bool {
    let has = |name: &str| {
        matches!(names.member(class.0, class.1, name), Thing::Variable(_, Some(_)) | Thing::Function(..))
    };
    let is_of_framework = |base: &Name| base.contains("rest");
    !foreign.is_empty()
        && !foreign.iter().any(is_of_framework)
        && (has("queryset") || has("get_queryset"))
        && (has("serializer_class") || has("get_serializer_class"))
        && !foreign.iter().any(|base| ACTIONS.iter().any(|(action, ..)| brings(base, action)))
}

/// The response of a view: its serializer.
pub(super) fn response(tree: &Tree<'_>, class: (ModuleId, ClassId)) -> Option<Response> {
    match tree.names.member(class.0, class.1, "serializer_class") {
        Thing::Variable(_, Some(value)) => tree.response(value),
        _ => None,
    }
}

fn lookup(names: &Names<'_>, class: (ModuleId, ClassId)) -> String {
    for name in ["lookup_url_kwarg", "lookup_field"] {
        if let Thing::Variable(_, Some(value)) = names.member(class.0, class.1, name)
            && let Some(text) = pieces::known(names, value).filter(|text| !text.is_empty())
        {
            return text;
        }
    }
    "pk".to_owned()
}

/// `http_method_names = ["get", "post"]`
fn allowed(names: &Names<'_>, class: (ModuleId, ClassId)) -> Option<Vec<Name>> {
    let Thing::Variable(_, Some(value)) = names.member(class.0, class.1, "http_method_names") else {
        return None;
    };
    let list = methods(names, value);
    (!list.is_empty()).then_some(list)
}

/// Whether a library class provides the action.
fn brings(full: &str, action: &str) -> bool {
    match full.rsplit('.').next().unwrap_or_default() {
        "ModelViewSet" => true,
        "ReadOnlyModelViewSet" => matches!(action, "list" | "retrieve"),
        "ListModelMixin" => action == "list",
        "CreateModelMixin" => action == "create",
        "RetrieveModelMixin" => action == "retrieve",
        "UpdateModelMixin" => matches!(action, "update" | "partial_update"),
        "DestroyModelMixin" => action == "destroy",
        _ => false,
    }
}
