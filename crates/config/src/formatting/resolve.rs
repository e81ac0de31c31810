//! Resolves the settings that apply to a file from all files around it.

use camino::Utf8Path;

use super::ruff::Ruff;
use super::{FileFormatting, Formatting, Quotes};

/// The maximum length of a chain of ruff configurations; a longer one is a mistake.
const EXTENDS: usize = 8;

/// The default line length of black and ruff.
const USUAL: usize = 88;

impl Formatting {
    /// The settings for the file at `path`: for each tool the nearest.
    pub fn of<'f>(files: impl Iterator<Item = &'f FileFormatting> + Clone, path: &Utf8Path) -> Self {
        let ruff = nearest(files.clone().filter_map(|file| Some((file, file.ruff.as_ref()?))), path)
            .map(|(_, ruff)| extended(ruff, &files));
        let black = nearest(files.clone().filter_map(|file| Some((file, file.black.as_ref()?))), path);
        let isort = nearest(files.clone().filter_map(|file| Some((file, file.isort.as_ref()?))), path);
        let flake8 = nearest(files.clone().filter_map(|file| Some((file, file.flake8?))), path);
        let editor = nearest(files.filter_map(|file| Some((file, file.editor.as_ref()?))), path);
        let (black, editor) = (black.map(|(_, black)| black), editor.map(|(_, editor)| editor));

        let mut found = Self { keeps_trailing_commas: true, ..Self::default() };
        // If both are configured, ruff checks and black formats, unless ruff has formatter settings.
        let black = black.filter(|_| ruff.as_ref().is_none_or(|ruff| !ruff.has_format));
        if let Some(black) = black {
            found.line_length = Some(black.line_length.unwrap_or(USUAL));
            found.quotes = (!black.skip_string_normalization).then_some(Quotes::Double);
            found.keeps_trailing_commas = !black.skip_magic_trailing_comma;
        } else if let Some(ruff) = &ruff {
            found.line_length = Some(ruff.line_length.unwrap_or(USUAL));
            found.quotes = ruff.quotes();
            found.indentation = Some(ruff.indentation());
            found.keeps_trailing_commas = ruff.skip_magic_trailing_comma != Some(true);
        } else {
            found.limit = flake8.map(|(_, length)| length).or(editor.and_then(|it| it.max_line_length));
            found.quotes = editor.and_then(|editor| editor.quotes);
            found.indentation = editor.and_then(|editor| editor.indentation);
        }
        let ruff_style = ruff.as_ref().map(Ruff::import_style);
        if ruff.as_ref().is_some_and(Ruff::sorts) {
            found.imports.extend(ruff_style.clone());
        }
        if let Some((file, isort)) = isort {
            found.imports.push(isort.import_style(file.folder()));
            found.import_length = Some(isort.line_length);
        }
        if !ruff.as_ref().is_some_and(Ruff::sorts) {
            found.imports.extend(ruff_style);
        }
        if found.imports.first().is_some_and(|style| style.sorter == super::Sorter::Ruff) {
            // Ruff wraps imports at the same length as other code.
            found.import_length = None;
        }
        found
    }
}

/// The one in the folder nearest to `path`; of several in one folder the one that its tool prefers.
fn nearest<'f, T>(
    of: impl Iterator<Item = (&'f FileFormatting, T)>,
    path: &Utf8Path,
) -> Option<(&'f FileFormatting, T)> {
    of.filter(|(file, _)| path.starts_with(file.folder()))
        .min_by_key(|(file, _)| (std::cmp::Reverse(file.folder().as_str().len()), rank(file)))
}

/// `.ruff.toml` before `ruff.toml` before `pyproject.toml`; `.isort.cfg` before `pyproject.toml` before `setup.cfg`.
fn rank(file: &FileFormatting) -> usize {
    let order =
        [".ruff.toml", "ruff.toml", ".isort.cfg", ".flake8", "pyproject.toml", "setup.cfg", "tox.ini"];
    let name = file.path.file_name().unwrap_or_default();
    order.iter().position(|other| *other == name).unwrap_or(order.len())
}

/// The settings of ruff, including those of the configurations that it extends.
fn extended<'f>(ruff: &Ruff, files: &(impl Iterator<Item = &'f FileFormatting> + Clone)) -> Ruff {
    let mut merged = ruff.clone();
    for _ in 0..EXTENDS {
        let Some(path) = merged.extend.clone() else { break };
        let base = files.clone().find(|file| file.path == path).and_then(|file| file.ruff.as_ref());
        let Some(base) = base else { break };
        merged = merged.over(base);
    }
    merged
}
