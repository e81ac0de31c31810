//! Small test projects: several files in one text, each preceded by a line `//- path`.

mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use model::{ClassRef, Configs, FileSet, ModuleId, Modules, Project};
use python::{Definitions, OpenTrees};
use salsa::Setter;
use source::{Content, File, FileSystem, MemoryFileSystem, WalkOptions};

use crate::{Analysis, FunctionRef, Summary, query};

/// The root folder of a fixture.
pub(crate) const ROOT: &str = "/project";

#[salsa::db]
#[derive(Clone)]
pub(crate) struct TestDb {
    file_system: Arc<MemoryFileSystem>,
    open_trees: OpenTrees,
    executed: Arc<Mutex<Vec<String>>>,
    storage: salsa::Storage<Self>,
}

#[salsa::db]
impl salsa::Database for TestDb {}

#[salsa::db]
impl source::Db for TestDb {
    fn file_system(&self) -> &dyn FileSystem {
        &*self.file_system
    }
}

#[salsa::db]
impl python::Db for TestDb {
    fn open_trees(&self) -> &OpenTrees {
        &self.open_trees
    }
}

#[salsa::db]
impl model::Db for TestDb {}

#[salsa::db]
impl crate::Db for TestDb {}

/// An in-memory project.
pub(crate) struct Fixture {
    pub(crate) db: TestDb,
    pub(crate) project: Project,
    files: BTreeMap<Utf8PathBuf, File>,
}

#[allow(dead_code, reason = "what one test module doesn't need, another does")]
impl Fixture {
    /// Parses the files in `text`. A `pyproject.toml`, `setup.py` or `setup.cfg` among them makes a distribution.
    pub(crate) fn new(text: &str) -> Self {
        let executed: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&executed);
        let count = move |event: salsa::Event| {
            if let salsa::EventKind::WillExecute { database_key } = event.kind {
                log.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{database_key:?}"));
            }
        };
        let contents = split(text).map(|(path, text)| (Utf8Path::new(ROOT).join(path), text));
        let file_system = Arc::new(MemoryFileSystem::with_files(contents));
        let storage = salsa::Storage::new(Some(Box::new(count)));
        let db = TestDb { file_system, open_trees: OpenTrees::default(), executed, storage };
        let walk = source::walk(&*db.file_system, Utf8Path::new(ROOT), &WalkOptions::default());
        let mut files = BTreeMap::new();
        for (path, stamp) in walk.sources {
            let file = File::new(&db, path.clone(), Content::Disk(stamp));
            let path = path.strip_prefix(ROOT).expect("walked below the root").to_owned();
            files.insert(path, file);
        }
        let marks = ["pyproject.toml", "setup.py", "setup.cfg"];
        let is_mark = |path: &Utf8Path| path.file_name().is_some_and(|name| marks.contains(&name));
        let configs = walk.configs.iter().filter(|(path, _)| is_mark(path));
        let distributions = configs.filter_map(|(path, _)| path.parent()).map(Utf8Path::to_owned).collect();
        let list = files.iter().map(|(path, file)| (path.clone(), *file)).collect();
        let project = Project::new(
            &db,
            Utf8PathBuf::from(ROOT),
            Arc::new(FileSet::new(list)),
            Arc::new(Configs { distributions, ..Configs::default() }),
        );
        Self { db, project, files }
    }

    /// The file at `path`, relative to the root.
    pub(crate) fn file(&self, path: &str) -> File {
        *self.files.get(Utf8Path::new(path)).unwrap_or_else(|| panic!("no file {path} in the fixture"))
    }

    /// The paths of all files, relative to the root, sorted.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Utf8Path> {
        self.files.keys().map(Utf8PathBuf::as_path)
    }

    /// The project's modules.
    pub(crate) fn modules(&self) -> Arc<Modules> {
        model::query::modules(&self.db, self.project)
    }

    /// The module at `path`.
    pub(crate) fn module(&self, path: &str) -> ModuleId {
        self.modules().of_file(self.file(path)).expect("a module of the fixture")
    }

    /// The definitions of the file at `path`.
    pub(crate) fn definitions(&self, path: &str) -> Arc<Definitions> {
        python::query::definitions(&self.db, self.file(path))
    }

    /// The module-level class `name` in the file at `path`.
    pub(crate) fn class(&self, path: &str, name: &str) -> ClassRef {
        ClassRef::new(self.module(path), name)
    }

    /// The function `name` in the file at `path`: `load`, `OrderService.load`, `outer.inner`.
    pub(crate) fn function(&self, path: &str, name: &str) -> FunctionRef {
        let definitions = self.definitions(path);
        let found = definitions.functions().find(|(id, _)| definitions.qualified(*id) == name);
        let (function, _) = found.unwrap_or_else(|| panic!("no function {name} in {path}"));
        FunctionRef { module: self.module(path), function }
    }

    /// `shop.orders:OrderService.load`
    pub(crate) fn name_of(&self, function: FunctionRef) -> String {
        let modules = self.modules();
        let info = &modules[function.module];
        let definitions = python::query::definitions(&self.db, info.file);
        format!("{}:{}", info.name, definitions.qualified(function.function))
    }

    /// The analysis of a function.
    pub(crate) fn analysis(&self, path: &str, name: &str) -> Arc<Analysis> {
        let FunctionRef { module, function } = self.function(path, name);
        query::analysis(&self.db, self.project, module, function)
    }

    /// The summary of a function.
    pub(crate) fn summary(&self, path: &str, name: &str) -> Arc<Summary> {
        let FunctionRef { module, function } = self.function(path, name);
        query::summary(&self.db, self.project, module, function)
    }

    /// Replaces the text of `path`.
    pub(crate) fn edit(&mut self, path: &str, text: &str) {
        let file = self.file(path);
        file.set_content(&mut self.db).to(Content::Open(text.into()));
    }

    /// The queries that ran since the last call, with counts.
    pub(crate) fn executed(&self) -> BTreeMap<String, usize> {
        let mut log = self.db.executed.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counts = BTreeMap::new();
        for key in log.drain(..) {
            let name = key.split('(').next().unwrap_or_default().to_owned();
            *counts.entry(name).or_default() += 1;
        }
        counts
    }
}

fn split(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("//- ").skip(1).map(|part| {
        let (path, contents) = part.split_once('\n').unwrap_or((part, ""));
        (path.trim(), contents)
    })
}

#[test]
fn functions_are_found_by_their_names() {
    let fixture = Fixture::new(
        "\
//- shop/orders.py
class Orders:
    class Inner:
        def deep(self): ...
    def load(self):
        def nested(): ...
def plain(): ...
",
    );
    for name in ["Orders.Inner.deep", "Orders.load", "Orders.load.nested", "plain"] {
        let function = fixture.function("shop/orders.py", name);
        assert_eq!(fixture.name_of(function), format!("shop.orders:{name}"));
    }
}
