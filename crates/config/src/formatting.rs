//! The code style of a project's tools: the settings of ruff, black, isort, flake8 and editors for line length, quotes
//! and the order of imports. Edits follow them, so that formatted code stays formatted.
//!
//! Nothing here is reported, because each tool reports problems with its own file. Values that can't be read count as
//! unset. Sources: the settings pages of ruff 0.17, black 26.10, isort 9.0 and flake8 7, and editorconfig.org.

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

/// Files that contain only formatter settings, and nothing else that is relevant here.
pub const FORMATTING_FILES: [&str; 6] =
    [".editorconfig", ".flake8", ".isort.cfg", ".ruff.toml", "ruff.toml", "tox.ini"];

/// The code style that applies to a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Formatting {
    /// The maximum line length of the formatter; `None` without a formatter.
    pub line_length: Option<usize>,
    /// The maximum permitted line length, if there is no formatter.
    pub limit: Option<usize>,
    /// The maximum line length of imports, if the import sorter has its own.
    pub import_length: Option<usize>,
    /// The quotes that the formatter uses; `None` if it preserves them, or without a formatter.
    pub quotes: Option<Quotes>,
    /// The indentation of one level, if it is declared.
    pub indentation: Option<Indentation>,
    /// Whether a trailing comma keeps one item per line.
    pub keeps_trailing_commas: bool,
    /// The styles of the import sorters, in order of precedence; empty if none is configured.
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

/// The indentation of one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indentation {
    /// A number of spaces.
    Spaces(usize),
    /// A tab.
    Tab,
}

/// The settings of formatters and import sorters in one file.
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
    /// The configuration that this one extends (`extend`), absolute.
    pub fn extended(&self) -> Option<&Utf8Path> {
        self.ruff.as_ref()?.extend.as_deref()
    }

    fn folder(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(Utf8Path::new(""))
    }

    fn is_unset(&self) -> bool {
        *self == Self { path: self.path.clone(), ..Self::default() }
    }
}

/// Whether a file may contain formatter settings, by its name.
pub fn is_formatting(path: &Utf8Path) -> bool {
    path.file_name().is_some_and(|name| {
        FORMATTING_FILES.contains(&name) || matches!(name, "pyproject.toml" | "setup.cfg")
    })
}

/// Reads the formatter settings of one file; `None` if it has none. A file with another name is read as ruff's own
/// (`extend` may name any file).
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
    (!found.is_unset()).then_some(found)
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

/// Normalizes `a/../b` to `b`, without accessing the file system.
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
