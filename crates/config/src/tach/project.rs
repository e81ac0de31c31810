//! The contents of a tach configuration: modules with their permitted dependencies, layers, interfaces, as `tach check`
//! reads them.

use camino::Utf8PathBuf;
use smol_str::SmolStr;
use source::Span;

use super::glob::Glob;
use crate::{Level, NamePattern};

/// The path of code outside of all declared modules.
pub const ROOT: &str = "<root>";

/// The configuration of tach.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Tach {
    /// Highest first.
    pub layers: Vec<TachLayer>,
    /// Whether imports from a higher layer to a lower one must be declared too.
    pub explicit: bool,
    /// The treatment of code outside of declared modules.
    pub root: TachRoot,
    /// Whether declared modules must not depend on themselves, directly or indirectly.
    pub forbids_cycles: bool,
    /// Whether a dotted string that names a module counts as an import.
    pub string_imports: bool,
    /// The level of reports about imports inside a function, a class, an `if` or the like; `None` if they aren't
    /// reported.
    pub local_imports: Option<Level>,
    /// The modules; those of `tach.domain.toml` files come last.
    pub modules: Vec<TachModule>,
    /// The interfaces of all modules.
    pub interfaces: Vec<TachInterface>,
    /// Distributions whose imports are not checked.
    pub excluded_external: Vec<SmolStr>,
    /// Distributions with names that differ from their modules: module, distribution.
    pub renamed_external: Vec<(SmolStr, SmolStr)>,
}

/// The treatment of code outside of declared modules.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum TachRoot {
    /// It may import and be imported.
    #[default]
    Ignore,
    /// It is checked against its declarations.
    Allow,
    /// It must not be named, as a module or as a dependency.
    Forbid,
    /// It must not be named as a dependency.
    DependenciesOnly,
}

impl TachRoot {
    /// All variants.
    pub const ALL: [Self; 4] = [Self::Allow, Self::Forbid, Self::Ignore, Self::DependenciesOnly];

    /// The name as written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Allow => "allow",
            Self::Forbid => "forbid",
            Self::DependenciesOnly => "dependenciesonly",
        }
    }

    /// Its meaning in one sentence.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Ignore => "It may import and be imported.",
            Self::Allow => "It is held to what is declared of it.",
            Self::Forbid => "It must not be named, as a module or as a dependency.",
            Self::DependenciesOnly => "It must not be named as a dependency.",
        }
    }
}

/// A layer.
#[derive(Debug, Clone, PartialEq)]
pub struct TachLayer {
    /// Its name.
    pub name: SmolStr,
    /// Whether higher layers must not bypass it.
    pub closed: bool,
}

/// A declared module, or all modules that a glob matches.
#[derive(Debug, Clone, PartialEq)]
pub struct TachModule {
    /// Its path, or [`ROOT`].
    pub path: SmolStr,
    /// The glob, if the path is one.
    pub glob: Option<Glob>,
    /// Its permitted dependencies; `None` permits everything.
    pub depends_on: Option<Vec<TachDependency>>,
    /// Its forbidden dependencies.
    pub cannot_depend_on: Vec<TachDependency>,
    /// The modules of other distributions that it may import; `None` permits all.
    pub depends_on_external: Option<Vec<SmolStr>>,
    /// The modules of other distributions that it must not import.
    pub cannot_depend_on_external: Vec<SmolStr>,
    /// Its layer.
    pub layer: Option<SmolStr>,
    /// The modules that may declare it as a dependency; `None` permits all.
    pub visibility: Option<Vec<Glob>>,
    /// Whether every module may import it without declaring it.
    pub utility: bool,
    /// Whether its own imports are exempt.
    pub unchecked: bool,
    /// The position of its path.
    pub span: Span,
    /// The file that declares it.
    pub file: Utf8PathBuf,
}

/// A module, or all modules that a glob matches, in a list of dependencies.
#[derive(Debug, Clone, PartialEq)]
pub struct TachDependency {
    /// As written, but absolute.
    pub path: SmolStr,
    glob: Option<Glob>,
    /// Its position.
    pub span: Span,
}

/// What some modules expose to others.
#[derive(Debug, Clone, PartialEq)]
pub struct TachInterface {
    /// Names below the module, as regular expressions.
    pub expose: Vec<NamePattern>,
    /// The modules that it belongs to: regular expressions for paths.
    pub from: Vec<NamePattern>,
    /// Paths of the modules that it applies to; `None` for all.
    pub visibility: Option<Vec<SmolStr>>,
    /// Whether it is the only interface for those modules.
    pub exclusive: bool,
}

impl TachModule {
    /// Whether this is a glob that matches a module.
    pub fn matches(&self, module: &str) -> bool {
        self.glob.as_ref().is_some_and(|glob| glob.matches_module(module))
    }

    /// Whether `other` may declare this module as a dependency. The visibility of code outside of all modules is never
    /// checked, and as an importer it is represented by a dot.
    pub fn is_visible_to(&self, other: &str) -> bool {
        let other = if other == ROOT { "." } else { other };
        self.path == ROOT
            || self.visibility.as_ref().is_none_or(|globs| globs.iter().any(|glob| glob.matches_text(other)))
    }

    pub(super) fn dependencies(&self) -> impl Iterator<Item = &TachDependency> {
        self.depends_on.iter().flatten()
    }
}

impl TachDependency {
    /// A dependency located at `span`.
    pub(super) fn new(path: SmolStr, span: Span) -> Self {
        Self { glob: Glob::of_modules(&path), path, span }
    }

    /// Whether it refers to the declared module `path`.
    pub fn matches(&self, path: &str) -> bool {
        self.glob.as_ref().map_or(self.path == path, |glob| glob.matches_module(path))
    }

    /// Whether it names a single module.
    pub fn is_literal(&self) -> bool {
        self.glob.is_none()
    }
}

impl Tach {
    /// The position of a layer, highest first.
    pub fn layer(&self, name: &str) -> Option<usize> {
        self.layers.iter().position(|layer| layer.name == name)
    }

    /// The patterns of names that the module `definition` exposes to `user`; `None` if no interface applies, so that
    /// everything is permitted.
    pub fn exposed(&self, definition: &str, user: &str) -> Option<Vec<&NamePattern>> {
        let seen = self.interfaces.iter().filter(|interface| {
            interface.from.iter().any(|from| from.matches(definition))
                && interface.visibility.as_ref().is_none_or(|list| list.iter().any(|who| who == user))
        });
        let seen: Vec<&TachInterface> = seen.collect();
        let only = seen.iter().find(|interface| interface.exclusive);
        let counted = only.map_or(&seen[..], std::slice::from_ref);
        (!counted.is_empty()).then(|| counted.iter().flat_map(|interface| &interface.expose).collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn who_sees_whom() {
        let module = |path: &str, visibility: &str| {
            let text = format!("[[modules]]\npath = '{path}'\nvisibility = {visibility}\n");
            let config = crate::parse("/p/tach.toml".into(), &text).config.unwrap();
            let crate::ContractKind::Tach(tach) = &config.contracts[0].kind else { panic!("not tach's") };
            tach.modules[0].clone()
        };
        for (path, visibility, other, is_visible) in [
            ("a", "['b']", "b", true),
            ("a", "['b']", "b.c", false),
            ("a", "['b.*']", "b.c.d", true),
            ("a", "['<root>']", ROOT, false),
            ("a", "['*']", ROOT, true),
            (ROOT, "['b']", "c", true),
        ] {
            assert_eq!(module(path, visibility).is_visible_to(other), is_visible, "{path} to {other}");
        }
    }
}
