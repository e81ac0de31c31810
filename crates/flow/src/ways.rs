//! How is a function reached? By requests, workers, clocks, or somebody at a command line: from each of those the calls are
//! followed, from the most frequent down, and whoever comes to a function first says how it is reached.
//!
//! Calls that can't be resolved lead to the methods of that name last, so that a function which nobody seems to call is one
//! that nobody calls.

mod entries;
mod loading;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::collections::hash_map::Entry;

use model::{ClassRef, PathRole, Project};
use python::{Name, Scope};
use rustc_hash::FxHashMap;

use crate::{Db, FunctionRef};
use entries::Entries;
pub(crate) use loading::at_import;

/// How a function is reached, the most often first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reached {
    /// By a request that reads, and may read many rows.
    Listed,
    /// By another request.
    Route,
    /// By a worker, for each task or message.
    Task,
    /// By a clock.
    Schedule,
    /// By somebody at a command line, or while the program starts.
    Command,
}

/// Where the way to a function begins.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WayIn {
    /// How it is reached.
    pub reached: Reached,
    /// What is called from outside: `GET /orders` of a route, the name of the function or method otherwise.
    pub name: Name,
    /// The function that is called from outside; nothing where a library's method answers.
    pub function: Option<FunctionRef>,
    /// Whether it is a route.
    pub is_route: bool,
}

/// How a function comes to be called.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Way {
    /// Somebody outside is known from whom calls lead to it.
    In(WayIn),
    /// The ways into the project are known, and none of them leads to it.
    Nobody,
    /// No way into the project is known at all.
    Unknown,
}

/// The ways to all functions of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Ways {
    /// By function: the index of its way.
    by_function: FxHashMap<FunctionRef, u32>,
    list: Vec<WayIn>,
    /// Whether anything answers requests.
    answers: bool,
}

impl Ways {
    /// Follows the calls of all entries.
    pub(crate) fn of(db: &dyn Db, project: Project) -> Self {
        let entries = Entries::of(db, project);
        let mut search = Search {
            db,
            project,
            entries: &entries,
            by_function: FxHashMap::default(),
            queue: VecDeque::new(),
            followed: Vec::new(),
        };
        // Those that are reached alike are followed side by side, so that the nearest says how.
        for alike in entries.list.chunk_by(|one, next| one.way.reached == next.way.reached) {
            for entry in alike {
                search.reach(entry.function, entry.index);
            }
            search.follow();
        }
        search.guess();
        let by_function = search.by_function;
        let list: Vec<WayIn> = entries.list.into_iter().map(|entry| entry.way).collect();
        let answers = list.iter().any(|way| way.reached <= Reached::Route);
        Self { by_function, list, answers }
    }

    /// How a function is reached.
    pub fn to(&self, function: FunctionRef) -> Way {
        match self.by_function.get(&function).and_then(|index| self.list.get(*index as usize)) {
            Some(way) => Way::In(way.clone()),
            None if self.answers => Way::Nobody,
            None => Way::Unknown,
        }
    }
}

struct Search<'a> {
    db: &'a dyn Db,
    project: Project,
    entries: &'a Entries,
    by_function: FxHashMap<FunctionRef, u32>,
    queue: VecDeque<FunctionRef>,
    /// What was followed, in that order.
    followed: Vec<FunctionRef>,
}

impl Search<'_> {
    fn reach(&mut self, function: FunctionRef, way: u32) {
        if let Entry::Vacant(place) = self.by_function.entry(function) {
            place.insert(way);
            self.queue.push_back(function);
        }
    }

    /// Follows the calls of all that was reached.
    fn follow(&mut self) {
        while let Some(function) = self.queue.pop_front() {
            self.followed.push(function);
            let way = self.by_function[&function];
            let callees = crate::query::leads_to(self.db, self.project, function.module, function.function);
            for callee in callees.iter() {
                // Who hands a task on doesn't run it.
                if !self.entries.is_later(*callee) {
                    self.reach(*callee, way);
                }
            }
            self.within(function, way);
        }
    }

    /// What stands inside of a function, and what takes its place in classes below its own.
    fn within(&mut self, function: FunctionRef, way: u32) {
        let file = model::query::file_of(self.db, self.project, function.module);
        let definitions = python::query::definitions(self.db, file);
        let Some(facts) = definitions.functions.get(function.function.0 as usize) else { return };
        for (id, inner) in definitions.functions() {
            if inner.scope == Scope::Function(function.function) {
                self.reach(FunctionRef { module: function.module, function: id }, way);
            }
        }
        let Scope::Class(class) = facts.scope else { return };
        let class = ClassRef::new(function.module, definitions[class].name.clone());
        for below in model::query::descendants(self.db, self.project, class).iter() {
            if let Some(function) = entries::method(self.db, self.project, below, &facts.name) {
                self.reach(function, way);
            }
        }
    }

    /// Follows calls of methods on what isn't known to those that are called so and that nobody else was seen to call.
    fn guess(&mut self) {
        /// More methods of one name than this are everybody's.
        const MAX_SAME: usize = 4;
        let by_name = crate::query::methods_by_name(self.db, self.project);
        let mut at = 0;
        while let Some(function) = self.followed.get(at).copied() {
            at += 1;
            let way = self.by_function[&function];
            let names = crate::query::unresolved(self.db, self.project, function.module, function.function);
            for methods in names.iter().filter_map(|name| by_name.get(name)) {
                for method in methods.iter().filter(|_| methods.len() <= MAX_SAME) {
                    self.reach(*method, way);
                }
            }
            self.follow();
        }
    }
}

/// The methods of the project's classes by name.
pub(crate) fn methods_by_name(db: &dyn Db, project: Project) -> FxHashMap<Name, Vec<FunctionRef>> {
    let modules = model::query::modules(db, project);
    let mut found: FxHashMap<Name, Vec<FunctionRef>> = FxHashMap::default();
    for (module, info) in modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        for (function, facts) in python::query::definitions(db, info.file).functions() {
            if matches!(facts.scope, Scope::Class(_)) {
                found.entry(facts.name.clone()).or_default().push(FunctionRef { module, function });
            }
        }
    }
    found
}
