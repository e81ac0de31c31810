//! Replacements of module-level names, as queries.

use std::sync::Arc;

use python::Name;
use rustc_hash::FxHashSet;
use source::File;

use super::{Db, modules, resolved};
use crate::references::Replaced;
use crate::{ModuleId, Project};

/// A file without any of these words replaces nothing, unless it assigns to an attribute of a module.
const WORDS: [&str; 5] = ["patch", "setattr", "delattr", "spy", "stub"];

/// The module-level names that a file replaces. Parses a file that no rule reads.
#[salsa::tracked(returns(clone))]
pub fn replaced(db: &dyn Db, project: Project, file: File) -> Arc<[Replaced]> {
    let modules = modules(db, project);
    let Some(own) = modules.of_file(file) else { return Arc::default() };
    let resolved = resolved(db, project, file);
    let imports = python::query::imports(db, file);
    let (definitions, bodies) = (python::query::definitions(db, file), python::query::bodies(db, file));
    crate::references::replaced(&modules, modules[own].root, (&imports, &resolved), &definitions, &bodies)
        .into()
}

/// Whether a file can replace module-level names: it contains one of the words, or assigns to an attribute of an
/// imported name.
#[salsa::tracked(returns(copy))]
fn may_replace(db: &dyn Db, file: File) -> bool {
    let text = source::query::text(db, file);
    let text = text.as_str();
    WORDS.iter().any(|word| has_word(text, word)) || text.lines().any(|line| assigns_to_import(text, line))
}

/// Whether a text contains `word` as a separate word, unlike `patch` in `dispatch`.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// Whether a line is `orders.now = fake` and another line of the text imports the name `orders`.
fn assigns_to_import(text: &str, line: &str) -> bool {
    let Some((target, value)) = line.trim_start().split_once('=') else { return false };
    let target = target.trim_end();
    let is_dotted = target.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '_'));
    let Some((first, _)) = target.split_once('.').filter(|_| is_dotted && !value.starts_with('=')) else {
        return false;
    };
    first != "self" && first != "cls" && text.lines().any(|line| imports(line, first))
}

/// Whether a line is an import that contains the word `name`.
fn imports(line: &str, name: &str) -> bool {
    let line = line.trim_start();
    (line.starts_with("import ") || line.starts_with("from "))
        && line.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).any(|word| word == name)
}

/// All names that files of the project, including tests, replace by `patch`, `setattr` and the like. Parses those
/// files.
#[salsa::tracked(returns(clone))]
pub fn patched(db: &dyn Db, project: Project) -> Arc<FxHashSet<(ModuleId, Option<Name>)>> {
    let mut all = FxHashSet::default();
    for (_, info) in modules(db, project).iter() {
        if may_replace(db, info.file) {
            let found = replaced(db, project, info.file);
            all.extend(found.iter().map(|it| (it.module, it.name.clone())));
        }
    }
    Arc::new(all)
}

/// Whether a file of the project, usually a test, replaces `name` in `module`. Dependents run again only when this
/// answer changes.
#[salsa::tracked(returns(clone))]
pub fn is_patched(db: &dyn Db, project: Project, module: ModuleId, name: Name) -> bool {
    let all = patched(db, project);
    all.contains(&(module, None)) || all.contains(&(module, Some(name)))
}
