//! Django: URL confs, from those that aren't included anywhere down to the views.

mod patterns;
mod views;

use std::collections::{BTreeMap, BTreeSet};

use python::{Arg, Expr, Literal, Scope};
use rustc_hash::FxHashSet;

use super::access::Access;
use super::names::{Arena, Key, Names, Place, Thing};
use super::tree::{At, Kind, Tree, given};
use super::{RouteItem, pieces, viewsets};
use crate::ModuleId;

pub(super) use patterns::regex;

/// Includes nested deeper than this are cyclic.
const MAX_DEPTH: usize = 16;
/// The maximum number of lists traversed; no project includes its own lists more often.
const MAX_ENTRIES: usize = 20_000;
/// The variable that Django reads.
const PATTERNS: &str = "urlpatterns";

/// The `router.register(...)` calls by router: the prefix and the viewset.
pub(super) type Registered = BTreeMap<Key, Vec<(Place, Place)>>;

/// Reads all URL confs of the project.
pub(super) fn collect(tree: &mut Tree<'_>, modules: &[ModuleId]) {
    let registered = registered(tree, modules);
    let confs: Vec<ModuleId> =
        modules.iter().copied().filter(|module| is_conf(tree.names, *module)).collect();
    let mut walk = Walk {
        tree,
        registered: &registered,
        included: BTreeSet::new(),
        routers: BTreeSet::new(),
        is_dry: true,
        steps: 0,
    };
    for module in &confs {
        walk.module(*module, PATTERNS, "", &Access::default(), &mut Vec::new());
    }
    let included = std::mem::take(&mut walk.included);
    walk.is_dry = false;
    walk.steps = 0;
    let is_root = |module: &&ModuleId| !included.contains(&(**module, PATTERNS.into()));
    for module in confs.iter().filter(is_root) {
        walk.module(*module, PATTERNS, "", &Access::default(), &mut Vec::new());
    }
    // Routers whose URLs aren't included anywhere keep their own paths.
    let seen = std::mem::take(&mut walk.routers);
    for key in registered.keys().filter(|key| !seen.contains(*key)) {
        viewsets::router(walk.tree, key, &registered, "", &Access::default());
    }
}

fn is_conf(names: &Names<'_>, module: ModuleId) -> bool {
    let facts = names.facts(module);
    facts.made.iter().any(|name| name == PATTERNS)
        || facts.items.iter().any(
            |item| matches!(item, RouteItem::Extend { scope: Scope::Module, name, .. } if name == PATTERNS),
        )
}

fn registered(tree: &mut Tree<'_>, modules: &[ModuleId]) -> Registered {
    let mut registered = Registered::new();
    for module in modules {
        let facts = tree.names.facts(*module);
        for item in &facts.items {
            let RouteItem::Call { scope, call } = item else { continue };
            let place = Place { module: *module, scope: *scope, arena: Arena::Facts, id: *call };
            let Expr::Call { callee, args } = tree.names.expr(place) else { continue };
            let Expr::Attribute { value, name } = tree.names.expr(place.at(callee)) else { continue };
            if name != "register" {
                continue;
            }
            for (key, kind) in tree.routers(place.at(value)) {
                let at = At { place, key: key.clone(), name: &name, given: given(place, &args) };
                if kind == Kind::RestRouter
                    && let (Some(prefix), Some(viewset)) = (at.get(0, "prefix"), at.get(1, "viewset"))
                {
                    for router in given_to(tree, key) {
                        registered.entry(router).or_default().push((prefix, viewset));
                    }
                }
            }
        }
    }
    registered
}

/// The routers behind a parameter, which calls pass: `add_urls(api)`. Any other router stands for itself.
fn given_to(tree: &Tree<'_>, key: Key) -> Vec<Key> {
    let (mut seen, mut first) = (BTreeSet::new(), Vec::new());
    let mut left = vec![key];
    while let Some(key) = left.pop() {
        if !seen.insert(key.clone()) {
            continue;
        }
        let is_router = |key: &Key| tree.nodes.get(key).is_some_and(|node| node.kind == Kind::RestRouter);
        let given = tree.includes.iter().filter(|it| it.child == key && is_router(&it.parent));
        let before = left.len();
        left.extend(given.map(|it| it.parent.clone()));
        if left.len() == before {
            first.push(key);
        }
    }
    first
}

/// A traversal of the URL confs.
pub(super) struct Walk<'t, 'a> {
    pub(super) tree: &'t mut Tree<'a>,
    registered: &'t Registered,
    /// Lists that another list includes.
    included: BTreeSet<(ModuleId, python::Name)>,
    /// Routers whose URLs are included.
    routers: BTreeSet<Key>,
    /// Whether it only collects which lists are included.
    is_dry: bool,
    /// The number of lists traversed.
    steps: usize,
}

impl Walk<'_, '_> {
    /// The list `name` of a module, including everything appended to it.
    fn module(
        &mut self,
        module: ModuleId,
        name: &str,
        prefix: &str,
        access: &Access,
        path: &mut Vec<(ModuleId, python::Name)>,
    ) {
        let key = (module, python::Name::from(name));
        self.steps += 1;
        if path.len() >= MAX_DEPTH || path.contains(&key) || self.steps > MAX_ENTRIES {
            return;
        }
        path.push(key);
        let (definitions, facts) = (self.tree.names.definitions(module), self.tree.names.facts(module));
        let at_top_level =
            definitions.variables.iter().filter(|it| it.scope == Scope::Module && it.name == name);
        let place = |arena, id| Place { module, scope: Scope::Module, arena, id };
        let mut lists: Vec<Place> =
            at_top_level.filter_map(|it| it.value).map(|id| place(Arena::Definitions, id)).collect();
        lists.extend(facts.items.iter().filter_map(|item| match item {
            RouteItem::Extend { scope: Scope::Module, name: target, value } if target == name => {
                Some(place(Arena::Facts, *value))
            }
            _ => None,
        }));
        if lists.is_empty()
            && let Thing::Variable(origin, Some(_)) = self.tree.names.at_top_level(module, name, 0)
            && origin.module != module
        {
            // Whoever includes this module includes the list that it imports.
            self.included.insert((origin.module, origin.name.clone()));
            self.module(origin.module, &origin.name, prefix, access, path);
        }
        for list in lists {
            self.list(list, prefix, access, path);
        }
        path.pop();
    }

    /// A list of patterns, however it is composed.
    fn list(
        &mut self,
        place: Place,
        prefix: &str,
        access: &Access,
        path: &mut Vec<(ModuleId, python::Name)>,
    ) {
        let names = self.tree.names;
        let mut left = vec![place];
        let mut seen: FxHashSet<Place> = FxHashSet::default();
        while let Some(place) = left.pop() {
            if !seen.insert(place) || seen.len() > 4 * MAX_ENTRIES {
                continue;
            }
            match names.expr(place) {
                Expr::List(elements) | Expr::Tuple(elements) => {
                    left.extend(elements.iter().rev().map(|id| place.at(*id)));
                }
                Expr::Starred(inner) => left.push(place.at(inner)),
                Expr::Binary { op, left: first, right } if op == "+" => {
                    left.extend([place.at(right), place.at(first)]);
                }
                Expr::Conditional { body, orelse, .. } => left.extend([place.at(orelse), place.at(body)]),
                Expr::Comprehension { element, .. } => left.push(place.at(element)),
                Expr::Attribute { value, name } if name == "urls" => match names.resolve(place) {
                    Thing::Module(module) => self.conf(module, prefix, access, path),
                    _ => self.router(place.at(value), prefix, access),
                },
                Expr::Name(_) | Expr::Attribute { .. } => self.named(place, prefix, access, path),
                Expr::Call { callee, args } => {
                    self.entry(place, callee, &args, prefix, access, path, &mut left);
                }
                _ => {}
            }
        }
    }

    /// A list behind a name.
    fn named(
        &mut self,
        place: Place,
        prefix: &str,
        access: &Access,
        path: &mut Vec<(ModuleId, python::Name)>,
    ) {
        match self.tree.names.resolve(place) {
            Thing::Variable(key, Some(value)) => {
                if key.scope.0 == 0 {
                    // `urlpatterns = urlpatterns + [...]` is not an include.
                    if path.contains(&(key.module, key.name.clone())) {
                        return;
                    }
                    self.included.insert((key.module, key.name.clone()));
                    self.module(key.module, &key.name, prefix, access, path);
                } else {
                    self.list(value, prefix, access, path);
                }
            }
            Thing::Module(module) => self.conf(module, prefix, access, path),
            Thing::Each(lists) => {
                for list in super::access::elements(self.tree.names, lists) {
                    self.list(list, prefix, access, path);
                }
            }
            _ => {}
        }
    }

    fn conf(
        &mut self,
        module: ModuleId,
        prefix: &str,
        access: &Access,
        path: &mut Vec<(ModuleId, python::Name)>,
    ) {
        self.included.insert((module, PATTERNS.into()));
        self.module(module, PATTERNS, prefix, access, path);
    }

    fn router(&mut self, place: Place, prefix: &str, access: &Access) {
        for (key, kind) in self.tree.routers(place) {
            if kind == Kind::RestRouter {
                self.routers.insert(key.clone());
                if !self.is_dry {
                    viewsets::router(self.tree, &key, self.registered, prefix, access);
                }
            }
        }
    }

    /// One call in a list: a pattern, or something that contains patterns.
    #[expect(clippy::too_many_arguments, reason = "the state of one walk, passed down as it is")]
    fn entry(
        &mut self,
        place: Place,
        callee: python::ExprId,
        args: &[Arg],
        prefix: &str,
        access: &Access,
        path: &mut Vec<(ModuleId, python::Name)>,
        left: &mut Vec<Place>,
    ) {
        let names = self.tree.names;
        let written = names.written(place.at(callee));
        let positional = || args.iter().filter(|arg| matches!(arg, Arg::Positional(_) | Arg::Star(_)));
        match written.rsplit('.').next().unwrap_or_default() {
            kind @ ("path" | "re_path" | "url") => {
                let at = At {
                    place,
                    key: Key::new(place.module, place.scope, "".into()),
                    name: kind,
                    given: given(place, args),
                };
                let (Some(route), Some(view)) = (at.get(0, "route"), at.get(1, "view")) else { return };
                let route = pieces::text(names, route);
                let route = if kind == "path" { route } else { regex(&route) };
                let full = format!("{prefix}{route}");
                self.view(view, &full, access, path);
            }
            "include" => {
                if let Some(arg) = args.first() {
                    self.include(place.at(arg.value()), prefix, access, path);
                }
            }
            // Lists of lists: `reduce(add, groups)`, `sum(groups, [])`, `chain(*groups)`.
            "reduce" => left.extend(positional().nth(1).map(|arg| place.at(arg.value()))),
            "i18n_patterns" | "decorator_patterns" | "chain" | "from_iterable" | "sum" | "list" => {
                left.extend(positional().map(|arg| place.at(arg.value())));
            }
            "static" | "staticfiles_urlpatterns" => {}
            _ => match names.follow(place.at(callee)) {
                Thing::Function(module, function) => {
                    if let Some(Thing::Variable(_, Some(value))) = names.returned(module, function) {
                        left.push(value);
                    }
                }
                // A wrapper around a list returns it: `format_suffix_patterns(urlpatterns)`.
                _ => left.extend(positional().next().map(|arg| place.at(arg.value()))),
            },
        }
    }

    /// The target of a pattern: more patterns, or a view.
    fn view(&mut self, view: Place, full: &str, access: &Access, path: &mut Vec<(ModuleId, python::Name)>) {
        match self.tree.names.expr(view) {
            Expr::Call { callee, args } => {
                let written = self.tree.names.written(view.at(callee));
                if written.rsplit('.').next() == Some("include") {
                    if let Some(arg) = args.first() {
                        self.include(view.at(arg.value()), full, access, path);
                    }
                    return;
                }
            }
            Expr::Tuple(parts) => {
                if let Some(first) = parts.first() {
                    self.list(view.at(*first), full, access, path);
                }
                return;
            }
            Expr::Attribute { value, name } if name == "urls" => {
                if !self.is_dry {
                    super::ninja::mounted(self.tree, view.at(value), full, access);
                }
                return;
            }
            _ => {}
        }
        if !self.is_dry {
            views::view(self.tree, view, full, access);
        }
    }

    /// `include("shop.urls")`, `include(router.urls)`, `include((patterns, "shop"))`
    fn include(
        &mut self,
        place: Place,
        prefix: &str,
        access: &Access,
        path: &mut Vec<(ModuleId, python::Name)>,
    ) {
        match self.tree.names.expr(place) {
            Expr::Literal(Literal::Str(dotted)) => {
                let resolved = self.tree.names.resolver.resolve_dotted(place.module, &dotted);
                if let crate::Target::Module(module) = resolved.target {
                    self.conf(module, prefix, access, path);
                }
            }
            Expr::Tuple(parts) => {
                if let Some(first) = parts.first() {
                    self.include(place.at(*first), prefix, access, path);
                }
            }
            Expr::Attribute { value, name } if name == PATTERNS => {
                self.include(place.at(value), prefix, access, path);
            }
            _ => self.list(place, prefix, access, path),
        }
    }
}
