//! How is a function reached? By requests, workers, schedules or the command line. Calls are followed from each of
//! these, the most frequent first, and the first path that reaches a function determines how it is reached.
//!
//! Calls that can't be resolved are assumed, last of all, to call the methods of that name, so that a function is
//! considered uncalled only if nothing can call it.

mod entries;
mod loading;
mod named;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use model::{ClassRef, PathRole, Project};
use python::{Name, Scope};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Db, FunctionRef};
use entries::{Entries, EntryPoint};
pub(crate) use loading::{Loaded, at_import};
pub(crate) use named::is_only_named;

/// How a function is reached, the most frequent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reached {
    /// By a request that reads, and may read many rows.
    Listed,
    /// By another request.
    Route,
    /// By a worker, for each task or message.
    Task,
    /// By a schedule.
    Schedule,
    /// From the command line, or at program start.
    Command,
}

/// The entry point from which a function is reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WayIn {
    /// How it is reached.
    pub reached: Reached,
    /// The name of the entry point: `GET /orders` for a route, otherwise the name of the function or method.
    pub name: Name,
    /// The function that is called from outside; `None` if a library's method answers.
    pub function: Option<FunctionRef>,
    /// The class whose method that is, as the route or the framework knows it: it may inherit the method.
    pub class: Option<ClassRef>,
    /// Whether it is a route.
    pub is_route: bool,
    /// Whether a call that can't be resolved is only assumed to lead there.
    pub is_guess: bool,
}

impl WayIn {
    /// The same way for requests that modify, by this method if a single one is known.
    #[must_use]
    pub fn modifying(&self, method: Option<&str>) -> Self {
        if self.reached != Reached::Listed {
            return self.clone();
        }
        let name = match self.name.split_once(' ') {
            Some((_, path)) if self.is_route => format!("{} {path}", method.unwrap_or("ANY")).into(),
            _ => self.name.clone(),
        };
        Self { reached: Reached::Route, name, ..self.clone() }
    }
}

/// Whether and how a function is called.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Way {
    /// It is reached from a known entry point.
    In(WayIn),
    /// Entry points are known, and none of them leads to it.
    Nobody,
    /// No entry point is known.
    Unknown,
}

/// The ways to all functions of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Ways {
    /// By function, the index of its way.
    by_function: FxHashMap<FunctionRef, u32>,
    list: Vec<WayIn>,
    /// The functions that only calls lead to that can't be resolved.
    guessed: FxHashSet<FunctionRef>,
    /// Whether anything answers requests.
    answers: bool,
}

impl Ways {
    /// Follows the calls from all entry points.
    pub(crate) fn of(db: &dyn Db, project: Project) -> Self {
        let entries = Entries::of(db, project);
        let mut search = Search {
            db,
            project,
            entries: &entries,
            by_function: FxHashMap::default(),
            list: entries.list.iter().map(|entry| entry.way.clone()).collect(),
            queue: VecDeque::new(),
            followed: Vec::new(),
            by_change: Vec::new(),
        };
        // Entry points of the same frequency are followed in parallel, so that the nearest one wins.
        let are_alike = |one: &EntryPoint, next: &EntryPoint| {
            one.way.reached == next.way.reached && one.is_late == next.is_late
        };
        for alike in entries.list.chunk_by(are_alike) {
            search.follow_changes();
            for entry in alike {
                search.reach(entry.function, entry.index);
            }
            search.follow();
        }
        search.follow_changes();
        let known: FxHashSet<FunctionRef> = search.by_function.keys().copied().collect();
        search.guess();
        let Search { by_function, list, .. } = search;
        let guessed = by_function.keys().filter(|function| !known.contains(*function)).copied().collect();
        let answers = list.iter().any(|way| way.reached <= Reached::Route);
        Self { by_function, list, guessed, answers }
    }

    /// How a function is reached.
    pub fn to(&self, function: FunctionRef) -> Way {
        match self.by_function.get(&function).and_then(|index| self.list.get(*index as usize)) {
            Some(way) => Way::In(WayIn { is_guess: self.guessed.contains(&function), ..way.clone() }),
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
    /// The ways by index: those of the entry points, and those of their requests that modify.
    list: Vec<WayIn>,
    queue: VecDeque<FunctionRef>,
    /// The functions that were followed, in that order.
    followed: Vec<FunctionRef>,
    /// The functions called only by requests that modify, with the method and the way to the caller.
    by_change: Vec<(FunctionRef, Option<Name>, u32)>,
}

impl Search<'_> {
    fn reach(&mut self, function: FunctionRef, way: u32) {
        if let Entry::Vacant(place) = self.by_function.entry(function) {
            place.insert(way);
            self.queue.push_back(function);
        }
    }

    /// Follows the calls of all reached functions.
    fn follow(&mut self) {
        while let Some(function) = self.queue.pop_front() {
            self.followed.push(function);
            let way = self.by_function[&function];
            let (db, project) = (self.db, self.project);
            let callees = crate::query::leads_to(db, project, function.module, function.function);
            let reads = self.list[way as usize].reached == Reached::Listed;
            let by_change = if reads {
                crate::query::leads_to_by_change(db, project, function.module, function.function)
            } else {
                Arc::default()
            };
            for callee in callees.iter() {
                // Code that enqueues a task doesn't run it.
                if self.entries.is_later(*callee) {
                    continue;
                }
                match by_change.iter().find(|(changing, _)| changing == callee) {
                    Some((_, method)) => self.by_change.push((*callee, method.clone(), way)),
                    None => self.reach(*callee, way),
                }
            }
            self.within(function, way);
        }
    }

    /// Follows the calls that only requests make which modify.
    fn follow_changes(&mut self) {
        while !self.by_change.is_empty() {
            for (callee, method, way) in std::mem::take(&mut self.by_change) {
                if self.by_function.contains_key(&callee) {
                    continue;
                }
                let modifying = self.list[way as usize].modifying(method.as_deref());
                let index = self.list.len() as u32;
                self.list.push(modifying);
                self.reach(callee, index);
            }
            self.follow();
        }
    }

    /// Reaches nested functions, and overrides in subclasses.
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
                let way = self.of_heir(way, below);
                self.reach(function, way);
            }
        }
    }

    /// The way by which an override is reached: the classes that share an inherited entry point have each their own, and
    /// only that of its own class runs the override.
    fn of_heir(&self, way: u32, class: &ClassRef) -> u32 {
        let (Some(known), entries) = (self.list.get(way as usize), &self.entries.list) else { return way };
        let Some(own) = &known.class else { return way };
        let above = |class: &ClassRef| crate::types::classes::bases(self.db, self.project, class);
        let inherits = |one: &ClassRef| one == class || above(one).contains(class);
        if inherits(own) {
            return way;
        }
        let is_it = |entry: &&EntryPoint| {
            entry.way.function == known.function
                && entry.way.reached == known.reached
                && entry.way.class.as_ref().is_some_and(inherits)
        };
        entries.iter().find(is_it).map_or(way, |entry| entry.index)
    }

    /// Follows method calls on unknown values to the methods of that name, unless they are already reached.
    fn guess(&mut self) {
        /// If more methods than this share a name, the name is not specific enough.
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

/// The methods of the project's classes, by name.
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
