//! The queries of rules and refactorings.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::hash::BuildHasher as _;
use std::sync::Arc;

use model::{ClassRef, ModuleId, Project};
use python::{FunctionId, ImportId, Name, UseContext};
use rustc_hash::{FxHashMap, FxHashSet};
use source::File;

use crate::facts::{Facts, Lazy};
use crate::writers as writing;
use crate::{ClassKind, Context};

/// The database interface that rules require.
#[salsa::db]
pub trait Db: flow::Db {}

/// The context of the rules for one file; `None` if the file is not a module of the project.
pub fn context(db: &dyn Db, project: Project, file: File) -> Option<Context<'_>> {
    let architecture = model::query::architecture(db, project);
    let id = architecture.modules.of_file(file)?;
    Some(Context {
        db,
        project,
        file,
        id,
        text: Lazy::of(db, project, file, |db, _, file| source::query::text(db, file)),
        module: Facts::of_file(db, project, file),
        resolved: Lazy::of(db, project, file, |db, project, file| model::query::resolved(db, project, file)),
        config: model::query::config_of(db, project, file),
        architecture,
        rewritten: None,
        is_early: false,
    })
}

/// The kind of a class. Classes whose kinds depend on each other cyclically have no particular kind.
#[salsa::tracked(returns(copy), cycle_result = no_kind)]
pub fn class_kind(db: &dyn Db, project: Project, class: ClassRef) -> ClassKind {
    crate::class_kind::class_kind(db, project, &class)
}

fn no_kind(_: &dyn Db, _: salsa::Id, _: Project, _: ClassRef) -> ClassKind {
    ClassKind::Other
}

/// The names of the fields of all domain entities and value objects.
#[salsa::tracked(returns(clone))]
pub fn watched_fields(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    Arc::new(writing::watched(db, project))
}

/// The assignments in a file to these fields.
#[salsa::tracked(returns(clone))]
pub fn watched_writes(db: &dyn Db, project: Project, file: File) -> Arc<[flow::Write]> {
    writing::of_file(db, project, file).into()
}

/// The assignments to these fields in the project's code, by attribute.
#[salsa::tracked(returns(clone))]
fn all_writes(db: &dyn Db, project: Project) -> Arc<WritesByAttribute> {
    Arc::new(writing::by_attribute(db, project))
}

type WritesByAttribute = FxHashMap<Name, Vec<(ModuleId, flow::Write)>>;

/// The code that assigns one of these fields.
#[salsa::tracked(returns(clone))]
pub fn writers(db: &dyn Db, project: Project, attribute: Name) -> Arc<[(ModuleId, flow::Write)]> {
    all_writes(db, project).get(&attribute).cloned().unwrap_or_default().into()
}

/// The assignments to these fields in a file that is not parsed, derived from its text: the word before the dot, and
/// the attribute.
#[salsa::tracked(returns(clone))]
pub fn text_writes(db: &dyn Db, project: Project, file: File) -> Arc<[(Name, Name)]> {
    writing::of_text(db, project, file).into()
}

/// The words before the dot in all such files, by attribute.
#[salsa::tracked(returns(clone))]
pub fn texts(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, FxHashSet<Name>>> {
    Arc::new(writing::in_texts(db, project))
}

/// The words with a capital letter in a file's text, as sorted [`word_hash`]es: sufficient to exclude without parsing
/// that a file names a class.
#[salsa::tracked(returns(clone))]
pub fn capitalized_words(db: &dyn Db, file: File) -> Arc<[u64]> {
    let text = source::query::text(db, file);
    let words = text.as_str().split(|char: char| !char.is_alphanumeric() && char != '_');
    let capitalized = words.filter(|word| word.contains(char::is_uppercase));
    let hashes: FxHashSet<u64> = capitalized.map(word_hash).collect();
    let mut hashes: Vec<u64> = hashes.into_iter().collect();
    hashes.sort_unstable();
    hashes.into()
}

/// The hash of a word in [`capitalized_words`].
pub fn word_hash(word: &str) -> u64 {
    rustc_hash::FxBuildHasher.hash_one(word)
}

/// The names of all project classes in the form of variable names: `order_line`.
#[salsa::tracked(returns(clone))]
pub fn class_words(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    Arc::new(writing::class_words(db, project))
}

/// How a file uses its imports, without positions: what other files may query to determine who creates their classes.
#[salsa::tracked(returns(clone))]
pub fn import_uses(db: &dyn Db, file: File) -> Arc<[ImportUse]> {
    let uses = python::query::uses(db, file);
    let mut found: Vec<ImportUse> = uses
        .iter()
        .map(|it| ImportUse {
            import: it.import,
            attributes: it.attributes.clone(),
            context: it.context,
            function: it.function,
        })
        .collect();
    found.dedup();
    found.into()
}

/// A use of an imported name by a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportUse {
    /// The import.
    pub import: ImportId,
    /// The rest of the attribute chain after the name.
    pub attributes: Name,
    /// The role of the use.
    pub context: UseContext,
    /// The innermost function that evaluates it.
    pub function: Option<FunctionId>,
}
