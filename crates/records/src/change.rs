//! What would be written.

use camino::Utf8PathBuf;

/// One file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Absolute.
    pub path: Utf8PathBuf,
    /// What it holds; nothing for a file that is new.
    pub before: Option<String>,
    /// What it will hold.
    pub after: String,
    /// Where it goes, if elsewhere.
    pub to: Option<Utf8PathBuf>,
}

/// The files that change, each once.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    /// In the order in which they are told.
    pub files: Vec<Change>,
}

impl Changes {
    /// Adds a file that is new.
    pub fn create(&mut self, path: Utf8PathBuf, text: String) {
        self.files.push(Change { path, before: None, after: text, to: None });
    }

    /// Changes a file by `edit`, on top of what is changed already. A text that stays as it is counts as no change.
    pub fn edit(&mut self, path: &camino::Utf8Path, text: &str, edit: impl FnOnce(&str) -> String) {
        if let Some(known) = self.files.iter_mut().find(|change| change.path == path) {
            known.after = edit(&known.after);
            return;
        }
        let after = edit(text);
        if after != text {
            self.files.push(Change { path: path.to_owned(), before: Some(text.to_owned()), after, to: None });
        }
    }

    /// Gives a file another path; `text` is what it holds where it isn't changed yet.
    pub fn rename(&mut self, path: &camino::Utf8Path, text: &str, to: Utf8PathBuf) {
        if let Some(known) = self.files.iter_mut().find(|change| change.path == path) {
            known.to = Some(to);
            return;
        }
        let (before, after) = (Some(text.to_owned()), text.to_owned());
        self.files.push(Change { path: path.to_owned(), before, after, to: Some(to) });
    }
}
