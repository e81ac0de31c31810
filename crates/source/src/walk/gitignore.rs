//! What the user leaves out: `.gitignore` files, and patterns in the same syntax from the configuration.
//!
//! As git has it: the file nearest to a path decides, the last matching line within a file, and nothing above the
//! folder with `.git` counts. Unlike git, `.gitignore` files count without a repository too (an unpacked archive), and
//! only the folder's own: neither the user's global file nor `.git/info/exclude`, so that two machines see the same.

use std::sync::Arc;

use camino::Utf8Path;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::exclude::FolderView;
use crate::FileSystem;

/// Patterns of one origin.
pub(super) struct Rules(Gitignore);

impl Rules {
    /// Patterns relative to `root`, and what is wrong with those that can't be compiled and don't count.
    pub(super) fn of_patterns(root: &Utf8Path, patterns: &[String]) -> (Self, Vec<String>) {
        let mut builder = GitignoreBuilder::new(root);
        let problems: Vec<String> = patterns
            .iter()
            .filter_map(|pattern| builder.add_line(None, pattern).err())
            .map(|error| error.to_string())
            .collect();
        (Self(builder.build().unwrap_or_else(|_| Gitignore::empty())), problems)
    }

    /// The `.gitignore` of `folder`. Lines that git could not read either are passed over.
    fn of_folder(fs: &dyn FileSystem, folder: &Utf8Path) -> Option<Self> {
        let bytes = fs.read(&folder.join(".gitignore")).ok()?;
        let lines: Vec<String> =
            String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes))
                .lines()
                .map(str::to_owned)
                .collect();
        Some(Self::of_patterns(folder, &lines).0)
    }

    /// Whether the path is left out, or taken back by `!`; nothing where no pattern speaks of it.
    pub(super) fn decide(&self, path: &Utf8Path, is_folder: bool) -> Option<bool> {
        match self.0.matched(path, is_folder) {
            Match::None => None,
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
        }
    }
}

/// The ignore files that hold in a folder, from the nearest outwards.
#[derive(Default)]
pub(super) struct Scope {
    rules: Option<Rules>,
    outer: Option<Arc<Scope>>,
}

impl Scope {
    /// What holds around `root`: the ignore files up to the folder with `.git`. Nothing where the root is its own
    /// repository, lies in none, or is itself ignored: who opens an ignored folder wants to see it.
    pub(super) fn above(fs: &dyn FileSystem, root: &Utf8Path) -> Arc<Scope> {
        let is_repository = |folder: &&Utf8Path| fs.metadata(&folder.join(".git")).is_ok();
        let Some(repository) = root.ancestors().find(is_repository) else { return Arc::default() };
        let inside: Vec<&Utf8Path> = root.ancestors().take_while(|folder| *folder != repository).collect();
        let mut scope = Arc::<Scope>::default();
        let mut folder = repository;
        for inner in inside.into_iter().rev() {
            scope = Arc::new(Scope { rules: Rules::of_folder(fs, folder), outer: Some(scope) });
            if scope.is_ignored(inner, true) {
                return Arc::default();
            }
            folder = inner;
        }
        scope
    }

    /// What holds in `folder`, given what holds around it. A repository within (a submodule) starts afresh.
    pub(super) fn enter(
        fs: &dyn FileSystem,
        around: &Arc<Scope>,
        folder: &Utf8Path,
        view: &FolderView<'_>,
    ) -> Arc<Scope> {
        let outer = (!view.holds(".git")).then(|| Arc::clone(around));
        let rules = if view.holds(".gitignore") { Rules::of_folder(fs, folder) } else { None };
        match (rules, outer) {
            (None, Some(outer)) => outer,
            (rules, outer) => Arc::new(Scope { rules, outer }),
        }
    }

    /// Whether the path is ignored; the nearest file that speaks of it decides.
    pub(super) fn is_ignored(&self, path: &Utf8Path, is_folder: bool) -> bool {
        let mut scope = Some(self);
        while let Some(here) = scope {
            if let Some(decision) = here.rules.as_ref().and_then(|rules| rules.decide(path, is_folder)) {
                return decision;
            }
            scope = here.outer.as_deref();
        }
        false
    }
}
