//! Resolves a base as written to the class that it refers to.

use std::sync::Arc;

use python::{ImportKind, Name};
use rustc_hash::FxHashSet;

use super::{Base, DeclaredBases};
use crate::resolve::{Resolver, canonical, is_builtin, join};
use crate::{Export, ModuleId, Target};

/// The maximum number of variables, aliases and re-exports followed.
const MAX_HOPS: usize = 32;
/// The maximum number of names examined for one base: classes that are attributes of each other could continue forever.
const MAX_NAMES: usize = 256;

/// The direct bases of the module-level classes of `module`, as far as they can be resolved.
pub(crate) fn bases(
    resolver: &Resolver<'_>,
    declared_bases: &dyn Fn(ModuleId) -> Arc<DeclaredBases>,
    module: ModuleId,
) -> Vec<(Name, Vec<Base>)> {
    let mut reach = Reach { resolver, declared_bases, seen: FxHashSet::default() };
    let classes = &declared_bases(module).classes;
    classes
        .iter()
        .map(|(class, written)| {
            let mut out = Vec::new();
            for base in written {
                reach.seen.clear();
                // `class Model(Model)` redefines the imported class; it is not its own base.
                reach.name(module, base, Some(class), &mut out, 0);
            }
            (class.clone(), out)
        })
        .collect()
}

/// The meaning of the dotted `name` at module level in `module`, as far as it can be resolved. There are several
/// results if a call combines several classes.
pub(crate) fn meaning(
    resolver: &Resolver<'_>,
    declared_bases: &dyn Fn(ModuleId) -> Arc<DeclaredBases>,
    module: ModuleId,
    name: &str,
) -> Vec<Base> {
    let mut reach = Reach { resolver, declared_bases, seen: FxHashSet::default() };
    let mut out = Vec::new();
    reach.name(module, name, None, &mut out, 0);
    out
}

struct Reach<'a> {
    resolver: &'a Resolver<'a>,
    declared_bases: &'a dyn Fn(ModuleId) -> Arc<DeclaredBases>,
    seen: FxHashSet<(ModuleId, Name)>,
}

impl Reach<'_> {
    /// Adds the meaning of the dotted `name` at module level in `module`. `within` is the class whose base it is.
    fn name(&mut self, module: ModuleId, name: &str, within: Option<&str>, out: &mut Vec<Base>, hops: usize) {
        if hops == MAX_HOPS || self.seen.len() == MAX_NAMES || !self.seen.insert((module, name.into())) {
            return;
        }
        let (first, rest) = name.split_once('.').map_or((name, ""), |(first, rest)| (first, rest));
        let exports = self.resolver.lookup.exports(module);
        match exports.get(first) {
            Some(Export::Class(_)) if within == Some(first) => self.redefined(module, first, rest, out, hops),
            Some(Export::Class(_)) if rest.is_empty() => add(out, Base::Own(module, first.into())),
            Some(Export::Class(_)) => self.attribute(module, first, rest, out, hops),
            Some(Export::Function(_)) => {}
            Some(Export::Variable(_)) => {
                let declared_bases = (self.declared_bases)(module);
                for value in declared_bases.variable(first) {
                    self.name(module, &join(value, rest), None, out, hops + 1);
                }
                // `db.Model` also inherits from the class that was passed to `db` for it.
                if rest == "Model" {
                    for value in declared_bases.variable(name) {
                        self.name(module, value, None, out, hops + 1);
                    }
                }
            }
            Some(Export::Import(id)) => {
                let import = self.resolver.lookup.imports(module)[id].clone();
                let resolved = if import.kind == ImportKind::Module && import.alias.is_none() {
                    self.resolver.resolve_dotted(module, name)
                } else {
                    self.resolver.resolve(module, &import)
                };
                let rest =
                    if import.kind == ImportKind::Module && import.alias.is_none() { "" } else { rest };
                self.target(module, &resolved.target, resolved.foreign.as_ref(), rest, out, hops);
            }
            None => self.unbound(module, first, rest, out, hops),
        }
    }

    /// An attribute that a project class inherits from its bases: `db.Model`, where `db` is an instance of a class that
    /// extends `SQLAlchemy`.
    fn attribute(&mut self, module: ModuleId, class: &str, rest: &str, out: &mut Vec<Base>, hops: usize) {
        let declared_bases = (self.declared_bases)(module);
        let bases = declared_bases.classes.iter().find(|(name, _)| name == class).map(|(_, bases)| bases);
        for base in bases.into_iter().flatten() {
            self.name(module, &join(base, rest), Some(class), out, hops + 1);
        }
    }

    /// A name that the module doesn't bind itself: from a star import, a submodule of a package, or a builtin.
    fn unbound(&mut self, module: ModuleId, first: &str, rest: &str, out: &mut Vec<Base>, hops: usize) {
        let followed = self.resolver.follow(module, first);
        let modules = self.resolver.modules;
        let info = &modules[module];
        if let Some(foreign) = followed.foreign {
            add(out, foreign_base(&join(&foreign, rest)));
        } else if followed.origin != module {
            self.name(followed.origin, &join(&followed.origin_name, rest), None, out, hops + 1);
        } else if let Some(submodule) = modules.by_name(&join(&info.name, first), info.root) {
            self.name(submodule, rest, None, out, hops + 1);
        } else if is_builtin(first) {
            add(out, foreign_base(&join("builtins", &join(first, rest))));
        }
    }

    /// A class whose base has the same name: the base is what an import of that name provides.
    fn redefined(&mut self, module: ModuleId, name: &str, rest: &str, out: &mut Vec<Base>, hops: usize) {
        let imports = self.resolver.lookup.imports(module);
        if let Some(import) = imports.list.iter().find(|import| import.bound_name() == Some(name)) {
            let resolved = self.resolver.resolve(module, import);
            self.target(module, &resolved.target, resolved.foreign.as_ref(), rest, out, hops);
        }
    }

    fn target(
        &mut self,
        importer: ModuleId,
        target: &Target,
        foreign: Option<&Name>,
        rest: &str,
        out: &mut Vec<Base>,
        hops: usize,
    ) {
        match (target, foreign) {
            (_, Some(full)) | (Target::Standard(full) | Target::ThirdParty(full), None) => {
                add(out, foreign_base(&join(full, rest)));
            }
            (Target::Module(module), None) => self.name(*module, rest, None, out, hops + 1),
            (Target::Symbol { origin, origin_name, .. }, None) => {
                self.name(*origin, &join(origin_name, rest), None, out, hops + 1);
            }
            (Target::Namespace(name), None) if !rest.is_empty() => {
                let resolved = self.resolver.resolve_dotted(importer, &join(name, rest));
                if let Target::Symbol { origin, origin_name, .. } = &resolved.target {
                    self.name(*origin, origin_name, None, out, hops + 1);
                }
            }
            (Target::Namespace(_) | Target::Missing(_), None) => {}
        }
    }
}

fn add(out: &mut Vec<Base>, base: Base) {
    if !out.contains(&base) {
        out.push(base);
    }
}

fn foreign_base(full: &str) -> Base {
    Base::Foreign(canonical(full))
}
