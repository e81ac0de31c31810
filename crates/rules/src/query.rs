//! Findings as a query.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::hash::BuildHasher as _;
use std::sync::Arc;

use camino::Utf8PathBuf;
use config::Problem;
use model::{ClassRef, ModuleId, Project};
use python::{FunctionId, ImportId, Name, UseContext};
use rustc_hash::{FxHashMap, FxHashSet};
use source::File;

use crate::domain::writers as writing;
use crate::facts::{Facts, Lazy};
use crate::{ClassKind, Context, Finding, check_module, layers};

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
    })
}

/// What is wrong with the contracts of the configuration that governs `folder`, given the modules and imports that there
/// are: those about nothing, and exceptions that except nothing.
#[salsa::tracked(returns(clone))]
pub fn contract_problems(db: &dyn Db, project: Project, folder: Utf8PathBuf) -> Arc<[Problem]> {
    let config = project.configs(db).list.iter().find(|config| config.folder == folder);
    config.map(|config| layers::contract_problems(db, project, config)).unwrap_or_default().into()
}

/// How often each contract of the configuration that governs `folder` is broken, and by how many modules, in the order
/// of the contracts. Ignore comments and levels don't count: a breach that is accepted is one.
#[salsa::tracked(returns(clone))]
pub fn breaches(db: &dyn Db, project: Project, folder: Utf8PathBuf) -> Arc<[(usize, usize)]> {
    let config = project.configs(db).list.iter().find(|config| config.folder == folder);
    config.map(|config| layers::breaches(db, project, config)).unwrap_or_default().into()
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
pub(crate) fn watched_fields(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    Arc::new(writing::watched(db, project))
}

/// What a file assigns of those.
#[salsa::tracked(returns(clone))]
pub(crate) fn watched_writes(db: &dyn Db, project: Project, file: File) -> Arc<[flow::Write]> {
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
pub(crate) fn writers(db: &dyn Db, project: Project, attribute: Name) -> Arc<[(ModuleId, flow::Write)]> {
    all_writes(db, project).get(&attribute).cloned().unwrap_or_default().into()
}

/// What a file that is not parsed assigns of those, read off its text: the word before the dot, and the attribute.
#[salsa::tracked(returns(clone))]
pub(crate) fn text_writes(db: &dyn Db, project: Project, file: File) -> Arc<[(Name, Name)]> {
    writing::of_text(db, project, file).into()
}

/// The words before the dot in all those files, by attribute.
#[salsa::tracked(returns(clone))]
pub(crate) fn texts(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, FxHashSet<Name>>> {
    Arc::new(writing::in_texts(db, project))
}

/// The words of a file's text that hold a capital, as [`word_hash`]es in order: enough to tell without parsing it that a
/// file doesn't name a class.
#[salsa::tracked(returns(clone))]
pub(crate) fn capitalized_words(db: &dyn Db, file: File) -> Arc<[u64]> {
    let text = source::query::text(db, file);
    let words = text.as_str().split(|char: char| !char.is_alphanumeric() && char != '_');
    let capitalized = words.filter(|word| word.contains(char::is_uppercase));
    let hashes: FxHashSet<u64> = capitalized.map(word_hash).collect();
    let mut hashes: Vec<u64> = hashes.into_iter().collect();
    hashes.sort_unstable();
    hashes.into()
}

/// What stands for a word in [`capitalized_words`].
pub(crate) fn word_hash(word: &str) -> u64 {
    rustc_hash::FxBuildHasher.hash_one(word)
}

/// The names of all classes of the project as variables are named: `order_line`.
#[salsa::tracked(returns(clone))]
pub(crate) fn class_words(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    Arc::new(writing::class_words(db, project))
}

/// The modules that Django loads before its registry of apps is ready.
#[salsa::tracked(returns(clone))]
pub(crate) fn early_modules(db: &dyn Db, project: Project) -> Arc<FxHashSet<ModuleId>> {
    Arc::new(crate::imports::early_modules(db, project))
}

/// The first names of modules outside of the project that it imports only where they are installed: under
/// `except ImportError`.
#[salsa::tracked(returns(clone))]
pub(crate) fn optional_imports(db: &dyn Db, project: Project) -> Arc<FxHashSet<String>> {
    let modules = model::query::modules(db, project);
    let mut found = FxHashSet::default();
    for (_, info) in modules.iter().filter(|(_, info)| info.has_edges()) {
        let imports = python::query::imports(db, info.file);
        let is_optional = |import: &&python::Import| import.context.optional && import.level == 0;
        for import in imports.list.iter().filter(is_optional) {
            found.insert(import.module.split('.').next().unwrap_or_default().to_owned());
        }
    }
    Arc::new(found)
}

/// The findings of one file.
#[salsa::tracked(returns(clone))]
pub fn check(db: &dyn Db, project: Project, file: File) -> Arc<[Finding]> {
    context(db, project, file).map(|cx| check_module(&cx)).unwrap_or_default().into()
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
