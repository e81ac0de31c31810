//! Follows a name in a module to the module that defines it, through re-exports and star imports.

use python::{ImportKind, Name};
use rustc_hash::FxHashSet;

use super::{Resolver, Step};
use crate::{Export, ModuleId};

/// The maximum number of re-exports followed. Longer chains exist only in cycles.
const MAX_HOPS: usize = 64;
/// The maximum nesting of star imports.
const MAX_STARS: usize = 16;

/// The origin of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Followed {
    /// The module that defines it, or the last project module that has it.
    pub(crate) origin: ModuleId,
    /// Its name there; empty if it refers to that module itself.
    pub(crate) origin_name: Name,
    /// The re-exporting modules, outermost first.
    pub(crate) via: Vec<ModuleId>,
    /// Its full name outside the project, if it comes from there.
    pub(crate) foreign: Option<Name>,
}

impl Resolver<'_> {
    /// The origin of `name` in `module`.
    pub(crate) fn follow(&self, module: ModuleId, name: &str) -> Followed {
        let mut at = Followed { origin: module, origin_name: name.into(), via: Vec::new(), foreign: None };
        let mut seen: FxHashSet<(ModuleId, Name)> = FxHashSet::default();
        for _ in 0..MAX_HOPS {
            if !seen.insert((at.origin, at.origin_name.clone())) {
                // A cycle defines nothing.
                return Followed { origin: module, origin_name: name.into(), via: Vec::new(), foreign: None };
            }
            let exports = self.lookup.exports(at.origin);
            let step = match exports.get(&at.origin_name) {
                Some(Export::Import(id)) => {
                    let import = self.lookup.imports(at.origin)[id].clone();
                    if import.kind == ImportKind::Module && import.alias.is_none() {
                        // `import a.b` binds `a`.
                        self.whole(self.modules[at.origin].root, &at.origin_name, false)
                    } else {
                        self.step(at.origin, &import).0
                    }
                }
                Some(_) => break,
                None => match self.through_stars(at.origin, &at.origin_name, &mut FxHashSet::default(), 0) {
                    Some(module) => Step::Symbol(module, at.origin_name.clone()),
                    None => break,
                },
            };
            match step {
                Step::Symbol(module, name) => {
                    at.via.push(at.origin);
                    (at.origin, at.origin_name) = (module, name);
                }
                Step::Module(module) => {
                    at.via.push(at.origin);
                    (at.origin, at.origin_name) = (module, Name::default());
                    break;
                }
                Step::Standard(name) | Step::ThirdParty(name) => {
                    at.foreign = Some(name);
                    break;
                }
                Step::Namespace(_) | Step::Missing(_) => break,
            }
        }
        at
    }

    /// The module from which a star import of `module` gets `name`. The last star import that provides it wins, as in
    /// Python.
    fn through_stars(
        &self,
        module: ModuleId,
        name: &str,
        seen: &mut FxHashSet<ModuleId>,
        depth: usize,
    ) -> Option<ModuleId> {
        if depth == MAX_STARS || !seen.insert(module) {
            return None;
        }
        let exports = self.lookup.exports(module);
        if exports.stars.is_empty() {
            return None;
        }
        let imports = self.lookup.imports(module);
        exports.stars.iter().rev().find_map(|star| {
            let target = self.step(module, &imports[*star]).0.module()?;
            let offered = self.lookup.exports(target);
            let has = offered.is_public(name)
                && match offered.get(name) {
                    Some(export) => !self.takes_back(target, export, module, name),
                    None => self.through_stars(target, name, seen, depth + 1).is_some(),
                };
            has.then_some(target)
        })
    }

    /// Whether the name that `target` exports is one that it imported from `module` while `module` was being imported.
    /// In that case an earlier star import of `module` provides the name.
    fn takes_back(&self, target: ModuleId, export: Export, module: ModuleId, name: &str) -> bool {
        let Export::Import(id) = export else { return false };
        let imports = self.lookup.imports(target);
        matches!(self.step(target, &imports[id]).0, Step::Symbol(from, taken) if from == module && taken == name)
    }
}
