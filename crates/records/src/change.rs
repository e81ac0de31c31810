//! Pending changes to files.

use camino::Utf8PathBuf;

/// A change to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Absolute.
    pub path: Utf8PathBuf,
    /// The current contents; `None` if the file is new.
    pub before: Option<String>,
    /// The new contents.
    pub after: String,
    /// The new path, if the file is renamed.
    pub to: Option<Utf8PathBuf>,
}

/// The files to change, each listed once.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    /// In the order in which they are reported.
    pub files: Vec<Change>,
}

impl Changes {
    /// Adds a new file.
    pub fn create(&mut self, path: Utf8PathBuf, text: String) {
        self.files.push(Change { path, before: None, after: text, to: None });
    }

    /// Applies `edit` on top of earlier changes to the file. If the text stays the same, no change is recorded.
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

    /// Moves a file to another path; `text` is its contents if it has no pending changes yet.
    pub fn rename(&mut self, path: &camino::Utf8Path, text: &str, to: Utf8PathBuf) {
        if let Some(known) = self.files.iter_mut().find(|change| change.path == path) {
            known.to = Some(to);
            return;
        }
        let (before, after) = (Some(text.to_owned()), text.to_owned());
        self.files.push(Change { path: path.to_owned(), before, after, to: Some(to) });
    }
}
