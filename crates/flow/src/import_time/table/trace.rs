//! The side effects of loading one module into a fresh interpreter, in order.

use model::{ModuleId, Modules};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Hoist, Table, packages};
use crate::import_time::{SideEffect, Step};

/// What happens, module by module.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// In order: the module, and which of its steps; for an import under a condition that leads to side effects the step
    /// that imports.
    effects: Vec<(ModuleId, u32, SideEffect)>,
    /// The modules outside of the project that are surely loaded, with who loads them.
    pub(super) outside: Vec<(ModuleId, Name)>,
    /// The modules of the project that are surely loaded.
    pub(super) loaded: FxHashSet<ModuleId>,
}

/// A module that is being loaded.
struct Open<'t> {
    module: ModuleId,
    steps: &'t [Step],
    next: usize,
}

impl Trace {
    /// Loads the packages around `importer`, then it; with an import moved if there is one.
    pub(super) fn of(table: &Table, modules: &Modules, importer: ModuleId, hoist: Option<Hoist<'_>>) -> Self {
        let own = table.steps(importer).unwrap_or_default();
        let moved: Vec<Step> = match hoist {
            None => own.to_vec(),
            Some(hoist) => {
                let (before, after) = own.split_at(hoist.after.min(own.len()));
                [before, hoist.loads, after].concat()
            }
        };
        let moved_count = hoist.map_or(0, |hoist| hoist.loads.len());
        let mut run = Run {
            table,
            modules,
            loaded: FxHashSet::default(),
            acting: FxHashMap::default(),
            trace: Self::default(),
        };
        for package in modules.packages_around(importer).into_iter().rev() {
            run.load(package, &[], |step| step as u32);
        }
        let after = hoist.map_or(usize::MAX, |hoist| hoist.after.min(own.len()));
        // The module's own steps keep their numbers.
        run.load(importer, &moved, |step| {
            if step < after { step as u32 } else { (step.saturating_sub(moved_count)) as u32 }
        });
        Self { loaded: run.loaded, ..run.trace }
    }

    /// The first side effect that doesn't come where it came before.
    pub(super) fn difference(&self, after: &Self) -> Option<(ModuleId, SideEffect)> {
        let is_same = |(left, right): (&(ModuleId, u32, SideEffect), &(ModuleId, u32, SideEffect))| {
            (left.0, left.1) == (right.0, right.1)
        };
        let same = self.effects.iter().zip(&after.effects).take_while(|pair| is_same(*pair)).count();
        if same == self.effects.len() && same == after.effects.len() {
            return None;
        }
        let (module, _, effect) = after.effects.get(same).or_else(|| self.effects.get(same))?;
        Some((*module, effect.clone()))
    }
}

struct Run<'t> {
    table: &'t Table,
    modules: &'t Modules,
    loaded: FxHashSet<ModuleId>,
    /// What importing a module under a condition could do, by module.
    acting: FxHashMap<ModuleId, Option<SideEffect>>,
    trace: Trace,
}

impl<'t> Run<'t> {
    /// Loads a module, with other steps than its own if some are given.
    fn load<'s>(&mut self, module: ModuleId, steps: &'s [Step], number: impl Fn(usize) -> u32)
    where
        't: 's,
    {
        if !self.loaded.insert(module) {
            return;
        }
        let table = self.table;
        let own: &'s [Step] = if steps.is_empty() { self.steps_of(table, module) } else { steps };
        let mut open: Vec<Open<'s>> = vec![Open { module, steps: own, next: 0 }];
        while let Some(top) = open.last_mut() {
            let Some(step) = top.steps.get(top.next) else {
                open.pop();
                continue;
            };
            let (at, index) = (top.module, top.next);
            top.next += 1;
            let number = if at == module { number(index) } else { index as u32 };
            match step {
                Step::Load { module: loaded, is_sure: true } => {
                    // The innermost is run first by being pushed last.
                    let mut path: Vec<ModuleId> =
                        packages(self.modules, at, *loaded).chain([*loaded]).collect();
                    path.retain(|module| self.loaded.insert(*module));
                    for module in path.into_iter().rev() {
                        open.push(Open { module, steps: self.steps_of(table, module), next: 0 });
                    }
                }
                Step::Load { module: loaded, is_sure: false } => {
                    if let Some(effect) = self.could_do(at, *loaded) {
                        self.trace.effects.push((at, number, effect));
                    }
                }
                Step::Outside { name, is_sure: true } => self.trace.outside.push((at, name.clone())),
                Step::Outside { is_sure: false, .. } => {}
                Step::Reads { .. } | Step::SideEffect(_) => {
                    if let Some(effect) = table.effect(self.modules, step) {
                        self.trace.effects.push((at, number, effect));
                    }
                }
            }
        }
    }

    /// The steps of a module; one that isn't read could do anything.
    fn steps_of(&mut self, table: &'t Table, module: ModuleId) -> &'t [Step] {
        if let Some(steps) = table.steps(module) {
            return steps;
        }
        self.trace.effects.push((module, 0, SideEffect::TooMuch));
        &[]
    }

    /// What importing `module` could do, if it could do anything.
    fn could_do(&mut self, importer: ModuleId, module: ModuleId) -> Option<SideEffect> {
        if let Some(known) = self.acting.get(&module) {
            return known.clone();
        }
        let reached = self.table.reached(self.modules, importer, &[module]);
        let effect = reached.order.iter().find_map(|module| match self.table.steps(*module) {
            Some(steps) => steps.iter().find_map(|step| self.table.effect(self.modules, step)),
            None => Some(SideEffect::TooMuch),
        });
        self.acting.insert(module, effect.clone());
        effect
    }
}
