//! The names of modules and folders after some files have moved.

use camino::{Utf8Path, Utf8PathBuf};
use model::{ModuleInfo, Modules, Root, RootId};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};
use source::File;

/// Names after the move.
pub(super) struct After {
    /// The new names of modules and folders: by the root that the name starts from, and the old name.
    names: FxHashMap<(RootId, Name), Name>,
    /// Those that are folders: unknown names below them move along.
    folders: FxHashSet<(RootId, Name)>,
    /// The files that move.
    own: FxHashMap<File, Own>,
}

/// A module's own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    /// Its dotted name.
    pub(super) name: Name,
    /// Whether it is an `__init__`.
    pub(super) is_package: bool,
}

impl Own {
    pub(super) fn of(info: &ModuleInfo) -> Self {
        Self { name: info.name.clone(), is_package: info.is_package }
    }
}

impl After {
    /// The names after each of `moves` (old and new path, relative to the project's root, of files and folders). A file
    /// whose new path is not a module's is left out: nothing can import it, or nothing could before.
    pub(super) fn of(modules: &Modules, moves: &[(Utf8PathBuf, Utf8PathBuf)]) -> Self {
        let mut after =
            Self { names: FxHashMap::default(), folders: FxHashSet::default(), own: FxHashMap::default() };
        let roots: Vec<Root> = modules
            .roots
            .iter()
            .map(|root| Root {
                path: moved(moves, &root.path).unwrap_or(root.path.clone()),
                prefix: root.prefix.clone(),
            })
            .collect();
        for (_, info) in modules.iter() {
            if let Some(path) = moved(moves, &info.path) {
                after.file(modules, &roots, moves, info, &path);
            }
        }
        after
    }

    fn file(
        &mut self,
        modules: &Modules,
        roots: &[Root],
        moves: &[(Utf8PathBuf, Utf8PathBuf)],
        info: &ModuleInfo,
        path: &Utf8Path,
    ) {
        if !matches!(path.extension(), Some("py" | "pyi")) {
            return;
        }
        let Some(own) = own_name(roots, info.root, path) else { return };
        if !is_dotted_identifier(&own) {
            return;
        }
        self.own
            .insert(info.file, Own { name: own.clone(), is_package: path.file_stem() == Some("__init__") });
        for (index, (old, new)) in modules.roots.iter().zip(roots).enumerate() {
            let root = RootId(index as u32);
            let Some(before) = old.name_of(&info.path) else { continue };
            // If a stub is beside its source, the source decides what the name means.
            let decides = modules.seen(&before, root).is_some_and(|(_, id)| {
                modules[id].file == info.file || moved(moves, &modules[id].path).is_some()
            });
            if !decides {
                continue;
            }
            let name = new.name_of(path).unwrap_or_else(|| own.clone());
            self.names.insert((root, before), name);
            self.folders_around(old, new, root, moves, &info.path);
        }
    }

    /// The folders that move with a file.
    fn folders_around(
        &mut self,
        old: &Root,
        new: &Root,
        root: RootId,
        moves: &[(Utf8PathBuf, Utf8PathBuf)],
        path: &Utf8Path,
    ) {
        for folder in path.ancestors().skip(1) {
            let Some(target) = moved(moves, folder).filter(|_| folder != old.path) else { break };
            let (Some(before), Some(name)) = (old.name_of_folder(folder), new.name_of_folder(&target)) else {
                break;
            };
            self.names.entry((root, before.clone())).or_insert(name);
            self.folders.insert((root, before));
        }
    }

    /// Whether nothing moves.
    pub(super) fn is_empty(&self) -> bool {
        self.own.is_empty()
    }

    /// The new own name of a file that moves.
    pub(super) fn own(&self, file: File) -> Option<&Own> {
        self.own.get(&file)
    }

    /// The new name of the module or folder `name` as seen from `root`; `None` if it stays.
    pub(super) fn renamed(&self, modules: &Modules, root: RootId, name: &str) -> Option<Name> {
        if let Some((from, _)) = modules.seen(name, root) {
            return self.changed(from, name).cloned();
        }
        let mut known = name;
        loop {
            let from = root_of_folder(modules, known, root);
            if let Some(new) = from
                .filter(|from| self.folders.contains(&(*from, known.into())))
                .and_then(|from| self.changed(from, known))
            {
                return Some(format!("{new}{}", &name[known.len()..]).into());
            }
            known = known.rsplit_once('.')?.0;
        }
    }

    fn changed(&self, from: RootId, name: &str) -> Option<&Name> {
        self.names.get(&(from, name.into())).filter(|new| *new != name)
    }
}

/// The root from which a module or folder has the name `name`, as seen from another.
fn root_of_folder(modules: &Modules, name: &str, root: RootId) -> Option<RootId> {
    if let Some((from, _)) = modules.seen(name, root) {
        return Some(from);
    }
    let roots = modules.namespaces.get(name)?;
    roots.iter().find(|from| **from == root).or(roots.first()).copied()
}

/// The path after the moves; `None` if it stays.
pub(super) fn moved(moves: &[(Utf8PathBuf, Utf8PathBuf)], path: &Utf8Path) -> Option<Utf8PathBuf> {
    let (old, new) =
        moves.iter().filter(|(old, _)| path.starts_with(old)).max_by_key(|(old, _)| old.as_str().len())?;
    let rest = path.strip_prefix(old).ok()?;
    Some(if rest.as_str().is_empty() { new.clone() } else { new.join(rest) })
}

/// The name of `path` from the root of the module's current place, or from the nearest.
fn own_name(roots: &[Root], preferred: RootId, path: &Utf8Path) -> Option<Name> {
    let named = roots.get(preferred.0 as usize).and_then(|root| root.name_of(path));
    named.or_else(|| {
        let around = roots.iter().filter(|root| path.starts_with(&root.path));
        around.max_by_key(|root| root.path.as_str().len())?.name_of(path)
    })
}

/// Whether every segment can be written in an import.
pub(super) fn is_dotted_identifier(name: &str) -> bool {
    name.split('.').all(is_identifier)
}

/// Whether a name can be written in an import: letters, digits and underscores, and not a keyword.
pub(super) fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
        && !KEYWORDS.contains(&name)
}

/// The reserved words of Python.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];
