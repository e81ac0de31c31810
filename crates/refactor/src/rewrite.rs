//! Changes to several files in progress: each step works on the text that the previous steps left, and facts are read
//! again from there, so that no step has to know what others moved.
//!
//! Invariants: nothing is written; the result is the smallest edits of the original files. A step that is impossible
//! returns `None`, and the whole change is then dropped: half a refactoring is worse than none.

mod carry;
mod difference;
mod imports;
mod mentions;
mod names;
#[cfg(test)]
mod tests;
mod write;

use camino::{Utf8Path, Utf8PathBuf};
use model::ModuleId;
use source::{File, TextEdit, apply_edits};
use view::Context;

pub(crate) use carry::{Carried, Meaning, Names, Piece, carry};
pub(crate) use difference::edits_between;
pub(crate) use imports::{At, Home, Import, import_edits, without_empty_guard};
pub(crate) use mentions::mentions;
pub(crate) use names::has_future_annotations;

use super::lines::Lines;
use super::{Abilities, Changes, FileEdit, NewFile};

/// Changes to several files.
pub(crate) struct Rewrite<'a> {
    origin: Context<'a>,
    abilities: Abilities,
    files: Vec<FileRewrite<'a>>,
    created: Vec<NewFile>,
}

/// Changes to one of them.
pub(crate) struct FileRewrite<'a> {
    /// The file with its current text. Facts and positions are valid until the next change. For a new file this is a
    /// module beside it: whatever is queried by its id refers to that one.
    pub(crate) cx: Context<'a>,
    state: State,
}

/// Whether the file exists.
enum State {
    /// It exists, with this text.
    Known { before: String },
    /// It will be created.
    New { path: Utf8PathBuf, name: String, is_relative: bool },
}

impl<'a> Rewrite<'a> {
    /// Starts with the module that `cx` checks.
    pub(crate) fn of(cx: &Context<'a>, abilities: Abilities) -> Self {
        let own = FileRewrite::known(cx.clone());
        Self { origin: cx.clone(), abilities, files: vec![own], created: Vec::new() }
    }

    /// The file that it started with.
    pub(crate) fn own(&mut self) -> &mut FileRewrite<'a> {
        &mut self.files[0]
    }

    /// A file of the project; `None` if it is not a module of it.
    pub(crate) fn file(&mut self, file: File) -> Option<&mut FileRewrite<'a>> {
        let is_it = |it: &FileRewrite<'_>| it.cx.file == file && matches!(it.state, State::Known { .. });
        let index = if let Some(index) = self.files.iter().position(is_it) {
            index
        } else {
            let cx = view::query::context(self.origin.db, self.origin.project, file)?;
            self.files.push(FileRewrite::known(cx));
            self.files.len() - 1
        };
        self.files.get_mut(index)
    }

    /// A module of the project.
    pub(crate) fn module(&mut self, module: ModuleId) -> Option<&mut FileRewrite<'a>> {
        let file = self.origin.architecture.modules.get(module)?.file;
        self.file(file)
    }

    /// A new, empty module: `path` is absolute, `name` its future dotted name, `beside` a module of the same package.
    /// `None` if it can't be created, or already exists.
    pub(crate) fn new_module(
        &mut self,
        path: impl Into<Utf8PathBuf>,
        name: impl Into<String>,
        beside: ModuleId,
    ) -> Option<&mut FileRewrite<'a>> {
        let (path, name) = (path.into(), name.into());
        let is_it =
            |it: &FileRewrite<'_>| matches!(&it.state, State::New { path: known, .. } if *known == path);
        if let Some(index) = self.files.iter().position(is_it) {
            return self.files.get_mut(index);
        }
        if !self.abilities.create_files || self.is_there(&path) {
            return None;
        }
        let info = self.origin.architecture.modules.get(beside)?;
        let cx = view::query::context(self.origin.db, self.origin.project, info.file)?.with_text("");
        // Relative imports count from the module beside it, which is wrong for a package's `__init__`.
        let is_relative = !info.is_package && imports::writes_relative(&self.origin);
        self.files.push(FileRewrite { cx, state: State::New { path, name, is_relative } });
        self.files.last_mut()
    }

    /// Whether new files may be created.
    pub(crate) fn can_create_files(&self) -> bool {
        self.abilities.create_files
    }

    /// Creates a file. `None` if that is impossible, or it already exists.
    pub(crate) fn create(&mut self, path: impl Into<Utf8PathBuf>, contents: impl Into<String>) -> Option<()> {
        let path = path.into();
        if !self.abilities.create_files || self.is_there(&path) {
            return None;
        }
        self.created.push(NewFile { path, contents: contents.into() });
        Some(())
    }

    /// Whether the project has a file at `path` (absolute), or is about to have one.
    pub(crate) fn is_there(&self, path: &Utf8Path) -> bool {
        let root = self.origin.project.root(self.origin.db);
        let files = self.origin.project.files(self.origin.db).list();
        let known = path.strip_prefix(root).is_ok_and(|relative| {
            files.binary_search_by(|(member, _)| member.as_path().cmp(relative)).is_ok()
        });
        known || self.created.iter().any(|file| file.path == path)
    }

    /// All changes, as edits of the original files. `None` if nothing changed. New files get the line endings of the
    /// file that this started with.
    pub(crate) fn finish(self) -> Option<Changes> {
        let ending = Lines { text: self.origin.text.as_str() }.ending();
        let mut changes = Changes { created: self.created, ..Changes::default() };
        for file in self.files {
            let after = file.cx.text.as_str();
            match file.state {
                State::Known { before } if before == after => {}
                State::Known { before } => {
                    changes.edits.push(FileEdit { file: file.cx.file, edits: edits_between(&before, after) });
                }
                State::New { path, .. } => {
                    changes.created.push(NewFile { path, contents: after.replace('\n', ending) });
                }
            }
        }
        (changes != Changes::default()).then_some(changes)
    }
}

impl<'a> FileRewrite<'a> {
    fn known(cx: Context<'a>) -> Self {
        let before = cx.text.as_str().to_owned();
        Self { cx, state: State::Known { before } }
    }

    /// Applies edits to the current text. `None` if they overlap.
    pub(crate) fn apply(&mut self, edits: &[TextEdit]) -> Option<()> {
        if edits.is_empty() {
            return Some(());
        }
        let text = apply_edits(self.cx.text.as_str(), edits)?;
        self.cx = self.cx.with_text(&text);
        Some(())
    }

    /// The current text.
    pub(crate) fn text(&self) -> &str {
        self.cx.text.as_str()
    }

    /// The dotted name of the module.
    pub(crate) fn own_name(&self) -> &str {
        match &self.state {
            State::Known { .. } => self.cx.own_name(),
            State::New { name, .. } => name,
        }
    }

    /// Whether the file is new.
    pub(crate) fn is_new(&self) -> bool {
        matches!(self.state, State::New { .. })
    }

    /// The dotted name of the package that relative imports count from; `None` at a root.
    fn package(&self) -> Option<&str> {
        match &self.state {
            State::Known { .. } if self.cx.info().is_package => Some(self.cx.own_name()),
            _ => self.own_name().rsplit_once('.').map(|(package, _)| package),
        }
    }
}
