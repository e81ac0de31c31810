//! What rules and refactorings ask of the database.

// The key of a query belongs to the query.
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

/// What rules need from the database.
#[salsa::db]
pub trait Db: flow::Db {}

/// What the rules read about one file; nothing where the file is no module of the project.
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

/// What a class is. Two classes that are what they are only through each other are nothing.
#[salsa::tracked(returns(copy), cycle_result = no_kind)]
pub fn class_kind(db: &dyn Db, project: Project, class: ClassRef) -> ClassKind {
    crate::class_kind::class_kind(db, project, &class)
}

fn no_kind(_: &dyn Db, _: salsa::Id, _: Project, _: ClassRef) -> ClassKind {
    ClassKind::Other
}

/// The names of the fields of all entities and value objects of the domain.
#[salsa::tracked(returns(clone))]
pub fn watched_fields(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    Arc::new(writing::watched(db, project))
}

/// What a file assigns of those.
#[salsa::tracked(returns(clone))]
pub fn watched_writes(db: &dyn Db, project: Project, file: File) -> Arc<[flow::Write]> {
    writing::of_file(db, project, file).into()
}

/// What the project's code assigns of those, by attribute.
#[salsa::tracked(returns(clone))]
fn all_writes(db: &dyn Db, project: Project) -> Arc<WritesByAttribute> {
    Arc::new(writing::by_attribute(db, project))
}

type WritesByAttribute = FxHashMap<Name, Vec<(ModuleId, flow::Write)>>;

/// Who assigns one of them.
#[salsa::tracked(returns(clone))]
pub fn writers(db: &dyn Db, project: Project, attribute: Name) -> Arc<[(ModuleId, flow::Write)]> {
    all_writes(db, project).get(&attribute).cloned().unwrap_or_default().into()
}

/// What a file that is not parsed assigns of those, read off its text: the word before the dot, and the attribute.
#[salsa::tracked(returns(clone))]
pub fn text_writes(db: &dyn Db, project: Project, file: File) -> Arc<[(Name, Name)]> {
    writing::of_text(db, project, file).into()
}

/// The words before the dot in all those files, by attribute.
#[salsa::tracked(returns(clone))]
pub fn texts(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, FxHashSet<Name>>> {
    Arc::new(writing::in_texts(db, project))
}

/// The words of a file's text that hold a capital, as [`word_hash`]es in order: enough to tell without parsing it that a
/// file doesn't name a class.
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

/// What stands for a word in [`capitalized_words`].
pub fn word_hash(word: &str) -> u64 {
    rustc_hash::FxBuildHasher.hash_one(word)
}

/// The names of all classes of the project as variables are named: `order_line`.
#[salsa::tracked(returns(clone))]
pub fn class_words(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    Arc::new(writing::class_words(db, project))
}

/// How a file uses what it imports, without positions: what another file may ask when it tells who makes its classes.
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

/// One way in which a function uses what an import binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportUse {
    /// The import.
    pub import: ImportId,
    /// What follows the name in an attribute chain.
    pub attributes: Name,
    /// In what role.
    pub context: UseContext,
    /// The innermost function that runs it.
    pub function: Option<FunctionId>,
}
