//! Small test projects: several files in one text, each preceded by a line `//- path`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use python::OpenTrees;
use salsa::Setter;
use source::{Content, File, FileSystem, MemoryFileSystem, WalkOptions};

use crate::{Configs, FileSet, ModuleId, Modules, Project, query};

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
impl crate::Db for TestDb {}

/// An in-memory project.
pub(crate) struct Fixture {
    pub(crate) db: TestDb,
    pub(crate) project: Project,
    files: BTreeMap<Utf8PathBuf, File>,
}

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
        self.files[Utf8Path::new(path)]
    }

    /// The project's modules.
    pub(crate) fn modules(&self) -> Arc<Modules> {
        query::modules(&self.db, self.project)
    }

    /// The module at `path`.
    pub(crate) fn module(&self, path: &str) -> ModuleId {
        self.modules().of_file(self.file(path)).expect("a module of the fixture")
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

    /// The edges of the graph, one importer per line.
    pub(crate) fn graph(&self) -> String {
        let (modules, graph) = (self.modules(), query::graph(&self.db, self.project));
        let mut out = String::new();
        for (id, module) in modules.iter().filter(|(id, _)| !graph.imports(*id).is_empty()) {
            let edges: Vec<String> = graph
                .imports(id)
                .iter()
                .map(|edge| format!("{} ({:?})", modules[edge.to].name, edge.kind))
                .collect();
            let _ = writeln!(out, "{} -> {}", module.name, edges.join(", "));
        }
        out
    }
}

fn split(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("//- ").skip(1).map(|part| {
        let (path, contents) = part.split_once('\n').unwrap_or((part, ""));
        (path.trim(), contents)
    })
}
