//! What is known of a project before anything new is planned.

use camino::Utf8PathBuf;

/// The files and entities of a project.
#[derive(Debug, Default, Clone)]
pub struct Survey {
    /// Sorted by path.
    pub files: Vec<SurveyedFile>,
    /// Mapped classes with a table of their own.
    pub entities: Vec<Entity>,
    /// How long lines may be.
    pub line_length: usize,
}

/// A Python file.
#[derive(Debug, Clone)]
pub struct SurveyedFile {
    /// Relative to the project's folder.
    pub path: Utf8PathBuf,
    /// What it holds.
    pub text: String,
    /// What kind of file it is.
    pub place: Place,
    /// Whether it handles requests.
    pub has_routes: bool,
    /// Names that it imports from other distributions or the standard library.
    pub foreign: Vec<String>,
    /// What it imports from other files of the project.
    pub links: Vec<Link>,
    /// The layer, in a word.
    pub layer: Option<&'static str>,
}

/// An import from another file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The module as it is written, without leading dots.
    pub module: String,
    /// The name that is taken from it; nothing where that is a module itself.
    pub name: Option<String>,
    /// The file that the import names, relative to the project's folder.
    pub path: Utf8PathBuf,
}

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Code of the project.
    Code,
    /// Tests and their fixtures.
    Tests,
    /// Migrations: never imitated.
    Migrations,
    /// Scripts and generated code: never imitated.
    Aside,
}

/// A mapped class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its name.
    pub class: String,
    /// Its file, relative to the project's folder.
    pub path: Utf8PathBuf,
    /// Columns other than keys.
    pub columns: Vec<String>,
    /// Columns of the primary key.
    pub keys: Vec<String>,
    /// What leads to other entities and is written in its body.
    pub relationships: Vec<String>,
}
