//! The cost of a new file, in executed queries: the sort position of its path makes no difference, and no function is
//! analysed again.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use camino::Utf8PathBuf;
use source::MemoryFileSystem;

use crate::{Change, Workspace};

/// The number of modules beside the package.
const MODULES: usize = 60;

/// A project whose modules import and call each other in a chain.
fn files() -> Vec<(String, String)> {
    let mut files = vec![("/p/shop/__init__.py".to_owned(), String::new())];
    for number in 0..MODULES {
        let mut text = String::new();
        if number > 0 {
            let _ = writeln!(text, "from shop.m{:02} import f{}", number - 1, number - 1);
        }
        let called =
            if number > 0 { format!("f{}(session, key)", number - 1) } else { "session.get(key)".to_owned() };
        let _ = write!(
            text,
            "\n\nclass C{number}:\n    def run(self, session, key):\n        return f{number}(session, key)\n\n\n\
             def f{number}(session, key):\n    return {called}\n"
        );
        files.push((format!("/p/shop/m{number:02}.py"), text));
    }
    files
}

/// The queries executed for a new file at `path`.
fn ran_for(path: &str) -> BTreeMap<String, usize> {
    let files = Arc::new(MemoryFileSystem::with_files(files()));
    let runs: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&runs);
    let listener = Box::new(move |query: &str| noted.lock().unwrap().push(query.to_owned()));
    let mut workspace = Workspace::with_listener(Arc::clone(&files) as Arc<dyn source::FileSystem>, listener);
    workspace.apply(vec![Change::AddFolder("/p".into())]);
    workspace.index(|_| {}).unwrap();
    let check_all = |workspace: &Workspace| {
        let snapshot = workspace.snapshot();
        for (project, file) in snapshot.all_files() {
            snapshot.check(project, file);
        }
    };
    check_all(&workspace);
    runs.lock().unwrap().clear();
    files.insert(path, "import json\n\n\ndef new():\n    return json.dumps({})\n");
    workspace.apply(vec![Change::Disk(vec![Utf8PathBuf::from(path)])]);
    check_all(&workspace);
    let mut counts = BTreeMap::new();
    for run in runs.lock().unwrap().drain(..) {
        let name = run.split('(').next().unwrap_or_default();
        *counts.entry(name.to_owned()).or_insert(0) += 1;
    }
    counts
}

#[test]
fn a_new_file_costs_the_same_wherever_its_path_sorts() {
    let [first, last] = ["/p/shop/a_new.py", "/p/shop/z_new.py"].map(ran_for);
    assert_eq!(first, last);
    // The new function, and its module's top-level code.
    for query in ["analysis_of", "summary_of", "entity", "list_view", "module"] {
        assert!(first.get(query).is_none_or(|count| *count <= 1), "{query} of other files ran: {first:?}");
    }
    let all: usize = first.values().sum();
    assert!(all < 13 * MODULES, "{all} queries for a new file: {first:?}");
}
