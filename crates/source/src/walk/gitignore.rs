//! Exclusions by the user: `.gitignore` files, and patterns in the same syntax from the configuration.
//!
//! The semantics are git's: the file nearest to a path decides, the last matching line within a file, and nothing above
//! the folder with `.git` counts. Unlike in git, `.gitignore` files count without a repository too (an unpacked
//! archive). Neither the user's global file nor `.git/info/exclude` is read, so that the result is the same on every
//! machine.

use std::sync::Arc;

use camino::Utf8Path;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::exclude::FolderView;
use crate::FileSystem;

/// Patterns from one source.
pub(super) struct Rules(Gitignore);

impl Rules {
    /// Patterns relative to `root`, and the errors of those that can't be compiled and are ignored.
    pub(super) fn of_patterns(root: &Utf8Path, patterns: &[String]) -> (Self, Vec<String>) {
        let mut builder = GitignoreBuilder::new(root);
        let problems: Vec<String> = patterns
            .iter()
            .filter_map(|pattern| builder.add_line(None, pattern).err())
            .map(|error| error.to_string())
            .collect();
        (Self(builder.build().unwrap_or_else(|_| Gitignore::empty())), problems)
    }

    /// The `.gitignore` of `folder`. Lines that git couldn't read either are skipped.
    fn of_folder(fs: &dyn FileSystem, folder: &Utf8Path) -> Option<Self> {
        let bytes = fs.read(&folder.join(".gitignore")).ok()?;
        let lines: Vec<String> =
            String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes))
                .lines()
                .map(str::to_owned)
                .collect();
        Some(Self::of_patterns(folder, &lines).0)
    }

    /// Whether the path is excluded, or re-included by `!`; `None` if no pattern matches.
    pub(super) fn decide(&self, path: &Utf8Path, is_folder: bool) -> Option<bool> {
        match self.0.matched(path, is_folder) {
            Match::None => None,
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
        }
    }
}

/// The ignore files that apply in a folder, from the nearest outwards.
#[derive(Default)]
pub(super) struct Scope {
    rules: Option<Rules>,
    outer: Option<Arc<Scope>>,
}

impl Scope {
    /// The rules that apply around `root`: the ignore files up to the folder with `.git`. Empty if the root is its own
    /// repository, is in none, or is itself ignored: opening an ignored folder shows its contents.
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

    /// The rules that apply in `folder`, given those of its parent. A nested repository (a submodule) starts afresh.
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

    /// Whether the path is ignored; the nearest file with a matching pattern decides.
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
