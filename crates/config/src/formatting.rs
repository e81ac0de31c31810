//! How a project's own tools write code: what ruff, black, isort, flake8 and editors are told about line length, quotes
//! and the order of imports. Edits follow it, so that formatted code stays formatted.
//!
//! Nothing here is reported: whose file it is says itself what is wrong with it. Values that can't be read count as
//! not set. Sources: the settings pages of ruff 0.17, black 26.10, isort 9.0 and flake8 7, and editorconfig.org.

mod editor;
mod imports;
mod isort;
mod resolve;
mod ruff;
mod values;

use camino::{Utf8Path, Utf8PathBuf};

pub use imports::{ImportStyle, Section, Sorter, WrapMode};

use self::values::Values;
use crate::tree::ini::Section as IniSection;
use crate::tree::{ini, toml};

/// The names of files that tell formatters something and configure nothing else here.
pub const FORMATTING_FILES: [&str; 6] =
    [".editorconfig", ".flake8", ".isort.cfg", ".ruff.toml", "ruff.toml", "tox.ini"];

/// How code is written where a file lies.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Formatting {
    /// The longest line that the formatter writes; nothing without a formatter.
    pub line_length: Option<usize>,
    /// The longest line that is allowed, where no formatter writes any.
    pub limit: Option<usize>,
    /// The longest line of an import, where the import sorter has one of its own.
    pub import_length: Option<usize>,
    /// The quotes that the formatter writes; nothing where it leaves them, or without one.
    pub quotes: Option<Quotes>,
    /// What one level is indented by, where that is declared.
    pub indentation: Option<Indentation>,
    /// Whether a trailing comma keeps one item a line.
    pub keeps_trailing_commas: bool,
    /// How the import sorters sort, the one that counts first; empty where none is configured.
    pub imports: Vec<ImportStyle>,
}

/// The quotes around strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// `'`
    Single,
    /// `"`
    Double,
}

/// What one level is indented by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indentation {
    /// So many spaces.
    Spaces(usize),
    /// A tab.
    Tab,
}

/// What one file tells formatters and import sorters.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FileFormatting {
    /// The file (absolute).
    pub path: Utf8PathBuf,
    ruff: Option<ruff::Ruff>,
    black: Option<Black>,
    isort: Option<isort::Isort>,
    flake8: Option<usize>,
    editor: Option<editor::EditorConfig>,
}

/// `[tool.black]`
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Black {
    line_length: Option<usize>,
    skip_string_normalization: bool,
    skip_magic_trailing_comma: bool,
}

impl FileFormatting {
    /// The configuration that ruff reads before this one (`extend`), absolute.
    pub fn extended(&self) -> Option<&Utf8Path> {
        self.ruff.as_ref()?.extend.as_deref()
    }

    fn folder(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(Utf8Path::new(""))
    }

    fn says_nothing(&self) -> bool {
        *self == Self { path: self.path.clone(), ..Self::default() }
    }
}

/// Whether a file may tell formatters something, by its name.
pub fn is_formatting(path: &Utf8Path) -> bool {
    path.file_name().is_some_and(|name| {
        FORMATTING_FILES.contains(&name) || matches!(name, "pyproject.toml" | "setup.cfg")
    })
}

/// Reads what one file tells formatters; nothing where it says nothing to them. A file of another name is read as
/// ruff's own (`extend` may name any).
pub fn parse_formatting(path: &Utf8Path, text: &str) -> Option<FileFormatting> {
    let mut found = FileFormatting { path: path.to_owned(), ..FileFormatting::default() };
    let folder = path.parent().unwrap_or(Utf8Path::new(""));
    match path.file_name()? {
        "pyproject.toml" => {
            let (document, error) = toml::parse(text);
            if error.is_some() {
                return None;
            }
            let tool = document.table("tool")?;
            let table = |name: &str| tool.table(name).map(Values::of_toml);
            found.ruff = table("ruff").map(|values| ruff::read(folder, &values));
            found.black = table("black").map(|values| black(&values));
            found.isort = table("isort").map(|values| isort::read(&values));
        }
        "setup.cfg" | "tox.ini" | ".flake8" | ".isort.cfg" => {
            let sections = ini::parse(text);
            let section = |names: &[&str]| find(&sections, names).map(|it| Values::of_ini(&it.table));
            found.isort = section(&["settings", "isort", "tool:isort"]).map(|values| isort::read(&values));
            found.flake8 = section(&["flake8"]).and_then(|values| values.number("max_line_length"));
        }
        ".editorconfig" => found.editor = editor::read(&ini::parse(text)),
        _ => {
            let (document, error) = toml::parse(text);
            if error.is_some() {
                return None;
            }
            found.ruff = Some(ruff::read(folder, &Values::of_toml(&document)));
        }
    }
    (!found.says_nothing()).then_some(found)
}

fn find<'s>(sections: &'s [IniSection], names: &[&str]) -> Option<&'s IniSection> {
    sections.iter().find(|section| names.contains(&section.name.as_str()))
}

fn black(values: &Values<'_>) -> Black {
    Black {
        line_length: values.number("line_length"),
        skip_string_normalization: values.boolean("skip_string_normalization").unwrap_or(false),
        skip_magic_trailing_comma: values.boolean("skip_magic_trailing_comma").unwrap_or(false),
    }
}

/// `a/../b` as `b`, without asking the file system.
fn normalized(path: &Utf8Path) -> Utf8PathBuf {
    let mut out = Utf8PathBuf::new();
    for part in path.components() {
        match part.as_str() {
            "." => {}
            ".." => drop(out.pop()),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests;
