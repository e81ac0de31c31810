//! tach's modules, with the semantics of `tach check` and `tach check-external`.
//!
//! An import belongs to the nearest declared module around its own file, and to the nearest one around the imported
//! name. Between the two, layers decide first, then the declared dependencies; the imported module's interface is
//! checked as well.

mod dependencies;
mod directives;
mod nearest;
mod problems;

use config::{Contract, ContractKind, Level, Tach, TachModule, TachRoot};
use model::Target;
use view::Context;

use super::Breach;

use dependencies::{Dependency, dependencies};
use directives::Directives;
use nearest::{Nearest, declared};

pub(super) use problems::problems;

/// The breaches of the checked module, by the rule that reports them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aspect {
    Layers,
    Dependencies,
    Interfaces,
}

/// Imports of a higher layer, and those that bypass a closed one.
pub(in crate::layers) fn layers<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    breaches(cx, Aspect::Layers)
}

/// Undeclared or excluded imports, of modules and of distributions.
pub(in crate::layers) fn imports<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    breaches(cx, Aspect::Dependencies)
}

/// Imports that bypass an interface, and imports of modules that aren't visible.
pub(in crate::layers) fn interfaces<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    breaches(cx, Aspect::Interfaces)
}

fn breaches<'c>(cx: &'c Context<'_>, aspect: Aspect) -> Vec<Breach<'c>> {
    let mut found = Vec::new();
    for contract in &cx.config.contracts {
        let ContractKind::Tach(tach) = &contract.kind else { continue };
        let declared = declared(cx.db, cx.project, cx.config.folder.clone());
        let directives = Directives::of(&cx.text);
        let own = declared.nearest(tach, cx.own_name());
        let judge = Checker { cx, contract, tach, own, directives };
        if aspect == Aspect::Dependencies {
            judge.outside(&mut found);
        }
        if own.module.is_some_and(|module| module.unchecked)
            || (own.is_root() && tach.root == TachRoot::Ignore)
        {
            continue;
        }
        for dependency in dependencies(cx, contract, tach) {
            let to = declared.nearest(tach, &dependency.path);
            if to.path == own.path || (to.is_root() && tach.root == TachRoot::Ignore) {
                continue;
            }
            let words = match aspect {
                Aspect::Layers => match judge.layers(to) {
                    Layered::Wrong(words) => Some(words),
                    Layered::Silent | Layered::Allowed => None,
                },
                Aspect::Dependencies => judge.declared(to),
                Aspect::Interfaces => judge.visible(to).or_else(|| judge.exposed(to, &dependency)),
            };
            if let Some(words) = words {
                judge.add(&dependency, &words, &mut found);
            }
        }
    }
    found
}

/// The layers' verdict on an import.
enum Layered {
    /// None: the two modules are in one layer, or one of them is in none.
    Silent,
    Allowed,
    /// Why it is wrong.
    Wrong(String),
}

/// The check of one module.
struct Checker<'c, 'a> {
    cx: &'c Context<'a>,
    contract: &'c Contract,
    tach: &'c Tach,
    own: Nearest<'c, 'c>,
    directives: Directives,
}

impl<'c> Checker<'c, '_> {
    /// The layers' verdict on an import of `to`.
    fn layers(&self, to: Nearest<'_, '_>) -> Layered {
        let layer = |nearest: Nearest<'_, '_>| {
            let name = nearest.module?.layer.as_deref()?.to_owned();
            Some((self.tach.layer(&name)?, name))
        };
        let (Some((from, own)), Some((index, other))) = (layer(self.own), layer(to)) else {
            return Layered::Silent;
        };
        if index == from {
            return Layered::Silent;
        }
        if index < from {
            return Layered::Wrong(format!("`{}` is in the layer `{other}`, above `{own}`", to.path));
        }
        match self.tach.layers[from + 1..index].iter().find(|layer| layer.closed) {
            None => Layered::Allowed,
            Some(closed) => Layered::Wrong(format!(
                "`{}` is in the layer `{other}`, behind the closed layer `{}`",
                to.path, closed.name
            )),
        }
    }

    /// The problem of an import of `to` according to the declarations of the importing module.
    fn declared(&self, to: Nearest<'_, '_>) -> Option<String> {
        let is_utility = to.module.is_some_and(|module| module.utility);
        match self.layers(to) {
            Layered::Silent => {}
            Layered::Allowed if self.tach.explicit && !is_utility => {}
            Layered::Allowed | Layered::Wrong(_) => return None,
        }
        let forbidden = self.own.module.map_or(&[][..], |module| &module.cannot_depend_on);
        if forbidden.iter().any(|it| it.matches(to.path)) {
            return Some(format!("`{}` is in `cannot_depend_on` of `{}`", to.path, self.own.path));
        }
        // Code outside all modules may depend on none.
        let allowed = match self.own.module {
            Some(module) => module.depends_on.as_deref()?,
            None => &[],
        };
        let is_allowed = is_utility || allowed.iter().any(|it| it.matches(to.path));
        (!is_allowed).then(|| format!("`{}` is not in `depends_on` of `{}`", to.path, self.own.path))
    }

    /// The problem of declaring `to` as a dependency.
    fn visible(&self, to: Nearest<'_, '_>) -> Option<String> {
        let own = self.own.module?;
        let is_declared = own.depends_on.iter().flatten().any(|it| it.is_literal() && it.path == to.path);
        let is_visible = to.module.is_none_or(|module| module.is_visible_to(self.own.path));
        (is_declared && !is_visible).then(|| format!("`{}` is not visible to `{}`", to.path, self.own.path))
    }

    /// The problem of what is taken from `to`.
    fn exposed(&self, to: Nearest<'_, '_>, dependency: &Dependency) -> Option<String> {
        let member = dependency.path.strip_prefix(to.path)?.strip_prefix('.')?;
        let exposed = self.tach.exposed(to.path, self.own.path)?;
        let is_exposed = exposed.iter().any(|pattern| pattern.matches(member));
        (!is_exposed).then(|| format!("`{member}` is no part of the public interface of `{}`", to.path))
    }

    fn add(&self, dependency: &Dependency, words: &str, found: &mut Vec<Breach<'c>>) {
        let Some(level) = self.level(dependency.is_local) else { return };
        if self.directives.cover(&dependency.lines, &dependency.path) {
            return;
        }
        let words = format!("{words} ({})", self.contract.name);
        let is_told =
            |breach: &Breach<'_>| breach.statement == Some(dependency.statement) && breach.words == words;
        if found.iter().any(is_told) {
            return;
        }
        let way = std::iter::once(self.cx.id).chain(dependency.to).collect();
        found.push(Breach {
            level,
            statement: Some(dependency.statement),
            ..Breach::new(self.contract, dependency.span, words, way)
        });
    }

    /// The level at which an import is reported.
    fn level(&self, is_local: bool) -> Option<Level> {
        if is_local { self.tach.local_imports } else { Some(self.contract.level) }
    }

    /// Imports of distributions that the importing module must not import.
    fn outside(&self, found: &mut Vec<Breach<'c>>) {
        let Some(own) = self.own.module else { return };
        let is_excluded = |name: &str| {
            let renamed = self.tach.renamed_external.iter().find(|(module, _)| module == name);
            let distribution = renamed.map_or(name, |(_, distribution)| distribution);
            self.tach.excluded_external.iter().any(|excluded| excluded == distribution)
        };
        for item in self.cx.imports() {
            let Target::ThirdParty(full) = &item.resolved.target else { continue };
            let name = full.split('.').next().unwrap_or(full);
            let is_left_out = item.import.context.type_checking && self.contract.exclude_type_checking;
            if is_left_out || is_excluded(name) || item.import.kind == python::ImportKind::Dynamic {
                continue;
            }
            let Some(words) = outside_words(own, self.own.path, name) else { continue };
            let dependency = Dependency::outside(self.cx, &item, name);
            let at = found.len();
            self.add(&dependency, &words, found);
            if let Some(breach) = found.get_mut(at) {
                breach.outside = Some(name.into());
            }
        }
    }
}

fn outside_words(own: &TachModule, path: &str, name: &str) -> Option<String> {
    if own.cannot_depend_on_external.iter().any(|it| it == name) {
        return Some(format!("`{name}` is in `cannot_depend_on_external` of `{path}`"));
    }
    let allowed = own.depends_on_external.as_ref()?;
    let is_allowed = allowed.iter().any(|it| it == name);
    (!is_allowed).then(|| format!("`{name}` is not in `depends_on_external` of `{path}`"))
}
