//! Changes to several files in the making: each step is made on the text that the steps before it left, and facts are read
//! again from there, so that a step never has to know what others moved.
//!
//! Invariants: nothing is written; what comes out are the smallest edits of the files as they were. A step that can't be
//! made says so (`None`), and the whole is then given up: half a refactoring is worse than none.

mod difference;
mod imports;

use camino::{Utf8Path, Utf8PathBuf};
use source::{File, TextEdit, apply_edits};

pub(crate) use difference::edits_between;
pub(crate) use imports::{At, Home, Import};

use super::{Abilities, Changes, FileEdit, NewFile};
use crate::Context;

/// Changes to several files.
pub(crate) struct Rewrite<'a> {
    origin: Context<'a>,
    abilities: Abilities,
    files: Vec<FileRewrite<'a>>,
    created: Vec<NewFile>,
}

/// Changes to one of them.
pub(crate) struct FileRewrite<'a> {
    /// The file with the text that it has by now. Facts and positions hold until the next change.
    pub(crate) cx: Context<'a>,
    before: String,
}

impl<'a> Rewrite<'a> {
    /// Begins with what `cx` judges.
    pub(crate) fn of(cx: &Context<'a>, abilities: Abilities) -> Self {
        let own = FileRewrite { cx: cx.clone(), before: cx.text.as_str().to_owned() };
        Self { origin: cx.clone(), abilities, files: vec![own], created: Vec::new() }
    }

    /// The file that it began with.
    pub(crate) fn own(&mut self) -> &mut FileRewrite<'a> {
        &mut self.files[0]
    }

    /// A file of the project; nothing where it is no module of it.
    pub(crate) fn file(&mut self, file: File) -> Option<&mut FileRewrite<'a>> {
        let known = self.files.iter().position(|it| it.cx.file == file);
        let index = if let Some(index) = known {
            index
        } else {
            let cx = crate::query::context(self.origin.db, self.origin.project, file)?;
            let before = cx.text.as_str().to_owned();
            self.files.push(FileRewrite { cx, before });
            self.files.len() - 1
        };
        self.files.get_mut(index)
    }

    /// Whether new files may be written.
    pub(crate) fn can_create_files(&self) -> bool {
        self.abilities.create_files
    }

    /// Writes a file where none is. Nothing where that is not possible, or one is there.
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
        let files = &self.origin.project.files(self.origin.db).list;
        let known = path.strip_prefix(root).is_ok_and(|relative| {
            files.binary_search_by(|(member, _)| member.as_path().cmp(relative)).is_ok()
        });
        known || self.created.iter().any(|file| file.path == path)
    }

    /// All changes, as edits of the files as they were. Nothing where nothing changed.
    pub(crate) fn finish(self) -> Option<Changes> {
        let changed = self.files.into_iter().filter(|it| it.before != it.cx.text.as_str());
        let edits: Vec<FileEdit> = changed
            .map(|it| FileEdit { file: it.cx.file, edits: edits_between(&it.before, it.cx.text.as_str()) })
            .collect();
        let changes = Changes { edits, created: self.created };
        (changes != Changes::default()).then_some(changes)
    }
}

impl FileRewrite<'_> {
    /// Makes edits of the text that there is by now. Nothing where they overlap.
    pub(crate) fn apply(&mut self, edits: &[TextEdit]) -> Option<()> {
        if edits.is_empty() {
            return Some(());
        }
        let text = apply_edits(self.cx.text.as_str(), edits)?;
        self.cx = self.cx.with_text(&text);
        Some(())
    }

    /// The text that there is by now.
    pub(crate) fn text(&self) -> &str {
        self.cx.text.as_str()
    }
}
