//! Small projects for tests: files in one text, each below a line `//- path`.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use model::{Configs, FileSet, Project};
use python::OpenTrees;
use source::{Content, File, FileSystem, MemoryFileSystem, WalkOptions};
use view::Context;

/// The folder of a fixture's files.
pub(crate) const ROOT: &str = "/project";

#[salsa::db]
#[derive(Clone)]
pub(crate) struct TestDb {
    file_system: Arc<MemoryFileSystem>,
    open_trees: OpenTrees,
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
impl flow::Db for TestDb {}

#[salsa::db]
impl view::Db for TestDb {}

/// A project in memory.
pub(crate) struct Fixture {
    db: TestDb,
    project: Project,
}

impl Fixture {
    /// The files of `text`; the root is a distribution.
    pub(crate) fn new(text: &str) -> Self {
        let contents = text.split("//- ").skip(1).map(|section| {
            let (path, text) = section.split_once('\n').unwrap_or((section, ""));
            (Utf8Path::new(ROOT).join(path.trim()), text.to_owned())
        });
        let file_system = Arc::new(MemoryFileSystem::with_files(contents));
        let storage = salsa::Storage::new(None);
        let db = TestDb { file_system, open_trees: OpenTrees::default(), storage };
        let walk = source::walk(&*db.file_system, Utf8Path::new(ROOT), &WalkOptions::default());
        let relative = |path: &Utf8Path| path.strip_prefix(ROOT).unwrap_or(path).to_owned();
        let mut list: Vec<(Utf8PathBuf, File)> = walk
            .sources
            .iter()
            .map(|(path, stamp)| (relative(path), File::new(&db, path.clone(), Content::Disk(*stamp))))
            .collect();
        list.sort_by(|(a, _), (b, _)| a.cmp(b));
        let formatting = walk.configs.iter().filter_map(|(path, _)| {
            let text = source::Text::read(&*db.file_system, path);
            config::parse_formatting(path, text.as_str()).map(Arc::new)
        });
        let packaging = walk.configs.iter().filter_map(|(path, _)| {
            let text = source::Text::read(&*db.file_system, path);
            config::packaging(path, text.as_str())
        });
        let configs = Configs {
            distributions: vec![Utf8PathBuf::from(ROOT)],
            formatting: formatting.collect(),
            packaging: packaging.collect(),
            ..Configs::default()
        };
        let project =
            Project::new(&db, Utf8PathBuf::from(ROOT), Arc::new(FileSet::new(list)), Arc::new(configs));
        Self { db, project }
    }

    /// The rules' context of the file at `path`, relative to the root.
    pub(crate) fn context(&self, path: &str) -> Context<'_> {
        let files = self.project.files(&self.db).list();
        let found = files.iter().find(|(member, _)| member == path);
        let file = found.unwrap_or_else(|| panic!("no file {path} in the fixture")).1;
        view::query::context(&self.db, self.project, file).expect("a file of the fixture is a module")
    }
}
