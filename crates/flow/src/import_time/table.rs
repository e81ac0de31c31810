//! The steps of all modules, and how they change when an import moves to the top level.

mod trace;

use std::sync::Arc;

use model::{ByModule, Export, ModuleId, Modules, PathRole, Project};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Changed, SideEffect, Step};
use crate::Db;
use trace::{Entry, Trace};

/// The steps of each module of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Table {
    /// `None` for modules that aren't read (tests, migrations, scripts).
    steps: ByModule<Option<Arc<[Step]>>>,
    changed: Arc<Changed>,
    /// Submodules whose names are bound to something else in their package, which doesn't load them itself.
    hidden: FxHashSet<ModuleId>,
    /// Modules of cycles that can be entered at more than one place, each with the number of its cycle.
    cyclic: FxHashMap<ModuleId, usize>,
}

/// An import to be moved to the top level of a module.
#[derive(Debug, Clone, Copy)]
pub struct Hoist<'a> {
    /// The module that contains the import.
    pub importer: ModuleId,
    /// What the import loads, in order.
    pub loads: &'a [Step],
    /// How many of the module's own steps precede its new place.
    pub after: usize,
    /// Modules that a framework certainly loads first.
    pub ready: &'a [ModuleId],
}

/// A change in behaviour caused by moving an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// An import cycle would arise: each module loads the next, the last one the first.
    Cycle(Vec<ModuleId>),
    /// A module would do something that currently happens later, or not at all.
    Earlier(ModuleId, SideEffect),
    /// An existing cycle of other modules would be entered through another of its modules.
    Entry(ModuleId),
    /// A submodule would be loaded whose name its package binds to something else.
    Submodule(ModuleId),
}

impl Table {
    /// Computes the steps of all modules of the program.
    pub(crate) fn of(db: &dyn Db, project: Project) -> Self {
        let modules = model::query::modules(db, project);
        let steps = modules.map(|id, info| {
            let is_read = info.role == PathRole::Code || info.has_edges();
            is_read.then(|| crate::query::import_steps(db, project, id))
        });
        let mut table = Self { steps, changed: crate::query::changed(db, project), ..Self::default() };
        table.cyclic = table.cyclic(&modules);
        table.hidden =
            modules.iter().map(|(id, _)| id).filter(|id| table.is_hidden(db, &modules, *id)).collect();
        table
    }

    /// The modules of cycles that are closed while modules are loaded. Which of them is loaded first decides what the others
    /// find of it; but a cycle within a package that belongs to it is always entered by the package.
    fn cyclic(&self, modules: &Modules) -> FxHashMap<ModuleId, usize> {
        let targets = modules.map(|id, _| {
            let loads = self.steps(id).unwrap_or_default().iter().filter_map(loaded);
            loads.flat_map(|module| packages(modules, id, module).chain([module])).collect()
        });
        let components = model::strong_components(&targets);
        let has_one_entry = |component: &Vec<ModuleId>| {
            component.iter().any(|package| {
                let prefix = format!("{}.", modules[*package].name);
                modules[*package].is_package
                    && component.iter().all(|it| it == package || modules[*it].name.starts_with(&prefix))
            })
        };
        let entered = components.into_iter().filter(|component| !has_one_entry(component)).enumerate();
        entered.flat_map(|(number, component)| component.into_iter().map(move |it| (it, number))).collect()
    }

    /// Whether two modules are of one cycle that can be entered at either: the one may be half loaded when the other is.
    fn share_cycle(&self, one: ModuleId, other: ModuleId) -> bool {
        self.cyclic.get(&one).is_some_and(|cycle| self.cyclic.get(&other) == Some(cycle))
    }

    /// Whether the parent package binds a module's name to something else, before or after the module is loaded.
    fn is_hidden(&self, db: &dyn Db, modules: &Modules, module: ModuleId) -> bool {
        let info = &modules[module];
        let Some((package, name)) = info.name.rsplit_once('.') else { return false };
        let Some(package) = modules.by_name(package, info.root).filter(|it| modules[*it].is_package) else {
            return false;
        };
        let loads_it = |step: &Step| *step == Step::Load { module, is_sure: true };
        match model::query::exports(db, modules[package].file).get(name) {
            None => false,
            // `from . import orders`
            Some(Export::Import(_))
                if self.steps(package).is_some_and(|steps| steps.iter().any(loads_it)) =>
            {
                false
            }
            Some(Export::Import(_)) => true,
            Some(_) => !self.steps(package).is_some_and(|steps| steps.iter().any(loads_it)),
        }
    }

    /// The steps of one module; `None` if it isn't read.
    pub fn steps(&self, module: ModuleId) -> Option<&[Step]> {
        self.steps.get(module)?.as_deref()
    }

    /// The same table, except that `module` first loads some modules.
    #[must_use]
    pub fn with_loads(&self, module: ModuleId, loads: impl IntoIterator<Item = ModuleId>) -> Self {
        let mut table = self.clone();
        if let Some(slot) = table.steps.get_mut(module) {
            let new = loads.into_iter().map(|module| Step::Load { module, is_sure: true });
            let old = slot.iter().flat_map(|steps| steps.iter().cloned());
            *slot = Some(new.chain(old).collect());
        }
        table
    }

    /// The effect of a step that is visible elsewhere, if it has one.
    fn effect(&self, modules: &Modules, step: &Step) -> Option<SideEffect> {
        match step {
            Step::SideEffect(effect) => Some(effect.clone()),
            Step::Reads { module, name } => {
                let full = format!("{}.{name}", modules[*module].name);
                let submodule = modules.by_name(&full, modules[*module].root);
                let is_changed = self.changed.all.contains(&(*module, name.clone()))
                    || submodule.is_some_and(|submodule| self.hidden.contains(&submodule));
                is_changed.then(|| SideEffect::ReadsChanged(full.into()))
            }
            Step::Load { .. } | Step::Outside { .. } => None,
        }
    }

    /// Whether loading a module has no observable effect of its own.
    pub fn only_defines(&self, modules: &Modules, module: ModuleId) -> bool {
        self.steps(module).is_some_and(|steps| steps.iter().all(|step| self.effect(modules, step).is_none()))
    }

    /// A side effect of a module that may load any other module.
    fn loads_anything(&self, module: ModuleId) -> Option<Difference> {
        self.steps(module)?.iter().find_map(|step| match step {
            Step::SideEffect(effect) if effect.may_load_anything() => {
                Some(Difference::Earlier(module, effect.clone()))
            }
            _ => None,
        })
    }

    /// What would no longer happen if an import in `importer` were removed: the first side effect of what it can load.
    pub fn skipped(
        &self,
        modules: &Modules,
        importer: ModuleId,
        loads: &[Step],
    ) -> Option<(ModuleId, SideEffect)> {
        let starts: Vec<ModuleId> = loads.iter().filter_map(loaded).collect();
        self.reached(modules, importer, &starts).order.into_iter().find_map(|module| {
            let Some(steps) = self.steps(module) else { return Some((module, SideEffect::TooMuch)) };
            let effect = steps.iter().find_map(|step| self.effect(modules, step))?;
            Some((module, effect))
        })
    }

    /// Whether the program rebinds a variable of a module after it is loaded.
    pub fn is_rebound(&self, module: ModuleId, name: &Name) -> bool {
        self.changed.rebound.contains(&(module, name.clone()))
    }

    /// The project modules that loading `module` certainly loads, including itself.
    pub fn surely_loaded(&self, modules: &Modules, module: ModuleId) -> FxHashSet<ModuleId> {
        self.loaded_with(modules, module, &[])
    }

    /// The same after a framework has loaded the modules that are `ready`, with what these load.
    pub fn loaded_with(
        &self,
        modules: &Modules,
        module: ModuleId,
        ready: &[ModuleId],
    ) -> FxHashSet<ModuleId> {
        let hoist = Hoist { importer: module, loads: &[], after: 0, ready };
        Trace::of(self, modules, hoist, false, Entry::Importer).loaded
    }

    /// All modules that loading `starts` can load, including `starts`, nearest first, each with the module that loads
    /// it.
    pub fn reached(&self, modules: &Modules, importer: ModuleId, starts: &[ModuleId]) -> Reached {
        self.reached_beyond(modules, importer, starts, |_| false)
    }

    /// The same without the modules that are known to be loaded by then, and without what only they load.
    pub fn reached_beyond(
        &self,
        modules: &Modules,
        importer: ModuleId,
        starts: &[ModuleId],
        is_loaded: impl Fn(ModuleId) -> bool,
    ) -> Reached {
        let mut reached = Reached::default();
        for start in starts {
            for module in packages(modules, importer, *start).chain([*start]).filter(|it| !is_loaded(*it)) {
                reached.add(module, None);
            }
        }
        let mut next = 0;
        while let Some(module) = reached.order.get(next).copied() {
            next += 1;
            for step in self.steps(module).unwrap_or_default() {
                let Step::Load { module: loaded, .. } = step else { continue };
                let more = packages(modules, module, *loaded).chain([*loaded]);
                for more in more.filter(|it| !is_loaded(*it)) {
                    reached.add(more, Some(module));
                }
            }
        }
        reached
    }

    /// The change in behaviour if an import moved to the top level; `None` if the program does the same in the same
    /// order.
    pub fn difference(&self, modules: &Modules, hoist: Hoist<'_>) -> Option<Difference> {
        let starts: Vec<ModuleId> = hoist.loads.iter().filter_map(loaded).collect();
        let reached = self.reached(modules, hoist.importer, &starts);
        if let Some(cycle) = reached.way_to(hoist.importer) {
            return Some(Difference::Cycle(cycle));
        }
        let before = Trace::of(self, modules, hoist, false, Entry::Importer);
        let after = Trace::of(self, modules, hoist, true, Entry::Importer);
        // What is loaded by then has done what it does. That isn't known where the importer may be loaded earlier, or is part
        // of a cycle that may be entered elsewhere.
        let is_known = !before.may_begin_earlier && !self.cyclic.contains_key(&hoist.importer);
        let is_done = |module: &ModuleId| is_known && after.loaded_before.contains(module);
        let is_new = |module: &&ModuleId| !before.ready.contains(module) && !is_done(module);
        // A module that may load anything may load the importer, or may be in the process of loading it.
        let own = self.steps(hoist.importer).unwrap_or_default();
        let is_loaded_there = starts.iter().all(|start| is_loaded_at(own, hoist.after, *start));
        if !is_loaded_there
            && let Some(doubt) = reached.order.iter().filter(is_new).find_map(|it| self.loads_anything(*it))
        {
            return Some(doubt);
        }
        let enters =
            |module: &&ModuleId| self.cyclic.contains_key(module) && !after.loaded_before.contains(module);
        if let Some(module) = reached.order.iter().find(enters) {
            return Some(Difference::Entry(*module));
        }
        // Loading a submodule binds its name in the package, overwriting an earlier binding of that name.
        let binds = |module: &&ModuleId| self.hidden.contains(module) && !before.loaded.contains(module);
        if let Some(module) = reached.order.iter().find(binds) {
            return Some(Difference::Submodule(*module));
        }
        let acts = |module: &ModuleId| match self.steps(*module) {
            Some(steps) => steps.iter().any(|step| self.effect(modules, step).is_some()),
            None => true,
        };
        let own = hoist.loads.iter().find_map(|step| self.effect(modules, step));
        if let Some(effect) = own {
            return Some(Difference::Earlier(hoist.importer, effect));
        }
        // Nothing that would be loaded earlier does more than define names, so the order doesn't matter.
        if !reached.order.iter().filter(is_new).any(acts) {
            return None;
        }
        if before.may_begin_earlier {
            let acting = reached.order.iter().filter(is_new).find_map(|module| {
                let effect = self.steps(*module)?.iter().find_map(|step| self.effect(modules, step))?;
                Some((*module, effect))
            });
            if let Some((module, effect)) = acting {
                return Some(Difference::Earlier(module, effect));
            }
        }
        let elsewhere = || {
            self.cyclic.contains_key(&hoist.importer).then_some(())?;
            let before = Trace::of(self, modules, hoist, false, Entry::Elsewhere);
            before.difference(&Trace::of(self, modules, hoist, true, Entry::Elsewhere))
        };
        let found = before.difference(&after).or_else(elsewhere);
        found.map(|(module, effect)| Difference::Earlier(module, effect))
    }

    /// The distributions that loading `importer` needs after the import has moved and doesn't need today.
    pub fn newly_needed(&self, modules: &Modules, hoist: Hoist<'_>) -> Vec<(ModuleId, Name)> {
        let before = Trace::of(self, modules, hoist, false, Entry::Importer);
        let after = Trace::of(self, modules, hoist, true, Entry::Importer);
        let first = |name: &Name| name.split('.').next().unwrap_or_default().to_owned();
        let known: Vec<String> = before.outside.iter().map(|(_, name)| first(name)).collect();
        after.outside.into_iter().filter(|(_, name)| !known.contains(&first(name))).collect()
    }
}

/// Modules in the order in which they are reached.
#[derive(Debug, Default)]
pub struct Reached {
    /// Nearest first.
    pub order: Vec<ModuleId>,
    /// The module that loads each; `None` for the starts.
    by: FxHashMap<ModuleId, Option<ModuleId>>,
}

impl Reached {
    fn add(&mut self, module: ModuleId, by: Option<ModuleId>) {
        if let std::collections::hash_map::Entry::Vacant(slot) = self.by.entry(module) {
            slot.insert(by);
            self.order.push(module);
        }
    }

    /// The shortest path from `goal` through a start back to `goal`; each module loads the next.
    fn way_to(&self, goal: ModuleId) -> Option<Vec<ModuleId>> {
        let mut way = Vec::new();
        let mut at = *self.by.get(&goal)?;
        while let Some(module) = at {
            way.push(module);
            at = *self.by.get(&module)?;
        }
        way.push(goal);
        way.reverse();
        Some(way)
    }
}

/// Whether a module certainly loads another at the given place, by an adjacent statement.
fn is_loaded_at(own: &[Step], place: usize, module: ModuleId) -> bool {
    let is_it = |step: Option<&Step>| step == Some(&Step::Load { module, is_sure: true });
    is_it(own.get(place)) || place.checked_sub(1).is_some_and(|before| is_it(own.get(before)))
}

fn loaded(step: &Step) -> Option<ModuleId> {
    match step {
        Step::Load { module, .. } => Some(*module),
        _ => None,
    }
}

/// The packages that run before `imported` when `importer` imports it, outermost first, except those already running.
fn packages(modules: &Modules, importer: ModuleId, imported: ModuleId) -> impl Iterator<Item = ModuleId> {
    let runs_already = |package: &ModuleId| {
        let (name, package) = (&modules[importer].name, &modules[*package].name);
        name == package || name.strip_prefix(package.as_str()).is_some_and(|rest| rest.starts_with('.'))
    };
    let mut packages = modules.packages_around(imported);
    packages.retain(|package| !runs_already(package));
    packages.reverse();
    packages.into_iter()
}
