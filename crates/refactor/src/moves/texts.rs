//! Texts other than code that name what moves: configuration, scripts, documentation, docstrings and comments.
//!
//! A dotted name counts if its target exists in the project ([`model::references`]). A single segment could be any
//! word: it counts with an object after a colon (`main:app`), after an option that takes a module (`-m main`), or as
//! the value of a setting that names packages (`packages = ["main"]`).

mod settings;

use camino::{Utf8Path, Utf8PathBuf};
use model::references::{Mention, TextFile, TextKind, mentions, path_mentions, text_files};
use model::{ModuleId, Modules, Project, RootId};
use python::Name;
use source::{Span, TextEdit};
use view::Db;

use crate::OtherEdit;

/// The target of a mention.
pub(super) struct Named<'t> {
    /// The module, or the folder of modules, as written.
    pub(super) module: &'t str,
    /// The root from which it has this name.
    pub(super) root: RootId,
    /// The module, unless it is a folder.
    pub(super) id: Option<ModuleId>,
    /// The first name after it.
    pub(super) name: Option<&'t str>,
}

/// A file or folder with a new path; both relative to the project's root.
pub(super) struct Renamed<'m> {
    pub(super) old: &'m Utf8Path,
    pub(super) new: &'m Utf8Path,
    pub(super) is_folder: bool,
}

/// What to search for in texts, and its replacements.
pub(super) struct Texts<'m> {
    pub(super) db: &'m dyn Db,
    pub(super) project: Project,
    pub(super) modules: &'m Modules,
    /// Dotted names, each from a root.
    pub(super) names: Vec<(RootId, Name)>,
    /// The new name of a mention's module; `None` if it stays.
    pub(super) new: &'m dyn Fn(&Named<'_>) -> Option<String>,
    pub(super) paths: Vec<Renamed<'m>>,
}

impl Texts<'_> {
    /// The edits of dotted names in a text.
    pub(super) fn names_in(&self, text: &str) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        for (root, name) in &self.names {
            for mention in mentions(text, name) {
                let Some(named) = self.named(text, *root, &mention) else { continue };
                if let Some(insert) = (self.new)(&named).filter(|new| new != named.module) {
                    let start = mention.span.start;
                    edits
                        .push(TextEdit { span: Span::new(start, start + named.module.len() as u32), insert });
                }
            }
        }
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits.dedup();
        edits
    }

    /// The longest module, or folder of modules, at the start of a mention, if the rest exists.
    fn named<'t>(&self, text: &'t str, root: RootId, mention: &Mention<'t>) -> Option<Named<'t>> {
        let start = mention.span.start as usize;
        let whole = &text[start..mention.span.end as usize + mention.rest.len()];
        let path = whole.split(':').next()?;
        let mut known = path.strip_suffix(".**").or(path.strip_suffix(".*")).unwrap_or(path);
        let shortest = mention.span.end as usize - start;
        let id = loop {
            if let Some(id) = self.modules.by_name(known, root) {
                break Some(id);
            }
            if self.modules.is_namespace(known) {
                break None;
            }
            known = known.rsplit_once('.')?.0;
            if known.len() < shortest {
                return None;
            }
        };
        let rest = &whole[known.len()..];
        let name = rest.get(1..).and_then(|rest| rest.split(['.', ':']).next());
        let name = name.filter(|name| !name.is_empty() && !name.starts_with('*'));
        if let Some(name) = name {
            let exports = model::query::exports(self.db, self.modules[id?].file);
            if exports.get(name).is_none() && !exports.is_dynamic {
                return None;
            }
        }
        let is_sure = known.contains('.')
            || rest.starts_with(':') && name.is_some()
            || rest.is_empty() && (takes_module(&text[..start]) || settings::names_packages(&text[..start]));
        is_sure.then_some(Named { module: known, root, id, name })
    }

    /// The edits of one file that isn't Python. `folder` is its folder, relative to the project's root.
    fn edits(&self, file: &TextFile, folder: &Utf8Path) -> Vec<TextEdit> {
        let text = file.text.as_str();
        let mut edits = self.names_in(text);
        for renamed in &self.paths {
            edits.extend(paths_in(text, renamed.old, renamed.new, renamed.is_folder));
            let beside = (renamed.old.strip_prefix(folder), renamed.new.strip_prefix(folder));
            if let (false, (Ok(old), Ok(new))) = (folder.as_str().is_empty(), beside) {
                edits.extend(paths_in(text, old, new, renamed.is_folder));
            }
        }
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits.dedup();
        edits
    }

    /// The edits of all files of the project that aren't Python.
    pub(super) fn others(&self) -> Vec<OtherEdit> {
        let root = self.project.root(self.db);
        let files = text_files(self.db.file_system(), root);
        let changed = files.iter().filter_map(|file| {
            let folder = file.path.strip_prefix(root).ok()?.parent()?;
            let edits = self.edits(file, folder);
            source::apply_edits(file.text.as_str(), &edits)?;
            let before = file.text.shared().clone();
            (!edits.is_empty()).then(|| OtherEdit { path: file.path.clone(), before, edits })
        });
        changed.collect()
    }

    /// Files that tools read and that mention a package or module of one segment as a bare word: whether they mean it
    /// is unknown.
    pub(super) fn unsure(&self) -> Vec<Utf8PathBuf> {
        let words: Vec<&str> =
            self.names.iter().map(|(_, name)| name.as_str()).filter(|name| !name.contains('.')).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let root = self.project.root(self.db);
        let files = text_files(self.db.file_system(), root);
        let is_unsure =
            |text: &str| words.iter().any(|word| mentions(text, word).any(|mention| mention.rest.is_empty()));
        files
            .iter()
            .filter(|file| file.kind == TextKind::Configuration && is_unsure(file.text.as_str()))
            .filter_map(|file| Some(file.path.strip_prefix(root).ok()?.to_owned()))
            .collect()
    }
}

/// Whether the text before a word ends in an option that takes a module: `python -m`, `celery -A`, `flask --app`,
/// `pytest --cov`.
fn takes_module(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '"', '\'', ',', '=']);
    ["-m", "-A", "--app", "--cov"].iter().any(|option| before.ends_with(option))
}

/// The edits of paths in a text. A folder of one segment could be any word, unless a slash follows.
fn paths_in(text: &str, old: &Utf8Path, new: &Utf8Path, is_folder: bool) -> Vec<TextEdit> {
    let is_word = !old.as_str().contains(['/', '.']);
    path_mentions(text, old.as_str(), is_folder)
        .filter(|span| !is_word || text[span.end as usize..].starts_with('/'))
        .map(|span| TextEdit { span, insert: new.to_string() })
        .collect()
}

/// How many places in which files follow, in one sentence; empty if none do.
pub(super) fn follow_notes(others: &[OtherEdit], root: &Utf8Path) -> Vec<String> {
    let count: usize = others.iter().map(|other| other.edits.len()).sum();
    let files: Vec<&str> =
        others.iter().map(|other| other.path.strip_prefix(root).unwrap_or(&other.path).as_str()).collect();
    match count {
        0 => Vec::new(),
        1 => vec![format!("1 place in {} follows", files.join(", "))],
        _ => vec![format!("{count} places in {} follow", files.join(", "))],
    }
}
