//! The cost of fixes that many findings share, in executed queries: a Protocol is written once, however many injection
//! sites offer it.

use std::sync::{Arc, Mutex};

use source::MemoryFileSystem;

use crate::{Change, Workspace};

/// A store without a port, and this many use cases that ask for it.
const USE_CASES: usize = 12;

fn files() -> Vec<(String, String)> {
    let mut files = vec![
        ("/p/architrave.toml".to_owned(), "style = \"clean\"\n".to_owned()),
        (
            "/p/farm/infrastructure/store.py".to_owned(),
            "import sqlite3\n\n\nclass SqlStore:\n    def __init__(self, connection: sqlite3.Connection) -> None:\n        \
             self.connection = connection\n\n    def count(self) -> int:\n        return \
             self.connection.execute(\"select 1\").fetchone()[0]\n"
                .to_owned(),
        ),
    ];
    files.extend((0..USE_CASES).map(|number| {
        let text = format!(
            "from farm.infrastructure.store import SqlStore\n\n\nclass Feed{number}:\n    def __init__(self, store: SqlStore) \
             -> None:\n        self.store = store\n\n    def run(self) -> int:\n        return self.store.count()\n"
        );
        (format!("/p/farm/application/feed{number:02}.py"), text)
    }));
    files
}

#[test]
fn a_protocol_is_written_once_for_all_injection_sites() {
    let runs: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&runs);
    let listener = Box::new(move |query: &str| noted.lock().unwrap().push(query.to_owned()));
    let files = Arc::new(MemoryFileSystem::with_files(files()));
    let mut workspace = Workspace::with_listener(files, listener);
    workspace.apply(vec![Change::AddFolder("/p".into())]);
    workspace.index(|_| {}).unwrap();
    let snapshot = workspace.snapshot();
    let found =
        snapshot.all_files().into_iter().flat_map(|(project, file)| snapshot.check(project, file).to_vec());
    let offered = found.filter(|finding| finding.rule == "missing-protocol" && !finding.fixes.is_empty());
    assert_eq!(offered.count(), USE_CASES);
    let runs = runs.lock().unwrap();
    let written: Vec<&String> = runs.iter().filter(|run| run.contains("extracted(")).collect();
    assert_eq!(written.len(), 1, "{written:?}");
}
