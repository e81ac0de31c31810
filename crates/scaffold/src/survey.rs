//! The facts about a project that a plan is based on.

use camino::Utf8PathBuf;

/// The files and entities of a project.
#[derive(Debug, Default, Clone)]
pub struct Survey {
    /// Sorted by path.
    pub files: Vec<SurveyedFile>,
    /// Mapped classes with their own table.
    pub entities: Vec<Entity>,
    /// The maximum line length.
    pub line_length: usize,
}

/// A Python file.
#[derive(Debug, Clone)]
pub struct SurveyedFile {
    /// Relative to the project's folder.
    pub path: Utf8PathBuf,
    /// Its contents.
    pub text: String,
    /// The kind of file.
    pub place: Place,
    /// Whether it handles requests.
    pub has_routes: bool,
    /// Names that it imports from other distributions or the standard library.
    pub foreign: Vec<String>,
    /// Its imports from other files of the project.
    pub links: Vec<Link>,
    /// The name of the layer.
    pub layer: Option<&'static str>,
}

/// An import from another file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The module as written, without leading dots.
    pub module: String,
    /// The imported name; `None` if a module itself is imported.
    pub name: Option<String>,
    /// The imported file, relative to the project's folder.
    pub path: Utf8PathBuf,
}

/// The kind of file.
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
    /// Columns that aren't keys.
    pub columns: Vec<String>,
    /// Columns of the primary key.
    pub keys: Vec<String>,
    /// The relationships declared in its body.
    pub relationships: Vec<String>,
}
