//! The entry points of a project: routes, functions that decorators and base classes register with frameworks, and what
//! modules register while they are loaded.

use libraries::Entry;
use model::{ClassRef, PathRole, Project, Route};
use python::{Definitions, Name, Scope};
use rustc_hash::FxHashSet;

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
}

impl Entries {
    pub(super) fn of(db: &dyn Db, project: Project) -> Self {
        let routes = model::query::routes(db, project);
        let handlers = routes.list.iter().filter_map(handler).collect();
        let mut found = Found { db, project, handlers, list: Vec::new(), later: FxHashSet::default() };
        for route in &routes.list {
            found.route(route);
        }
        found.classes();
        let modules = model::query::modules(db, project);
        let mut kept: Vec<(FunctionRef, Name)> = Vec::new();
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
                found.add(FunctionRef { module, function: hook.function }, reached, name);
            }
            for (function, loaded) in crate::query::at_import(db, project, module).iter() {
                let name = short_name(db, project, *function);
                match loaded {
                    Loaded::By(entry) => found.add(*function, reached(*entry, true), name),
                    Loaded::Kept => kept.push((*function, name)),
                }
            }
        }
        // The sort is stable: routes come before entry points derived from bases.
        found.list.sort_by_key(|(_, way)| way.reached);
        // Last, because whatever reads the variable says more: a library may call what was made for it.
        for (function, name) in kept {
            found.add(function, Reached::Listed, name);
        }
        let list = found.list.into_iter().zip(0_u32..);
        let list = list.map(|((function, way), index)| EntryPoint { function, index, way }).collect();
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
    later: FxHashSet<FunctionRef>,
}

impl Found<'_> {
    fn add(&mut self, function: FunctionRef, reached: Reached, name: Name) {
        // A route is more specific than the function's class or decorator.
        if reached <= Reached::Route && self.handlers.contains(&function) {
            return;
        }
        if matches!(reached, Reached::Task | Reached::Schedule) {
            self.later.insert(function);
        }
        self.list.push((
            function,
            WayIn { reached, name, function: Some(function), is_route: false, is_guess: false },
        ));
    }

    fn route(&mut self, route: &Route) {
        let name: Name = title(route).into();
        let handler = handler(route);
        let reads = route.methods.is_empty() || route.methods.iter().any(|method| method == "GET");
        let reached = if reads { Reached::Listed } else { Reached::Route };
        let way = WayIn { reached, name, function: handler, is_route: true, is_guess: false };
        if let Some(handler) = handler {
            self.list.push((handler, way.clone()));
        }
        for (module, function) in &route.dependencies {
            self.list.push((FunctionRef { module: *module, function: *function }, way.clone()));
        }
        // Methods that a library's view calls. If the class itself defines the handler, its other methods may belong to
        // other routes.
        let Some(class) = route.handler.class.as_ref().filter(|_| handler.is_none()) else { return };
        let class = ClassRef::new(route.handler.module, class.clone());
        for (function, name) in self.methods(&class) {
            if self.handlers.contains(&function) {
                continue;
            }
            let reached = if changes(&name) { Reached::Route } else { reached };
            self.list.push((function, WayIn { reached, function: Some(function), ..way.clone() }));
        }
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
            for (function, name) in self.methods(&class) {
                let named = format!("{}.{name}", class.name).into();
                self.add(function, reached(entry, !changes(&name)), named);
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

/// Whether a view method handles requests that modify data.
fn changes(name: &str) -> bool {
    const STARTS: &[&str] = &["perform_", "form_", "save", "delete_", "create", "update"];
    matches!(name, "post" | "put" | "patch" | "delete" | "destroy" | "partial_update" | "mutate")
        || STARTS.iter().any(|start| name.starts_with(start))
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
