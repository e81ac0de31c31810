//! The side effects, in order, of loading one module in a fresh interpreter.

use std::ops::Range;

use model::{ModuleId, Modules};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Hoist, Table, packages};
use crate::import_time::{SideEffect, Step};

/// The sequence of effects across modules.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// In order: the module, the index of the step, and the effect. For a conditional import that leads to side
    /// effects, the step is the import.
    effects: Vec<(ModuleId, u32, SideEffect)>,
    /// The modules outside the project that are certainly loaded, with the modules that load them.
    pub(super) outside: Vec<(ModuleId, Name)>,
    /// The project modules that are certainly loaded.
    pub(super) loaded: FxHashSet<ModuleId>,
    /// Those that a framework loads before the importer.
    pub(super) ready: FxHashSet<ModuleId>,
    /// Those that are loaded by the time the moved import is reached.
    pub(super) loaded_before: FxHashSet<ModuleId>,
    /// Whether a conditional import may load the importer earlier than that.
    pub(super) may_begin_earlier: bool,
}

/// Where the cycle of the importer is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// At the importer, as far as the packages around it allow.
    Importer,
    /// At any other module of it: those of the cycle may be half loaded, and then loading them does nothing. What they load
    /// is counted on no more than what an import under a condition loads.
    Elsewhere,
}

/// A module that is being loaded.
struct Open<'t> {
    module: ModuleId,
    steps: &'t [Step],
    next: usize,
}

impl Trace {
    /// Loads what is ready, the packages around the importer, then it; with the import moved or not.
    pub(super) fn of(
        table: &Table,
        modules: &Modules,
        hoist: Hoist<'_>,
        is_moved: bool,
        entry: Entry,
    ) -> Self {
        let importer = hoist.importer;
        let own = table.steps(importer).unwrap_or_default();
        let after = if is_moved { hoist.after.min(own.len()) } else { own.len() };
        let moved = if is_moved { hoist.loads } else { &[] };
        let steps = [&own[..after], moved, &own[after..]].concat();
        let mut run = Run {
            table,
            modules,
            importer,
            entry,
            steps: &steps,
            moved: after..after + moved.len(),
            loaded: FxHashSet::default(),
            acting: FxHashMap::default(),
            trace: Self::default(),
        };
        for module in hoist.ready {
            for package in modules.packages_around(*module).into_iter().rev().chain([*module]) {
                run.load(package);
            }
        }
        if !hoist.ready.is_empty() {
            // Their effects have already happened, in any order.
            run.trace = Self { ready: run.loaded.clone(), outside: run.trace.outside, ..Self::default() };
        }
        for module in modules.packages_around(importer).into_iter().rev().chain([importer]) {
            run.load(module);
        }
        Self { loaded: run.loaded, ..run.trace }
    }

    /// The first side effect whose position changes.
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
    importer: ModuleId,
    entry: Entry,
    /// The steps of the importer, and which of them are the moved import's.
    steps: &'t [Step],
    moved: Range<usize>,
    loaded: FxHashSet<ModuleId>,
    /// The possible effect of conditionally importing a module, cached by module.
    acting: FxHashMap<ModuleId, Option<SideEffect>>,
    trace: Trace,
}

impl<'t> Run<'t> {
    fn load(&mut self, module: ModuleId) {
        if !self.loaded.insert(module) {
            return;
        }
        let mut open = vec![Open { module, steps: self.steps_of(module), next: 0 }];
        while let Some(top) = open.last_mut() {
            let Some(step) = top.steps.get(top.next) else {
                open.pop();
                continue;
            };
            let at = top.module;
            let number = self.number(at, top.next);
            if at == self.importer && top.next == self.moved.start && !self.moved.is_empty() {
                self.trace.loaded_before.clone_from(&self.loaded);
            }
            top.next += 1;
            match step {
                Step::Load { module: loaded, is_sure: true } => {
                    let mut path: Vec<ModuleId> =
                        packages(self.modules, at, *loaded).chain([*loaded]).collect();
                    if path.iter().any(|module| self.may_be_half_loaded(*module)) {
                        if let Some(effect) = self.could_do(at, *loaded) {
                            self.trace.effects.push((at, number, effect));
                        }
                        continue;
                    }
                    path.retain(|module| self.loaded.insert(*module));
                    // Pushing the outermost package last makes it run first.
                    for module in path.into_iter().rev() {
                        open.push(Open { module, steps: self.steps_of(module), next: 0 });
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
                    if let Some(effect) = self.table.effect(self.modules, step) {
                        self.trace.effects.push((at, number, effect));
                    }
                }
            }
        }
    }

    fn may_be_half_loaded(&self, module: ModuleId) -> bool {
        self.entry == Entry::Elsewhere && self.table.share_cycle(self.importer, module)
    }

    /// The number of a step. Those of the importer keep the numbers that they have without the moved import.
    fn number(&self, module: ModuleId, index: usize) -> u32 {
        let moved = if module == self.importer && index >= self.moved.end { self.moved.len() } else { 0 };
        (index - moved) as u32
    }

    /// The steps of a module. A module that isn't read could do anything.
    fn steps_of(&mut self, module: ModuleId) -> &'t [Step] {
        if module == self.importer {
            return self.steps;
        }
        if let Some(steps) = self.table.steps(module) {
            return steps;
        }
        self.trace.effects.push((module, 0, SideEffect::TooMuch));
        &[]
    }

    /// A possible side effect of importing `module`, if there is one.
    fn could_do(&mut self, importer: ModuleId, module: ModuleId) -> Option<SideEffect> {
        if let Some(known) = self.acting.get(&module) {
            return known.clone();
        }
        let reached = self.table.reached(self.modules, importer, &[module]);
        self.trace.may_begin_earlier |= reached.order.contains(&self.importer);
        let effect = reached.order.iter().find_map(|module| match self.table.steps(*module) {
            Some(steps) => steps.iter().find_map(|step| self.table.effect(self.modules, step)),
            None => Some(SideEffect::TooMuch),
        });
        self.acting.insert(module, effect.clone());
        effect
    }
}
