//! The entry points of a project: routes, functions that decorators and base classes register with frameworks, and what
//! modules register while they are loaded.

use libraries::Entry;
use model::{ClassRef, ModuleId, PathRole, Project, Route};
use python::{Definitions, Name, Scope};
use rustc_hash::{FxHashMap, FxHashSet};

use super::loading::Loaded;
use super::{Reached, WayIn};
use crate::{Db, FunctionRef};

/// All entry points.
pub(super) struct Entries {
    /// The most frequent first, and last those that other code may call instead.
    pub(super) list: Vec<EntryPoint>,
    /// Functions called by workers and schedules, wherever they are enqueued.
    later: FxHashSet<FunctionRef>,
}

/// An entry point.
pub(super) struct EntryPoint {
    pub(super) function: FunctionRef,
    /// Its index in the list.
    pub(super) index: u32,
    pub(super) way: WayIn,
    /// Whether the project's code may call the function instead.
    pub(super) is_late: bool,
}

/// The methods of requests, as views name the methods that answer them.
const METHODS: &[&str] = &["get", "head", "options", "list", "retrieve", "dispatch"];

impl Entries {
    pub(super) fn of(db: &dyn Db, project: Project) -> Self {
        let routes = model::query::routes(db, project);
        let handlers = routes.list.iter().filter_map(handler).collect();
        let mut found = Found {
            db,
            project,
            handlers,
            list: Vec::new(),
            hooks: Vec::new(),
            last: Vec::new(),
            later: FxHashSet::default(),
        };
        let methods = methods_of_views(&routes.list);
        for route in &routes.list {
            found.route(route, &methods);
        }
        found.classes();
        let modules = model::query::modules(db, project);
        for (module, info) in modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
            let definitions = python::query::definitions(db, info.file);
            if is_of_commands(db, project, &info.name, info.file) {
                for (function, _) in definitions.functions() {
                    let name = definitions.short_name(function).into();
                    found.add(FunctionRef { module, function }, Reached::Command, name);
                }
            }
            for hook in model::query::hooks(db, info.file).iter() {
                let reached = reached(hook.entry, !hook.writes);
                let name = definitions.short_name(hook.function).into();
                let function = FunctionRef { module, function: hook.function };
                if hook.is_view && reached == Reached::Listed {
                    found.hooks.push((function, way_of(function, reached, name)));
                } else {
                    found.add(function, reached, name);
                }
            }
            for (function, loaded) in crate::query::at_import(db, project, module).iter() {
                let name = short_name(db, project, *function);
                match loaded {
                    Loaded::By(entry) => found.add(*function, reached(*entry, true), name),
                    Loaded::Kept => found.last.push((*function, way_of(*function, Reached::Listed, name))),
                }
            }
        }
        // The sort is stable: routes come before entry points derived from bases.
        found.list.sort_by_key(|(_, way)| way.reached);
        let later = found.list.partition_point(|(_, way)| way.reached <= Reached::Route);
        let is_handler = |function: &FunctionRef| found.handlers.contains(function);
        let hooks = found.hooks.into_iter().filter(|(function, _)| !is_handler(function));
        let after = found.list.split_off(later);
        let sure = |(function, way)| (function, way, false);
        let late = |(function, way)| (function, way, true);
        let requests = found.list.into_iter().map(sure).chain(hooks.map(late));
        let list = requests.chain(after.into_iter().map(sure)).chain(found.last.into_iter().map(late));
        let list = list.zip(0_u32..).map(|((function, way, is_late), index)| EntryPoint {
            function,
            index,
            way,
            is_late,
        });
        let list = list.collect();
        Self { list, later: found.later }
    }

    /// Whether a worker or a schedule calls the function, wherever it is enqueued.
    pub(super) fn is_later(&self, function: FunctionRef) -> bool {
        self.later.contains(&function)
    }
}

fn reached(entry: Entry, reads: bool) -> Reached {
    match entry {
        Entry::Request if reads => Reached::Listed,
        Entry::Request => Reached::Route,
        Entry::Task => Reached::Task,
        Entry::Schedule => Reached::Schedule,
        Entry::Command => Reached::Command,
    }
}

struct Found<'a> {
    db: &'a dyn Db,
    project: Project,
    /// Functions that answer a route of their own: the actions of a viewset.
    handlers: FxHashSet<FunctionRef>,
    list: Vec<(FunctionRef, WayIn)>,
    /// Functions decorated for requests, of which no route is known: other code may call them.
    hooks: Vec<(FunctionRef, WayIn)>,
    /// Functions that nothing outside calls if the project's code does.
    last: Vec<(FunctionRef, WayIn)>,
    later: FxHashSet<FunctionRef>,
}

impl Found<'_> {
    fn add(&mut self, function: FunctionRef, reached: Reached, name: Name) {
        self.add_way(function, way_of(function, reached, name));
    }

    fn add_way(&mut self, function: FunctionRef, way: WayIn) {
        // A route is more specific than the function's class or decorator.
        if way.reached <= Reached::Route && self.handlers.contains(&function) {
            return;
        }
        if matches!(way.reached, Reached::Task | Reached::Schedule) {
            self.later.insert(function);
        }
        self.list.push((function, way));
    }

    fn route(&mut self, route: &Route, of_views: &MethodsOfViews<'_>) {
        let name: Name = title(route).into();
        let handler = handler(route);
        let reads = route.methods.is_empty() || route.methods.iter().any(|method| method == "GET");
        let reached = if reads { Reached::Listed } else { Reached::Route };
        let class = route.handler.class.clone().map(|class| ClassRef::new(route.handler.module, class));
        let way = WayIn { reached, name, function: handler, class, is_route: true, is_guess: false };
        if let Some(handler) = handler {
            self.list.push((handler, way.clone()));
        }
        for (module, function) in &route.dependencies {
            self.list.push((FunctionRef { module: *module, function: *function }, way.clone()));
        }
        // Methods that a library's view calls. If the class itself defines the handler, its other methods may belong to
        // other routes.
        let Some(class) = way.class.clone().filter(|_| handler.is_none()) else { return };
        let methods = self.methods(&class);
        let called = self.called_among(&methods);
        for (function, name) in &methods {
            let function = *function;
            if self.handlers.contains(&function) {
                continue;
            }
            let way = WayIn { function: Some(function), ..way.clone() };
            // What changes a row isn't reached by the path of all rows.
            let is_of_another = || {
                let of_view = of_views.get(&(route.handler.module, route.handler.class.as_ref()));
                let has = |methods: &[Name], wanted: &str| methods.iter().any(|method| method == wanted);
                let known = wanted_methods(name).iter().find(|it| of_view.is_some_and(|of| has(of, it)));
                known.is_some_and(|wanted| !has(&route.methods, wanted))
            };
            if is_helper(name) || self.is_own_helper(function, name, &called) {
                self.last.push((function, way));
            } else if changes(name) {
                if is_of_another() {
                    continue;
                }
                self.list.push((function, way.modifying(method_for(name, &route.methods))));
            } else {
                self.list.push((function, way));
            }
        }
    }

    /// Whether methods of the same class call one that no library asks a view for: it overrides nothing, and isn't named
    /// like what a library gets from a view.
    fn is_own_helper(&self, function: FunctionRef, name: &Name, called: &FxHashSet<(Name, Name)>) -> bool {
        !name.starts_with("get_")
            && !changes(name)
            && !METHODS.contains(&name.as_str())
            && called.iter().any(|(caller, callee)| callee == name && caller != name)
            && !crate::serializers::calls_super(self.db, self.project, function, name)
    }

    /// The names of the methods of a class that others of it call, each after the caller's: a base calls its own, which
    /// the heir overrides.
    fn called_among(&self, methods: &[(FunctionRef, Name)]) -> FxHashSet<(Name, Name)> {
        let names: FxHashMap<FunctionRef, &Name> =
            methods.iter().map(|(function, name)| (*function, name)).collect();
        let mut called = FxHashSet::default();
        for (function, name) in methods {
            let callees = crate::query::leads_to(self.db, self.project, function.module, function.function);
            let own = callees.iter().filter_map(|callee| names.get(callee));
            called.extend(own.map(|callee| (name.clone(), (*callee).clone())));
        }
        called
    }

    /// Adds the methods of classes that frameworks call because of their bases.
    fn classes(&mut self) {
        let hierarchy = model::query::hierarchy(self.db, self.project);
        let mut found: Vec<(ClassRef, Entry)> = Vec::new();
        for ((module, name), ancestors) in &hierarchy.by_class {
            let entries = ancestors.foreign.iter().filter_map(|base| {
                let by_role = model::role_of_base(base).and_then(Entry::of_class);
                by_role.or_else(|| libraries::entry(base))
            });
            if let Some(entry) = entries.min() {
                found.push((ClassRef::new(*module, name.clone()), entry));
            }
        }
        found.sort();
        for (class, entry) in found {
            let is_of_view = entry == Entry::Request;
            let methods = self.methods(&class);
            let called = if is_of_view { self.called_among(&methods) } else { FxHashSet::default() };
            for (function, name) in &methods {
                let function = *function;
                let named = format!("{}.{name}", class.name).into();
                let reached = reached(entry, !changes(name));
                let way = WayIn { class: Some(class.clone()), ..way_of(function, reached, named) };
                if is_helper(name) || self.is_own_helper(function, name, &called) {
                    self.last.push((function, way));
                } else {
                    self.add_way(function, way);
                }
            }
        }
    }

    /// The methods of a class and of its project ancestors.
    fn methods(&self, class: &ClassRef) -> Vec<(FunctionRef, Name)> {
        let hierarchy = model::query::hierarchy(self.db, self.project);
        let above = hierarchy.of(class.module, &class.name).map(|it| it.own.to_vec()).unwrap_or_default();
        let all = std::iter::once((class.module, class.name.clone())).chain(above);
        let mut methods = Vec::new();
        for (module, name) in all {
            let file = model::query::file_of(self.db, self.project, module);
            let definitions = python::query::definitions(self.db, file);
            for (function, facts) in definitions.functions() {
                if is_of(&definitions, facts.scope, &name) {
                    methods.push((FunctionRef { module, function }, facts.name.clone()));
                }
            }
        }
        methods
    }
}

/// The way through a function that isn't a route's.
fn way_of(function: FunctionRef, reached: Reached, name: Name) -> WayIn {
    WayIn { reached, name, function: Some(function), class: None, is_route: false, is_guess: false }
}

/// The function of the project that answers a route.
fn handler(route: &Route) -> Option<FunctionRef> {
    route.handler.function.map(|(module, function)| FunctionRef { module, function })
}

/// The method `name` that a class itself has.
pub(super) fn method(db: &dyn Db, project: Project, class: &ClassRef, name: &Name) -> Option<FunctionRef> {
    let file = model::query::file_of(db, project, class.module);
    let definitions = python::query::definitions(db, file);
    let is_it =
        |facts: &python::Function| facts.name == *name && is_of(&definitions, facts.scope, &class.name);
    let found = definitions.functions().find(|(_, facts)| is_it(facts));
    found.map(|(function, _)| FunctionRef { module: class.module, function })
}

/// Whether the contents of a module are run from the command line: a Django command, or a migration in an unusual
/// folder.
fn is_of_commands(db: &dyn Db, project: Project, name: &str, file: source::File) -> bool {
    let is_migration = |import: &model::Resolved| {
        import.outside().is_some_and(|name| libraries::is_of(name, "django.db.migrations"))
    };
    name.contains(".management.commands.")
        || model::query::resolved(db, project, file).iter().any(is_migration)
}

fn is_of(definitions: &Definitions, scope: Scope, class: &Name) -> bool {
    let Scope::Class(id) = scope else { return false };
    definitions[id].name == *class && definitions[id].scope == Scope::Module
}

/// Whether a method of a view, a form or a serializer handles requests that modify data, or checks what they send.
fn changes(name: &str) -> bool {
    const STARTS: &[&str] =
        &["perform_", "form_", "save", "delete_", "create", "update", "validate_", "clean_"];
    const CHECKS: &[&str] =
        &["validate", "clean", "to_internal_value", "run_validation", "pre_load", "post_load"];
    matches!(name, "post" | "put" | "patch" | "delete" | "destroy" | "partial_update" | "mutate")
        || CHECKS.contains(&name)
        || STARTS.iter().any(|start| name.starts_with(start))
}

/// Whether a method of a class that a framework calls is no part of what it calls: a leading underscore says so.
fn is_helper(name: &str) -> bool {
    name.starts_with('_') && !name.starts_with("__")
}

/// The one of a route's methods that leads to a method of its view which handles requests that modify. A library's view
/// may answer more methods than its route names.
fn method_for<'m>(name: &str, methods: &'m [Name]) -> Option<&'m str> {
    let wanted = wanted_methods(name);
    let known = wanted.iter().find_map(|wanted| methods.iter().find(|method| method == wanted));
    known.map(Name::as_str).or(wanted.first().copied())
}

/// The methods of requests that lead to a method of a view which changes something, the likeliest first.
fn wanted_methods(name: &str) -> &'static [&'static str] {
    match name {
        _ if name.contains("destroy") || name.contains("delete") => &["DELETE"],
        _ if name.contains("update") => &["PUT", "PATCH", "POST"],
        _ => &["POST", "PUT", "PATCH"],
    }
}

/// By view, the methods of all its routes.
type MethodsOfViews<'r> = FxHashMap<(ModuleId, Option<&'r Name>), Vec<Name>>;

fn methods_of_views(routes: &[Route]) -> MethodsOfViews<'_> {
    let mut found = MethodsOfViews::default();
    for route in routes {
        let view = (route.handler.module, route.handler.class.as_ref());
        found.entry(view).or_default().extend(route.methods.iter().cloned());
    }
    found
}

/// `GET /orders`
fn title(route: &Route) -> String {
    let method = match &*route.methods {
        [] => "ANY",
        all if all.iter().any(|method| method == "GET") => "GET",
        [first, ..] => first,
    };
    format!("{method} {}", route.path)
}

fn short_name(db: &dyn Db, project: Project, function: FunctionRef) -> Name {
    let file = model::query::file_of(db, project, function.module);
    python::query::definitions(db, file).short_name(function.function).into()
}
