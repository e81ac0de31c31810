//! What tach is told: modules with what they may depend on, layers, interfaces. As its `tach check` reads it.

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
    /// Whether imports from a higher layer to a lower one have to be declared too.
    pub explicit: bool,
    /// How code outside of declared modules is treated.
    pub root: TachRoot,
    /// Whether declared modules must not depend on themselves.
    pub forbids_cycles: bool,
    /// Whether a dotted string that names a module is an import.
    pub string_imports: bool,
    /// How loudly an import inside of a function, a class, an `if` or the like is reported; nothing for not at all.
    pub local_imports: Option<Level>,
    /// The modules, those of `tach.domain.toml` files last.
    pub modules: Vec<TachModule>,
    /// The interfaces of all modules.
    pub interfaces: Vec<TachInterface>,
    /// Distributions whose imports are not looked at.
    pub excluded_external: Vec<SmolStr>,
    /// Distributions that are called otherwise than their modules: module, distribution.
    pub renamed_external: Vec<(SmolStr, SmolStr)>,
}

/// How code outside of declared modules is treated.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum TachRoot {
    /// It may import and be imported.
    #[default]
    Ignore,
    /// It is held to what is declared of it.
    Allow,
    /// It must not be named, as a module or as a dependency.
    Forbid,
    /// It must not be named as a dependency.
    DependenciesOnly,
}

impl TachRoot {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Allow, Self::Forbid, Self::Ignore, Self::DependenciesOnly];

    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Allow => "allow",
            Self::Forbid => "forbid",
            Self::DependenciesOnly => "dependenciesonly",
        }
    }

    /// What it means: one sentence.
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
    /// Whether higher layers may not reach past it.
    pub closed: bool,
}

/// A declared module, or all that a glob matches.
#[derive(Debug, Clone, PartialEq)]
pub struct TachModule {
    /// Its path, or [`ROOT`].
    pub path: SmolStr,
    /// Where the path is a glob.
    pub glob: Option<Glob>,
    /// What it may depend on; nothing for everything.
    pub depends_on: Option<Vec<TachDependency>>,
    /// What it must not depend on.
    pub cannot_depend_on: Vec<TachDependency>,
    /// The modules of other distributions that it may import; nothing for all.
    pub depends_on_external: Option<Vec<SmolStr>>,
    /// The modules of other distributions that it must not import.
    pub cannot_depend_on_external: Vec<SmolStr>,
    /// Its layer.
    pub layer: Option<SmolStr>,
    /// Modules that may declare it as a dependency; nothing for all.
    pub visibility: Option<Vec<Glob>>,
    /// Whether everybody may import it without saying so.
    pub utility: bool,
    /// Whether its own imports are not looked at.
    pub unchecked: bool,
    /// Where its path is written.
    pub span: Span,
    /// In which file.
    pub file: Utf8PathBuf,
}

/// A module, or all that a glob matches, in a list of dependencies.
#[derive(Debug, Clone, PartialEq)]
pub struct TachDependency {
    /// As written, made absolute.
    pub path: SmolStr,
    glob: Option<Glob>,
    /// Where it is written.
    pub span: Span,
}

/// What some modules expose to some others.
#[derive(Debug, Clone, PartialEq)]
pub struct TachInterface {
    /// Names below the module, as regular expressions.
    pub expose: Vec<NamePattern>,
    /// Whose interface it is: regular expressions over paths.
    pub from: Vec<NamePattern>,
    /// Paths of the modules that see it; nothing for everybody.
    pub visibility: Option<Vec<SmolStr>>,
    /// Whether it is the only one for those who see it.
    pub exclusive: bool,
}

impl TachModule {
    /// Whether this is a glob that matches a module.
    pub fn matches(&self, module: &str) -> bool {
        self.glob.as_ref().is_some_and(|glob| glob.matches_module(module))
    }

    /// Whether `other` may declare this module as a dependency. The visibility of code outside of all modules is never
    /// looked at, and as an importer it goes by the name of a dot.
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
    /// One that is written at `span`.
    pub(super) fn new(path: SmolStr, span: Span) -> Self {
        Self { glob: Glob::of_modules(&path), path, span }
    }

    /// Whether the declared module `path` is meant.
    pub fn matches(&self, path: &str) -> bool {
        self.glob.as_ref().map_or(self.path == path, |glob| glob.matches_module(path))
    }

    /// Whether it names one module.
    pub fn is_literal(&self) -> bool {
        self.glob.is_none()
    }
}

impl Tach {
    /// Where a layer stands, highest first.
    pub fn layer(&self, name: &str) -> Option<usize> {
        self.layers.iter().position(|layer| layer.name == name)
    }

    /// What the module `definition` exposes to `user`: names by pattern; nothing where no interface is seen, so that
    /// everything is free.
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
