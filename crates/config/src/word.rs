//! Compiles words and patterns of a configuration file: a value, or a problem at its position.

use camino::Utf8PathBuf;

use crate::problem::{Problems, nearest};
use crate::reader::Text;
use crate::{Level, ModulePattern, PathPattern};

/// A module pattern; a path is a problem.
pub(crate) fn module(text: Text<'_>, problems: &Problems) -> Option<ModulePattern> {
    let pattern = module_or_path(text, problems)?;
    if pattern.is_path() {
        problems.error(text.span, format!("`{}` is a path; modules are named with dots here", text.text));
        return None;
    }
    Some(pattern)
}

/// Module patterns.
pub(crate) fn modules(texts: &[Text<'_>], problems: &Problems) -> Vec<ModulePattern> {
    texts.iter().filter_map(|text| module(*text, problems)).collect()
}

/// A pattern for modules or paths.
pub(crate) fn module_or_path(text: Text<'_>, problems: &Problems) -> Option<ModulePattern> {
    let pattern = ModulePattern::new(text.text).map_err(|reason| problems.error(text.span, reason)).ok()?;
    Some(pattern.at(text.span))
}

/// A path pattern.
pub(crate) fn path(text: Text<'_>, problems: &Problems) -> Option<PathPattern> {
    let pattern = PathPattern::new(text.text).map_err(|reason| problems.error(text.span, reason)).ok()?;
    Some(pattern.at(text.span))
}

/// A folder below the configuration's; the configuration's own folder is the empty path.
pub(crate) fn folder(text: Text<'_>, problems: &Problems) -> Option<Utf8PathBuf> {
    let path = text.text;
    if path.starts_with('/') || path.contains('\\') || path.as_bytes().get(1) == Some(&b':') {
        problems
            .error(text.span, format!("`{path}` should be relative to this file's folder and `/`-separated"));
        return None;
    }
    if path.split('/').any(|segment| segment == "..") {
        problems.error(text.span, format!("`{path}` leads out of this file's folder"));
        return None;
    }
    Some(path.split('/').filter(|segment| !matches!(*segment, "" | ".")).collect())
}

/// A level by its name.
pub(crate) fn level(word: Text<'_>, problems: &Problems) -> Option<Level> {
    let level = Level::ALL.into_iter().find(|level| level.as_str() == word.text);
    if level.is_none() {
        unknown("level", word, &Level::ALL.map(Level::as_str), problems);
    }
    level
}

/// Reports an unknown word; the suggestion is quoted, because it replaces a string.
pub(crate) fn unknown(what: &str, word: Text<'_>, known: &[&str], problems: &Problems) {
    let near = nearest(word.text, known.iter().copied());
    let message = if let Some(near) = near {
        format!("unknown {what} \"{}\", did you mean \"{near}\"?", word.text)
    } else {
        let known: Vec<_> = known.iter().map(|known| format!("\"{known}\"")).collect();
        format!("unknown {what} \"{}\"; known are {}", word.text, known.join(", "))
    };
    problems.add(Level::Error, word.span, message, near.map(|near| format!("\"{near}\"")));
}
